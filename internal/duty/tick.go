package duty

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

const (
	// clockLease says who keeps the clocks.
	clockLease = "duty-clock"
	// clockTerm is how long one process keeps them without a word.
	clockTerm = 2 * time.Minute
	// atOnce is how many rows are looked for in one step.
	atOnce = 100
)

// Tick lets the clocks strike what has become due: reminders, lateness, escalation,
// the periods of recurring duties, and what people who left had to do. The house calls it every minute on every
// process; one of them does the work. A task whose clock fails does not keep
// others from theirs.
func (room *Room) Tick(ctx context.Context) error {
	ctx = room.jobContext(ctx)
	lease, held, err := room.lead(ctx)
	if err != nil || !held {
		return err
	}
	k := keeper{room, lease}
	return errors.Join(k.reckonAgain(ctx), k.handOnOfLeavers(ctx), k.openPeriods(ctx), k.closePeriods(ctx), k.strikeClocks(ctx))
}

func (room *Room) lead(ctx context.Context) (lease db.Lease, held bool, err error) {
	err = room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) (err error) {
		lease, err = db.Acquire(ctx, w, clockLease, room.name, room.desk.Now(), clockTerm)
		return err
	})
	if errors.Is(err, db.ErrHeld) || errors.Is(err, db.ErrExists) {
		return lease, false, nil
	}
	return lease, err == nil, err
}

// keeper keeps the clocks under a lease.
type keeper struct {
	room  *Room
	lease db.Lease
}

// do is one act of the clock about a task. It fails when somebody else keeps the
// clocks by now.
func (k keeper) do(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	return k.room.desk.Do(ctx, "duty.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(k.room.org)); err != nil {
			return err
		}
		if err := db.Check(ctx, w, k.lease); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// each carries out an act for every task that find returns, page by page.
func (k keeper) each(ctx context.Context, find func(ctx context.Context, r db.Reader, after Task) ([]Task, error), fn func(ctx context.Context, w *act.Work, t Task) error) error {
	var after Task
	after.Next = time.UnixMicro(0)
	var failed error
	for {
		var page []Task
		err := k.room.look(ctx, func(r db.Reader) (err error) {
			page, err = find(ctx, r, after)
			return err
		})
		if err != nil {
			return errors.Join(failed, err)
		}
		for _, found := range page {
			err := k.do(ctx, func(ctx context.Context, w *act.Work) error {
				t, err := tasks.Get(ctx, w, found.Org, found.ID)
				if err != nil {
					return err
				}
				w.Concerns(t.object())
				return fn(ctx, w, t)
			})
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("clock of task %s: %w", found.ID, err))
			}
			if errors.Is(err, db.ErrGone) {
				return failed
			}
		}
		if len(page) < atOnce {
			return failed
		}
		after = page[len(page)-1]
	}
}

func (k keeper) strikeClocks(ctx context.Context) error {
	return k.each(ctx, func(ctx context.Context, r db.Reader, after Task) ([]Task, error) {
		return clocksDue(ctx, r, k.room.org, k.room.desk.Now(), after, atOnce)
	}, k.room.strike)
}

// strike lets the clock of one task strike.
func (room *Room) strike(ctx context.Context, w *act.Work, t Task) error {
	cal, err := room.reckoning(ctx, w, t.Org)
	if err != nil {
		return err
	}
	had, err := pausesOf(ctx, w, t.Org, t.ID)
	if err != nil {
		return err
	}
	struck := t.strike(t.schedule(cal.Calendar, intervals(had, w.Now())), w.Now())
	if err := tasks.Update(ctx, w, &t); err != nil {
		return err
	}
	w.Note("task", t.ID)
	return room.announce(ctx, w, t, struck)
}

// announce records what a clock has struck and tells whom it concerns, of several
// reminders once.
func (room *Room) announce(ctx context.Context, w *act.Work, t Task, struck []due) error {
	var told Occasion
	for _, d := range struck {
		if d.kind == StepEscalated {
			if err := room.escalate(ctx, w, t, d); err != nil {
				return err
			}
			continue
		}
		if err := recordStep(ctx, w, t, Step{Kind: d.kind, Due: d.at, Person: t.Person, Dept: t.Dept}); err != nil {
			return err
		}
		told = OnReminded
		if d.kind == StepLate {
			told = OnLate
		}
	}
	if told == "" {
		return nil
	}
	return room.tell(ctx, w, t, told, nil)
}

