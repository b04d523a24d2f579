package deadline

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Proposal asks for another set of requirements from a moment on.
type Proposal struct {
	Requirements []Requirement
	Since        time.Time // at once when zero
	Why          string
}

// object is a set as policy sees it: whoever proposed it does not settle it.
func (s Set) object() policy.Object {
	return policy.Object{Kind: "Requirements", ID: s.ID, Org: s.Org, Author: s.ProposedBy}
}

// Propose writes a set down and asks for its approval.
func (room *Room) Propose(ctx context.Context, p Proposal) (Set, error) {
	if err := room.desk.Begin(ctx, "deadline.propose-set"); err != nil {
		return Set{}, err
	}
	e := errInput.With()
	e.MustSay("why", strings.TrimSpace(p.Why), maxWords)
	if err := e.OrNil(); err != nil {
		return Set{}, err
	}
	if err := check(p.Requirements); err != nil {
		return Set{}, err
	}
	digest, err := digestOf(p.Requirements)
	if err != nil {
		return Set{}, err
	}
	var made Set
	err = room.desk.Do(ctx, "deadline.propose-set", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		newest, err := sets.Select(ctx, w, "WHERE org = $1 ORDER BY number DESC LIMIT 1", org)
		if err != nil {
			return err
		}
		number := 1
		if len(newest) > 0 {
			number = newest[0].Number + 1
			if newest[0].State == Proposed {
				return errWaiting.With()
			}
		}
		approved, err := approvedSets(ctx, w, org)
		if err != nil {
			return err
		}
		since := p.Since.UTC()
		if p.Since.IsZero() {
			since = w.Now()
		}
		if err := checkSince(since, w.Now(), len(approved) == 0); err != nil {
			return err
		}
		made = Set{
			Org: org, ID: id.New(w.Now()), Number: number, Content: p.Requirements, Digest: digest, Why: strings.TrimSpace(p.Why), State: Proposed, Since: since, Proposed: w.Now(), ProposedBy: w.Actor().ID,
		}
		w.Note("set", made.ID)
		if err := sets.Insert(ctx, w, &made); err != nil {
			return err
		}
		_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: "medical-affairs"}, Subject: made.ID})
		return err
	})
	return made, err
}

// Settle approves or rejects a proposed set: somebody unrelated to whoever proposed it.
func (room *Room) Settle(ctx context.Context, set string, approve bool, words string) (Set, error) {
	if err := room.desk.Begin(ctx, "deadline.settle-set"); err != nil {
		return Set{}, err
	}
	words = strings.TrimSpace(words)
	e := errInput.With()
	if approve {
		e.MaySay("words", words, maxWords)
	} else {
		e.MustSay("words", words, maxWords)
	}
	if err := e.OrNil(); err != nil {
		return Set{}, err
	}
	var s Set
	err := room.desk.Do(ctx, "deadline.settle-set", func(ctx context.Context, w *act.Work) (err error) {
		if s, err = sets.Get(ctx, w, w.Actor().Org, set); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, s.object()); err != nil {
			return err
		}
		if s.State != Proposed {
			return errSettled.With()
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, s.ProposedBy); err != nil {
			return err
		}
		s.State = Rejected
		if approve {
			s.State = Approved
			approved, err := approvedSets(ctx, w, s.Org)
			if err != nil {
				return err
			}
			if len(approved) > 0 && s.Since.Before(w.Now()) {
				s.Since = w.Now() // its day passed while it waited
			}
		}
		s.Settled, s.SettledBy, s.Answer = w.Now(), w.Actor().ID, words
		w.Note("set", s.ID)
		w.Note("state", s.State)
		if err := sets.Update(ctx, w, &s); err != nil {
			return err
		}
		return room.duty.DoneIn(ctx, w, Approval, s.ID)
	})
	return s, err
}

