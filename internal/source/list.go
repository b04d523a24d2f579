package source

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// Told is a source with how it is doing.
type Told struct {
	Source
	Health Health
	Silent bool
	Keys   int // that count now
}

// Listed is a page with the people and departments whom its items name.
type Listed struct {
	web.Page[Told]
	Names       map[string]staff.Name
	Departments map[string]fault.Text
}

// healthDays is over how many days a source is judged.
const healthDays = 7

// List discloses the register, by code.
func (room *Room) List(ctx context.Context, p web.Paging) (Listed, error) {
	var l Listed
	var after string
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "source.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		rows, err := sourcesAfter(ctx, r, org, after, limit)
		if err != nil {
			return err
		}
		told := make([]Told, len(rows))
		for i, s := range rows {
			if told[i], err = room.told(ctx, r, s, r.Now()); err != nil {
				return err
			}
		}
		if l.Page, err = web.PageOf(told, limit, func(t Told) string { return t.Code }); err != nil {
			return err
		}
		return l.name(ctx, r)
	})
	return l, err
}

func (l *Listed) name(ctx context.Context, r *act.Reading) (err error) {
	var people, departments []string
	for _, t := range l.Items {
		people = append(people, t.Owner, t.MadeBy, t.ChangedBy)
		departments = append(append(departments, t.Department), t.Departments...)
	}
	if l.Names, err = namesOf(ctx, r, people); err != nil {
		return err
	}
	l.Departments, err = staff.DepartmentNames(ctx, r, r.Actor().Org, withoutEmpty(departments))
	return err
}

func namesOf(ctx context.Context, r *act.Reading, people []string) (map[string]staff.Name, error) {
	return staff.Names(ctx, r, r.Actor().Org, withoutEmpty(people), r.Now())
}

func withoutEmpty(all []string) []string {
	return slices.DeleteFunc(all, func(one string) bool { return one == "" })
}

func (room *Room) told(ctx context.Context, r db.Reader, s Source, now time.Time) (Told, error) {
	days, err := room.days(ctx, r, s, now.AddDate(0, 0, 1-healthDays))
	if err != nil {
		return Told{}, err
	}
	held, err := keysOf(ctx, r, s.Org, s.ID)
	t := Told{Source: s, Health: healthOf(days)}
	t.Silent = s.silent(t.Health.Heard, now)
	for _, k := range held {
		if k.Live(now) {
			t.Keys++
		}
	}
	return t, err
}

// days are the pulses of a source with what is not written down yet, newest first.
func (room *Room) days(ctx context.Context, r db.Reader, s Source, since time.Time) ([]Pulse, error) {
	days, err := pulsesOf(ctx, r, s.Org, s.ID, since)
	for _, fresh := range room.meter.of(s.Org, s.ID) {
		i := slices.IndexFunc(days, func(p Pulse) bool { return p.Day == fresh.Day })
		if i < 0 {
			days = append(days, fresh)
			continue
		}
		days[i] = days[i].plus(fresh)
	}
	slices.SortFunc(days, func(a, b Pulse) int { return strings.Compare(b.Day, a.Day) })
	return days, err
}

// Seen is everything about a source.
type Seen struct {
	Told
	App         App // without a source where it is no program
	Agreements  []Agreement
	Held        []Key
	Days        []Pulse
	Names       map[string]staff.Name
	Departments map[string]fault.Text
}

// shownDays is of how many days the figures are shown one by one.
const shownDays = 30

// View discloses a source with its agreements, its keys and its days.
func (room *Room) View(ctx context.Context, source string) (Seen, error) {
	var seen Seen
	err := room.desk.Disclose(ctx, "source.view", func(ctx context.Context, r *act.Reading) error {
		s, err := sources.Get(ctx, r, r.Actor().Org, source)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, s.Object()); err != nil {
			return err
		}
		return room.see(ctx, r, s, &seen)
	})
	return seen, err
}

func (room *Room) see(ctx context.Context, r *act.Reading, s Source, seen *Seen) (err error) {
	if seen.Told, err = room.told(ctx, r, s, r.Now()); err != nil {
		return err
	}
	if seen.App, err = appOf(ctx, r, s); err != nil {
		return err
	}
	if seen.Agreements, err = agreementsOf(ctx, r, s.Org, s.ID); err != nil {
		return err
	}
	if seen.Held, err = keysOf(ctx, r, s.Org, s.ID); err != nil {
		return err
	}
	if seen.Days, err = room.days(ctx, r, s, r.Now().AddDate(0, 0, 1-shownDays)); err != nil {
		return err
	}
	people := []string{s.Owner, s.MadeBy, s.ChangedBy}
	for _, a := range seen.Agreements {
		people = append(people, a.SignedBy, a.DecidedBy)
	}
	for _, k := range seen.Held {
		people = append(people, k.MadeBy, k.HalfBy, k.EndedBy)
	}
	if seen.Names, err = namesOf(ctx, r, people); err != nil {
		return err
	}
	seen.Departments, err = staff.DepartmentNames(ctx, r, s.Org, withoutEmpty(append(slices.Clone(s.Departments), s.Department)))
	return err
}

// Self tells a source what is registered of it.
func (room *Room) Self(ctx context.Context) (Told, error) {
	var t Told
	err := room.desk.Disclose(ctx, "source.call", func(ctx context.Context, r *act.Reading) error {
		s, err := sources.Get(ctx, r, r.Actor().Org, r.Actor().ID)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, s.Object()); err != nil {
			return err
		}
		t, err = room.told(ctx, r, s, r.Now())
		return err
	})
	return t, err
}
