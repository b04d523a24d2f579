package duty

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// To says who is to do something: a person, or whoever takes it first of a role, a
// department, or a role in a department.
type To struct {
	Person     string
	Role       string
	Department string
}

// Opening is what another room says when it opens a task.
type Opening struct {
	ID      string // a fresh one when empty
	Kind    *Kind
	To      To
	Subject string // id of the thing of the kind's room, or empty
	Patient string // whom it is about, or empty
	// Limit is how long it may take; the kind's when zero. Deadline, when not
	// zero, is a moment and outweighs it.
	Limit    calendar.Limit
	Deadline time.Time
	Urgent   bool
	// Parties make a joint task: the departments that must each finish a part.
	Parties []string
	// Words say what is to be done, sealed at [WordsPlace] of ID, under the key of
	// the patient or else of the house.
	Words []byte

	parent  string
	author  string // in the place of whoever acts
	flow    string
	flowRev int
	flowAt  int
}

// WordsPlace is where the words of a task are sealed.
func WordsPlace(task string) vault.Place { return wordsPlace("Duty", task) }

// OpenAbout returns the open tasks of a kind about a thing of its room.
func OpenAbout(ctx context.Context, r db.Reader, org string, k *Kind, subject string) ([]Task, error) {
	return openAbout(ctx, r, org, k, subject)
}

// OpenIn opens a task within an act of another room, which has been permitted.
func (room *Room) OpenIn(ctx context.Context, w *act.Work, o Opening) (Task, error) {
	now := w.Now()
	t := Task{
		Org: w.Actor().Org, ID: o.ID, Kind: o.Kind.ID, Room: o.Kind.Room(), Subject: o.Subject, Patient: o.Patient, State: Open,
		Person: o.To.Person, Role: o.To.Role, Dept: o.To.Department, Author: personOf(w.Actor()), Opened: now, Deadline: o.Deadline.UTC(),
		Parent: o.parent, Flow: o.flow, FlowRev: o.flowRev, FlowAt: o.flowAt, Words: o.Words,
	}
	if t.ID == "" {
		t.ID = id.New(now)
	}
	if o.Urgent {
		t.Priority = 1
	}
	if o.author != "" {
		t.Author = o.author
	}
	if err := placeTask(ctx, w, &t); err != nil {
		return Task{}, err
	}
	cal, err := room.reckoning(ctx, w, t.Org)
	if err != nil {
		return Task{}, err
	}
	if o.Deadline.IsZero() {
		t.Limit = o.Kind.Limit.String()
		if !o.Limit.IsZero() {
			t.Limit = o.Limit.String()
		}
		t.Deadline = cal.Deadline(now, t.limit())
	}
	t.Certain, t.Reckoned = cal.Knows(now, t.Deadline), cal.version
	t.rewind(t.schedule(cal.Calendar, nil), now)
	if err := tasks.Insert(ctx, w, &t); err != nil {
		return Task{}, err
	}
	w.Note("task", t.ID)
	w.Note("kind", t.Kind)
	if err := recordStep(ctx, w, t, Step{Kind: StepOpened, Person: t.Person, Dept: t.Dept, Deadline: t.Deadline}); err != nil {
		return Task{}, err
	}
	if err := room.openParts(ctx, w, t, o, cal); err != nil {
		return Task{}, err
	}
	return t, room.tell(ctx, w, t, OnOpened, nil)
}

// openParts opens interim reports and the parts of a joint task.
func (room *Room) openParts(ctx context.Context, w *act.Work, t Task, o Opening, cal reckoner) error {
	for _, at := range cal.Reminders(t.Opened, t.Deadline, t.limit(), o.Kind.Interim) {
		part := Opening{Kind: Interim, To: To{t.Person, t.Role, t.Dept}, Patient: t.Patient, Deadline: at, Urgent: o.Urgent, parent: t.ID}
		if _, err := room.OpenIn(ctx, w, part); err != nil {
			return err
		}
	}
	for _, department := range o.Parties {
		part := Opening{Kind: JointPart, To: To{Department: department}, Patient: t.Patient, Deadline: t.Deadline, Urgent: o.Urgent, parent: t.ID}
		if _, err := room.OpenIn(ctx, w, part); err != nil {
			return err
		}
	}
	return nil
}

// placeTask fills in the department of a holder, and refuses a task for nobody.
func placeTask(ctx context.Context, w *act.Work, t *Task) error {
	switch {
	case t.Person == "" && t.Role == "" && t.Dept == "":
		return errNoOne.With()
	case t.Person == "" || t.Dept != "":
		return nil
	}
	standing, err := staff.StandingOf(ctx, w, t.Org, t.Person, w.Now())
	if errors.Is(err, staff.ErrNoPerson) {
		return errNoOne.Because(err)
	}
	if n := len(standing.Appointments); n > 0 {
		t.Dept = standing.Appointments[n-1].Department
	}
	return err
}
