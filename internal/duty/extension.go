package duty

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// longestExtension bounds how far a deadline can be moved at once.
const longestExtension = 366 * day

// AskExtension asks for more time, with the reason. Whoever asked for the task
// decides, or else the head of the department, in a task of his own.
func (room *Room) AskExtension(ctx context.Context, task string, until time.Time, words string) (Task, error) {
	e := errInput.With()
	e.MustSay("words", words, maxWords)
	if e.OrNil() != nil {
		return Task{}, e
	}
	return room.change(ctx, "duty.ask-extension", task, reply{words: words}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		if err := mustExtend(*t, until, w.Now()); err != nil {
			return err
		}
		t.Asked = until.UTC()
		if err := tasks.Update(ctx, w, t); err != nil {
			return err
		}
		s.Kind, s.Deadline = StepAsked, t.Asked
		if err := recordStep(ctx, w, *t, s); err != nil {
			return err
		}
		to, err := room.decider(ctx, w, *t)
		if err != nil {
			return err
		}
		_, err = room.OpenIn(ctx, w, Opening{Kind: Extension, To: to, Patient: t.Patient, parent: t.ID})
		return err
	})
}

func mustExtend(t Task, until, now time.Time) error {
	if !until.After(t.Deadline) || !until.After(now) || until.Sub(now) > longestExtension {
		return errInput.With().At("until", fault.Text{ZH: "新的截止时间应晚于原截止时间和现在，且在一年之内", EN: "the new deadline must be later than the old one and than now, and within a year"})
	}
	return nil
}

// decider is who decides on more time for a task.
func (room *Room) decider(ctx context.Context, w *act.Work, t Task) (To, error) {
	if t.Author != "" && t.Author != t.Person {
		return To{Person: t.Author}, nil
	}
	heads, err := HeadsOf(ctx, w, t.Org, t.Dept, w.Now())
	if err != nil {
		return To{}, err
	}
	for _, h := range heads {
		if h != t.Person {
			return To{Person: h, Department: t.Dept}, nil
		}
	}
	return To{Role: "medical-affairs"}, nil
}

// GrantExtension answers a request for more time. A zero until grants what was
// asked for.
func (room *Room) GrantExtension(ctx context.Context, task string, grant bool, until time.Time, words string) (Task, error) {
	return room.change(ctx, "duty.grant-extension", task, reply{words: words}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		if t.Asked.IsZero() {
			return errNotAsked.With()
		}
		if until.IsZero() {
			until = t.Asked
		}
		t.Asked = time.Time{}
		s.Kind = StepDenied
		if grant {
			if err := mustExtend(*t, until, w.Now()); err != nil {
				return err
			}
			s.Kind, t.Limit, t.Deadline = StepGranted, "", until.UTC()
			if err := room.reckon(ctx, w, t); err != nil {
				return err
			}
			if !t.Paused.IsZero() {
				t.Next = time.Time{}
			}
		}
		if err := tasks.Update(ctx, w, t); err != nil {
			return err
		}
		s.Deadline = t.Deadline
		if err := recordStep(ctx, w, *t, s); err != nil {
			return err
		}
		return room.closeRequests(ctx, w, *t)
	})
}

// closeRequests closes the tasks that asked for an answer.
func (room *Room) closeRequests(ctx context.Context, w *act.Work, t Task) error {
	parts, err := partsOf(ctx, w, t.Org, t.ID)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.Kind != Extension.ID || p.State != Open {
			continue
		}
		if err := room.close(ctx, w, &p, Done, Step{}); err != nil {
			return err
		}
	}
	return nil
}
