package patient

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/staff"
)

// SeenEncounter is an encounter with the people it names.
type SeenEncounter struct {
	Encounter
	Staff map[string]staff.Name
}

// ViewEncounter discloses one encounter to whoever may open its patient.
func (room *Room) ViewEncounter(ctx context.Context, encounter string) (SeenEncounter, error) {
	var seen SeenEncounter
	err := room.desk.Disclose(ctx, "patient.view", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		e, err := room.EncounterOf(ctx, r, org, encounter)
		if err != nil {
			return act.Sought("Patient", err)
		}
		p, stays, err := findWith(ctx, r, org, e.Patient)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, object(p, stays)); err != nil {
			return err
		}
		r.Note("encounter", e.ID)
		seen.Encounter = e
		for _, stay := range stays {
			if stay.ID == e.ID {
				seen.Encounter = stay
			}
		}
		seen.Staff, err = staff.Names(ctx, r, org, []string{e.Attending}, r.Now())
		return err
	})
	return seen, err
}
