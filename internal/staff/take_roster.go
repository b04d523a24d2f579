package staff

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Roster is one taking in of a roster, and how far it has come.
type Roster struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Digest   string    `db:"digest"` // of the plan that was previewed
	Total    int       `db:"total"`
	Added    int       `db:"added"`
	Changed  int       `db:"changed"`
	Departed int       `db:"departed"`
	Done     int       `db:"done"`
	Missing  []string  `db:"missing,json"` // person ids: here, and not in the roster
	Moved    []string  `db:"moved,json"`   // person ids: elsewhere than the roster says
	Made     time.Time `db:"made"`
	MadeBy   string    `db:"made_by"`
	Finished time.Time `db:"finished"`
}

// PreviewRoster says what taking in a roster would do, and writes nothing.
func (r *Room) PreviewRoster(ctx context.Context, file []byte) (RosterPlan, error) {
	if err := r.desk.Begin(ctx, "staff.preview-roster"); err != nil {
		return RosterPlan{}, err
	}
	read, err := readGrid(file)
	if err != nil {
		return RosterPlan{}, err
	}
	lines, faults := readRoster(read)
	var plan RosterPlan
	var barred error
	err = r.desk.Disclose(ctx, "staff.preview-roster", func(ctx context.Context, v *act.Reading) error {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		k, err := whatIsKnown(ctx, v, org, v.Now())
		if err != nil {
			return err
		}
		plan = planRoster(lines, faults, k)
		barred = r.barring.MustPass(ctx, v, plan.parties()...)
		if barred != nil && len(fault.From(barred).Fields) == 0 {
			return barred
		}
		plan.hold(barred)
		plan.seal(file)
		return nil
	})
	if err == nil && barred != nil {
		_ = r.barring.Kept(ctx, barred) // the plan says it; a hit that could not be kept is kept at the next look
	}
	return plan, err
}

// ApplyRoster takes in a roster that was previewed: digest is that of the preview.
// It is done in stages; when it breaks off, what was done stays, and a new preview
// shows what is left.
func (r *Room) ApplyRoster(ctx context.Context, file []byte, digest string) (Roster, error) {
	plan, err := r.PreviewRoster(ctx, file)
	if err != nil {
		return Roster{}, err
	}
	if len(plan.Faults) > 0 {
		return Roster{}, errRosterFaults.With("count", strconv.Itoa(len(plan.Faults)))
	}
	if digest != plan.Digest {
		return Roster{}, errRosterMoved.With()
	}
	taken := Roster{
		Org: act.From(ctx).Org, ID: id.New(r.desk.Now()), Digest: digest, Total: len(plan.Adds) + len(plan.Changes) + len(plan.Leavers),
		Made: r.desk.Now(), MadeBy: act.From(ctx).ID,
	}
	for _, p := range plan.Missing {
		taken.Missing = append(taken.Missing, p.ID)
	}
	for _, m := range plan.Moved {
		taken.Moved = append(taken.Moved, m.Person.ID)
	}
	if err := r.stage(ctx, &taken, func(ctx context.Context, w *act.Work) error { return rosters.Insert(ctx, w, &taken) }); err != nil {
		return Roster{}, err
	}
	for _, step := range r.stages(plan, &taken) {
		if err := step(ctx); err != nil {
			return taken, err
		}
	}
	err = r.stage(ctx, &taken, func(ctx context.Context, w *act.Work) error {
		taken.Finished = w.Now()
		return rosters.Update(ctx, w, &taken)
	})
	return taken, err
}

// stage is one act of a roster.
func (r *Room) stage(ctx context.Context, taken *Roster, fn func(ctx context.Context, w *act.Work) error) error {
	before := *taken
	return r.desk.Do(ctx, "staff.apply-roster", func(ctx context.Context, w *act.Work) error {
		*taken = before
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: taken.Org, Org: taken.Org}); err != nil {
			return err
		}
		w.Note("roster", taken.ID)
		return fn(ctx, w)
	})
}

// How many of each are taken in one act, so that it stays within what an act may
// write.
const (
	addsAtOnce    = 100
	changesAtOnce = 200
	leaversAtOnce = 8
)

