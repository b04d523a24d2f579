package access

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
)

// ProposeFrame proposes the frame of a department, or of the house where none is named. It
// holds from its date on, once somebody unrelated has agreed.
func (room *Room) ProposeFrame(ctx context.Context, n NewFrame) (Frame, error) {
	const verb = "access.propose-frame"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Frame{}, err
	}
	if err := n.check(room.rules.GrantVerbs(), room.desk.Now()); err != nil {
		return Frame{}, err
	}
	var f Frame
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if err := departmentsKnown(ctx, w, org, n); err != nil {
			return err
		}
		waiting, err := framesProposed(ctx, w, org)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(waiting, func(one Frame) bool { return one.Department == n.Department }) {
			return errFrameWaits.With()
		}
		f = Frame{
			Org: org, ID: id.New(w.Now()), Department: n.Department, Verbs: distinctOf(n.Verbs), Purposes: distinctOf(n.Purposes), Forms: distinctOf(n.Forms), Places: distinctOf(n.Places), Roles: distinctOf(n.Roles),
			Level: n.Level, Days: n.Days, RoleDays: n.RoleDays, Since: n.Since.UTC(), State: staff.Proposed, Proposed: w.Now(), ProposedBy: w.Actor().ID,
		}
		if n.Since.IsZero() {
			f.Since = w.Now()
		}
		w.Note("frame", f.ID)
		w.Note("department", f.Department)
		return frames.Insert(ctx, w, &f)
	})
	return f, err
}

// distinctOf is a list without repetitions, in order, and never null in a row.
func distinctOf(all []string) []string {
	list := append([]string{}, all...)
	slices.Sort(list)
	return slices.Compact(list)
}

func departmentsKnown(ctx context.Context, w *act.Work, org string, n NewFrame) error {
	wanted := map[string][]string{"places": n.Places}
	if n.Department != "" {
		wanted["department"] = []string{n.Department}
	}
	e := errGrantInput.With()
	for field, all := range wanted {
		names, err := staff.DepartmentNames(ctx, w, org, all)
		if err != nil {
			return err
		}
		for _, one := range all {
			if _, known := names[one]; !known {
				e.At(field, fault.Text{ZH: "没有此科室，请从科室列表中选择", EN: "names no department; choose one from the list"})
			}
		}
	}
	return e.OrNil()
}

// SettleFrame agrees to the frame that somebody unrelated proposed, or declines it. What was
// agreed to after its date holds at once.
func (room *Room) SettleFrame(ctx context.Context, frame string, agree bool) (Frame, error) {
	var f Frame
	err := room.desk.Do(ctx, "access.settle-frame", func(ctx context.Context, w *act.Work) (err error) {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if f, err = frames.Get(ctx, w, org, frame); err != nil {
			return absent(err)
		}
		if f.State != staff.Proposed {
			return errFrameSettled.With()
		}
		f.State, f.Settled, f.SettledBy = staff.Declined, w.Now(), w.Actor().ID
		if agree {
			if err := room.bonds.MustBeAnother(ctx, w, errFrameOneself, f.ProposedBy); err != nil {
				return err
			}
			if f.State = staff.Agreed; f.Since.Before(w.Now()) {
				f.Since = w.Now()
			}
		}
		w.Note("frame", f.ID)
		w.Note("outcome", f.State)
		return frames.Update(ctx, w, &f)
	})
	return f, err
}
