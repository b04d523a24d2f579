package deadline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// markOverdue keeps when what is missing was found to be overdue. The mark stays.
func (k keeper) markOverdue(ctx context.Context) error {
	for {
		var gone []Due
		now := k.room.desk.Now()
		err := k.room.desk.Look(ctx, func(r db.Reader) (err error) {
			gone, err = dues.Select(ctx, r, "WHERE org = $1 AND state = $2 AND due_at <= $3 AND overdue IS NULL AND paused IS NULL ORDER BY due_at, id LIMIT $4",
				k.room.org, Open, now.UnixMicro(), int64(atOnce))
			return err
		})
		if err != nil || len(gone) == 0 {
			return err
		}
		err = k.do(ctx, func(ctx context.Context, w *act.Work) error {
			for _, found := range gone {
				d, err := dues.Get(ctx, w, found.Org, found.ID)
				if err != nil {
					return err
				}
				if !d.Overdue.IsZero() || !d.IsOverdue(w.Now()) {
					continue
				}
				d.Overdue, d.Updated = w.Now(), w.Now()
				if err := dues.Update(ctx, w, &d); err != nil {
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

// endPauses lets the clocks run on whose pause has come to its end.
func (k keeper) endPauses(ctx context.Context) error {
	var over []Pause
	err := k.room.desk.Look(ctx, func(r db.Reader) (err error) {
		over, err = pauses.Select(ctx, r, "WHERE org = $1 AND ended IS NULL AND until <= $2 ORDER BY until, id LIMIT $3", k.room.org, k.room.desk.Now().UnixMicro(), int64(atOnce))
		return err
	})
	if err != nil {
		return err
	}
	var failed error
	for _, found := range over {
		err := k.do(ctx, func(ctx context.Context, w *act.Work) error {
			d, err := dues.Get(ctx, w, found.Org, found.Due)
			if err != nil {
				return err
			}
			w.Concerns(d.object())
			return k.room.runOn(ctx, w, &d, found.Until)
		})
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("pause %s: %w", found.ID, err))
		}
	}
	return failed
}

// reckonAgain sets open dues anew after another set has come into force or the calendar
// was changed. What is met stays as it was.
func (k keeper) reckonAgain(ctx context.Context) error {
	var by rules
	held := false
	err := k.room.desk.Look(ctx, func(r db.Reader) (err error) {
		by, held, err = k.room.rulesAt(ctx, r, k.room.org, k.room.desk.Now())
		return err
	})
	if err != nil || !held || k.room.hasReckoned(by.name) {
		return err
	}
	for after, more := "", true; more; {
		var encounters []string
		err := k.room.desk.Look(ctx, func(r db.Reader) (err error) {
			encounters, err = otherwise(ctx, r, k.room.org, by.name, after)
			return err
		})
		if err != nil {
			return err
		}
		if err := k.reckonAll(ctx, encounters); err != nil {
			return err
		}
		if more = len(encounters) == atOnce; more {
			after = encounters[len(encounters)-1]
		}
	}
	k.room.setReckoned(by.name)
	return nil
}

// otherwise are encounters with an open due that was reckoned by something else.
func otherwise(ctx context.Context, r db.Reader, org, name, after string) ([]string, error) {
	rows, err := r.Query(ctx, "SELECT DISTINCT encounter FROM deadline_due WHERE org = $1 AND state = $2 AND reckoned <> $3 AND encounter > $4 ORDER BY encounter LIMIT $5",
		org, Open, name, after, int64(atOnce))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func (room *Room) hasReckoned(name string) bool {
	room.mu.Lock()
	defer room.mu.Unlock()
	return room.reckoned == name
}

func (room *Room) setReckoned(name string) {
	room.mu.Lock()
	defer room.mu.Unlock()
	room.reckoned = name
}

// runOn ends the pause of a due at a moment and reckons its limit anew.
func (room *Room) runOn(ctx context.Context, w *act.Work, d *Due, at time.Time) error {
	had, err := pausesOf(ctx, w, d.Org, []string{d.ID})
	if err != nil {
		return err
	}
	for _, p := range had[d.ID] {
		if !p.Ended.IsZero() {
			continue
		}
		p.Ended, p.EndedBy = at, w.Actor().ID
		if err := pauses.Update(ctx, w, &p); err != nil {
			return err
		}
	}
	w.Note("due", d.ID)
	if d.State != Open || d.Paused.IsZero() {
		return nil
	}
	d.Paused, d.Updated = time.Time{}, w.Now()
	if err := dues.Update(ctx, w, d); err != nil {
		return err
	}
	if err := room.duty.ResumeIn(ctx, w, Writing, d.ID); err != nil {
		return err
	}
	steps, _, err := room.stepsOf(ctx, w, d.Encounter, w.Now())
	if err != nil {
		return err
	}
	for _, s := range steps {
		if s.due.ID != d.ID {
			continue
		}
		*d = s.due
		return room.save(ctx, w, s)
	}
	return nil
}
