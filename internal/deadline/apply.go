package deadline

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/calendar"
)

// rules are all by which dues are reckoned at a moment.
type rules struct {
	force
	cal  *calendar.Calendar
	name string
}

// rulesAt reads by what dues are reckoned at a moment; false before the first set.
func (room *Room) rulesAt(ctx context.Context, r db.Reader, org string, at time.Time) (rules, bool, error) {
	f, held, err := forceAt(ctx, r, org, at)
	if err != nil || !held {
		return rules{}, false, err
	}
	cal, err := room.duty.Calendar(ctx, r, org)
	if err != nil {
		return rules{}, false, err
	}
	version, err := room.duty.CalendarVersion(ctx, r, org)
	return rules{f, cal, f.name(version)}, true, err
}

// knownOf reads all that is known of an encounter.
func (room *Room) knownOf(ctx context.Context, r db.Reader, e patient.Encounter) (known, error) {
	k := known{Encounter: e}
	err := r.Together(ctx,
		func() (err error) {
			k.documents, err = room.records.WrittenDuring(ctx, r, e.Org, e.Patient, e.ID)
			return err
		},
		func() (err error) {
			k.asked, err = room.patients.AskedDuring(ctx, r, e.Org, e.Patient, e.ID)
			return err
		},
		func() (err error) {
			k.conditions, err = conditions.Select(ctx, r, "WHERE org = $1 AND encounter = $2 ORDER BY since, id", e.Org, e.ID)
			return err
		},
	)
	return k, err
}

// step is one due that changes.
type step struct {
	due    Due
	before *Due // nil: it is new
}

// plan is in what the dues of an encounter differ from what they should be.
func (room *Room) plan(ctx context.Context, r db.Reader, by rules, e patient.Encounter, now time.Time) ([]step, error) {
	k, err := room.knownOf(ctx, r, e)
	if err != nil {
		return nil, err
	}
	had, err := duesOf(ctx, r, e.Org, e.ID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(had))
	for _, d := range had {
		if d.State == Open {
			ids = append(ids, d.ID)
		}
	}
	paused, err := pausesOf(ctx, r, e.Org, ids)
	if err != nil {
		return nil, err
	}
	return by.steps(k, had, paused, now), nil
}

// steps compares what an encounter must hold with the dues that it has.
func (by rules) steps(k known, had []Due, paused map[string][]Pause, now time.Time) []step {
	taken, held := map[string]map[string]bool{}, map[string]*Due{}
	for i, d := range had {
		held[d.Requirement+"\n"+d.Ref] = &had[i]
		if d.State == Met {
			if taken[d.Requirement] == nil {
				taken[d.Requirement] = map[string]bool{}
			}
			taken[d.Requirement][d.Document] = true
		}
	}
	var all []step
	for _, one := range by.instances(k, taken) {
		name := one.Key + "\n" + one.ref
		before := held[name]
		delete(held, name)
		if next, differs := by.next(k, one, before, paused, now); differs {
			all = append(all, step{next, before})
		}
	}
	for i := range had {
		if d := held[had[i].Requirement+"\n"+had[i].Ref]; d != nil {
			if next, differs := by.left(k, *d, now); differs {
				all = append(all, step{next, d})
			}
		}
	}
	return all
}

// left is what becomes of a due that nothing asks for any more: one that was met stays,
// and learns what became of its document and its encounter.
func (by rules) left(k known, d Due, now time.Time) (Due, bool) {
	switch d.State {
	case Open:
		d.State, d.Paused, d.Updated = Void, time.Time{}, now
		return d, true
	case Met:
		return k.follow(d, now)
	}
	return d, false
}

// follow tells a met due whether its document is signed, and when the patient went home.
func (k known) follow(d Due, now time.Time) (Due, bool) {
	signed, ended := d.Signed, d.Ended
	for _, w := range k.documents {
		if w.ID == d.Document {
			d.Signed = signedOf(w)
		}
	}
	if d.Ended = k.Until; d.Signed == signed && d.Ended.Equal(ended) {
		return d, false
	}
	d.Updated = now
	return d, true
}

