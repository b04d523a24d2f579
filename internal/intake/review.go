package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Kinds of review.
const (
	Identity  = "identity"  // the source says that who somebody is has changed
	Duplicate = "duplicate" // a newcomer is probably a patient who is there already
	Merge     = "merge"     // the source says that two patients are one
)

func proposalPlace(reviewID string) vault.Place {
	return vault.Place{Kind: "Review", Object: reviewID, Field: "proposal"}
}

// askWhether adds reviews to a unit: whether patient is each of others.
func (r *run) askWhether(u *unit, kind, patientID string, others []string, sealed func(reviewID string) ([]byte, error)) error {
	for _, other := range others {
		row := reviewRow{Org: r.org, ID: id.New(r.room.desk.Now()), Source: r.source.ID, Kind: kind, Patient: patientID, Other: other, State: Waiting, At: r.room.desk.Now()}
		if sealed != nil {
			var err error
			if row.Sealed, err = sealed(row.ID); err != nil {
				return err
			}
		}
		u.finally(1, func(ctx context.Context, w *act.Work) error { return reviews.Insert(ctx, w, &row) })
	}
	return nil
}

// proposal seals what a source says somebody is called now.
func proposal(subject *vault.Subject, d patient.Demographics) func(reviewID string) ([]byte, error) {
	return func(reviewID string) ([]byte, error) {
		plain, err := json.Marshal(d)
		if err != nil {
			return nil, err
		}
		return subject.Seal(proposalPlace(reviewID), plain)
	}
}

// asked reports whether the same change of identity was put to a person before.
func (r *run) asked(ctx context.Context, of *dossier, proposed patient.Demographics) (bool, error) {
	found := slices.ContainsFunc(of.proposed, func(d patient.Demographics) bool { return reflect.DeepEqual(d, proposed) })
	if found || of.young {
		return found, nil
	}
	err := r.room.look(ctx, func(reader db.Reader) error {
		rows, err := reviews.Select(ctx, reader, "WHERE org = $1 AND patient = $2", r.org, of.id)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if row.Kind != Identity {
				continue
			}
			d, err := r.room.openProposal(ctx, reader, row)
			if err != nil {
				return err
			}
			found = found || reflect.DeepEqual(d, proposed)
		}
		return nil
	})
	return found, err
}

// openProposal unseals what a source proposes; nothing for a review without.
func (room *Room) openProposal(ctx context.Context, r db.Reader, row reviewRow) (patient.Demographics, error) {
	var d patient.Demographics
	if len(row.Sealed) == 0 {
		return d, nil
	}
	subject, err := room.patients.Subject(ctx, r, row.Org, row.Patient)
	if err != nil {
		return d, errUnreadable.Because(err)
	}
	plain, err := subject.Open(proposalPlace(row.ID), row.Sealed)
	if err != nil {
		return d, errUnreadable.Because(err)
	}
	return d, json.Unmarshal(plain, &d)
}

// Decisions of a review.
const (
	Accept    = "accept"    // identity: he is called so now
	Keep      = "keep"      // identity: he is not
	Same      = "same"      // duplicate, merge: one person
	Different = "different" // duplicate, merge: two
)

// Decide settles a review. An accepted change of identity is entered; that two
// patients are the same is recorded on both, and neither record is moved.
func (room *Room) Decide(ctx context.Context, reviewID, decision string) error {
	actor := act.From(ctx)
	var row reviewRow
	var update *patient.Prepared
	err := room.look(ctx, func(r db.Reader) (err error) {
		row, err = reviews.Get(ctx, r, actor.Org, reviewID)
		return absent(err)
	})
	if err == nil && decision == Accept && row.Kind == Identity {
		update, err = room.prepareAccepted(ctx, row)
	}
	if err != nil {
		return err
	}
	return room.desk.Do(ctx, "intake.review", func(ctx context.Context, w *act.Work) error {
		row, err := reviews.Get(ctx, w, actor.Org, reviewID)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Import", ID: row.ID, Org: row.Org, Patient: row.Patient}); err != nil {
			return err
		}
		if row.State != Waiting {
			return errSettled.With()
		}
		if !fits(row.Kind, decision) {
			return errDecision.With().At("decision", fault.Text{ZH: errDecision.Message.ZH, EN: errDecision.Hint})
		}
		row.State, row.DecidedBy, row.DecidedAt = decision, actor.ID, w.Now()
		w.Note("decision", decision)
		if err := reviews.Update(ctx, w, &row); err != nil || update == nil {
			return err
		}
		return room.patients.UpdateIn(ctx, w, update)
	})
}

func fits(kind, decision string) bool {
	if kind == Identity {
		return decision == Accept || decision == Keep
	}
	return decision == Same || decision == Different
}

// prepareAccepted seals what a source proposes over what is registered.
func (room *Room) prepareAccepted(ctx context.Context, row reviewRow) (*patient.Prepared, error) {
	var proposed patient.Demographics
	var facts patient.Facts
	err := room.look(ctx, func(r db.Reader) (err error) {
		if proposed, err = room.openProposal(ctx, r, row); err != nil {
			return err
		}
		facts, err = room.patients.FactsOf(ctx, r, row.Org, row.Patient)
		return err
	})
	if err != nil {
		return nil, err
	}
	next := facts.Demographics
	next.Name, next.Sex, next.BirthDate, next.IDNumber = proposed.Name, proposed.Sex, proposed.BirthDate, proposed.IDNumber
	return room.patients.PrepareUpdate(ctx, row.Org, row.Patient, facts.Rev, next)
}

// Review is what waits for a person, with what the two sides say.
type Review struct {
	ID        string
	Kind      string
	State     string
	Source    string
	Patient   string
	Other     string
	Current   patient.Demographics
	Proposed  patient.Demographics // identity: what the source says; otherwise the other patient
	At        time.Time
	DecidedBy string
	DecidedAt time.Time
}

// Reviews discloses what waits for a decision, or was decided, oldest first.
func (room *Room) Reviews(ctx context.Context, state, after string, limit int) ([]Review, string, error) {
	var page []Review
	next := ""
	err := room.desk.Disclose(ctx, "intake.review", func(ctx context.Context, r *act.Reading) error {
		page, next = nil, ""
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "Import", ID: "reviews", Org: org}); err != nil {
			return err
		}
		rows, err := reviews.Select(ctx, r, "WHERE org = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4", org, cmp.Or(state, Waiting), after, limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			next = rows[limit-1].ID
		}
		for _, row := range rows {
			one, err := room.reviewed(ctx, r, row)
			if err != nil {
				return err
			}
			page = append(page, one)
			for _, p := range filled([]string{row.Patient, row.Other}) {
				r.Concerns(policy.Object{Kind: "Patient", ID: p, Org: org, Patient: p})
			}
		}
		return nil
	})
	return page, next, err
}

func (room *Room) reviewed(ctx context.Context, r db.Reader, row reviewRow) (Review, error) {
	one := Review{ID: row.ID, Kind: row.Kind, State: row.State, Source: row.Source, Patient: row.Patient, Other: row.Other, At: row.At, DecidedBy: row.DecidedBy, DecidedAt: row.DecidedAt}
	facts, err := room.patients.FactsOf(ctx, r, row.Org, row.Patient)
	if err != nil {
		return one, err
	}
	one.Current = facts.Demographics
	if row.Kind == Identity {
		one.Proposed, err = room.openProposal(ctx, r, row)
		return one, err
	}
	other, err := room.patients.FactsOf(ctx, r, row.Org, row.Other)
	one.Proposed = other.Demographics
	return one, err
}
