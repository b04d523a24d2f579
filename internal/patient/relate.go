package patient

import (
	"cmp"
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Relate gives somebody a care relation to a patient until a moment. Nobody
// gives himself one: the rulebook is told whom it concerns.
func (room *Room) Relate(ctx context.Context, in Relation) (string, error) {
	var made string
	err := room.desk.Do(ctx, "patient.relate", func(ctx context.Context, w *act.Work) error {
		known, err := room.Find(ctx, w, w.Actor().Org, in.Patient)
		if err != nil {
			return err
		}
		o := known.Object
		o.Concerns = in.Person
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		relation := in
		relation.Org, relation.ID, relation.Since, relation.GivenBy = w.Actor().Org, id.New(w.Now()), w.Now(), w.Actor().ID
		relation.Kind, relation.Source = cmp.Or(in.Kind, policy.TieCare), requested
		if err := relation.check(w.Now()); err != nil {
			return err
		}
		if err := mustBeStaff(ctx, w, relation.Org, map[string]string{"person": relation.Person}); err != nil {
			return err
		}
		ofPatient := func(e Encounter) bool { return e.ID == relation.Encounter }
		if relation.Encounter != "" && !slices.ContainsFunc(known.Encounters, ofPatient) {
			return errInvalid.With().At("encounter", text("该患者没有这次就诊", "the patient has no such encounter"))
		}
		made = relation.ID
		return relations.Insert(ctx, w, &relation)
	})
	return made, err
}

// EndRelation ends a care relation now. A feed ends only those that it gave.
func (room *Room) EndRelation(ctx context.Context, relation string) error {
	return room.desk.Do(ctx, "patient.end-relation", func(ctx context.Context, w *act.Work) error {
		r, err := relations.Get(ctx, w, w.Actor().Org, relation)
		if err != nil {
			return absent(err)
		}
		known, err := room.Find(ctx, w, r.Org, r.Patient)
		if err != nil {
			return err
		}
		o := known.Object
		o.Concerns, o.CreatedBy = r.Person, r.Source
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		if r.Until.After(w.Now()) {
			r.Until = w.Now()
		}
		return relations.Update(ctx, w, &r)
	})
}
