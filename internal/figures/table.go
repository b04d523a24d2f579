package figures

import (
	"slices"
	"strings"
)

// SmallCell is how many patients a number must stand for to be shown. Five is what
// offices for statistics commonly ask of tables about people.
const SmallCell = 5

// months of a year, and the column of their sums after them.
const (
	months = 12
	year   = months
)

// Cell is a number of a table: events, and how many patients they are of.
type Cell struct {
	Events   int  `json:"events" doc:"0 when hidden"`
	Patients int  `json:"patients" doc:"0 when hidden"`
	Hidden   bool `json:"hidden" doc:"it stands for few patients, or would give away one that does"`
}

// small reports whether a number stands for somebody, and for too few to be shown.
func (c Cell) small() bool { return c.Patients > 0 && c.Patients < SmallCell }

// Row is what was counted in a department: twelve months, and the year.
type Row struct {
	Department string // empty in the row of sums
	Cells      [months + 1]Cell
}

// Table is one year of one measure.
type Table struct {
	Measure string
	Year    int
	Rows    []Row // by department, in the order of their ids
	Sums    Row
}

// tableOf puts what was counted into a table.
func tableOf(counted []count) Table {
	var t Table
	rows := map[string]*Row{}
	for _, c := range counted {
		row := &t.Sums
		if !c.whole {
			if rows[c.department] == nil {
				rows[c.department] = &Row{Department: c.department}
			}
			row = rows[c.department]
		}
		row.Cells[c.month] = Cell{Events: c.events, Patients: c.patients}
	}
	for _, row := range rows {
		t.Rows = append(t.Rows, *row)
	}
	slices.SortFunc(t.Rows, func(a, b Row) int { return strings.Compare(a.Department, b.Department) })
	return t
}
