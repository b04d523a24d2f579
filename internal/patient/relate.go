package patient

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

var errOwnBenefit = fault.Define("patient.relation-for-oneself", fault.Refused,
	"不能为自己建立诊疗关系；请由经治医师、科室负责人或总值班建立，或选择“自述理由”。",
	"Nobody gives himself a care relation; ask the attending, the head of department or the duty office, or state a reason.",
	"a relation never benefits who gives it")

// Relate gives somebody a care relation to a patient until a moment.
func (room *Room) Relate(ctx context.Context, in Relation) (string, error) {
	var made string
	err := room.desk.Do(ctx, "patient.relate", func(ctx context.Context, w *act.Work) error {
		known, err := room.Find(ctx, w, w.Actor().Org, in.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		if err := in.check(w.Now()); err != nil {
			return err
		}
		if in.Person == w.Actor().ID {
			return errOwnBenefit.With()
		}
		in.Org, in.ID, in.Since, in.GivenBy = w.Actor().Org, id.New(w.Now()), w.Now(), w.Actor().ID
		if in.Kind == "" {
			in.Kind = "care"
		}
		made = in.ID
		return relations.Insert(ctx, w, &in)
	})
	return made, err
}

// EndRelation ends a care relation now.
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
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		if r.Until.After(w.Now()) {
			r.Until = w.Now().Add(time.Microsecond)
		}
		return relations.Update(ctx, w, &r)
	})
}
