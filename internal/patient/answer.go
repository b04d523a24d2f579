package patient

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Answer says that what was asked for is done: what it gave ends some time later,
// and a result gives the patient once more to whoever waits for it.
func (room *Room) Answer(ctx context.Context, requisition string) error {
	return room.desk.Do(ctx, "patient.answer", func(ctx context.Context, w *act.Work) error {
		return room.AnswerIn(ctx, w, requisition)
	})
}

// AnswerIn answers a requisition as a part of an act.
func (room *Room) AnswerIn(ctx context.Context, w *act.Work, requisition string) error {
	q, known, err := room.requisition(ctx, w, requisition)
	if err != nil {
		return err
	}
	o := known.Object
	o.Department, o.CreatedBy = q.Department, q.Source
	if err := w.PermitTo(ctx, "patient.answer", o); err != nil {
		return err
	}
	if !q.Open() {
		return errRequisitionClosed.With()
	}
	w.Note("requisition", q.ID)
	if err := closeAt(ctx, w, q, Answered, w.Now().Add(courses[q.Kind].after)); err != nil {
		return err
	}
	if !courses[q.Kind].results {
		return nil
	}
	return tellWhoWaits(ctx, w, q, known)
}

// AnswerNumbered answers what a feed has reported by a number, if it is open.
func (room *Room) AnswerNumbered(ctx context.Context, w *act.Work, source, number string) error {
	return eachNumbered(ctx, w, source, number, func(id string) error { return room.AnswerIn(ctx, w, id) })
}

// CallOffNumbered calls off what a feed has reported by a number, if it is open.
func (room *Room) CallOffNumbered(ctx context.Context, w *act.Work, source, number string) error {
	return eachNumbered(ctx, w, source, number, func(id string) error { return room.CallOffIn(ctx, w, id) })
}

func eachNumbered(ctx context.Context, w *act.Work, source, number string, do func(id string) error) error {
	same, err := requisitions.Select(ctx, w, "WHERE org = $1 AND source = $2 AND number = $3 ORDER BY id", w.Actor().Org, source, number)
	if err != nil {
		return err
	}
	for _, q := range same {
		if !q.Open() {
			continue
		}
		// Whom the same input is going to register last nobody could be given yet.
		if _, err := patients.Get(ctx, w, q.Org, q.Patient); errors.Is(err, db.ErrNone) {
			continue
		} else if err != nil {
			return err
		}
		if err := do(q.ID); err != nil {
			return err
		}
	}
	return nil
}

// closeAt closes a requisition; what it opens ends at until, never later than it
// would have.
func closeAt(ctx context.Context, w *act.Work, q Requisition, state string, until time.Time) error {
	q.State, q.Closed = state, w.Now()
	if q.Until.After(until) {
		q.Until = until
	}
	if err := requisitions.Update(ctx, w, &q); err != nil {
		return err
	}
	return endCalls(ctx, w, q, until)
}

// tellWhoWaits gives the patient for some days to whoever asked for a result and
// to the attending of the encounter, also when they have long let him go. Whoever
// reports the result gives himself nothing.
func tellWhoWaits(ctx context.Context, w *act.Work, q Requisition, known Known) error {
	waiting := []Called{{Person: q.AskedBy, Role: "requester"}}
	for _, e := range known.Encounters {
		if e.ID == q.Encounter && e.Attending != "" {
			waiting = append([]Called{{Person: e.Attending, Role: attending}}, waiting...)
		}
	}
	until := w.Now().Add(Late)
	team, err := teamOf(ctx, w, q.Org, q.Patient, until)
	if err != nil {
		return err
	}
	for i, one := range waiting {
		here := slices.ContainsFunc(team, func(r Relation) bool { return r.Person == one.Person && r.Kind == policy.TieCare })
		before := slices.ContainsFunc(waiting[:i], func(c Called) bool { return c.Person == one.Person })
		if one.Person == "" || one.Person == w.Actor().ID || here || before {
			continue
		}
		relation := Relation{
			Org: q.Org, ID: id.New(w.Now()), Patient: q.Patient, Person: one.Person, Kind: policy.TieCare, Role: one.Role, Encounter: q.Encounter,
			Since: w.Now(), Until: until, Source: fromResult, GivenBy: w.Actor().ID,
		}
		if err := relations.Insert(ctx, w, &relation); err != nil {
			return err
		}
	}
	return nil
}

// CallOff says that what was asked for is not wanted any longer: it opens nothing
// from now on.
func (room *Room) CallOff(ctx context.Context, requisition string) error {
	return room.desk.Do(ctx, "patient.call-off", func(ctx context.Context, w *act.Work) error {
		return room.CallOffIn(ctx, w, requisition)
	})
}

// CallOffIn calls a requisition off as a part of an act.
func (room *Room) CallOffIn(ctx context.Context, w *act.Work, requisition string) error {
	q, known, err := room.requisition(ctx, w, requisition)
	if err != nil {
		return err
	}
	o := known.Object
	o.Author, o.CreatedBy = q.AskedBy, q.Source
	if q.Department != "" {
		o.Department = q.Department
	}
	if err := w.PermitTo(ctx, "patient.call-off", o); err != nil {
		return err
	}
	if !q.Open() {
		return errRequisitionClosed.With()
	}
	w.Note("requisition", q.ID)
	return closeAt(ctx, w, q, CalledOff, w.Now())
}