// stages are the acts that a plan takes.
func (r *Room) stages(plan RosterPlan, taken *Roster) []func(context.Context) error {
	var all []func(context.Context) error
	for some := range slices.Chunk(plan.Adds, addsAtOnce) {
		all = append(all, func(ctx context.Context) error { return r.addSome(ctx, taken, some) })
	}
	for some := range slices.Chunk(plan.Changes, changesAtOnce) {
		all = append(all, func(ctx context.Context) error { return r.changeSome(ctx, taken, some) })
	}
	for some := range slices.Chunk(plan.Leavers, leaversAtOnce) {
		all = append(all, func(ctx context.Context) error { return r.departSome(ctx, taken, some) })
	}
	return all
}

// addSome adds people. Their keys are made before the act.
func (r *Room) addSome(ctx context.Context, taken *Roster, some []RosterLine) error {
	type ready struct {
		person  Person
		subject *vault.Subject
	}
	all := make([]ready, len(some))
	for i, l := range some {
		now := r.desk.Now()
		p := Person{
			Org: taken.Org, ID: id.New(now), Number: l.Number, NameZH: l.NameZH, NameEN: l.NameEN, Category: l.Category,
			Find: findText(l.person()), Made: now,
		}
		subject, err := r.vault.NewSubject(p.Org, p.ID)
		if err != nil {
			return err
		}
		if l.Phone != "" {
			if p.Phone, err = subject.Seal(phonePlace(p.ID), []byte(l.Phone)); err != nil {
				return err
			}
		}
		all[i] = ready{p, subject}
	}
	err := r.stage(ctx, taken, func(ctx context.Context, w *act.Work) error {
		for i := range all {
			if err := all[i].subject.Save(ctx, w); err != nil {
				return err
			}
			if err := people.Insert(ctx, w, &all[i].person); err != nil {
				return err
			}
		}
		taken.Added, taken.Done = taken.Added+len(all), taken.Done+len(all)
		return rosters.Update(ctx, w, taken)
	})
	if errors.Is(err, db.ErrExists) {
		return errRosterMoved.Because(err)
	}
	return err
}

func (r *Room) changeSome(ctx context.Context, taken *Roster, some []RosterChange) error {
	err := r.stage(ctx, taken, func(ctx context.Context, w *act.Work) error {
		for _, c := range some {
			p, err := findPerson(ctx, w, taken.Org, c.Person.ID)
			if err != nil {
				return err
			}
			p.NameZH, p.Category = c.Line.NameZH, c.Line.Category
			if c.Line.NameEN != "" {
				p.NameEN = c.Line.NameEN
			}
			p.Find = findText(NewPerson{Number: p.Number, NameZH: p.NameZH, NameEN: p.NameEN})
			if err := people.Update(ctx, w, &p); err != nil {
				return err
			}
			w.Concerns(policy.Object{Kind: "Person", ID: p.ID, Org: p.Org})
		}
		taken.Changed, taken.Done = taken.Changed+len(some), taken.Done+len(some)
		return rosters.Update(ctx, w, taken)
	})
	if err == nil {
		act.Keep(r.desk, newBook).forget()
	}
	return err
}

// departSome lets people go, each as if it were done alone.
func (r *Room) departSome(ctx context.Context, taken *Roster, some []RosterLeaver) error {
	err := r.stage(ctx, taken, func(ctx context.Context, w *act.Work) error {
		for _, l := range some {
			if err := w.PermitTo(ctx, "staff.leave", policy.Object{Kind: "Person", ID: l.Person.ID, Org: taken.Org, Concerns: l.Person.ID}); err != nil {
				return err
			}
			if _, err := r.depart(ctx, w, NewDeparture{Person: l.Person.ID, Kind: l.Line.Left, At: w.Now()}); err != nil {
				return err
			}
		}
		taken.Departed, taken.Done = taken.Departed+len(some), taken.Done+len(some)
		return rosters.Update(ctx, w, taken)
	})
	if err != nil {
		return err
	}
	for _, l := range some {
		r.powersChanged(taken.Org, l.Person.ID)
	}
	return nil
}

// Rosters lists what was taken in, the newest first.
func (r *Room) Rosters(ctx context.Context, limit int) ([]Roster, error) {
	var found []Roster
	err := r.desk.Disclose(ctx, "staff.reconcile", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err = rosters.Select(ctx, v, "WHERE org = $1 ORDER BY id DESC LIMIT $2", org, int64(limit))
		return err
	})
	return found, err
}
