package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	departments  = db.Define[Department]("staff_department")
	people       = db.Define[Person]("staff_person")
	appointments = db.Define[Appointment]("staff_appointment")
	stays        = db.Define[Stay]("staff_stay")
	trainings    = db.Define[Passed]("staff_training")
	departures   = db.Define[Departure]("staff_departure")
	lines        = db.Define[Line]("staff_line")
)

func findPerson(ctx context.Context, r db.Reader, org, id string) (Person, error) {
	return people.Get(ctx, r, org, id)
}

func personNumbered(ctx context.Context, r db.Reader, org, number string) (Person, error) {
	return only(people.Select(ctx, r, "WHERE org = $1 AND number = $2", org, number))
}

func departmentCoded(ctx context.Context, r db.Reader, org, code string) (Department, error) {
	return only(departments.Select(ctx, r, "WHERE org = $1 AND code = $2", org, code))
}

func only[T any](rows []T, err error) (T, error) {
	var none T
	switch {
	case err != nil:
		return none, err
	case len(rows) == 0:
		return none, db.ErrNone
	}
	return rows[0], nil
}

// mustBeFree says taken when a search for what must not be there found it.
func mustBeFree(found, taken error) error {
	switch {
	case found == nil:
		return taken
	case errors.Is(found, db.ErrNone):
		return nil
	}
	return found
}

func departmentExists(ctx context.Context, r db.Reader, org, id, field string) error {
	_, err := departments.Get(ctx, r, org, id)
	if errors.Is(err, db.ErrNone) {
		return errNoDepartment.With().At(field, fault.Text{ZH: "没有这个科室", EN: "names no department"})
	}
	return err
}

// appointmentsOf returns the appointments of people, ended ones included, in
// the order of their beginning.
func appointmentsOf(ctx context.Context, r db.Reader, org string, persons ...string) ([]Appointment, error) {
	if len(persons) == 0 {
		return nil, nil
	}
	where, args := within("person", org, persons)
	return appointments.Select(ctx, r, where+" ORDER BY since, id", args...)
}

// liveAppointments returns what counts for a person at a moment.
func liveAppointments(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Appointment, error) {
	return appointments.Select(ctx, r,
		"WHERE org = $1 AND person = $2 AND "+liveAt(3)+" ORDER BY since, id",
		org, person, at.UnixMicro(), at.UnixMicro(), at.UnixMicro())
}

// lastingAppointments returns what counts for a person at a moment or will later.
func lastingAppointments(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Appointment, error) {
	return appointments.Select(ctx, r,
		"WHERE org = $1 AND person = $2 AND until > $3 AND (ended IS NULL OR ended > $4) ORDER BY since, id",
		org, person, at.UnixMicro(), at.UnixMicro())
}

// liveAt is [Appointment.Live] in SQL, with the moment given three times.
func liveAt(first int) string {
	return fmt.Sprintf("since <= $%d AND until > $%d AND (ended IS NULL OR ended > $%d)", first, first+1, first+2)
}

// within matches rows of an organisation whose column holds one of the values.
func within(column, org string, values []string) (string, []any) {
	places, args := make([]string, len(values)), []any{org}
	for i, v := range values {
		places[i] = fmt.Sprintf("$%d", i+2)
		args = append(args, v)
	}
	return "WHERE org = $1 AND " + column + " IN (" + strings.Join(places, ", ") + ")", args
}

// PeopleFilter chooses people of a list.
type PeopleFilter struct {
	Department string
	Role       string
	Text       string // part of a name, of its pinyin or initials, or of the staff number
}

// conditions of a list of people, without paging.
func (f PeopleFilter) conditions(org string, at time.Time) (string, []any) {
	where, args := "WHERE org = $1", []any{org}
	add := appender(&where, &args)
	if f.Text != "" {
		add(` AND find LIKE ? ESCAPE '\'`, "%"+likeEscaper.Replace(strings.ToLower(f.Text))+"%")
	}
	if f.Department == "" && f.Role == "" {
		return where, args
	}
	add(" AND EXISTS (SELECT 1 FROM staff_appointment a WHERE a.org = staff_person.org AND a.person = staff_person.id")
	if f.Department != "" {
		add(" AND a.department = ?", f.Department)
	}
	if f.Role != "" {
		add(" AND a.role = ?", f.Role)
	}
	now := at.UnixMicro()
	add(" AND a.since <= ? AND a.until > ? AND (a.ended IS NULL OR a.ended > ?))", now, now, now)
	return where, args
}

// appender returns what adds a condition, with ? for each of its values.
func appender(where *string, args *[]any) func(text string, values ...any) {
	return func(text string, values ...any) {
		for _, v := range values {
			*args = append(*args, v)
			text = strings.Replace(text, "?", fmt.Sprintf("$%d", len(*args)), 1)
		}
		*where += text
	}
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func selectPeople(ctx context.Context, r db.Reader, org string, f PeopleFilter, at time.Time, after string, limit int) ([]Person, error) {
	where, args := f.conditions(org, at)
	args = append(args, after, int64(limit))
	return people.Select(ctx, r, fmt.Sprintf("%s AND number > $%d ORDER BY number LIMIT $%d", where, len(args)-1, len(args)), args...)
}

// countPeople counts up to bound+1.
func countPeople(ctx context.Context, r db.Reader, org string, f PeopleFilter, at time.Time, bound int) (int, error) {
	where, args := f.conditions(org, at)
	args = append(args, int64(bound+1))
	return count(ctx, r, fmt.Sprintf("SELECT COUNT(*) FROM (SELECT 1 AS one FROM staff_person %s LIMIT $%d) AS counted", where, len(args)), args...)
}

func count(ctx context.Context, r db.Reader, text string, args ...any) (int, error) {
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}
