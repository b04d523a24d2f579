package patient

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
)

// TakeOn makes a requisition that was sent to a department the actor's. What it
// gives him was given by whoever asked, who can never take it on himself.
func (room *Room) TakeOn(ctx context.Context, requisition string) error {
	return room.desk.Do(ctx, "patient.take-on", func(ctx context.Context, w *act.Work) error {
		q, known, err := room.requisition(ctx, w, requisition)
		if err != nil {
			return err
		}
		o := known.Object
		o.Department, o.Concerns = q.Department, q.AskedBy
		if q.GivenBy == w.Actor().ID {
			o.Concerns = q.GivenBy
		}
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		if !q.Open() || !q.Until.After(w.Now()) {
			return errRequisitionClosed.With()
		}
		called, err := performers.Select(ctx, w, calledFor, q.Org, q.ID)
		if err != nil {
			return err
		}
		w.Note("requisition", q.ID)
		if slices.ContainsFunc(called, func(p Performer) bool { return p.Person == w.Actor().ID && p.Relation != "" }) {
			return errRequisitionTaken.With()
		}
		q.State = Taken
		if err := requisitions.Update(ctx, w, &q); err != nil {
			return err
		}
		return call(ctx, w, q, []Called{{Person: w.Actor().ID, Role: FirstRole(q.Kind)}}, q.GivenBy)
	})
}

// requisition finds a requisition with its patient.
func (room *Room) requisition(ctx context.Context, w *act.Work, requisition string) (Requisition, Known, error) {
	q, err := requisitions.Get(ctx, w, w.Actor().Org, requisition)
	if err != nil {
		return q, Known{}, absent(err)
	}
	known, err := room.Find(ctx, w, q.Org, q.Patient)
	return q, known, err
}
