package staff

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

func (r *Room) rosterRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/staff/roster/preview", ID: "previewRoster", Verb: "staff.preview-roster", Tag: tag,
		MaxBody: MaxRosterFile + 1<<20, Timeout: time.Minute, Summary: "Say what taking in a roster (XLSX or CSV) would do; nothing is written"}, r.postPreview)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/staff/roster", ID: "applyRoster", Verb: "staff.apply-roster", Tag: tag,
		Status: http.StatusCreated, MaxBody: MaxRosterFile + 1<<20, Timeout: 10 * time.Minute, Summary: "Take in a roster that was previewed"}, r.postRoster)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/staff/rosters", ID: "listRosters", Verb: "staff.reconcile", Tag: tag,
		Summary: "List what was taken in and how far it has come, newest first"}, r.getRosters)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/staff/reconciliation", ID: "reconcileStaff", Verb: "staff.reconcile", Tag: tag,
		Summary: "Report who is in the roster and not here, here and not in the roster, or here without what he needs"}, r.getReconciliation)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/staff/reports", ID: "listStaffReports", Verb: "staff.reconcile", Tag: tag,
		Summary: "List how many people did not fit on each day, newest first"}, r.getReports)
}

// rosterShown bounds each list of a preview.
const rosterShown = 500

type rosterFaultBody struct {
	Row     int        `json:"row" doc:"in the file, the head being 1"`
	Column  string     `json:"column"`
	Problem fault.Text `json:"problem"`
}

type rosterLineBody struct {
	Row    int      `json:"row,omitempty"`
	Number string   `json:"number"`
	Name   string   `json:"name"`
	Person string   `json:"person,omitempty"`
	Fields []string `json:"fields,omitempty" doc:"what differs"`
	Left   string   `json:"left,omitempty"`
}

type planBody struct {
	Digest  string `json:"digest" doc:"applying asks for it"`
	Total   int    `json:"total"`
	Numbers struct {
		Adds    int `json:"adds"`
		Changes int `json:"changes"`
		Leavers int `json:"leavers"`
		Faults  int `json:"faults"`
		Missing int `json:"missing"`
		Moved   int `json:"moved"`
	} `json:"numbers" doc:"of each list, which is cut after 500"`
	Adds    []rosterLineBody  `json:"adds"`
	Changes []rosterLineBody  `json:"changes"`
	Leavers []rosterLineBody  `json:"leavers"`
	Faults  []rosterFaultBody `json:"faults"`
	Missing []rosterLineBody  `json:"missing" doc:"here, and not in the roster"`
	Moved   []rosterLineBody  `json:"moved" doc:"here in another department than the roster says"`
}

func firstOf[T, W any](all []T, wire func(T) W) []W {
	out := make([]W, 0, min(len(all), rosterShown))
	for _, one := range all[:min(len(all), rosterShown)] {
		out = append(out, wire(one))
	}
	return out
}

func wirePlan(p RosterPlan) planBody {
	b := planBody{Digest: p.Digest, Total: p.Total}
	b.Numbers.Adds, b.Numbers.Changes, b.Numbers.Leavers = len(p.Adds), len(p.Changes), len(p.Leavers)
	b.Numbers.Faults, b.Numbers.Missing, b.Numbers.Moved = len(p.Faults), len(p.Missing), len(p.Moved)
	change := func(c RosterChange) rosterLineBody {
		return rosterLineBody{Row: c.Line.Row, Number: c.Line.Number, Name: c.Line.NameZH, Person: c.Person.ID, Fields: c.Fields}
	}
	b.Adds = firstOf(p.Adds, func(l RosterLine) rosterLineBody { return rosterLineBody{Row: l.Row, Number: l.Number, Name: l.NameZH} })
	b.Changes, b.Moved = firstOf(p.Changes, change), firstOf(p.Moved, change)
	b.Leavers = firstOf(p.Leavers, func(l RosterLeaver) rosterLineBody {
		return rosterLineBody{Row: l.Line.Row, Number: l.Line.Number, Name: l.Person.NameZH, Person: l.Person.ID, Left: string(l.Line.Left)}
	})
	b.Faults = firstOf(p.Faults, func(f RosterFault) rosterFaultBody { return rosterFaultBody(f) })
	b.Missing = firstOf(p.Missing, func(p Person) rosterLineBody { return rosterLineBody{Number: p.Number, Name: p.NameZH, Person: p.ID} })
	return b
}

