package privilege

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
)

// ProposeImportant proposes that an operation wants a second person within some minutes; 0
// minutes take off one that the organisation had added. It holds once somebody unrelated
// has agreed.
func (room *Room) ProposeImportant(ctx context.Context, verb string, minutes int) (Important, error) {
	const own = "privilege.propose-important"
	if err := room.desk.Begin(ctx, own); err != nil {
		return Important{}, err
	}
	if err := room.checkImportant(verb, minutes); err != nil {
		return Important{}, err
	}
	var one Important
	err := room.desk.Do(ctx, own, func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		waiting, err := importantProposed(ctx, w, org)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(waiting, func(i Important) bool { return i.Verb == verb }) {
			return errImportantWaits.With()
		}
		one = Important{Org: org, ID: id.New(w.Now()), Verb: verb, Minutes: minutes, State: staff.Proposed, Proposed: w.Now(), ProposedBy: w.Actor().ID}
		w.Note("verb", verb)
		return importants.Insert(ctx, w, &one)
	})
	return one, err
}

func (room *Room) checkImportant(verb string, minutes int) error {
	e := errInput.With()
	delivered := slices.IndexFunc(floor, func(o Operation) bool { return o.Verb == verb })
	switch {
	case !slices.Contains(room.verbs, verb):
		e.At("verb", fault.Text{ZH: "没有这项操作", EN: "is no operation"})
	case !mayWait(verb):
		e.At("verb", fault.Text{ZH: "诊疗、登录和双人验证本身不能等待第二人", EN: "care, signing in and finding the second person never wait for one"})
	case delivered >= 0 && floor[delivered].Flow != (fault.Text{}):
		e.At("verb", fault.Text{ZH: "该操作已由流程保证两人办理", EN: "has two persons by its own steps already"})
	case delivered >= 0 && minutes == 0:
		e.At("minutes", fault.Text{ZH: "出厂清单中的操作不能移除，只能缩短时间", EN: "is delivered with the list and is not removed; its time is only shortened"})
	}
	if minutes < 0 || minutes > longestConfirmation {
		e.At("minutes", fault.Text{ZH: "时间为 1 至 10 分钟；0 表示移除", EN: "is 1 to 10 minutes, or 0 to take it off"})
	}
	return e.OrNil()
}

// SettleImportant agrees to a change of the list that somebody unrelated proposed, or
// declines it.
func (room *Room) SettleImportant(ctx context.Context, change string, agree bool) (Important, error) {
	var one Important
	err := room.desk.Do(ctx, "privilege.settle-important", func(ctx context.Context, w *act.Work) (err error) {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if one, err = importants.Get(ctx, w, org, change); err != nil {
			return absent(err)
		}
		if one.State != staff.Proposed {
			return errOrder.With("state", one.State)
		}
		one.State, one.Settled, one.SettledBy = staff.Declined, w.Now(), w.Actor().ID
		if agree {
			if err := room.mustBeAnother(ctx, w, one.ProposedBy); err != nil {
				return err
			}
			one.State = staff.Agreed
		}
		w.Note("verb", one.Verb)
		w.Note("outcome", one.State)
		return importants.Update(ctx, w, &one)
	})
	if err == nil {
		room.important.Store(nil)
	}
	return one, err
}
