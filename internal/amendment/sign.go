package amendment

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
)

// Sign completes a correction: the new version is signed, the hold is lifted, and everybody
// who was given the document is to be told.
func (room *Room) Sign(ctx context.Context, amendment string) (Case, error) {
	if err := room.desk.Begin(ctx, "amendment.sign"); err != nil {
		return Case{}, err
	}
	var c Case
	var said writing
	err := room.mine(ctx, "amendment.sign", amendment, func(ctx context.Context, r *act.Reading, found Case) (err error) {
		c = found
		if err := signable(c); err != nil {
			return err
		}
		said, err = room.read(ctx, r, c)
		return err
	})
	if err != nil {
		return Case{}, err
	}
	base, err := room.o.Records.View(ctx, c.Document, c.Base)
	if err != nil {
		return Case{}, err
	}
	p, err := room.o.Records.PrepareAmendment(ctx, record.Amendment{Document: c.Document, Base: c.Base, Content: said.applied(base.Content), Reason: said.Words, Sign: true})
	if err != nil {
		return Case{}, err
	}
	return room.change(ctx, "amendment.sign", amendment, func(ctx context.Context, w *act.Work, now *Case) error {
		if err := signable(*now); err != nil {
			return err
		}
		if now.Rev != c.Rev {
			return errChanged.With()
		}
		if err := room.o.Records.AmendIn(ctx, w, p, now.agreement()...); err != nil {
			return err
		}
		if err := room.o.Records.LiftIn(ctx, w, now.ID); err != nil {
			return err
		}
		now.State, now.Step, now.Version, now.Ended, now.EndedBy, now.Touched = Completed, len(Steps), p.Number(), w.Now(), w.Actor().ID, w.Now()
		if err := takeStep(ctx, w, *now, StepSign); err != nil {
			return err
		}
		told, err := room.tellAll(ctx, w, *now)
		now.Told = told
		w.Note("told", strconv.Itoa(told))
		return err
	})
}

func signable(c Case) error {
	switch c.State {
	case Approved:
		return nil
	case Writing:
		return saying(errStep, stepNames[c.Next()])
	}
	return saying(errState, stateNames[c.State])
}

// agreement is the tie by which what is archived is corrected after somebody agreed.
func (c Case) agreement() []policy.Tie {
	if c.DecidedBy == "" {
		return nil
	}
	return []policy.Tie{{
		Kind: policy.TieGrant, ID: c.ID, Role: "care", Source: "amendment", Since: c.Decided, Until: c.Decided.Add(signWithin),
		Bounds: &policy.Bounds{Verbs: []string{"record.amend"}, Documents: []string{c.Document}},
	}}
}

// signWithin is how long an agreement stands before the correction is signed.
const signWithin = 14 * 24 * time.Hour

// Decide approves a correction or sends it back, by somebody unrelated to whoever began it.
func (room *Room) Decide(ctx context.Context, amendment string, approve bool, words string) (Case, error) {
	if err := room.desk.Begin(ctx, "amendment.decide"); err != nil {
		return Case{}, err
	}
	e := errInput.With()
	if approve {
		e.MaySay("words", words, maxWords)
	} else {
		e.MustSay("words", words, maxWords)
	}
	if err := e.OrNil(); err != nil {
		return Case{}, err
	}
	var next Case
	err := room.mine(ctx, "amendment.decide", amendment, func(ctx context.Context, r *act.Reading, c Case) error {
		if c.State != Asked {
			return saying(errState, stateNames[c.State])
		}
		next = c
		return room.rewrite(ctx, r, &next, func(w *writing) { w.Decision = strings.TrimSpace(words) })
	})
	if err != nil {
		return Case{}, err
	}
	return room.change(ctx, "amendment.decide", amendment, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Asked || c.Rev+1 != next.Rev {
			return saying(errState, stateNames[c.State])
		}
		if office := w.Actor().Purpose == "management"; office != (c.Approver == OfficeApproval) {
			return saying(errNotApprover, approverNames[c.Approver])
		}
		if err := room.o.Bonds.MustBeAnother(ctx, w, errOnePerson, c.OpenedBy); err != nil {
			return err
		}
		c.Sealed, c.Rev, c.Decided, c.DecidedBy, c.Touched = next.Sealed, next.Rev, w.Now(), w.Actor().ID, w.Now()
		if err := room.o.Duty.DoneIn(ctx, w, Approval, c.ID); err != nil {
			return err
		}
		if !approve {
			return room.endIn(ctx, w, c, Refused)
		}
		c.State = Approved
		return takeStep(ctx, w, *c, Approved)
	})
}

// rewrite seals what was written with something added to it.
func (room *Room) rewrite(ctx context.Context, r db.Reader, c *Case, change func(*writing)) error {
	w, err := room.read(ctx, r, *c)
	if err != nil {
		return err
	}
	change(&w)
	return room.seal(ctx, r, c, w)
}

// Withdraw ends a correction that its beginner does not go on with. Nothing changes, and
// the document is released as it is.
func (room *Room) Withdraw(ctx context.Context, amendment, words string) (Case, error) {
	if err := room.desk.Begin(ctx, "amendment.withdraw"); err != nil {
		return Case{}, err
	}
	e := errInput.With()
	e.MustSay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return Case{}, err
	}
	var next Case
	err := room.mine(ctx, "amendment.withdraw", amendment, func(ctx context.Context, r *act.Reading, c Case) error {
		next = c
		return room.rewrite(ctx, r, &next, func(w *writing) { w.Ending = strings.TrimSpace(words) })
	})
	if err != nil {
		return Case{}, err
	}
	return room.change(ctx, "amendment.withdraw", amendment, func(ctx context.Context, w *act.Work, c *Case) error {
		if !c.Open() || c.Rev+1 != next.Rev {
			return saying(errState, stateNames[c.State])
		}
		c.Sealed, c.Rev = next.Sealed, next.Rev
		return room.endIn(ctx, w, c, Withdrawn)
	})
}

// endIn ends a correction without a new version: the hold is lifted, and whoever was asked
// is asked no longer.
func (room *Room) endIn(ctx context.Context, w *act.Work, c *Case, state string) error {
	if err := room.o.Records.LiftIn(ctx, w, c.ID); err != nil {
		return err
	}
	if err := room.o.Duty.CancelIn(ctx, w, Approval, c.ID); err != nil {
		return err
	}
	c.State, c.Ended, c.EndedBy, c.Touched = state, w.Now(), w.Actor().ID, w.Now()
	return takeStep(ctx, w, *c, state)
}
