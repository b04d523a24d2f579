package figures

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/calendar"
)

// Measure is what is counted. Measures share no encounter of one kind in one column, so
// that no two tables subtract.
type Measure struct {
	ID     string
	kind   string // of encounter
	column string // the moment that counts
}

var measures = []Measure{
	{"admissions", patient.Inpatient, "since"},
	{"discharges", patient.Inpatient, "until"},
	{"outpatient-visits", patient.Outpatient, "since"},
	{"emergency-visits", patient.Emergency, "since"},
}

func measureOf(id string) (Measure, bool) {
	i := slices.IndexFunc(measures, func(m Measure) bool { return m.ID == id })
	if i < 0 {
		return Measure{}, false
	}
	return measures[i], true
}

// count is how many events and patients there were: in a department or, when whole, in
// the house; in a month from 0 or, as month 12, in the year. Who came twice is one patient.
type count struct {
	department       string
	whole            bool
	month            int
	events, patients int
}

// begins is when a month of a year begins in China; month 12 is the next year's first.
func begins(year, month int) int64 {
	return time.Date(year, time.January+time.Month(month), 1, 0, 0, 0, 0, calendar.Zone).UnixMicro()
}

// countYear counts a year by department and month, and the sums of both.
func countYear(ctx context.Context, r db.Reader, org string, m Measure, of int) ([]count, error) {
	var all []count
	var asking []func() error
	for _, whole := range []bool{false, true} {
		for _, yearly := range []bool{false, true} {
			asking = append(asking, func() error {
				counted, err := countBy(ctx, r, org, m, of, whole, yearly)
				all = append(all, counted...)
				return err
			})
		}
	}
	return all, r.Together(ctx, asking...)
}

func countBy(ctx context.Context, r db.Reader, org string, m Measure, of int, whole, yearly bool) ([]count, error) {
	args := []any{org, m.kind, begins(of, 0), begins(of, months)}
	month := strconv.Itoa(year)
	if !yearly {
		var cases strings.Builder
		for i := 1; i < months; i++ {
			args = append(args, begins(of, i))
			fmt.Fprintf(&cases, " WHEN %s < $%d THEN %d", m.column, len(args), i-1)
		}
		month = "CASE" + cases.String() + " ELSE " + strconv.Itoa(months-1) + " END"
	}
	department := "department"
	if whole {
		department = "''"
	}
	return db.Several(ctx, r, func(row db.Rows, into *count) error {
		var month, events, patients int64
		err := row.Scan(&into.department, &month, &events, &patients)
		into.whole, into.month, into.events, into.patients = whole, int(month), int(events), int(patients)
		return err
	}, "SELECT "+department+", "+month+", COUNT(*), COUNT(DISTINCT patient) FROM patient_encounter WHERE org = $1 AND kind = $2 AND "+
		m.column+" >= $3 AND "+m.column+" < $4 GROUP BY 1, 2", args...)
}

// event is an encounter behind a number.
type event struct {
	encounter, patient string
	at                 int64
}

// eventsOf reads a page of the encounters behind a cell, the newest first.
func eventsOf(ctx context.Context, r db.Reader, org string, m Measure, cell Place, after place, limit int) ([]event, error) {
	from, to := begins(cell.Year, cell.Month-1), begins(cell.Year, cell.Month)
	return db.Several(ctx, r, func(row db.Rows, into *event) error { return row.Scan(&into.encounter, &into.patient, &into.at) },
		"SELECT id, patient, "+m.column+" FROM patient_encounter WHERE org = $1 AND kind = $2 AND department = $3 AND "+m.column+" >= $4 AND "+m.column+" < $5 AND ("+
			m.column+", id) < ($6, $7) ORDER BY "+m.column+" DESC, id DESC LIMIT $8", org, m.kind, cell.Department, from, to, after.At, after.ID, int64(limit))
}
