package act

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Hold keeps people from writing to some tables while something lasts, whatever the verb
// is. Who broke the glass about every patient of the act writes all the same; machines do too.
type Hold struct {
	Tables []string
	// Spared are the verbs that go on.
	Spared []string
	// Lasts tells whether it lasts at a moment.
	Lasts func(ctx context.Context, r db.Reader, org string, at time.Time) (bool, error)
	// Says is what is answered; it must be of the kind [fault.Refused].
	Says *fault.Code
}

// Holds adds a hold. It is called while the house is put together, before the first act.
func (d *Door) Holds(h Hold) { d.holds = append(d.holds, h) }

// held refuses a write to a table that is held, and undoes the act with it.
func (w *Work) held(ctx context.Context, table string) error {
	if w.actor.Kind != Person {
		return nil
	}
	for _, h := range w.door.holds {
		if !slices.Contains(h.Tables, table) || slices.Contains(h.Spared, w.verb) {
			continue
		}
		lasts, err := h.Lasts(ctx, w.Reader, w.actor.Org, w.now)
		if err != nil {
			return w.undecided(ctx, err)
		}
		if !lasts {
			continue
		}
		broken, err := w.glassBroken(ctx)
		if err != nil {
			return w.undecided(ctx, err)
		}
		if !broken {
			w.failing, w.refused = nil, h.Says.With()
			return w.refused
		}
	}
	return nil
}

// glassBroken reports whether the act is about patients, and the actor broke the glass
// about each of them.
func (w *Work) glassBroken(ctx context.Context) (bool, error) {
	about := 0
	for _, o := range w.objects {
		if o.Patient == "" {
			continue
		}
		found, err := w.tiesTo(ctx, o.Patient)
		if err != nil {
			return false, err
		}
		broken := slices.ContainsFunc(found[o.Patient], func(t policy.Tie) bool {
			return t.Kind == policy.TieGlass && !t.Since.After(w.now) && t.Until.After(w.now)
		})
		if !broken {
			return false, nil
		}
		about++
	}
	return about > 0, nil
}
