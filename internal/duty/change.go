package duty

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
)

// reply is what somebody writes when he changes a task.
type reply struct{ words, proof string }

func (r reply) check() error {
	e := errInput.With()
	e.MaySay("words", r.words, maxWords)
	e.MaySay("proof", r.proof, maxProof)
	return e.OrNil()
}

// change is the spine of every act upon a task: find, permit, decide, save, note.
// decide is given the step to record, with what was written in it.
func (room *Room) change(ctx context.Context, verb, task string, said reply, decide func(ctx context.Context, w *act.Work, t *Task, s Step) error) (Task, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Task{}, err
	}
	if err := said.check(); err != nil {
		return Task{}, err
	}
	patient, err := room.patientOf(ctx, act.From(ctx).Org, task)
	if err != nil {
		return Task{}, err
	}
	step := Step{ID: id.New(room.desk.Now()), Proof: said.proof}
	var changed Task
	err = room.doing(ctx, verb, patient, wordsPlace("DutyStep", step.ID), said.words, func(ctx context.Context, w *act.Work, words []byte) error {
		t, err := findTask(ctx, w, w.Actor().Org, task)
		if err != nil {
			return err
		}
		if err := room.permit(ctx, w, t); err != nil {
			return err
		}
		if t.State != Open {
			return errClosed.With()
		}
		step.Words = words
		changed = t
		return decide(ctx, w, &changed, step)
	})
	return changed, err
}

// permit asks about a task with what links the actor to it.
func (room *Room) permit(ctx context.Context, w *act.Work, t Task) error {
	f, err := room.footingOf(ctx, w, w.Actor(), w.Now())
	if err != nil {
		return err
	}
	ties, err := f.ties(ctx, w, t)
	if err != nil {
		return err
	}
	return w.Permit(ctx, t.object(), ties...)
}

// patientOf is under whose key the words about a task lie. A task that is not there
// has nobody's, and the act says so.
func (room *Room) patientOf(ctx context.Context, org, task string) (patient string, err error) {
	err = room.look(ctx, func(r db.Reader) error {
		found, err := tasks.Select(ctx, r, "WHERE org = $1 AND id = $2", org, task)
		if len(found) > 0 {
			patient = found[0].Patient
		}
		return err
	})
	return patient, err
}

// Take claims a task: from a pool, or for a colleague whom one covers, or because
// it climbed to oneself.
func (room *Room) Take(ctx context.Context, task string) (Task, error) {
	return room.change(ctx, "duty.take", task, reply{}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		me := w.Actor().ID
		if t.Person == me {
			return nil
		}
		s.Kind, s.Person = StepTaken, me
		return room.handTo(ctx, w, t, s)
	})
}

// Delegate hands a task on to a colleague.
func (room *Room) Delegate(ctx context.Context, task, person, words string) (Task, error) {
	return room.change(ctx, "duty.delegate", task, reply{words: words}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		known, err := staff.Known(ctx, w, t.Org, []string{person})
		if err != nil {
			return err
		}
		if !known[person] || person == t.Person {
			return errInput.With().At("person", fault.Text{ZH: "请选择另一位在册人员", EN: "choose another person from the list of staff"})
		}
		s.Kind, s.Person = StepDelegated, person
		if err := room.handTo(ctx, w, t, s); err != nil {
			return err
		}
		return room.tell(ctx, w, *t, OnOpened, nil)
	})
}

func (room *Room) handTo(ctx context.Context, w *act.Work, t *Task, s Step) error {
	t.Person = s.Person
	s.Dept = t.Dept
	if err := tasks.Update(ctx, w, t); err != nil {
		return err
	}
	w.Note("task", t.ID)
	return recordStep(ctx, w, *t, s)
}

// Pause stops the clock of a task, with the reason.
func (room *Room) Pause(ctx context.Context, task, words string) (Task, error) {
	e := errInput.With()
	if e.MustSay("words", words, maxWords); e.OrNil() != nil {
		return Task{}, e
	}
	return room.change(ctx, "duty.pause", task, reply{words: words}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		return room.pause(ctx, w, t, s)
	})
}

