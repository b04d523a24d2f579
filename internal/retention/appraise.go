package retention

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
)

// Appraise says which records of a list have lasting value and are kept (鉴定), and sends
// the rest on to the offices. keep are patients; words are the finding.
func (room *Room) Appraise(ctx context.Context, list string, rev int, keep []string, words string) (Destruction, error) {
	if err := room.desk.Begin(ctx, "retention.appraise"); err != nil {
		return Destruction{}, err
	}
	if err := mustSay("words", words); err != nil {
		return Destruction{}, err
	}
	s, err := room.says(ctx, list, words)
	if err != nil {
		return Destruction{}, err
	}
	return room.step(ctx, "retention.appraise", list, rev, s, Drawn, func(ctx context.Context, w *act.Work, d *Destruction, before []Step) (Step, error) {
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, byWhom(before, StepDrawUp)...); err != nil {
			return Step{}, err
		}
		if err := keepBack(ctx, w, d, keep); err != nil {
			return Step{}, err
		}
		if d.Kept == d.Items {
			return Step{}, errEmpty.With()
		}
		d.State = Appraised
		w.Note("kept", strconv.Itoa(d.Kept))
		if err := room.duty.DoneIn(ctx, w, Appraisal, d.ID); err != nil {
			return Step{}, err
		}
		return Step{Kind: StepAppraise}, room.askOffice(ctx, w, d.ID, Offices[0])
	})
}

func keepBack(ctx context.Context, w *act.Work, d *Destruction, keep []string) error {
	listed, err := itemsOf(ctx, w, d.Org, d.ID)
	if err != nil {
		return err
	}
	e := errInput.With()
	for i, one := range keep {
		at := slices.IndexFunc(listed, func(item Item) bool { return item.Patient == one })
		if at < 0 {
			e.At(fmt.Sprintf("keep[%d]", i), text("不在这份清单中", "it is not on this list"))
			continue
		}
		if listed[at].State != ItemListed {
			continue
		}
		listed[at].State, listed[at].Kept, listed[at].At = ItemKept, KeptByAppraisal, w.Now()
		if err := items.Update(ctx, w, &listed[at]); err != nil {
			return err
		}
		d.Kept++
	}
	return e.OrNil()
}

func (room *Room) askOffice(ctx context.Context, w *act.Work, list, office string) error {
	_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: office}, Subject: list})
	return err
}

// Approve is one office's yes. The offices say it one after another, each by somebody
// unrelated to everybody before; with the last, the list may be carried out.
func (room *Room) Approve(ctx context.Context, list string, rev int, words string) (Destruction, error) {
	if err := room.desk.Begin(ctx, "retention.approve"); err != nil {
		return Destruction{}, err
	}
	s, err := room.says(ctx, list, words)
	if err != nil {
		return Destruction{}, err
	}
	return room.step(ctx, "retention.approve", list, rev, s, Appraised, func(ctx context.Context, w *act.Work, d *Destruction, before []Step) (Step, error) {
		given := len(byWhom(before, StepApprove))
		office := Offices[given]
		if !slices.Contains(w.Actor().Roles, office) {
			return Step{}, errOffice.With("office", office)
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, byWhom(before, StepDrawUp, StepAppraise, StepApprove)...); err != nil {
			return Step{}, err
		}
		w.Note("office", office)
		if err := room.duty.DoneIn(ctx, w, Approval, d.ID); err != nil {
			return Step{}, err
		}
		if given+1 < len(Offices) {
			return Step{Kind: StepApprove, Office: office}, room.askOffice(ctx, w, d.ID, Offices[given+1])
		}
		d.State = Approved
		_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: CarryOut, To: duty.To{Role: "records-clerk"}, Subject: d.ID})
		return Step{Kind: StepApprove, Office: office}, err
	})
}

// Stop ends a destruction before anything of it was destroyed. Its records may be listed
// again.
func (room *Room) Stop(ctx context.Context, list string, rev int, words string) (Destruction, error) {
	if err := room.desk.Begin(ctx, "retention.stop"); err != nil {
		return Destruction{}, err
	}
	if err := mustSay("words", words); err != nil {
		return Destruction{}, err
	}
	s, err := room.says(ctx, list, words)
	if err != nil {
		return Destruction{}, err
	}
	return room.step(ctx, "retention.stop", list, rev, s, "", func(ctx context.Context, w *act.Work, d *Destruction, _ []Step) (Step, error) {
		if d.State == Destroyed || d.State == Stopped {
			return Step{}, errOrder.With("state", d.State)
		}
		listed, err := itemsOf(ctx, w, d.Org, d.ID)
		if err != nil {
			return Step{}, err
		}
		for _, item := range listed {
			if item.State != ItemListed {
				continue
			}
			item.State, item.Kept, item.At = ItemKept, KeptByStop, w.Now()
			if err := items.Update(ctx, w, &item); err != nil {
				return Step{}, err
			}
		}
		d.State, d.Kept, d.Ended = Stopped, d.Items, w.Now()
		for _, kind := range []*duty.Kind{Appraisal, Approval, CarryOut} {
			if err := room.duty.CancelIn(ctx, w, kind, d.ID); err != nil {
				return Step{}, err
			}
		}
		return Step{Kind: StepStop}, nil
	})
}
