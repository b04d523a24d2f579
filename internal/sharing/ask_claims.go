package sharing

import (
	"context"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// AskClaims asks that somebody may read what an insurer needs of listed claims.
// Nothing can be read before somebody else has approved it.
func (room *Room) AskClaims(ctx context.Context, in AskingClaims) (ClaimTask, error) {
	if err := room.desk.Begin(ctx, "sharing.ask-claims"); err != nil {
		return ClaimTask{}, err
	}
	now := room.desk.Now()
	if err := in.check(now); err != nil {
		return ClaimTask{}, err
	}
	certificate, err := readCertificate(in.Certificate, now)
	if err != nil {
		return ClaimTask{}, err
	}
	extras := slices.Clone(in.Extras)
	for i := range extras {
		extras[i].Approved = false
	}
	made := ClaimTask{
		Org: act.From(ctx).Org, ID: id.New(now), Kind: in.Kind, Insurer: in.Insurer, Basis: in.Basis, Article: in.Article, Reviewer: in.Reviewer,
		Extras: extras, Certificate: certificate, Claims: len(in.Claims), AskedBy: act.From(ctx).ID, Since: in.Since.UTC(), Until: in.Until.UTC(), State: ClaimsAsked,
	}
	var t ClaimTask
	err = room.desk.Do(ctx, "sharing.ask-claims", func(ctx context.Context, w *act.Work) error {
		t = made
		t.Asked = w.Now()
		if t.Since.IsZero() {
			t.Since = t.Asked
		}
		if err := w.Permit(ctx, houseObject(t.Org)); err != nil {
			return err
		}
		if err := room.barring.MustPass(ctx, &w.Reading, staff.Party{Name: in.Insurer, Field: "insurer", About: "patient:claims"}); err != nil {
			return err
		}
		if err := mustReview(ctx, w, t); err != nil {
			return err
		}
		w.Note("task", t.ID)
		w.Note("claims", strconv.Itoa(t.Claims))
		if err := room.saveClaims(ctx, w, t, in.Claims); err != nil {
			return err
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: ClaimApproval, To: duty.To{Role: "medical-affairs"}, Subject: t.ID}); err != nil {
			return err
		}
		return claimTasks.Insert(ctx, w, &t)
	})
	return t, room.barring.Kept(ctx, err)
}

// mustReview wants somebody who is there as the reviewer of a task.
func mustReview(ctx context.Context, w *act.Work, t ClaimTask) error {
	known, err := staff.Names(ctx, w, t.Org, []string{t.Reviewer}, w.Now())
	if err == nil && len(known) == 0 {
		err = errInput.With().At("reviewer", fault.Text{ZH: "没有这位人员", EN: "there is no such person"})
	}
	return err
}

func (room *Room) saveClaims(ctx context.Context, w *act.Work, t ClaimTask, listed []NewClaim) error {
	for i, c := range listed {
		e, err := room.patients.EncounterOf(ctx, w, t.Org, c.Encounter)
		if err != nil {
			return errInput.Because(err).At("claims["+strconv.Itoa(i)+"].encounter", fault.Text{ZH: "没有这次就诊", EN: "there is no such encounter"})
		}
		if err := claims.Insert(ctx, w, &Claim{Org: t.Org, Task: t.ID, Number: c.Number, Encounter: e.ID, Patient: e.Patient}); err != nil {
			return err
		}
	}
	return nil
}

// claimStep is one decision about a claim task.
func (room *Room) claimStep(ctx context.Context, verb, task string, decide func(ctx context.Context, w *act.Work, t *ClaimTask) error) (ClaimTask, error) {
	var t ClaimTask
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		var err error
		if t, err = claimTasks.Get(ctx, w, w.Actor().Org, task); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, t.object()); err != nil {
			return err
		}
		w.Note("task", t.ID)
		if err := decide(ctx, w, &t); err != nil {
			return err
		}
		return claimTasks.Update(ctx, w, &t)
	})
	return t, err
}

// ApproveClaims opens a task to its reviewer, with those of the extra fields that are
// named; the others are stripped.
func (room *Room) ApproveClaims(ctx context.Context, task string, extras []string) (ClaimTask, error) {
	return room.claimStep(ctx, "sharing.approve-claims", task, func(ctx context.Context, w *act.Work, t *ClaimTask) error {
		if t.State != ClaimsAsked {
			return errOrder.With("state", t.State)
		}
		if err := room.mustBeAnother(ctx, w, []string{t.AskedBy, t.Reviewer}); err != nil {
			return err
		}
		for _, field := range extras {
			i := slices.IndexFunc(t.Extras, func(x Extra) bool { return x.Field == field })
			if i < 0 {
				return errInput.With().At("extras", fault.Text{ZH: "没有申请字段 " + field, EN: "nobody asked for the field " + field})
			}
			t.Extras[i].Approved = true
		}
		if err := room.mustBeAgreedFor(ctx, w, t); err != nil {
			return err
		}
		t.State, t.Approved, t.ApprovedBy = ClaimsApproved, w.Now(), w.Actor().ID
		return room.duty.DoneIn(ctx, w, ClaimApproval, t.ID)
	})
}

// mustBeAgreedFor wants an agreement in force with an insurer that is no public fund.
func (room *Room) mustBeAgreedFor(ctx context.Context, w *act.Work, t *ClaimTask) error {
	if t.Basis != ByConsent {
		return nil
	}
	_, agreed, err := staff.AgreedWith(ctx, w, t.Org, t.Insurer, w.Now())
	if err == nil && !agreed {
		err = errNoAgreement.With("agency", t.Insurer)
	}
	return err
}

// EndClaims ends a task before its time, or refuses one that nobody approved yet.
func (room *Room) EndClaims(ctx context.Context, task string) (ClaimTask, error) {
	return room.claimStep(ctx, "sharing.end-claims", task, func(ctx context.Context, w *act.Work, t *ClaimTask) error {
		if t.State == ClaimsEnded {
			return errOrder.With("state", t.State)
		}
		t.State, t.Ended, t.EndedBy = ClaimsEnded, w.Now(), w.Actor().ID
		return room.duty.CancelIn(ctx, w, ClaimApproval, t.ID)
	})
}
