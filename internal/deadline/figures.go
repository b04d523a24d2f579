package deadline

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Counted is how many documents whose limit ended in a month were written in time, by
// department and requirement.
type Counted struct {
	Month       int // from 1
	Department  string
	Requirement string
	Mandatory   bool
	Due         int // whose limit has ended
	OnTime      int
	Late        int
	Missing     int
	Backdated   int
	Explained   int // of those late or missing
}

// Figures are the numbers of a year.
type Figures struct {
	Year         int
	Rows         []Counted
	Departments  map[string]fault.Text
	Requirements map[string]fault.Text
}

const firstYear = 2020

// Figures discloses how many documents of a year were written in time: of a department,
// or of the house.
func (room *Room) Figures(ctx context.Context, year int, department string) (Figures, error) {
	f := Figures{Year: year, Rows: []Counted{}, Requirements: map[string]fault.Text{}}
	if err := room.desk.Begin(ctx, "deadline.list"); err != nil {
		return f, err
	}
	if this := room.desk.Now().In(calendar.Zone).Year(); year < firstYear || year > this {
		return f, errInput.With().At("year", text("请选择 2020 年至今年", "choose a year from 2020 to this one"))
	}
	err := room.desk.Disclose(ctx, "deadline.list", func(ctx context.Context, r *act.Reading) error {
		f.Rows = f.Rows[:0]
		if err := permitList(ctx, r, department); err != nil {
			return err
		}
		for month := range 12 {
			from := time.Date(year, time.Month(month+1), 1, 0, 0, 0, 0, calendar.Zone)
			if from.After(r.Now()) {
				break
			}
			if err := f.count(ctx, r, from, department); err != nil {
				return err
			}
		}
		var departments []string
		for _, row := range f.Rows {
			departments = append(departments, row.Department)
		}
		held, _, err := forceAt(ctx, r, r.Actor().Org, r.Now())
		if err != nil {
			return err
		}
		for _, q := range held.set.Content {
			f.Requirements[q.Key] = fault.Text{ZH: q.NameZH, EN: q.NameEN}
		}
		slices.Sort(departments)
		f.Departments, err = staff.DepartmentNames(ctx, r, r.Actor().Org, slices.Compact(departments))
		return err
	})
	return f, err
}

// count adds the rows of a month. What is paused has no end yet and is not counted.
func (f *Figures) count(ctx context.Context, r *act.Reading, from time.Time, department string) error {
	to := min(from.AddDate(0, 1, 0).UnixMicro(), r.Now().UnixMicro()+1)
	only, args := "", []any{Met, Open, r.Actor().Org, from.UnixMicro(), to}
	if department != "" {
		args = append(args, department)
		only = " AND department = $" + strconv.Itoa(len(args))
	}
	rows, err := r.Query(ctx, `SELECT department, requirement, MAX(mandatory), COUNT(*),
		SUM(CASE WHEN state = $1 AND late = 0 THEN 1 ELSE 0 END), SUM(late), SUM(CASE WHEN state = $2 THEN 1 ELSE 0 END),
		SUM(CASE WHEN explained = 1 AND (state <> $1 OR late = 1) THEN 1 ELSE 0 END), SUM(backdated)
		FROM deadline_due WHERE org = $3 AND due_at >= $4 AND due_at < $5 AND (state = $1 OR state = $2 AND paused IS NULL)`+only+`
		GROUP BY department, requirement ORDER BY department, requirement`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		c := Counted{Month: int(from.Month())}
		var mandatory, due, onTime, late, missing, explained, backdated int64
		if err := rows.Scan(&c.Department, &c.Requirement, &mandatory, &due, &onTime, &late, &missing, &explained, &backdated); err != nil {
			return err
		}
		c.Mandatory, c.Due, c.OnTime, c.Late, c.Missing, c.Explained, c.Backdated = mandatory == 1, int(due), int(onTime), int(late), int(missing), int(explained), int(backdated)
		f.Rows = append(f.Rows, c)
	}
	return rows.Err()
}