// Resume lets the clock of a task run on. Its deadline moves by what was paused.
func (room *Room) Resume(ctx context.Context, task string) (Task, error) {
	return room.change(ctx, "duty.resume", task, reply{}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		return room.resume(ctx, w, t, s)
	})
}

// PauseIn stops, within an act of another room, the clocks of a kind about a thing
// of that room.
func (room *Room) PauseIn(ctx context.Context, w *act.Work, k *Kind, subject string) error {
	return room.eachAbout(ctx, w, k, subject, func(t *Task) error {
		if !t.Paused.IsZero() {
			return nil
		}
		return room.pause(ctx, w, t, Step{})
	})
}

// ResumeIn lets clocks that PauseIn stopped run on.
func (room *Room) ResumeIn(ctx context.Context, w *act.Work, k *Kind, subject string) error {
	return room.eachAbout(ctx, w, k, subject, func(t *Task) error {
		if t.Paused.IsZero() {
			return nil
		}
		return room.resume(ctx, w, t, Step{})
	})
}

func (room *Room) pause(ctx context.Context, w *act.Work, t *Task, s Step) error {
	if !t.Paused.IsZero() {
		return errPaused.With()
	}
	t.Paused, t.Next = w.Now(), time.Time{}
	p := Pause{Org: t.Org, ID: id.New(w.Now()), Task: t.ID, Since: w.Now(), By: actorName(w.Actor())}
	if err := pauses.Insert(ctx, w, &p); err != nil {
		return err
	}
	if err := tasks.Update(ctx, w, t); err != nil {
		return err
	}
	w.Note("task", t.ID)
	s.Kind = StepPaused
	return recordStep(ctx, w, *t, s)
}

func (room *Room) resume(ctx context.Context, w *act.Work, t *Task, s Step) error {
	if t.Paused.IsZero() {
		return errRunning.With()
	}
	paused := w.Now().Sub(t.Paused)
	if err := room.stopPause(ctx, w, t); err != nil {
		return err
	}
	if t.Limit == "" {
		t.Deadline = t.Deadline.Add(paused)
	}
	if err := room.reckon(ctx, w, t); err != nil {
		return err
	}
	if err := tasks.Update(ctx, w, t); err != nil {
		return err
	}
	w.Note("task", t.ID)
	s.Kind, s.Deadline = StepResumed, t.Deadline
	return recordStep(ctx, w, *t, s)
}

// stopPause ends the pause that lasts, if one does.
func (room *Room) stopPause(ctx context.Context, w *act.Work, t *Task) error {
	if t.Paused.IsZero() {
		return nil
	}
	lasting, err := pauses.Select(ctx, w, "WHERE org = $1 AND task = $2 AND until IS NULL ORDER BY id", t.Org, t.ID)
	if err != nil {
		return err
	}
	for i := range lasting {
		lasting[i].Until = w.Now()
		if err := pauses.Update(ctx, w, &lasting[i]); err != nil {
			return err
		}
	}
	t.Paused = time.Time{}
	return nil
}

// reckon sets the deadline anew from what is known now, and the clock by it.
func (room *Room) reckon(ctx context.Context, w *act.Work, t *Task) error {
	cal, err := room.reckoning(ctx, w, t.Org)
	if err != nil {
		return err
	}
	had, err := pausesOf(ctx, w, t.Org, t.ID)
	if err != nil {
		return err
	}
	stretches := intervals(had, w.Now())
	if l := t.limit(); !l.IsZero() {
		t.Deadline = cal.Deadline(t.Opened, l, stretches...)
	}
	t.Certain, t.Reckoned = cal.Knows(t.Opened, t.Deadline), cal.version
	t.rewind(t.schedule(cal.Calendar, stretches), w.Now())
	return nil
}
