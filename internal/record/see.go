package record

import (
	"cmp"
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Line is a document as a list shows it, with the people it names.
type Line struct {
	Document
	People map[string]staff.Name
}

// See discloses one document as [Room.List] does, without what it says.
func (room *Room) See(ctx context.Context, document string) (Line, error) {
	var line Line
	err := room.desk.Disclose(ctx, "record.list", func(ctx context.Context, r *act.Reading) error {
		f, err := room.find(ctx, r, r.Actor().Org, document)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, f.object(f.discharged())); err != nil {
			return err
		}
		line.Document = f.Document
		line.Title = f.standing.title(f.Document)
		line.People, err = staff.Names(ctx, r, f.Org, []string{f.Author}, r.Now())
		return err
	})
	return line, err
}

// Observation discloses one observation.
func (room *Room) Observation(ctx context.Context, observation string) (Observed, error) {
	var seen Observed
	err := room.desk.Disclose(ctx, "record.observations", func(ctx context.Context, r *act.Reading) error {
		o, err := room.ObservationOf(ctx, r, r.Actor().Org, observation)
		if err != nil {
			return err
		}
		known, err := room.patients.Find(ctx, r, o.Org, o.Patient)
		if err != nil {
			return err
		}
		asked := o.object()
		asked.Department = cmp.Or(asked.Department, known.Object.Department)
		if err := r.Permit(ctx, asked); err != nil {
			return err
		}
		subject, err := room.patients.Subject(ctx, r, o.Org, o.Patient)
		if err != nil {
			return errUnreadable.Because(err)
		}
		seen.Observation = o
		return openJSON(subject, vault.Place{Kind: "Observation", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "finding"}, o.Sealed, &seen.Finding)
	})
	return seen, err
}