type planOut struct{ Body planBody }

func (r *Room) postPreview(ctx context.Context, in *struct {
	RawBody []byte `contentType:"application/octet-stream"`
}) (*planOut, error) {
	plan, err := r.PreviewRoster(ctx, in.RawBody)
	return &planOut{wirePlan(plan)}, err
}

type rosterBody struct {
	ID       string    `json:"id"`
	Total    int       `json:"total"`
	Done     int       `json:"done"`
	Added    int       `json:"added"`
	Changed  int       `json:"changed"`
	Departed int       `json:"departed"`
	Made     time.Time `json:"made"`
	MadeBy   string    `json:"madeBy"`
	Finished time.Time `json:"finished,omitzero" doc:"absent when it broke off or is under way"`
}

func wireRoster(r Roster) rosterBody {
	return rosterBody{
		ID: r.ID, Total: r.Total, Done: r.Done, Added: r.Added, Changed: r.Changed, Departed: r.Departed,
		Made: r.Made, MadeBy: r.MadeBy, Finished: r.Finished,
	}
}

type rosterOut struct{ Body rosterBody }

func (r *Room) postRoster(ctx context.Context, in *struct {
	Digest  string `query:"digest" maxLength:"64" required:"true" doc:"of the preview"`
	RawBody []byte `contentType:"application/octet-stream"`
}) (*rosterOut, error) {
	taken, err := r.ApplyRoster(ctx, in.RawBody, in.Digest)
	return &rosterOut{wireRoster(taken)}, err
}

type rostersOut struct{ Body web.Page[rosterBody] }

func (r *Room) getRosters(ctx context.Context, _ *struct{}) (*rostersOut, error) {
	found, err := r.Rosters(ctx, rosterShown)
	return &rostersOut{web.Page[rosterBody]{Items: firstOf(found, wireRoster)}}, err
}

type mismatchBody struct {
	Person string `json:"person"`
	Number string `json:"number"`
	Kind   string `json:"kind"`
}

type reconciliationOut struct {
	Body struct {
		At         time.Time      `json:"at"`
		Roster     time.Time      `json:"roster,omitzero" doc:"when the last roster was taken in"`
		Governed   int            `json:"governed" doc:"people who hold something now"`
		Stays      map[string]int `json:"stays" doc:"people by kind of stay, now"`
		Mismatches []mismatchBody `json:"mismatches"`
	}
}

func (r *Room) getReconciliation(ctx context.Context, _ *struct{}) (*reconciliationOut, error) {
	found, err := r.Reconcile(ctx)
	if err != nil {
		return nil, err
	}
	out := &reconciliationOut{}
	out.Body.At, out.Body.Roster, out.Body.Governed = found.At, found.Roster.Finished, found.Governed
	out.Body.Stays, out.Body.Mismatches = map[string]int{}, make([]mismatchBody, len(found.Mismatches))
	for kind, n := range found.Stays {
		out.Body.Stays[string(kind)] = n
	}
	for i, m := range found.Mismatches {
		out.Body.Mismatches[i] = mismatchBody{m.Person, m.Number, string(m.Kind)}
	}
	return out, nil
}

type reportBody struct {
	Day        string         `json:"day" example:"2026-03-02"`
	Governed   int            `json:"governed"`
	Stays      map[string]int `json:"stays"`
	Mismatches map[string]int `json:"mismatches" doc:"people by what does not fit"`
}

type reportsOut struct{ Body web.Page[reportBody] }

func (r *Room) getReports(ctx context.Context, _ *struct{}) (*reportsOut, error) {
	found, err := r.Reports(ctx, rosterShown)
	return &reportsOut{web.Page[reportBody]{Items: firstOf(found, func(report Report) reportBody {
		b := reportBody{Day: report.Day, Governed: report.Governed, Stays: map[string]int{}, Mismatches: map[string]int{}}
		for kind, n := range report.Stays {
			b.Stays[string(kind)] = n
		}
		for kind, n := range report.Mismatches {
			b.Mismatches[string(kind)] = n
		}
		return b
	})}}, err
}
