package debarment

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Copy is something that left, and to whom it was given.
type Copy struct {
	Issue   string
	Serial  string
	At      time.Time
	Person  string // who took it off the screen
	Case    string // the request from outside, or empty
	Patient string
	// Kind, Names and Numbers are of whoever received it; no names: nobody but Person.
	Kind    string
	Names   []string
	Numbers []string
}

// Trace is one time that somebody asked to whom a leaked copy was given. It never changes.
type Trace struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Issue    string    `db:"issue"`    // empty: the code is of no copy of this house
	Resolved string    `db:"resolved"` // a kind of who is barred, or empty
	Person   string    `db:"person"`   // who took it off the screen
	At       time.Time `db:"at"`
	By       string    `db:"by_person"`
}

// Traced is what a code led to.
type Traced struct {
	Trace
	Copy  Copy
	Names map[string]staff.Name
}

const maxCode = 60

// Trace tells to whom the copy was given that bears a code, so that whoever leaked it can
// be barred. Each question is on record.
func (room *Room) Trace(ctx context.Context, code string) (Traced, error) {
	const verb = "debarment.trace"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Traced{}, err
	}
	e := errInput.With()
	e.MustName("code", code, maxCode)
	if err := e.OrNil(); err != nil {
		return Traced{}, err
	}
	var t Traced
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		org := w.Actor().Org
		t = Traced{Trace: Trace{Org: org, ID: id.New(w.Now()), At: w.Now(), By: w.Actor().ID}}
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		var known bool
		if room.resolve != nil {
			if t.Copy, known, err = room.resolve(ctx, w, org, code); err != nil {
				return err
			}
		}
		if known {
			t.Issue, t.Person, t.Resolved = t.Copy.Issue, t.Copy.Person, resolvedTo(t.Copy)
			w.Note("issue", t.Issue)
			if t.Copy.Patient != "" {
				w.Concerns(policy.Object{Kind: "Patient", ID: t.Copy.Patient, Org: org, Patient: t.Copy.Patient})
			}
			if t.Names, err = staff.Names(ctx, w, org, []string{t.Person}, w.Now()); err != nil {
				return err
			}
		}
		w.Note("trace", t.ID)
		return traces.Insert(ctx, w, &t.Trace)
	})
	if err == nil && t.Issue == "" {
		err = errInput.With().At("code", fault.Text{ZH: "本院没有发出过带有此校验码的副本，请与原件逐字核对", EN: "is of no copy that this house gave out; compare it with the copy"})
	}
	return t, err
}

// resolvedTo is the kind of who received a copy: whoever took it off the screen where
// nobody else is named.
func resolvedTo(c Copy) string {
	if len(c.Names) > 0 {
		return c.Kind
	}
	return Natural
}
