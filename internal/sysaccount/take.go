package sysaccount

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

const (
	// rowsInAct bounds what one act of a list writes, below [act.MaxRows].
	rowsInAct = 400
	// shrunkAt is how many accounts a system must have for a list of less than half of
	// them to be doubted.
	shrunkAt = 20
)

// Taking is what a list would change, or has changed.
type Taking struct {
	Snapshot
	Wrong []Wrong
	Met   int // accounts that are somebody's
}

// plan is what a list changes.
type plan struct {
	taking Taking
	insert []Account
	update []Account
}

// Try tells what a list would change, and changes nothing.
func (room *Room) Try(ctx context.Context, source string, file []byte) (Taking, error) {
	var p plan
	err := room.told(ctx, "sysaccount.try", func(ctx context.Context, r *act.Reading) (err error) {
		r.Note("source", source)
		p, err = room.plan(ctx, r, r.Actor().Org, source, file, r.Now())
		return err
	})
	return p.taking, err
}

// Take takes a whole list of the accounts of a system: what is not in it is gone there.
// whole says that a list of less than half is right.
func (room *Room) Take(ctx context.Context, source string, file []byte, whole bool) (Taking, error) {
	if err := room.desk.Begin(ctx, "sysaccount.take"); err != nil {
		return Taking{}, err
	}
	org, now := act.From(ctx).Org, room.desk.Now()
	var p plan
	var before Snapshot
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if before, _, err = lastSnapshot(ctx, r, org, source); err != nil {
			return err
		}
		p, err = room.plan(ctx, r, org, source, file, now)
		return err
	})
	switch {
	case err != nil:
	case len(p.taking.Wrong) > 0:
		err = errWrong.With("count", strconv.Itoa(len(p.taking.Wrong)))
	case !whole && before.Alive >= shrunkAt && p.taking.Alive*2 < before.Alive:
		err = errShrunk.With("now", strconv.Itoa(p.taking.Alive), "before", strconv.Itoa(before.Alive))
	}
	if err != nil {
		return Taking{}, room.house(ctx, "sysaccount.take", func(context.Context, *act.Work) error { return err })
	}
	if err := room.carryOut(ctx, source, &p); err != nil {
		return Taking{}, err
	}
	return p.taking, room.compare(ctx, org, source)
}