// escalate lets a late task climb one step. A step on which nobody stands is
// recorded as such.
func (room *Room) escalate(ctx context.Context, w *act.Work, t Task, d due) error {
	to, err := room.reach(ctx, w, t, kindOf(t.Kind).Escalate[d.rung])
	if err != nil {
		return err
	}
	if len(to) == 0 {
		return recordStep(ctx, w, t, Step{Kind: StepEscalated, Due: d.at, Dept: t.Dept})
	}
	for _, person := range to {
		if err := recordStep(ctx, w, t, Step{Kind: StepEscalated, Due: d.at, Person: person, Dept: t.Dept}); err != nil {
			return err
		}
	}
	return room.tell(ctx, w, t, OnEscalated, to)
}

// reckonAgain sets the deadlines of open tasks anew after the calendar was changed.
// What was late stays late; what is later now than announced is told.
func (k keeper) reckonAgain(ctx context.Context) error {
	var version string
	err := k.room.look(ctx, func(r db.Reader) error {
		cal, err := k.room.reckoning(ctx, r, k.room.org)
		version = cal.version
		return err
	})
	if err != nil || k.room.reckoned.is(version, k.room.desk.Now()) {
		return err
	}
	err = k.each(ctx, func(ctx context.Context, r db.Reader, after Task) ([]Task, error) {
		return reckonedOtherwise(ctx, r, k.room.org, version, after.ID, atOnce)
	}, func(ctx context.Context, w *act.Work, t Task) error {
		before := t
		if err := k.room.reckon(ctx, w, &t); err != nil {
			return err
		}
		switch {
		case t.Deadline.Equal(before.Deadline) || before.Late:
			t.Deadline, t.Late, t.Level, t.Reminded, t.Next = before.Deadline, before.Late, before.Level, before.Reminded, before.Next
		case !t.Paused.IsZero():
			t.Next = time.Time{}
		}
		if err := tasks.Update(ctx, w, &t); err != nil || t.Deadline.Equal(before.Deadline) {
			return err
		}
		return recordStep(ctx, w, t, Step{Kind: StepReckoned, Deadline: t.Deadline})
	})
	if err == nil {
		k.room.reckoned.set(version, k.room.desk.Now())
	}
	return err
}

// lastReckoned is the calendar by which this process has reckoned every open task,
// so that it looks for others only when there is a new one, and now and then: an act
// that was under way may have opened one by the calendar before.
type lastReckoned struct {
	mu      sync.Mutex
	at      time.Time
	version string
}

func (l *lastReckoned) is(version string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.version == version && now.Sub(l.at) < time.Hour
}

func (l *lastReckoned) set(version string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.version, l.at = version, now
}

// openPeriods opens every period of a recurring duty that has begun.
func (k keeper) openPeriods(ctx context.Context) error {
	var all []Rule
	err := k.room.look(ctx, func(r db.Reader) (err error) {
		all, err = rules.Select(ctx, r, "WHERE org = $1 AND ended IS NULL ORDER BY id", k.room.org)
		return err
	})
	if err != nil {
		return err
	}
	var failed error
	for _, found := range all {
		if err := k.openAll(ctx, found); err != nil {
			failed = errors.Join(failed, fmt.Errorf("rule %s: %w", found.ID, err))
		}
	}
	return failed
}

func (k keeper) openAll(ctx context.Context, found Rule) error {
	for more := found.begun(k.room.desk.Now()); more; {
		err := k.do(ctx, func(ctx context.Context, w *act.Work) error {
			rule, err := rules.Get(ctx, w, found.Org, found.ID)
			if err != nil {
				return err
			}
			more, err = k.room.openPeriod(ctx, w, rule)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// closePeriods marks the periods whose deadline passed without them. The mark stays.
func (k keeper) closePeriods(ctx context.Context) error {
	for {
		var gone []Period
		err := k.room.look(ctx, func(r db.Reader) (err error) {
			gone, err = periods.Select(ctx, r, "WHERE org = $1 AND deadline <= $2 AND done IS NULL AND missed IS NULL ORDER BY deadline, rule, name, department LIMIT $3",
				k.room.org, k.room.desk.Now().UnixMicro(), int64(atOnce))
			return err
		})
		if err != nil || len(gone) == 0 {
			return err
		}
		err = k.do(ctx, func(ctx context.Context, w *act.Work) error {
			for _, found := range gone {
				p, err := periods.Get(ctx, w, found.Org, found.Rule, found.Name, found.Dept)
				if err != nil {
					return err
				}
				if !p.Done.IsZero() || !p.Missed.IsZero() {
					continue
				}
				p.Missed = w.Now()
				if err := periods.Update(ctx, w, &p); err != nil {
					return err
				}
				if err := recordStep(ctx, w, Task{Org: p.Org, ID: p.Task}, Step{Kind: StepMissed, Due: p.Deadline, Dept: p.Dept}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
