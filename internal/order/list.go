package order

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Shown is a course as those who may read it see it.
type Shown struct {
	Course
	Text  Text
	Steps []Step
	Stock []Stock
}

// Clash is a conflict as those who may read it see it.
type Clash struct {
	Conflict
	Why    Why
	Reason string
}

// Orders are the orders of a patient that go on or were stopped lately.
type Orders struct {
	Courses   []Shown
	Conflicts []Clash
	Feeds     []Feed
	Names     map[string]staff.Name
	Now       time.Time
}

// OfPatient discloses the orders of a patient that are under way, with what was done on
// each, its stock, and what is against it.
func (room *Room) OfPatient(ctx context.Context, patientID string) (Orders, error) {
	var out Orders
	err := room.desk.Disclose(ctx, "order.list", func(ctx context.Context, r *act.Reading) error {
		out = Orders{Now: r.Now()}
		org := r.Actor().Org
		known, err := room.patients.Find(ctx, r, org, patientID)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, known.Object); err != nil {
			return err
		}
		subject, err := room.patients.Subject(ctx, r, org, patientID)
		if err != nil {
			return errUnreadable.Because(err)
		}
		if out.Courses, err = room.shown(ctx, r, subject, known.Object); err != nil {
			return err
		}
		rows, err := conflicts.Select(ctx, r, "WHERE org = $1 AND patient = $2 ORDER BY found DESC, id DESC LIMIT $3", org, patientID, int64(mostCourses))
		if err != nil {
			return err
		}
		if out.Conflicts, err = room.opened(ctx, r, rows, map[string]*vault.Subject{patientID: subject}); err != nil {
			return err
		}
		if out.Feeds, err = room.feeds(ctx, r, org, "orders"); err != nil {
			return err
		}
		out.Names, err = room.named(ctx, r, out.Courses, out.Conflicts)
		return err
	})
	return out, err
}

