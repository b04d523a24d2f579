package duty

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Detail is a task with all that happened to it.
type Detail struct {
	Item
	Words   string // what is to be done
	Steps   []StepSaid
	Pauses  []Pause
	Parts   []Item
	Names   map[string]staff.Name // of everybody in it
	Actions []string              // verbs that the reader may use now
}

// StepSaid is a step with what was written in it.
type StepSaid struct {
	Step
	Words string
}

// actions are what a reader may be offered, in this order.
var actions = []string{
	"duty.take", "duty.done", "duty.return", "duty.delegate", "duty.ask-extension", "duty.grant-extension", "duty.pause", "duty.resume", "duty.cancel",
}

// View discloses a task. The account names the patient that it is about.
func (room *Room) View(ctx context.Context, task string) (Detail, error) {
	var seen Detail
	err := room.desk.Disclose(ctx, "duty.view", func(ctx context.Context, r *act.Reading) error {
		t, err := findTask(ctx, r, r.Actor().Org, task)
		if err != nil {
			return err
		}
		me, err := room.footingOf(ctx, r, r.Actor(), r.Now())
		if err != nil {
			return err
		}
		ties, err := me.ties(ctx, r, t)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, t.object(), ties...); err != nil {
			return err
		}
		if t.Patient != "" {
			r.Concerns(policy.Object{Kind: "Patient", ID: t.Patient, Org: t.Org, Patient: t.Patient})
		}
		if seen, err = room.detail(ctx, r, t); err != nil {
			return err
		}
		seen.Actions, err = room.offered(ctx, r, me, r.Actor(), t)
		return err
	})
	return seen, err
}

func (room *Room) detail(ctx context.Context, r db.Reader, t Task) (Detail, error) {
	parts, err := partsOf(ctx, r, t.Org, t.ID)
	if err != nil {
		return Detail{}, err
	}
	listed, err := room.items(ctx, r, t.Org, append([]Task{t}, parts...))
	if err != nil {
		return Detail{}, err
	}
	d := Detail{Item: listed[0], Parts: listed[1:]}
	if d.Words, err = room.askedWords(ctx, r, t); err != nil {
		return d, err
	}
	if d.Pauses, err = pausesOf(ctx, r, t.Org, t.ID); err != nil {
		return d, err
	}
	history, err := stepsOf(ctx, r, t.Org, t.ID)
	if err != nil {
		return d, err
	}
	persons := []string{t.Author, t.Person, t.ClosedBy}
	for _, s := range history {
		words, err := room.openWords(ctx, r, t.Org, t.Patient, wordsPlace("DutyStep", s.ID), s.Words)
		if err != nil {
			return d, err
		}
		d.Steps = append(d.Steps, StepSaid{s, words})
		persons = append(persons, s.Actor, s.Person)
	}
	d.Names, err = staff.Names(ctx, r, t.Org, distinct(persons), room.desk.Now())
	return d, err
}

// askedWords are what is to be done: a task's own words, or those of the task that
// it is a part of.
func (room *Room) askedWords(ctx context.Context, r db.Reader, t Task) (string, error) {
	if len(t.Words) == 0 && t.Parent != "" {
		whole, err := tasks.Get(ctx, r, t.Org, t.Parent)
		if errors.Is(err, db.ErrNone) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		t = whole
	}
	return room.openWords(ctx, r, t.Org, t.Patient, WordsPlace(t.ID), t.Words)
}

// offered are the acts that the rulebook and the state of a task leave open.
func (room *Room) offered(ctx context.Context, r db.Reader, me footing, actor act.Actor, t Task) ([]string, error) {
	open := []string{}
	if t.State != Open {
		return open, nil
	}
	senseless := map[string]bool{
		"duty.take":            t.Person == me.person,
		"duty.done":            t.Kind == Extension.ID,
		"duty.return":          t.Kind == JointPart.ID,
		"duty.ask-extension":   !t.Asked.IsZero(),
		"duty.grant-extension": t.Asked.IsZero(),
		"duty.pause":           !t.Paused.IsZero(),
		"duty.resume":          t.Paused.IsZero(),
	}
	for _, verb := range actions {
		if senseless[verb] {
			continue
		}
		allowed, err := room.may(ctx, r, me, actor, verb, t)
		if err != nil {
			return nil, err
		}
		if allowed {
			open = append(open, verb)
		}
	}
	return open, nil
}

// may asks the rulebook without acting.
func (room *Room) may(ctx context.Context, r db.Reader, me footing, actor act.Actor, verb string, t Task) (bool, error) {
	ties, err := me.ties(ctx, r, t)
	if err != nil {
		return false, err
	}
	d := room.rules.Decide(policy.Request{
		Actor: actor.Actor, Verb: verb, Object: t.object(), Ties: ties, Purpose: actor.Purpose, At: me.at, Terminal: actor.Terminal, IP: actor.IP,
	})
	return d.Allowed, d.Failed
}
