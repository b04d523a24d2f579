package amendment

import (
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/record"
)

// Saying is what somebody says in one step; each takes what belongs to it.
type Saying struct {
	Rev      int
	Sections []string         // wrong: keys of the sections
	Kind     string           // kind: of the error
	Words    string           // reason
	Values   []record.Section // value: key and text of each
	Affected string           // effects: the digest of what was shown
}

// Write takes a step. The steps come in their order; one that was taken may be taken
// again, and those after it then come again too. What was written in them is kept.
func (room *Room) Write(ctx context.Context, amendment, step string, in Saying) (Case, error) {
	if err := room.desk.Begin(ctx, "amendment.write"); err != nil {
		return Case{}, err
	}
	at := slices.Index(Steps, step)
	if at < 1 || step == StepSign {
		return Case{}, errInput.With().At("step", fault.Text{ZH: "没有这一步", EN: "there is no such step"})
	}
	var next Case
	var said writing
	err := room.mine(ctx, "amendment.write", amendment, func(ctx context.Context, r *act.Reading, c Case) (err error) {
		if err := takes(c, at, in.Rev); err != nil {
			return err
		}
		next = c
		if said, err = room.read(ctx, r, c); err != nil {
			return err
		}
		return room.say(ctx, r, &next, &said, step, in)
	})
	if err != nil {
		return Case{}, err
	}
	if step == StepWrong {
		base, err := room.o.Records.View(ctx, next.Document, next.Base)
		if err == nil {
			err = said.mark(in.Sections, base.Content)
		}
		if err != nil {
			return Case{}, err
		}
	}
	if err := room.desk.Look(ctx, func(r db.Reader) error { return room.seal(ctx, r, &next, said) }); err != nil {
		return Case{}, err
	}
	return room.change(ctx, "amendment.write", amendment, func(ctx context.Context, w *act.Work, c *Case) error {
		if err := takes(*c, at, in.Rev); err != nil {
			return err
		}
		c.Sealed, c.Rev, c.Kind, c.Step, c.Touched = next.Sealed, next.Rev, next.Kind, at+1, w.Now()
		if err := takeStep(ctx, w, *c, step); err != nil {
			return err
		}
		switch step {
		case StepWrong:
			return room.o.Records.HoldIn(ctx, w, record.Hold{Org: c.Org, ID: c.ID, Document: c.Document, Patient: c.Patient, Kind: record.HoldCorrection, Cause: c.ID, Sections: said.Sections})
		case StepConfirm:
			return room.confirmed(ctx, w, c)
		}
		return nil
	})
}

// takes reports whether a step may be taken now.
func takes(c Case, at, rev int) error {
	switch {
	case c.State != Writing:
		return saying(errState, stateNames[c.State])
	case at > c.Step:
		return saying(errStep, stepNames[Steps[c.Step]])
	case rev != c.Rev:
		return errChanged.With()
	}
	return nil
}

// say takes over what belongs to a step, and finds what is wrong with it.
func (room *Room) say(ctx context.Context, r *act.Reading, c *Case, said *writing, step string, in Saying) error {
	switch step {
	case StepKind:
		if !slices.Contains(errorKinds, in.Kind) {
			return errInput.With().At("kind", fault.Text{ZH: "请选择错误种类", EN: "choose the kind of error"})
		}
		c.Kind = in.Kind
	case StepReason:
		said.Words = strings.TrimSpace(in.Words)
		return said.checkWords()
	case StepValue:
		return said.put(in.Values)
	case StepEffects:
		found, err := room.affected(ctx, r, *c)
		if err != nil {
			return err
		}
		if said.Affected = digestOf(found); in.Affected != said.Affected {
			return errEffects.With()
		}
	}
	return nil
}

// confirmed asks whoever must agree, or leaves the signature as what remains.
func (room *Room) confirmed(ctx context.Context, w *act.Work, c *Case) error {
	if c.Approver == NoApproval {
		c.State = Approved
		return nil
	}
	c.State, c.Asked = Asked, w.Now()
	_, err := room.o.Duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: approvers(*c), Subject: c.ID, Patient: c.Patient})
	return err
}

func approvers(c Case) duty.To {
	if c.Approver == OfficeApproval {
		return duty.To{Role: OfficeApproval}
	}
	return duty.To{Role: "chief", Department: c.Department}
}

// mine reads a correction for a part of a step that must be known before the act begins.
func (room *Room) mine(ctx context.Context, verb, amendment string, fn func(ctx context.Context, r *act.Reading, c Case) error) error {
	return room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		c, err := getCase(ctx, r, r.Actor().Org, amendment)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, c.object()); err != nil {
			return err
		}
		return fn(ctx, r, c)
	})
}

// change is the spine of what is done to a correction.
func (room *Room) change(ctx context.Context, verb, amendment string, do func(ctx context.Context, w *act.Work, c *Case) error) (Case, error) {
	var c Case
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if c, err = getCase(ctx, w, w.Actor().Org, amendment); err != nil {
			return err
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		w.Note("amendment", c.ID)
		if err := do(ctx, w, &c); err != nil {
			return err
		}
		w.Note("state", c.State)
		return cases.Update(ctx, w, &c)
	})
	return c, err
}
