package duty

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
)

// close ends a task as done, returned or cancelled, and what hangs on it.
func (room *Room) close(ctx context.Context, w *act.Work, t *Task, to State, s Step) error {
	if t.State != Open {
		return errClosed.With()
	}
	if err := room.stopPause(ctx, w, t); err != nil {
		return err
	}
	t.Late = t.IsLate(w.Now())
	t.State, t.Closed, t.ClosedBy, t.Next, t.Asked = to, w.Now(), personOf(w.Actor()), time.Time{}, time.Time{}
	if err := tasks.Update(ctx, w, t); err != nil {
		return err
	}
	w.Note("task", t.ID)
	s.Kind = StepKind(to)
	if err := recordStep(ctx, w, *t, s); err != nil {
		return err
	}
	if err := room.closeParts(ctx, w, *t); err != nil || to != Done {
		return err
	}
	if err := finishPeriod(ctx, w, *t); err != nil {
		return err
	}
	if err := room.closeWhole(ctx, w, *t); err != nil {
		return err
	}
	return room.nextOfFlow(ctx, w, *t)
}

// closeParts cancels what hangs on a task that is closed.
func (room *Room) closeParts(ctx context.Context, w *act.Work, t Task) error {
	parts, err := partsOf(ctx, w, t.Org, t.ID)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.State != Open || p.Kind == FlowStep.ID {
			continue
		}
		if err := room.close(ctx, w, &p, Cancelled, Step{}); err != nil {
			return err
		}
	}
	return nil
}

// closeWhole closes a joint task once every department has finished its part.
func (room *Room) closeWhole(ctx context.Context, w *act.Work, part Task) error {
	if part.Kind != JointPart.ID {
		return nil
	}
	missing, err := unsigned(ctx, w, part.Org, part.Parent)
	if err != nil || missing > 0 {
		return err
	}
	whole, err := tasks.Get(ctx, w, part.Org, part.Parent)
	if err != nil || whole.State != Open {
		return err
	}
	return room.close(ctx, w, &whole, Done, Step{})
}

// unsigned counts the departments that have not finished their part.
func unsigned(ctx context.Context, w *act.Work, org, whole string) (int, error) {
	parts, err := partsOf(ctx, w, org, whole)
	missing := 0
	for _, p := range parts {
		if p.Kind == JointPart.ID && p.State != Done {
			missing++
		}
	}
	return missing, err
}

// Finish says that a task is done, with a reply and a reference to what proves it.
func (room *Room) Finish(ctx context.Context, task, words, proof string) (Task, error) {
	return room.change(ctx, "duty.done", task, reply{words, proof}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		if t.Kind == Extension.ID {
			return errDecideThere.With()
		}
		missing, err := unsigned(ctx, w, t.Org, t.ID)
		if err != nil {
			return err
		}
		if missing > 0 {
			return errUnsigned.With("count", strconv.Itoa(missing))
		}
		return room.close(ctx, w, t, Done, s)
	})
}

// Return gives a task back to whoever asked for it, with the reason.
func (room *Room) Return(ctx context.Context, task, words string) (Task, error) {
	e := errInput.With()
	if e.MustSay("words", words, maxWords); e.OrNil() != nil {
		return Task{}, e
	}
	return room.change(ctx, "duty.return", task, reply{words: words}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		if t.Kind == JointPart.ID {
			return errJointPart.With()
		}
		return room.close(ctx, w, t, Returned, s)
	})
}

// Cancel takes a task back.
func (room *Room) Cancel(ctx context.Context, task, words string) (Task, error) {
	return room.change(ctx, "duty.cancel", task, reply{words: words}, func(ctx context.Context, w *act.Work, t *Task, s Step) error {
		return room.close(ctx, w, t, Cancelled, s)
	})
}

// DoneIn closes, within an act of another room, every open task of a kind about a
// thing of that room, as done. Without one it does nothing.
func (room *Room) DoneIn(ctx context.Context, w *act.Work, k *Kind, subject string) error {
	return room.eachAbout(ctx, w, k, subject, func(t *Task) error { return room.close(ctx, w, t, Done, Step{}) })
}

// CancelIn is DoneIn for what is no longer needed.
func (room *Room) CancelIn(ctx context.Context, w *act.Work, k *Kind, subject string) error {
	return room.eachAbout(ctx, w, k, subject, func(t *Task) error { return room.close(ctx, w, t, Cancelled, Step{}) })
}

func (room *Room) eachAbout(ctx context.Context, w *act.Work, k *Kind, subject string, do func(t *Task) error) error {
	found, err := openAbout(ctx, w, w.Actor().Org, k, subject)
	if err != nil {
		return err
	}
	for i := range found {
		if err := do(&found[i]); err != nil {
			return err
		}
	}
	return nil
}