// carryOut writes what a list changes, and with the last act the list itself. It may be
// broken off: handing in the same list again goes on from there.
func (room *Room) carryOut(ctx context.Context, source string, p *plan) error {
	write := func(rows []Account, how func(ctx context.Context, w db.Writer, row *Account) error) error {
		for some := range slices.Chunk(rows, rowsInAct) {
			err := room.house(ctx, "sysaccount.take", func(ctx context.Context, w *act.Work) error {
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
	if err := write(p.insert, accounts.Insert); err != nil {
		return err
	}
	if err := write(p.update, accounts.Update); err != nil {
		return err
	}
	return room.house(ctx, "sysaccount.take", func(ctx context.Context, w *act.Work) error {
		if err := room.live(ctx, w, w.Actor().Org, source); err != nil {
			return err
		}
		s := &p.taking.Snapshot
		s.ID, s.By = id.New(w.Now()), w.Actor().ID
		w.Note("source", source)
		w.Note("snapshot", s.ID)
		return snapshots.Insert(ctx, w, s)
	})
}

func (room *Room) plan(ctx context.Context, r db.Reader, org, source string, file []byte, now time.Time) (plan, error) {
	var p plan
	if len(file) == 0 || len(file) > MaxList {
		return p, errUnread.With().At("list", fault.Text{ZH: "清单为 1 字节至 8 MiB", EN: "a list has 1 byte to 8 MiB"})
	}
	if err := room.live(ctx, r, org, source); err != nil {
		return p, err
	}
	m, mapped, err := mappingOf(ctx, r, org, source)
	if err == nil && !mapped {
		err = errUnmapped.With("source", source)
	}
	if err != nil {
		return p, err
	}
	list, err := m.Mapping.read(file)
	if err != nil {
		return p, err
	}
	known, err := accountsOf(ctx, r, org, source)
	if err != nil {
		return p, err
	}
	sum := sm.Sum(file)
	p.taking = Taking{Snapshot: Snapshot{Org: org, Source: source, Taken: now, Digest: hex.EncodeToString(sum[:]), Size: len(list.Said)}, Wrong: list.Wrong}
	return p, p.weigh(ctx, r, list, known, now)
}

// weigh compares a list with what is known.
func (p *plan) weigh(ctx context.Context, r db.Reader, list List, known []Account, now time.Time) error {
	of := make(map[string]*Account, len(known))
	for i := range known {
		of[known[i].Account] = &known[i]
	}
	who := newMatcher(p.taking.Org)
	t := &p.taking
	for _, s := range list.Said {
		a := of[s.Account]
		delete(of, s.Account)
		fresh := a == nil
		if fresh {
			a = &Account{Org: t.Org, Source: t.Source, Account: s.Account, First: now}
		}
		same := !fresh && a.tells(s)
		before := *a
		a.take(s)
		if err := who.match(ctx, r, a); err != nil {
			return err
		}
		if s.Alive {
			t.Alive++
		}
		if a.Person != "" {
			t.Met++
		}
		switch {
		case fresh:
			t.Added++
			a.Changed = now
			p.insert = append(p.insert, *a)
		case !same || a.Person != before.Person || a.Place != before.Place:
			t.Changed++
			a.Changed = now
			p.update = append(p.update, *a)
		}
	}
	for _, a := range known {
		if of[a.Account] != nil && a.Gone.IsZero() {
			t.Gone++
			a.Gone, a.Changed = now, now
			p.update = append(p.update, a)
		}
	}
	return nil
}

// matcher finds out whose accounts are, asking once for each number, name and department.
type matcher struct {
	org     string
	numbers map[string]string
	names   map[string]string
	places  map[string]string
}

func newMatcher(org string) *matcher {
	return &matcher{org: org, numbers: map[string]string{}, names: map[string]string{}, places: map[string]string{}}
}

// match says whose an account is. What somebody has said stays.
func (m *matcher) match(ctx context.Context, r db.Reader, a *Account) error {
	place, err := remembered(m.places, a.Department, func() (string, error) { return m.place(ctx, r, a.Department) })
	if err != nil {
		return err
	}
	a.Place = place
	if a.Match == Assigned || a.Match == Shared {
		return nil
	}
	a.Person, a.Match = "", ""
	if a.Person, err = remembered(m.numbers, a.Number, func() (string, error) { return m.numbered(ctx, r, a.Number) }); err != nil {
		return err
	}
	if a.Person != "" {
		a.Match = ByNumber
		return nil
	}
	if a.Number != "" {
		return nil // a number that is nobody's outweighs a name
	}
	if a.Person, err = remembered(m.names, a.Name, func() (string, error) { return m.named(ctx, r, a.Name) }); a.Person != "" {
		a.Match = ByName
	}
	return err
}

func remembered(known map[string]string, key string, ask func() (string, error)) (string, error) {
	if found, met := known[key]; met || key == "" {
		return found, nil
	}
	found, err := ask()
	known[key] = found
	return found, err
}

func (m *matcher) numbered(ctx context.Context, r db.Reader, number string) (string, error) {
	p, err := staff.FindByNumber(ctx, r, m.org, number)
	if errors.Is(err, staff.ErrNoPerson) {
		return "", nil
	}
	return p.ID, err
}

func (m *matcher) named(ctx context.Context, r db.Reader, name string) (string, error) {
	found, err := staff.FindByName(ctx, r, m.org, name)
	if err != nil || len(found) != 1 {
		return "", err
	}
	return found[0].ID, nil
}

func (m *matcher) place(ctx context.Context, r db.Reader, department string) (string, error) {
	d, known, err := staff.FindDepartment(ctx, r, m.org, department)
	if known || err != nil {
		return d.ID, err
	}
	named, err := staff.FindDepartmentByName(ctx, r, m.org, department)
	if err != nil || len(named) != 1 {
		return "", err
	}
	return named[0].ID, nil
}
