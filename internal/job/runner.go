package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Handler does the work of one kind of task. An error makes the task be tried
// again later.
type Handler func(ctx context.Context, at *Work) error

// Work is a task under way.
type Work struct {
	Task   Task
	runner *Runner
}

// Args reads the task's arguments into the value to which into points.
func (w *Work) Args(into any) error { return json.Unmarshal([]byte(w.Task.Args), into) }

// Report says how far the work has come, and holds on to it.
func (w *Work) Report(ctx context.Context, doing string, progress, goal int64) error {
	return w.runner.change(ctx, w.Task, func(t *Task, now time.Time) {
		t.Doing, t.Progress, t.Goal, t.HeldUntil = doing, progress, goal, now.Add(hold)
	})
}

const (
	// hold is how long a claimed task is held without a word.
	hold = 2 * time.Minute
	// tick is how often due tasks are looked for without being woken.
	tick = time.Second
	// workers is how many tasks run at once.
	workers = 4
)

// ErrLost is returned when a task is no longer held by who works on it.
var ErrLost = errors.New("job: the lease on the task was lost")

// Runner runs tasks.
type Runner struct {
	store    db.Store
	clock    clock.Clock
	log      *slog.Logger
	name     string
	handlers map[string]Handler
	wake     chan struct{}
	busy     sync.WaitGroup
}

// NewRunner returns a runner without handlers.
func NewRunner(store db.Store, c clock.Clock, log *slog.Logger) *Runner {
	return &Runner{store: store, clock: c, log: log, name: id.New(c.Now()), handlers: map[string]Handler{}, wake: make(chan struct{}, 1)}
}

// Handle names the handler of a kind. It is called while the house is put together.
func (r *Runner) Handle(kind string, h Handler) {
	if _, taken := r.handlers[kind]; taken {
		panic("job: kind handled twice: " + kind)
	}
	r.handlers[kind] = h
}

// Wake makes the runner look for due tasks now.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run runs due tasks until ctx ends, and returns when none is under way.
func (r *Runner) Run(ctx context.Context) error {
	defer r.busy.Wait()
	slots := make(chan struct{}, workers)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		if err := r.start(ctx, slots); err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "due tasks could not be claimed", "cause", err)
		}
		select {
		case <-r.wake:
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// start claims as many due tasks as there are free slots and starts them.
func (r *Runner) start(ctx context.Context, slots chan struct{}) error {
	free := cap(slots) - len(slots)
	if free == 0 {
		return nil
	}
	claimed, err := r.claim(ctx, free)
	for _, t := range claimed {
		slots <- struct{}{}
		r.busy.Go(func() {
			defer func() { <-slots; r.Wake() }()
			r.carryOut(ctx, t)
		})
	}
	return err
}

// Settle runs due tasks in this goroutine until none is left. Tests and commands
// use it in place of Run.
func (r *Runner) Settle(ctx context.Context) error {
	for {
		claimed, err := r.claim(ctx, workers)
		if err != nil || len(claimed) == 0 {
			return err
		}
		for _, t := range claimed {
			r.carryOut(ctx, t)
		}
	}
}

func (r *Runner) claim(ctx context.Context, most int) ([]Task, error) {
	if idle, err := r.nothingDue(ctx); idle || err != nil {
		return nil, err
	}
	var claimed []Task
	err := r.store.Write(ctx, db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		claimed = claimed[:0]
		now := r.clock.Now()
		due, err := tasks.Select(ctx, w, dueTasks+" ORDER BY due, id LIMIT $5", string(Waiting), now.UnixMicro(), string(Running), now.UnixMicro(), most)
		if err != nil {
			return err
		}
		for _, t := range due {
			t.State, t.Holder, t.HeldUntil, t.Tries = Running, r.name, now.Add(hold), t.Tries+1
			if err := tasks.Update(ctx, w, &t); err != nil {
				return err
			}
			claimed = append(claimed, t)
		}
		return nil
	}})
	return claimed, err
}

const dueTasks = "WHERE (state = $1 AND due <= $2) OR (state = $3 AND held_until < $4)"

func (r *Runner) nothingDue(ctx context.Context) (bool, error) {
	idle := true
	err := r.store.Read(ctx, func(reader db.Reader) error {
		now := r.clock.Now().UnixMicro()
		rows, err := reader.Query(ctx, "SELECT id FROM job_task "+dueTasks+" LIMIT 1", string(Waiting), now, string(Running), now)
		if err != nil {
			return err
		}
		defer rows.Close()
		idle = !rows.Next()
		return rows.Err()
	})
	return idle, err
}

func (r *Runner) carryOut(ctx context.Context, t Task) {
	err := r.attempt(ctx, t)
	if ctx.Err() != nil {
		err = errors.Join(err, ctx.Err())
		ctx = context.WithoutCancel(ctx)
	}
	if err := r.conclude(ctx, t, err); err != nil {
		r.log.ErrorContext(ctx, "the outcome of a task could not be kept; it will run again", "task", t.ID, "kind", t.Kind, "cause", err)
	}
}

func (r *Runner) attempt(ctx context.Context, t Task) (err error) {
	h, ok := r.handlers[t.Kind]
	if !ok {
		return fmt.Errorf("job: nobody handles %s", t.Kind)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("job: panic in %s: %v", t.Kind, p)
		}
	}()
	return h(ctx, &Work{Task: t, runner: r})
}

func (r *Runner) conclude(ctx context.Context, t Task, failure error) error {
	if failure != nil {
		r.log.WarnContext(ctx, "a task failed", "task", t.ID, "kind", t.Kind, "try", t.Tries, "cause", failure)
	}
	err := r.change(ctx, t, func(t *Task, now time.Time) {
		t.Holder, t.HeldUntil = "", time.Time{}
		switch {
		case failure == nil:
			t.State, t.Ended, t.Failure = Done, now, ""
		case t.Tries >= t.MaxTries:
			t.State, t.Ended, t.Failure = Failed, now, fault.From(failure).Code.Name
		default:
			t.State, t.Due, t.Failure = Waiting, now.Add(pause(t.Tries)), fault.From(failure).Code.Name
		}
	})
	if errors.Is(err, ErrLost) {
		return nil
	}
	return err
}

// change changes a task that this runner still holds.
func (r *Runner) change(ctx context.Context, held Task, how func(t *Task, now time.Time)) error {
	return r.store.Write(ctx, db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		t, err := tasks.Get(ctx, w, held.ID)
		if err != nil {
			return err
		}
		if t.Holder != r.name || t.Tries != held.Tries {
			return ErrLost
		}
		how(&t, r.clock.Now())
		return tasks.Update(ctx, w, &t)
	}})
}