// next is the due of an instance as it should be, and whether that differs from what it
// was.
func (by rules) next(k known, one instance, before *Due, paused map[string][]Pause, now time.Time) (Due, bool) {
	if before != nil && before.State == Met {
		return k.follow(*before, now)
	}
	d := Due{
		Org: k.Org, Encounter: k.ID, Requirement: one.Key, Ref: one.ref, Patient: k.Patient, State: Open, Gaps: []string{},
	}
	if before != nil {
		d = *before
		d.State = Open
		if before.State == Void && !before.EventAt.Equal(one.at) {
			d.Overdue = time.Time{} // it is about something else than before
		}
	}
	runsOut, limit := one.runsOut(by.cal, k.conditions, intervals(paused[d.ID], now))
	if !one.wanted(k, runsOut) {
		if before == nil || before.State != Open {
			return d, false
		}
		return by.left(k, *before, now)
	}
	d.Department, d.Person, d.Set, d.Reckoned, d.Kinds, d.Event, d.EventAt, d.Mandatory = one.department, one.person, by.set.Number, by.name, one.Kinds, one.Event, one.at, one.Mandatory
	d.Limit, d.At, d.Ended = limit.String(), runsOut, k.Until
	if one.document != nil {
		d.met(*one.document, !k.CreatedAt.After(d.At))
		d.Paused = time.Time{}
	} else if d.Overdue.IsZero() && d.IsOverdue(now) {
		d.Overdue = now
	}
	if before != nil && same(*before, d) {
		return d, false
	}
	d.Updated = now
	return d, true
}

// same reports whether nothing of two states of a due differs.
func same(a, b Due) bool {
	return a.State == b.State && a.Department == b.Department && a.Person == b.Person && a.Reckoned == b.Reckoned && a.Limit == b.Limit && a.At.Equal(b.At) &&
		a.EventAt.Equal(b.EventAt) && a.Ended.Equal(b.Ended) && a.Mandatory == b.Mandatory && slices.Equal(a.Kinds, b.Kinds) && a.Document == b.Document && a.Overdue.Equal(b.Overdue) && a.Paused.Equal(b.Paused)
}

// taskFor is how long after its limit a document that was never known before is still
// asked for by a task: what is older is shown, and nobody is woken for it.
const taskFor = 30 * 24 * time.Hour

// save writes what changed, and has room duty do what follows.
func (room *Room) save(ctx context.Context, w *act.Work, s step) error {
	d := s.due
	if s.before == nil {
		d.ID = id.New(w.Now())
		if err := dues.Insert(ctx, w, &d); err != nil {
			return err
		}
	} else if err := dues.Update(ctx, w, &d); err != nil {
		return err
	}
	wasOpen := s.before != nil && s.before.State == Open
	switch {
	case d.State == Met:
		return room.duty.DoneIn(ctx, w, Writing, d.ID)
	case d.State == Void:
		return room.duty.CancelIn(ctx, w, Writing, d.ID)
	case wasOpen && s.before.Person == d.Person && s.before.Department == d.Department:
		return room.duty.MoveIn(ctx, w, Writing, d.ID, d.At)
	case wasOpen:
		if err := room.duty.CancelIn(ctx, w, Writing, d.ID); err != nil {
			return err
		}
	}
	if !d.Mandatory || w.Now().Sub(d.At) > taskFor {
		return nil
	}
	to := duty.To{Person: d.Person, Department: d.Department}
	if d.Person == "" {
		to = duty.To{Role: "attending", Department: d.Department}
	}
	if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Writing, To: to, Subject: d.ID, Patient: d.Patient, Deadline: d.At}); err != nil {
		return err
	}
	if d.Paused.IsZero() {
		return nil
	}
	return room.duty.PauseIn(ctx, w, Writing, d.ID)
}
