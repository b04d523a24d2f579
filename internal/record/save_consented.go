package record

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Agreements is what the room asks of those who keep what patients agreed to and what
// people must do. It is tied while the house is put together; without it no consent is
// asked for.
type Agreements struct {
	// Signed answers the id of a consent in force that the patient signed to having his
	// sensitive history kept; empty where there is none.
	Signed func(ctx context.Context, r db.Reader, org, patient string, at time.Time) (string, error)
	// Opened answers the ids, by patient, of authorisations to read what came from other
	// institutions, each for an encounter that lasts.
	Opened func(ctx context.Context, r db.Reader, org string, patients []string, at time.Time) (map[string]string, error)
	// Own are the names of this institution; a document that names another came from there.
	Own    []string
	Duty   *duty.Room
	Bonds  staff.BondsOf
	Ledger *ledger.Ledger
	Org    string // whose savings and openings are shown as evidence
}

// Agrees ties the room to what patients agreed to.
func (room *Room) Agrees(a Agreements) { room.agreements = a }

// holdToConsent refuses to save by hand what needs the patient's written consent while
// there is none, unless an emergency is named; then, and for what was imported, somebody
// must obtain it afterwards.
func (room *Room) holdToConsent(ctx context.Context, w *act.Work, d Document, p *preparedSaving) error {
	if p == nil || room.agreements.Signed == nil {
		return nil
	}
	rule, err := consentRuleInForce(ctx, w, d.Org)
	if err != nil || rule == nil || !rule.needs(p.kinds) {
		return err
	}
	s := p.Saving
	s.At = w.Now()
	if s.Consent, err = room.agreements.Signed(ctx, w, d.Org, d.Patient, w.Now()); err != nil {
		return err
	}
	switch {
	case s.Consent != "":
		s.Cause, s.Completed, s.Choice, s.Words = SavedByConsent, w.Now(), "", nil
	case w.Actor().Kind == act.Feed:
		s.Cause = SavedByImport
	case s.Choice != "":
		s.Cause = SavedByEmergency
	default:
		return errNeedsConsent.With()
	}
	w.Note("saved-by", s.Cause)
	if s.Cause != SavedByConsent {
		if s.Deadline, err = room.askForConsent(ctx, w, s); err != nil {
			return err
		}
	}
	return savings.Insert(ctx, w, &s)
}

// askForConsent opens the task to obtain a consent afterwards: the writer's, or that of
// medical affairs where the house does not know him.
func (room *Room) askForConsent(ctx context.Context, w *act.Work, s Saving) (time.Time, error) {
	to := duty.To{Person: s.Person}
	_, err := staff.StandingOf(ctx, w, s.Org, s.Person, w.Now())
	switch {
	case errors.Is(err, staff.ErrNoPerson):
		to = duty.To{Role: "medical-affairs"}
	case err != nil:
		return time.Time{}, err
	}
	t, err := room.agreements.Duty.OpenIn(ctx, w, duty.Opening{Kind: ConsentDue, To: to, Subject: s.ID, Patient: s.Patient})
	return t.Deadline, err
}

// CompleteSavings lets what was saved without a patient's consent rest on one that he
// has signed since. It is a part of the act that records the consent.
func (room *Room) CompleteSavings(ctx context.Context, w *act.Work, patient, consent string) error {
	open, err := openSavingsOf(ctx, w, w.Actor().Org, patient)
	if err != nil || len(open) == 0 {
		return err
	}
	w.Note("completed", strconv.Itoa(len(open)))
	for _, s := range open {
		s.Consent, s.Completed = consent, w.Now()
		if err := savings.Update(ctx, w, &s); err != nil {
			return err
		}
		if err := room.agreements.Duty.DoneIn(ctx, w, ConsentDue, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// SavingsSeen is a page of savings with the people they name.
type SavingsSeen struct {
	web.Page[Saving]
	Names map[string]staff.Name
}

// Savings discloses what was saved with a sensitive history that needs consent, the
// newest first; on demand only what still waits for one.
func (room *Room) Savings(ctx context.Context, open bool, cursor string, limit int) (seen SavingsSeen, err error) {
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return seen, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "record.see-savings", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := savingsPage(ctx, r, org, open, after, limit+1)
		if err != nil {
			return err
		}
		if seen.Page, err = web.PageOf(found, limit, func(s Saving) listPlace { return listPlace{s.At.UnixMicro(), s.ID} }); err != nil {
			return err
		}
		people := make([]string, len(seen.Items))
		for i, s := range seen.Items {
			people[i] = s.Person
			r.Concerns(policy.Object{Kind: "Patient", ID: s.Patient, Patient: s.Patient})
		}
		seen.Names, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	return seen, err
}