// shown are the courses of a patient that the actor may read.
func (room *Room) shown(ctx context.Context, r *act.Reading, subject *vault.Subject, of policy.Object) ([]Shown, error) {
	rows, err := underWay(ctx, r, of.Org, of.Patient, r.Now().Add(-lately))
	if err != nil {
		return nil, err
	}
	objects := make([]policy.Object, len(rows))
	for i, c := range rows {
		objects[i] = c.object()
	}
	allowed, err := r.Allowed(ctx, objects)
	if err != nil {
		return nil, err
	}
	var mine []Course
	for i, c := range rows {
		if allowed[i] {
			mine = append(mine, c)
		}
	}
	opened, err := room.tell(ctx, r, subject, mine, 5)
	if err != nil {
		return nil, err
	}
	all := make([]Shown, len(opened))
	for i, one := range opened {
		all[i] = Shown{Course: one.Course, Text: one.Text, Steps: one.Steps}
		if one.Item == "" {
			continue
		}
		if all[i].Stock, err = stockOf(ctx, r, of.Org, one.Item); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// opened are the conflicts that the actor may read, opened under the keys of their
// patients. Whose key is gone is left out.
func (room *Room) opened(ctx context.Context, r *act.Reading, rows []Conflict, keys map[string]*vault.Subject) ([]Clash, error) {
	objects := make([]policy.Object, len(rows))
	for i, c := range rows {
		objects[i] = c.object()
	}
	allowed, err := r.Allowed(ctx, objects)
	if err != nil {
		return nil, err
	}
	all := []Clash{}
	for i, c := range rows {
		subject := keys[c.Patient]
		if !allowed[i] || subject == nil {
			continue
		}
		one := Clash{Conflict: c}
		if err := openInto(subject, c.place("why"), c.Sealed, &one.Why); err != nil {
			return nil, err
		}
		if len(c.Reason) > 0 {
			words, err := subject.Open(c.place("reason"), c.Reason)
			if err != nil {
				return nil, errUnreadable.Because(err)
			}
			one.Reason = string(words)
		}
		all = append(all, one)
	}
	return all, nil
}

func (room *Room) named(ctx context.Context, r *act.Reading, courses []Shown, clashes []Clash) (map[string]staff.Name, error) {
	var people []string
	for _, c := range courses {
		people = append(people, c.Prescriber)
	}
	for _, c := range clashes {
		people = append(people, c.Prescriber, c.DecidedBy)
	}
	slices.Sort(people)
	people = slices.DeleteFunc(slices.Compact(people), func(p string) bool { return p == "" })
	return staff.Names(ctx, r, r.Actor().Org, people, r.Now())
}

// Listed is a page of conflicts with how their patients and people are called.
type Listed struct {
	web.Page[Clash]
	Patients map[string]string
	Names    map[string]staff.Name
}

type listPlace struct {
	Found int64  `json:"found"`
	ID    string `json:"id"`
}

// mostLooked bounds how many conflicts one page is looked for among.
const mostLooked = 2000

// Conflicts discloses those conflicts that the actor may read, newest first: open ones,
// or all.
func (room *Room) Conflicts(ctx context.Context, state string, p web.Paging) (Listed, error) {
	var l Listed
	after := listPlace{Found: 1<<62 - 1}
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "order.list", func(ctx context.Context, r *act.Reading) error {
		l = Listed{}
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		found, err := room.visible(ctx, r, state, after, limit+1)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(found, limit, func(c Clash) listPlace { return listPlace{c.Found.UnixMicro(), c.ID} }); err != nil {
			return err
		}
		patients := make([]string, len(l.Items))
		for i, c := range l.Items {
			patients[i] = c.Patient
		}
		slices.Sort(patients)
		if l.Patients, err = room.patients.Called(ctx, r, r.Actor().Org, slices.Compact(patients)); err != nil {
			return err
		}
		l.Names, err = room.named(ctx, r, nil, l.Items)
		return err
	})
	return l, err
}

// visible walks back in time until there are enough conflicts that the actor may read.
func (room *Room) visible(ctx context.Context, r *act.Reading, state string, after listPlace, enough int) ([]Clash, error) {
	var all []Clash
	org := r.Actor().Org
	for looked := 0; looked < mostLooked && len(all) < enough; {
		rows, err := conflicts.Select(ctx, r, "WHERE org = $1 AND ($2 = '' OR state = $2) AND (found, id) < ($3, $4) ORDER BY found DESC, id DESC LIMIT $5", org, state, after.Found, after.ID, int64(atOnce))
		if err != nil {
			return nil, err
		}
		opened, err := room.openTheirs(ctx, r, org, rows)
		if err != nil {
			return nil, err
		}
		all = append(all, opened...)
		if looked += len(rows); len(rows) < atOnce {
			break
		}
		last := rows[len(rows)-1]
		after = listPlace{last.Found.UnixMicro(), last.ID}
	}
	return all[:min(len(all), enough)], nil
}

func (room *Room) openTheirs(ctx context.Context, r *act.Reading, org string, rows []Conflict) ([]Clash, error) {
	patients := make([]string, len(rows))
	for i, c := range rows {
		patients[i] = c.Patient
	}
	slices.Sort(patients)
	keys, err := room.vault.Subjects(ctx, r, org, slices.Compact(patients)...)
	if err != nil {
		return nil, err
	}
	return room.opened(ctx, r, rows, keys)
}

// Feed is a source of orders or stock, and how old what it said is.
type Feed struct {
	source string
	Code   string
	NameZH string
	NameEN string
	Shapes []string
	Heard  time.Time // the last message
	// LagMedian is from when messages say that something was to when it could be seen,
	// in milliseconds.
	LagMedian     int64
	SilentMinutes int // its threshold; 0 for none
	Late          bool
}

func (room *Room) feeds(ctx context.Context, r db.Reader, org string, shapes ...string) ([]Feed, error) {
	all, err := room.sources.Bringing(ctx, r, org, shapes...)
	feeds := make([]Feed, len(all))
	for i, s := range all {
		feeds[i] = Feed{source: s.ID, Code: s.Code, NameZH: s.NameZH, NameEN: s.NameEN, Shapes: s.Shapes, Heard: s.Health.Heard, LagMedian: s.Health.LagMedian, SilentMinutes: s.SilentMinutes, Late: s.Silent}
	}
	return feeds, err
}
