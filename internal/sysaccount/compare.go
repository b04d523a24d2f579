package sysaccount

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

const (
	clockLease = "sysaccount-clock"
	clockTerm  = 2 * time.Minute
	// every is how often all accounts are compared with who works here.
	every = time.Hour
)

// Tick compares the accounts of every system with who works here, once an hour, and lets
// confirmations end. The house calls it every minute on every process.
func (room *Room) Tick(ctx context.Context) error {
	now := room.desk.Now()
	err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		_, err := db.Acquire(ctx, w, clockLease, room.name, now, clockTerm)
		return err
	})
	if errors.Is(err, db.ErrHeld) || errors.Is(err, db.ErrExists) {
		return nil
	}
	if err != nil || now.Sub(room.compared) < every {
		return err
	}
	var all []string
	if err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		all, err = systems(ctx, r, room.org)
		return err
	}); err != nil {
		return err
	}
	for _, source := range all {
		err = errors.Join(err, room.compare(ctx, room.org, source))
	}
	if err == nil {
		room.compared = now
	}
	return err
}

// difference is what a comparison changes.
type difference struct {
	open   []Issue
	change []Issue // ended, or open again
	groups map[Group]bool
}

// compare opens the issues that the accounts of a system give cause for, and closes those
// that they do not any more.
func (room *Room) compare(ctx context.Context, org, source string) error {
	var d difference
	var system System
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if system, _, err = room.systems(ctx, r, org, source); err != nil {
			return err
		}
		d, err = room.differ(ctx, r, org, source)
		return err
	})
	if err != nil {
		return err
	}
	write := func(rows []Issue, how func(ctx context.Context, w db.Writer, row *Issue) error) error {
		for some := range slices.Chunk(rows, rowsInAct) {
			err := room.clock(ctx, org, func(ctx context.Context, w *act.Work) error {
				w.Note("source", source)
				for i := range some {
					if err := how(ctx, w, &some[i]); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	if err := errors.Join(write(d.open, issues.Insert), write(d.change, issues.Update)); err != nil {
		return err
	}
	return room.order(ctx, org, source, system.Owner, d)
}

func (room *Room) differ(ctx context.Context, r db.Reader, org, source string) (difference, error) {
	d := difference{groups: map[Group]bool{}}
	now := room.desk.Now()
	all, err := accountsOf(ctx, r, org, source)
	if err != nil {
		return d, err
	}
	rules, err := rulesOf(ctx, r, org, source)
	if err != nil {
		return d, err
	}
	known, err := standing(ctx, r, org, source)
	if err != nil {
		return d, err
	}
	of := map[[3]string]Issue{}
	for _, i := range known {
		of[i.key()] = i
	}
	people := holders{org: org, now: now, rules: rules, of: map[string]holder{}, left: map[string]time.Time{}, all: all}
	for _, a := range all {
		h, err := people.holder(ctx, r, a.Person)
		if err != nil {
			return d, err
		}
		for _, n := range assess(a, h, rules, now) {
			i := Issue{Org: org, Source: source, Account: a.Account, Person: a.Person, Kind: n.kind, Detail: n.detail, State: Open, Since: now, Found: now}
			if left := people.left[a.Person]; n.kind == Leaver && !left.IsZero() {
				i.Since = left
			}
			if there, known := of[i.key()]; known {
				delete(of, i.key())
				d.keep(there, now)
				continue
			}
			i.ID = id.New(now)
			d.open = append(d.open, i)
			d.groups[GroupOf(i.Kind)] = true
		}
	}
	for _, i := range of {
		i.State, i.Closed = Closed, now
		d.change = append(d.change, i)
	}
	return d, nil
}

// keep notes an issue that is still there. A confirmation that has run out is open again.
func (d *difference) keep(i Issue, now time.Time) {
	if i.State == Confirmed && !i.Until.After(now) {
		i.State, i.Until = Open, time.Time{}
		d.change = append(d.change, i)
	}
	if i.State != Confirmed {
		d.groups[GroupOf(i.Kind)] = true
	}
}

// holders knows whose the accounts of a system are.
type holders struct {
	org   string
	now   time.Time
	rules map[string]RoleRule
	of    map[string]holder
	left  map[string]time.Time
	all   []Account
}

func (p *holders) holder(ctx context.Context, r db.Reader, person string) (holder, error) {
	if found, met := p.of[person]; met || person == "" {
		return found, nil
	}
	s, err := staff.StandingOf(ctx, r, p.org, person, p.now)
	if err != nil && !errors.Is(err, staff.ErrNoPerson) {
		return holder{}, err
	}
	actor := s.Actor()
	h := holder{gone: errors.Is(err, staff.ErrNoPerson) || s.Lacks == staff.LackPresence, roles: slices.Clone(actor.Roles), posts: actor.Departments}
	if h.gone {
		if p.left[person], err = staff.LeftAt(ctx, r, p.org, person, p.now); err != nil {
			return holder{}, err
		}
	}
	for _, a := range p.all {
		if a.Person != person || !a.Alive || !a.Gone.IsZero() {
			continue
		}
		for _, role := range a.Roles {
			if ours := p.rules[role].Ours; ours != "" && !slices.Contains(h.roles, ours) && !slices.Contains(h.beyond, ours) {
				h.beyond = append(h.beyond, ours)
			}
		}
	}
	p.of[person] = h
	return h, nil
}

// order asks those who see to what is open, one task to a group, and ends the tasks of
// groups of which nothing is left.
func (room *Room) order(ctx context.Context, org, source, owner string, d difference) error {
	for _, group := range []Group{Red, Right, Tidy} {
		err := room.clock(ctx, org, func(ctx context.Context, w *act.Work) error {
			w.Note("source", source)
			kind, subject := taskOf[group], source+"/"+string(group)
			if !d.groups[group] {
				return room.duty.DoneIn(ctx, w, kind, subject)
			}
			asked, err := duty.OpenAbout(ctx, w, org, kind, subject)
			if err != nil || len(asked) > 0 {
				return err
			}
			to := duty.To{Person: owner}
			switch {
			case group == Right:
				to = duty.To{Role: "security-administrator"}
			case owner == "":
				to = duty.To{Role: "it-head"}
			}
			_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: kind, To: to, Subject: subject, Urgent: group == Red})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
