package intake

import (
	"context"
	"encoding/json"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/patient"
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
