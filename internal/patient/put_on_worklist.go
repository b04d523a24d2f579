package patient

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// PutOnWorklist hands somebody a record to work on and returns the id of the item.
func (room *Room) PutOnWorklist(ctx context.Context, in Assignment) (string, error) {
	var made string
	err := room.desk.Do(ctx, "patient.put-on-worklist", func(ctx context.Context, w *act.Work) error {
		known, err := room.Find(ctx, w, w.Actor().Org, in.Patient)
		if err != nil {
			return err
		}
		if err := permitFor(ctx, w, known, in.Person); err != nil {
			return err
		}
		if in.Until.IsZero() {
			in.Until = in.Due.Add(afterDue)
		}
		if err := in.check(w.Now(), w.Actor().Purpose); err != nil {
			return err
		}
		if err := mustBeStaff(ctx, w, w.Actor().Org, map[string]string{"person": in.Person}); err != nil {
			return err
		}
		if in.Encounter != "" && !slices.ContainsFunc(known.Encounters, func(e Encounter) bool { return e.ID == in.Encounter }) {
			return errInvalid.With().At("encounter", text("该患者没有这次就诊", "the patient has no such encounter"))
		}
		item := Item{
			Org: w.Actor().Org, ID: id.New(w.Now()), Patient: in.Patient, Encounter: in.Encounter, Task: in.Task,
			Since: w.Now(), Due: in.Due, Until: in.Until,
		}
		made = item.ID
		if err := item.hand(ctx, w, in.Person); err != nil {
			return err
		}
		w.Note("item", item.ID)
		return worklists.Insert(ctx, w, &item)
	})
	return made, err
}

// permitFor asks about work for somebody, who must not be the actor himself.
func permitFor(ctx context.Context, w *act.Work, known Known, person string) error {
	o := known.Object
	o.Concerns = person
	return w.Permit(ctx, o)
}

// hand gives an item and its record to a person.
func (i *Item) hand(ctx context.Context, w *act.Work, person string) error {
	relation := Relation{
		Org: i.Org, ID: id.New(w.Now()), Patient: i.Patient, Person: person, Kind: policy.TieWork, Role: taskPurposes[i.Task], Encounter: i.Encounter,
		Since: w.Now(), Until: i.Until, Source: fromWorklist, GivenBy: w.Actor().ID,
	}
	i.Person, i.Relation, i.GivenBy = person, relation.ID, w.Actor().ID
	return relations.Insert(ctx, w, &relation)
}

// take takes the record of an item back from whoever has it.
func (i *Item) take(ctx context.Context, w *act.Work) error {
	relation, err := relations.Get(ctx, w, i.Org, i.Relation)
	if err != nil || !relation.Until.After(w.Now()) {
		return err
	}
	relation.Until = w.Now()
	return relations.Update(ctx, w, &relation)
}

// Reassign hands an item on to another person.
func (room *Room) Reassign(ctx context.Context, item, person string) error {
	return room.desk.Do(ctx, "patient.reassign", func(ctx context.Context, w *act.Work) error {
		i, known, err := room.item(ctx, w, item)
		if err != nil {
			return err
		}
		if err := permitFor(ctx, w, known, person); err != nil {
			return err
		}
		if err := i.mustWait(w); err != nil {
			return err
		}
		if person == i.Person {
			return errInvalid.With().At("person", text("已在其工作单上", "has it already"))
		}
		if err := mustBeStaff(ctx, w, i.Org, map[string]string{"person": person}); err != nil {
			return err
		}
		if err := i.take(ctx, w); err != nil {
			return err
		}
		if err := i.hand(ctx, w, person); err != nil {
			return err
		}
		w.Note("item", i.ID)
		return worklists.Update(ctx, w, &i)
	})
}

// TakeOffWorklist ends an item, and with it the record that it gave.
func (room *Room) TakeOffWorklist(ctx context.Context, item string) error {
	return room.desk.Do(ctx, "patient.take-off-worklist", func(ctx context.Context, w *act.Work) error {
		i, known, err := room.item(ctx, w, item)
		if err != nil {
			return err
		}
		if err := permitFor(ctx, w, known, i.Person); err != nil {
			return err
		}
		if err := i.mustWait(w); err != nil {
			return err
		}
		if err := i.take(ctx, w); err != nil {
			return err
		}
		i.Ended, i.EndedBy = w.Now(), w.Actor().ID
		w.Note("item", i.ID)
		return worklists.Update(ctx, w, &i)
	})
}

func (room *Room) item(ctx context.Context, w *act.Work, item string) (Item, Known, error) {
	i, err := worklists.Get(ctx, w, w.Actor().Org, item)
	if err != nil {
		return i, Known{}, absent(err)
	}
	known, err := room.Find(ctx, w, i.Org, i.Patient)
	return i, known, err
}

// mustWait refuses an item that has ended, and one that belongs to another purpose.
func (i Item) mustWait(w *act.Work) error {
	switch {
	case taskPurposes[i.Task] != w.Actor().Purpose && i.Person != w.Actor().ID:
		return errInvalid.With().At("task", text("与当前使用目的不符，请先切换目的", "does not serve the purpose that you have chosen; change it first"))
	case !i.Ended.IsZero() || !i.Until.After(w.Now()):
		return errItemEnded.With()
	}
	return nil
}
