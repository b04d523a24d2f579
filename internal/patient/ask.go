package patient

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Ask makes a requisition and returns its id.
func (room *Room) Ask(ctx context.Context, in Asking) (string, error) {
	in.Number, in.AskedBy, in.Source = "", "", ""
	var made string
	err := room.desk.Do(ctx, "patient.ask", func(ctx context.Context, w *act.Work) (err error) {
		made, err = room.AskIn(ctx, w, in)
		return err
	})
	return made, err
}

// AskIn makes a requisition as a part of an act. What its source has reported
// before, by the same number, is planned anew.
func (room *Room) AskIn(ctx context.Context, w *act.Work, in Asking) (string, error) {
	known, err := room.Find(ctx, w, w.Actor().Org, in.Patient)
	if err != nil {
		return "", err
	}
	return room.AskStaged(ctx, w, known, in)
}

// AskStaged makes a requisition about a patient who is registered by the same act
// later on, or by a later one.
func (room *Room) AskStaged(ctx context.Context, w *act.Work, known Known, in Asking) (string, error) {
	o := known.Object
	if w.Actor().Kind == act.Person {
		in.AskedBy = w.Actor().ID
	} else {
		o.CreatedBy = in.Source
	}
	if err := w.PermitTo(ctx, "patient.ask", o); err != nil {
		return "", err
	}
	return room.ask(ctx, w, known, in)
}

func (room *Room) ask(ctx context.Context, w *act.Work, known Known, in Asking) (string, error) {
	org := w.Actor().Org
	if err := in.check(w.Now()); err != nil {
		return "", err
	}
	if err := in.mustExist(ctx, w, known); err != nil {
		return "", err
	}
	if e, lies := whereabouts(known.Encounters); in.Encounter == "" && lies && e.Open() {
		in.Encounter = e.ID
	}
	q, err := numbered(ctx, w, org, in)
	if err != nil {
		return "", err
	}
	if q.ID != "" {
		return q.ID, room.planAnew(ctx, w, q, in)
	}
	q = Requisition{
		Org: org, ID: id.New(w.Now()), Patient: in.Patient, Encounter: in.Encounter, Kind: in.Kind, Number: in.Number, AskedBy: in.AskedBy,
		Department: in.Department, Planned: in.Planned, State: Asked, Since: w.Now(), Source: in.Source, GivenBy: w.Actor().ID,
	}
	q.Until = q.end()
	w.Note("requisition", q.ID)
	if err := requisitions.Insert(ctx, w, &q); err != nil {
		return "", err
	}
	return q.ID, call(ctx, w, q, in.Performers, w.Actor().ID)
}

// mustExist refuses departments, people and encounters that are not there. What a
// feed reports was looked up before.
func (in Asking) mustExist(ctx context.Context, w *act.Work, known Known) error {
	if in.Encounter != "" && w.Actor().Kind == act.Person && !slices.ContainsFunc(known.Encounters, func(e Encounter) bool { return e.ID == in.Encounter }) {
		return errInvalid.With().At("encounter", text("该患者没有这次就诊", "the patient has no such encounter"))
	}
	if w.Actor().Kind != act.Person {
		return nil
	}
	org := w.Actor().Org
	if in.Department != "" {
		names, err := staff.DepartmentNames(ctx, w, org, []string{in.Department})
		if err != nil {
			return err
		}
		if _, found := names[in.Department]; !found {
			return errInvalid.With().At("department", text("没有这个科室，请重新选择", "there is no such department; choose another"))
		}
	}
	people := map[string]string{}
	for i, p := range in.Performers {
		people[fmt.Sprintf("performers[%d].person", i)] = p.Person
	}
	return mustBeStaff(ctx, w, org, people)
}

// numbered is the requisition that a source has reported before by its number, or
// an empty one.
func numbered(ctx context.Context, w *act.Work, org string, in Asking) (Requisition, error) {
	if in.Number == "" {
		return Requisition{}, nil
	}
	same, err := requisitions.Select(ctx, w, "WHERE org = $1 AND source = $2 AND number = $3", org, in.Source, in.Number)
	for _, q := range same {
		if q.Patient == in.Patient && q.Kind == in.Kind && q.Department == in.Department && q.Open() {
			return q, err
		}
	}
	return Requisition{}, err
}

// planAnew moves a requisition to another time and other people.
func (room *Room) planAnew(ctx context.Context, w *act.Work, q Requisition, in Asking) error {
	q.Planned, q.GivenBy = in.Planned, w.Actor().ID
	q.Since = w.Now()
	q.Until = q.end()
	if err := requisitions.Update(ctx, w, &q); err != nil {
		return err
	}
	if err := endCalls(ctx, w, q, w.Now()); err != nil {
		return err
	}
	called, err := performers.Select(ctx, w, calledFor, q.Org, q.ID)
	if err != nil {
		return err
	}
	for _, p := range called {
		if err := performers.Delete(ctx, w, &p); err != nil {
			return err
		}
	}
	return call(ctx, w, q, in.Performers, w.Actor().ID)
}

const calledFor = "WHERE org = $1 AND requisition = $2 ORDER BY id"

// call gives the patient to those whom a requisition names. Who names himself is
// written down and is given nothing.
func call(ctx context.Context, w *act.Work, q Requisition, named []Called, giver string) error {
	var done []Called
	for _, p := range named {
		if p.Person == "" || slices.Contains(done, p) {
			continue
		}
		done = append(done, p)
		row := Performer{Org: q.Org, ID: id.New(w.Now()), Requisition: q.ID, Person: p.Person, Role: p.Role}
		if p.Person != giver && q.Until.After(w.Now()) {
			relation := Relation{
				Org: q.Org, ID: id.New(w.Now()), Patient: q.Patient, Person: p.Person, Kind: policy.TieTask, Role: p.Role, Encounter: q.Encounter,
				Since: w.Now(), Until: q.Until, Source: fromRequisition, GivenBy: giver,
			}
			if err := relations.Insert(ctx, w, &relation); err != nil {
				return err
			}
			row.Relation = relation.ID
		}
		if err := performers.Insert(ctx, w, &row); err != nil {
			return err
		}
	}
	return nil
}

// endCalls lets what a requisition gave end at a moment at the latest.
func endCalls(ctx context.Context, w *act.Work, q Requisition, at time.Time) error {
	called, err := performers.Select(ctx, w, calledFor, q.Org, q.ID)
	if err != nil {
		return err
	}
	for _, p := range called {
		if p.Relation == "" {
			continue
		}
		relation, err := relations.Get(ctx, w, q.Org, p.Relation)
		if err != nil {
			return err
		}
		if !relation.Until.After(at) {
			continue
		}
		relation.Until = at
		if err := relations.Update(ctx, w, &relation); err != nil {
			return err
		}
	}
	return nil
}
