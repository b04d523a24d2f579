package staff

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// Viewed is a person in full.
type Viewed struct {
	Person
	Phone        string        // opened; empty when there is none
	Appointments []Appointment // all that ever were, by their beginning
}

// ViewPerson shows a person with every appointment.
func (r *Room) ViewPerson(ctx context.Context, id string) (Viewed, error) {
	var seen Viewed
	err := r.desk.Disclose(ctx, "staff.view", func(ctx context.Context, v *act.Reading) error {
		org := v.Actor().Org
		person, err := findPerson(ctx, v, org, id)
		if err := mustKnow(person, err); err != nil {
			return err
		}
		if err := v.Permit(ctx, policy.Object{Kind: "Person", ID: id, Org: org}); err != nil {
			return err
		}
		seen = Viewed{Person: person}
		if seen.Appointments, err = appointmentsOf(ctx, v, org, id); err != nil {
			return err
		}
		seen.Phone, err = r.openPhone(ctx, v, person)
		return err
	})
	return seen, err
}

func (r *Room) openPhone(ctx context.Context, v *act.Reading, p Person) (string, error) {
	if len(p.Phone) == 0 {
		return "", nil
	}
	subject, err := r.vault.Subject(ctx, v, p.Org, p.ID)
	if err != nil {
		return "", err
	}
	phone, err := subject.Open(phonePlace(p.ID), p.Phone)
	return string(phone), err
}
