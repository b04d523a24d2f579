package duty

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// handOnOfLeavers gives the open tasks of people who hold no post any more to who is
// to do them instead, without waiting for their deadlines. Where there is nobody yet
// a task stays and is tried again.
func (k keeper) handOnOfLeavers(ctx context.Context) error {
	var left []Task
	err := k.room.look(ctx, func(r db.Reader) error {
		left = nil
		holders, err := holdersOfOpen(ctx, r, k.room.org)
		if err != nil {
			return err
		}
		serving, err := staff.Serving(ctx, r, k.room.org, holders, k.room.desk.Now())
		for _, person := range holders {
			if err == nil && !serving[person] {
				var some []Task
				some, err = openOf(ctx, r, k.room.org, person)
				left = append(left, some...)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	var failed error
	for _, t := range left {
		if err := k.handOn(ctx, t); err != nil {
			failed = errors.Join(failed, fmt.Errorf("handing on task %s: %w", t.ID, err))
		}
	}
	return failed
}

func (k keeper) handOn(ctx context.Context, t Task) error {
	var successor string
	err := k.room.look(ctx, func(r db.Reader) (err error) {
		successor, err = successorOn(ctx, r, t, k.room.desk.Now())
		return err
	})
	if err != nil || successor == "" && t.Role == "" {
		return err
	}
	return k.do(ctx, func(ctx context.Context, w *act.Work) error {
		now, err := tasks.Get(ctx, w, t.Org, t.ID)
		if err != nil {
			return err
		}
		w.Concerns(now.object())
		if now.State != Open || now.Person != t.Person {
			return nil
		}
		if err := k.room.handTo(ctx, w, &now, Step{Kind: StepDelegated, Person: successor}); err != nil {
			return err
		}
		return k.room.tell(ctx, w, now, OnOpened, nil)
	})
}

// successorOn is who does a task whose holder has left: nobody in particular where it
// goes back to a role, or else a head of its department who serves, or else the
// administrator on duty.
func successorOn(ctx context.Context, r db.Reader, t Task, at time.Time) (string, error) {
	if t.Role != "" {
		return "", nil
	}
	heads, err := HeadsOf(ctx, r, t.Org, t.Dept, at)
	if err != nil {
		return "", err
	}
	administrators, err := AdministratorsOnDuty(ctx, r, t.Org, at)
	if err != nil {
		return "", err
	}
	candidates := append(heads, administrators...)
	serving, err := staff.Serving(ctx, r, t.Org, candidates, at)
	if err != nil {
		return "", err
	}
	// A roster may still name somebody who has left.
	if first := slices.IndexFunc(candidates, func(person string) bool { return serving[person] }); first >= 0 {
		return candidates[first], nil
	}
	return "", nil
}