// Shown are the sets of the house.
type Shown struct {
	Sets     []Set // the newest first
	Force    int   // number of the one in force; 0: none
	Changes  map[int][]Change
	Names    map[string]staff.Name
	Starter  []Requirement
	Unheard  []Listing
	DayCheck bool // a rule makes the daily check recur
}

// mostSets bounds the sets that are shown.
const mostSets = 50

// Sets discloses the sets of requirements, the newest first, each with its changes.
func (room *Room) Sets(ctx context.Context) (Shown, error) {
	shown := Shown{Starter: Starter(), Unheard: Unheard()}
	err := room.desk.Disclose(ctx, "deadline.see-sets", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if shown.Sets, err = sets.Select(ctx, r, "WHERE org = $1 ORDER BY number DESC LIMIT $2", org, int64(mostSets)); err != nil {
			return err
		}
		approved, err := approvedSets(ctx, r, org)
		if err != nil {
			return err
		}
		f, _ := inForce(approved, r.Now())
		shown.Force, shown.Changes = f.set.Number, map[int][]Change{}
		var people []string
		for _, s := range shown.Sets {
			people = append(people, s.ProposedBy, s.SettledBy)
			shown.Changes[s.Number] = changes(before(approved, s).Content, s.Content)
		}
		if shown.DayCheck, err = room.duty.Recurs(ctx, r, org, DayCheck); err != nil {
			return err
		}
		people = slices.DeleteFunc(people, func(p string) bool { return p == "" })
		shown.Names, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	return shown, err
}

// before is the set that was approved before another.
func before(approved []Set, s Set) Set {
	var last Set
	for _, one := range approved {
		if one.Number < s.Number {
			last = one
		}
	}
	return last
}

// Effect is what a proposed list would change on encounters that last.
type Effect struct {
	Changes    []Change
	Encounters int // that were looked at
	Moved      int // open dues whose limit would become another
	Dropped    int // open dues that would no longer be asked for
	Overdue    int // open dues that would be overdue at once, and are not now
	Partial    bool
}

// mostPreviewed bounds the open dues that a preview looks at.
const mostPreviewed = 5000

// Preview says what a list would change on what is open now, and changes nothing.
func (room *Room) Preview(ctx context.Context, all []Requirement) (Effect, error) {
	var effect Effect
	if err := room.desk.Begin(ctx, "deadline.see-sets"); err != nil {
		return effect, err
	}
	if err := check(all); err != nil {
		return effect, err
	}
	err := room.desk.Disclose(ctx, "deadline.see-sets", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		f, _, err := forceAt(ctx, r, org, r.Now())
		if err != nil {
			return err
		}
		effect = Effect{Changes: changes(f.set.Content, all)}
		cal, err := room.duty.Calendar(ctx, r, org)
		if err != nil {
			return err
		}
		open, err := dues.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY due_at, id LIMIT $3", org, Open, int64(mostPreviewed)+1)
		if err != nil {
			return err
		}
		effect.Partial = len(open) > mostPreviewed
		effect.weigh(all, open[:min(len(open), mostPreviewed)], cal, r.Now())
		return nil
	})
	return effect, err
}

// weigh counts what would become of open dues. What recurs is weighed as for a stable
// patient, and pauses are left out.
func (effect *Effect) weigh(all []Requirement, open []Due, cal *calendar.Calendar, now time.Time) {
	encounters := map[string]bool{}
	f := force{set: Set{Content: all}}
	for _, d := range open {
		encounters[d.Encounter] = true
		q, asked := f.requirement(d.Requirement)
		if !asked {
			effect.Dropped++
			continue
		}
		runsOut, _ := instance{Requirement: q, at: d.EventAt}.runsOut(cal, nil, nil)
		if runsOut.Equal(d.At) {
			continue
		}
		effect.Moved++
		if !d.IsOverdue(now) && !runsOut.After(now) {
			effect.Overdue++
		}
	}
	effect.Encounters = len(encounters)
}
