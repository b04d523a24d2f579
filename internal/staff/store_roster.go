package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var rosters = db.Define[Roster]("staff_roster")

// whatIsKnown reads everybody of the organisation with what he holds now.
func whatIsKnown(ctx context.Context, r db.Reader, org string, at time.Time) (known, error) {
	k := known{people: map[string]Person{}, gone: map[string]bool{}, held: map[string][]Appointment{}, departments: map[string]string{}}
	var everybody []Person
	var live []Appointment
	var left []Departure
	var units []Department
	now := at.UnixMicro()
	err := r.Together(ctx,
		func() (err error) {
			everybody, err = people.Select(ctx, r, "WHERE org = $1 ORDER BY number", org)
			return err
		},
		func() (err error) {
			live, err = appointments.Select(ctx, r, "WHERE org = $1 AND "+liveAt(2)+" ORDER BY since, id", org, now, now, now)
			return err
		},
		func() (err error) {
			left, err = departures.Select(ctx, r, "WHERE org = $1 ORDER BY at, id", org)
			return err
		},
		func() (err error) {
			units, err = departments.Select(ctx, r, "WHERE org = $1 ORDER BY code", org)
			return err
		},
	)
	if err != nil {
		return known{}, err
	}
	for _, p := range everybody {
		k.people[p.Number] = p
	}
	for _, a := range live {
		k.held[a.Person] = append(k.held[a.Person], a)
	}
	for _, d := range left {
		k.gone[d.Person] = k.gone[d.Person] || d.Gone(at) || d.At.After(at)
	}
	for _, u := range units {
		k.departments[u.Code] = u.ID
	}
	return k, nil
}

// organisations are those that have people.
func organisations(ctx context.Context, r db.Reader) ([]string, error) {
	rows, err := r.Query(ctx, "SELECT DISTINCT org FROM staff_person ORDER BY org")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var org string
		if err := rows.Scan(&org); err != nil {
			return nil, err
		}
		all = append(all, org)
	}
	return all, rows.Err()
}
