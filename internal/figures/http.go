package figures

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

const tag = "figures"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/figures", ID: "viewFigures", Verb: "figures.view", Tag: tag,
		Summary: "Count the encounters of a year by department and month; small numbers are hidden"}, room.getTable)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/figures/patients", ID: "openFigure", Verb: "figures.open", Tag: tag,
		Summary: "List who is behind a number, to whoever holds a grant that opens them"}, room.getPatients)
}

// RowBody is a row on the wire.
type RowBody struct {
	Department string     `json:"department,omitempty"`
	Name       fault.Text `json:"name"`
	Cells      []Cell     `json:"cells" nullable:"false" minItems:"13" maxItems:"13" doc:"January to December, and the year"`
}

// Body is a table on the wire.
type Body struct {
	Measure string    `json:"measure"`
	Year    int       `json:"year"`
	Least   int       `json:"least" doc:"how many patients a number must stand for to be shown"`
	Rows    []RowBody `json:"rows" nullable:"false"`
	Sums    []Cell    `json:"sums" nullable:"false" minItems:"13" maxItems:"13"`
}

type tableIn struct {
	Measure string `query:"measure" maxLength:"40" doc:"admissions, discharges, outpatient-visits or emergency-visits"`
	Year    int    `query:"year" doc:"of the calendar of China"`
}

type tableOut struct{ Body Body }

func (room *Room) getTable(ctx context.Context, in *tableIn) (*tableOut, error) {
	t, err := room.View(ctx, in.Measure, in.Year)
	if err != nil {
		return nil, err
	}
	body := Body{Measure: t.Measure, Year: t.Year, Least: SmallCell, Rows: make([]RowBody, 0, len(t.Rows)), Sums: t.Sums.Cells[:]}
	for _, row := range t.Rows {
		body.Rows = append(body.Rows, RowBody{row.Department, t.Departments[row.Department], row.Cells[:]})
	}
	return &tableOut{body}, nil
}

type patientsIn struct {
	web.Paging
	Measure    string `query:"measure" maxLength:"40"`
	Year       int    `query:"year"`
	Month      int    `query:"month" minimum:"1" maximum:"12"`
	Department string `query:"department" maxLength:"40"`
}

// EventBody is an encounter behind a number on the wire.
type EventBody struct {
	Encounter string    `json:"encounter"`
	Patient   string    `json:"patient"`
	Name      string    `json:"name" doc:"masked"`
	At        time.Time `json:"at"`
}

type patientsOut struct{ Body web.Page[EventBody] }

func (room *Room) getPatients(ctx context.Context, in *patientsIn) (*patientsOut, error) {
	page, err := room.Open(ctx, Place{in.Measure, in.Year, in.Month, in.Department}, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &patientsOut{web.Page[EventBody]{Items: make([]EventBody, 0, len(page.Items)), Next: page.Next}}
	for _, x := range page.Items {
		out.Body.Items = append(out.Body.Items, EventBody(x))
	}
	return out, nil
}
