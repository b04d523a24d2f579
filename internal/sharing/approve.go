package sharing

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// Approve opens a case to its assistant: for an agency the head of the institution, or
// in his place the administrator on duty until the next working day; for a patient's
// side a second person at the window.
func (room *Room) Approve(ctx context.Context, caseID string) (Case, error) {
	found, err := room.peek(ctx, caseID)
	if err != nil {
		return Case{}, room.desk.Missing(ctx, "sharing.approve", err)
	}
	verb := "sharing.review"
	if kind, _ := kindOf(found.Kind); kind.Agency {
		verb = "sharing.approve"
	}
	return room.step(ctx, verb, caseID, "approve", nil, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Scoped {
			return errOrder.With("state", c.State)
		}
		if err := room.mustBeAnother(ctx, w, []string{c.ReceivedBy, c.Assistant}); err != nil {
			return err
		}
		if err := mustBeReviewed(ctx, w, c); err != nil {
			return err
		}
		if err := mustBeAgreed(ctx, w, c); err != nil {
			return err
		}
		if err := restOnConsent(ctx, w, c); err != nil {
			return err
		}
		c.State, c.Approved, c.ApprovedBy = Approved, w.Now(), w.Actor().ID
		if verb == "sharing.review" || slices.Contains(w.Actor().Roles, "president") {
			return nil
		}
		task, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Confirmation, To: duty.To{Role: "president"}, Subject: c.ID, Patient: c.Patient})
		c.ConfirmBy = task.Deadline
		return err
	})
}

// peek reads which kind a case is of, for the choice of the verb; the act reads it again.
func (room *Room) peek(ctx context.Context, caseID string) (c Case, err error) {
	if err := room.desk.Begin(ctx, "sharing.approve"); err != nil {
		return c, err
	}
	err = room.desk.Look(ctx, func(r db.Reader) error {
		c, err = cases.Get(ctx, r, act.From(ctx).Org, caseID)
		return absent(err)
	})
	return c, err
}

// mustBeAgreed keeps the way to another institution or an insurer shut while it has no
// confidentiality agreement with the house. It is asked at every hand-over, so that the
// end of an agreement shuts it at once (B-095).
func mustBeAgreed(ctx context.Context, w *act.Work, c *Case) error {
	if kind, _ := kindOf(c.Kind); kind.Consent == "" {
		return nil
	}
	_, agreed, err := staff.AgreedWith(ctx, w, c.Org, c.Agency, w.Now())
	if err == nil && !agreed {
		err = errNoAgreement.With("agency", c.Agency)
	}
	return err
}

// restOnConsent names the consent on which a case rests, if its kind needs one. It is
// asked at every hand-over, so that a withdrawal closes the access at once (B-072).
func restOnConsent(ctx context.Context, w *act.Work, c *Case) error {
	kind, _ := kindOf(c.Kind)
	if kind.Consent == "" {
		return nil
	}
	proofs, err := consent.Covers(ctx, w, c.Org, []string{c.Patient}, consent.Use{Purpose: kind.Consent, Recipient: c.Agency}, w.Now())
	if err != nil {
		return err
	}
	proof, covered := proofs[c.Patient]
	if !covered {
		return errNoConsent.With()
	}
	c.Consent = proof.Consent + proof.Exemption
	return nil
}

// Confirm makes an approval in the place of the head his own.
func (room *Room) Confirm(ctx context.Context, caseID string) (Case, error) {
	return room.step(ctx, "sharing.confirm", caseID, "confirm", nil, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Approved || c.ConfirmBy.IsZero() || c.ConfirmedBy != "" {
			return errOrder.With("state", c.State)
		}
		c.ConfirmedBy = w.Actor().ID
		return room.duty.DoneIn(ctx, w, Confirmation, c.ID)
	})
}

// Refuse ends a case with a reason. An approval that is not confirmed is refused too.
func (room *Room) Refuse(ctx context.Context, caseID, words string) (Case, error) {
	e := errInput.With()
	e.MustSay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return Case{}, err
	}
	found, err := room.peek(ctx, caseID)
	if err != nil {
		return Case{}, room.desk.Missing(ctx, "sharing.refuse", err)
	}
	sealed, err := room.sealFor(ctx, found.Patient, place("CaseStep", caseID, "refuse"), words)
	if err != nil {
		return Case{}, err
	}
	return room.step(ctx, "sharing.refuse", caseID, "refuse", sealed, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State == Closed || c.State == Refused {
			return errOrder.With("state", c.State)
		}
		return room.end(ctx, w, c, Refused)
	})
}

// Close ends a case that was answered.
func (room *Room) Close(ctx context.Context, caseID string) (Case, error) {
	return room.step(ctx, "sharing.close", caseID, "close", nil, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Approved {
			return errOrder.With("state", c.State)
		}
		return room.end(ctx, w, c, Closed)
	})
}

func (room *Room) end(ctx context.Context, w *act.Work, c *Case, state string) error {
	c.State, c.Closed = state, w.Now()
	if state == Refused {
		if err := room.duty.CancelIn(ctx, w, Confirmation, c.ID); err != nil {
			return err
		}
	}
	return room.duty.DoneIn(ctx, w, Handling, c.ID)
}
