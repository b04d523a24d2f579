package fhir

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/console"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) searchPatients(ctx context.Context, q *query) (found, error) {
	page, err := room.Patients.Search(ctx, patient.Query{
		Text: q.asked["name"], Number: codeIn(q.asked["identifier"]), Scope: patient.Everybody, Cursor: q.cursor, Limit: q.limit,
	})
	if err != nil {
		return found{}, err
	}
	out := found{next: page.Next, total: unknown}
	if page.Count != nil && !page.Count.More {
		out.total = page.Count.N
	}
	for _, l := range page.Items {
		out.items = append(out.items, listedPatient(l))
	}
	return out, nil
}

// codeIn is the code in a token.
func codeIn(token string) string { return token[strings.LastIndex(token, "|")+1:] }

func (room *Room) searchEncounters(ctx context.Context, q *query) (found, error) {
	v, err := room.Patients.View(ctx, q.patient())
	if err != nil {
		return found{}, err
	}
	return paged(encountersOf(v), q.cursor, q.limit)
}

func encountersOf(v *patient.View) []Resource {
	all := make([]Resource, len(v.Encounters))
	for i, e := range v.Encounters {
		all[i] = encounterOf(e, v.Staff)
	}
	return all
}

func (room *Room) searchDocuments(ctx context.Context, q *query) (found, error) {
	page, err := room.Records.List(ctx, q.patient(), q.cursor, q.limit)
	if err != nil {
		return found{}, err
	}
	return shown(page.Page, func(d record.Document) Resource { return documentOf(d, newest(d), page.People) }), nil
}

func (room *Room) searchObservations(ctx context.Context, q *query) (found, error) {
	page, err := room.Records.Observations(ctx, q.patient(), q.code(), q.cursor, q.limit)
	if err != nil {
		return found{}, err
	}
	return shown(page, func(o record.Observed) Resource { return observationOf(o) }), nil
}

// code is the one code that is asked for, as room record writes it, so that it need not
// read the others; empty where several are asked for, or one without its system.
func (q *query) code() string {
	for _, f := range q.filters {
		if f.name == "code" && len(f.values) == 1 {
			return asKept(f.values[0])
		}
	}
	return ""
}

func shown[T any](page web.Page[T], shape func(T) Resource) found {
	out := found{next: page.Next, total: unknown}
	for _, item := range page.Items {
		out.items = append(out.items, shape(item))
	}
	return out
}

func (room *Room) searchPractitioners(ctx context.Context, q *query) (found, error) {
	after := ""
	if _, err := web.DecodeCursor(q.cursor, &after); err != nil {
		return found{}, err
	}
	number := codeIn(q.asked["identifier"])
	page, err := room.Staff.ListPeople(ctx, staff.PeopleFilter{Text: cmp.Or(number, q.asked["name"])}, after, q.limit, web.CountBound)
	if err != nil {
		return found{}, err
	}
	out := found{total: unknown}
	if number == "" && page.Count >= 0 && page.Count <= web.CountBound {
		out.total = page.Count
	}
	for _, p := range page.Items {
		if number == "" || p.Number == number {
			out.items = append(out.items, practitionerOf(p.Person, len(p.Appointments) > 0))
		}
	}
	if page.Next != "" {
		out.next, err = web.EncodeCursor(page.Next)
	}
	return out, err
}

func (room *Room) searchRoles(ctx context.Context, q *query) (found, error) {
	p, err := room.Staff.ViewPerson(ctx, idIn(q.asked["practitioner"], "Practitioner"))
	if err != nil {
		return found{}, err
	}
	all := make([]Resource, len(p.Appointments))
	for i, a := range p.Appointments {
		all[i] = roleOf(a, a.Live(room.Now()))
	}
	return paged(all, q.cursor, q.limit)
}

func (room *Room) searchOrganizations(ctx context.Context, q *query) (found, error) {
	departments, err := room.Staff.ListDepartments(ctx)
	if err != nil {
		return found{}, err
	}
	all := make([]Resource, len(departments))
	for i, d := range departments {
		all[i] = organizationOf(d)
	}
	return paged(all, q.cursor, q.limit)
}

func (room *Room) searchProvenances(ctx context.Context, q *query) (found, error) {
	target := idIn(q.asked["target"], "DocumentReference")
	document, version, versioned := strings.Cut(target, "/_history/")
	number := 0
	if versioned {
		var err error
		if number, err = strconv.Atoi(version); err != nil || number < 1 {
			return found{}, wrong("target", text("版本号应为正整数", "a version is a positive whole number"))
		}
	}
	v, err := room.Records.View(ctx, document, number)
	if err != nil {
		return found{}, err
	}
	return found{items: []Resource{provenanceOf(v)}, total: 1}, nil
}

func (room *Room) searchEvents(ctx context.Context, q *query) (found, error) {
	asked := ledger.Query{Actor: idIn(q.asked["agent"], "Practitioner"), Limit: q.limit}
	if verb := codeIn(q.asked["subtype"]); verb != "" {
		asked.Verbs = []string{verb}
	}
	q.bound(&asked)
	if _, err := web.DecodeCursor(q.cursor, &asked.After); err != nil {
		return found{}, err
	}
	var err error
	out := found{total: unknown}
	search := room.Ledger.Search
	if of := q.patient(); of != "" {
		search = func(ctx context.Context, asked ledger.Query) (console.Lines, error) {
			return room.Ledger.Readers(ctx, of, asked)
		}
	}
	page, err := search(ctx, asked)
	if err != nil {
		return out, err
	}
	for _, l := range page.Lines {
		out.items = append(out.items, lineOf(l, page.People))
	}
	if page.Next != 0 {
		out.next, err = web.EncodeCursor(page.Next)
	}
	return out, err
}

// bound lets the ledger be searched no further than for what was asked.
func (q *query) bound(asked *ledger.Query) {
	for _, f := range q.filters {
		if f.name == "outcome" && len(f.values) == 1 && f.values[0] == "4" {
			asked.Outcome = ledger.Refused
		}
		if f.name != "date" || len(f.values) != 1 {
			continue
		}
		d, _ := parseDate(f.values[0])
		switch d.prefix {
		case "ge", "gt", "sa":
			asked.From = d.from
		case "le":
			asked.To = d.to
		case "lt", "eb":
			asked.To = d.from
		case "eq":
			asked.From, asked.To = d.from, d.to
		}
	}
}

func (room *Room) searchConsents(ctx context.Context, q *query) (found, error) {
	l, err := room.Consents.List(ctx, q.patient())
	if err != nil {
		return found{}, err
	}
	all := make([]Resource, len(l.Records))
	for i, r := range l.Records {
		all[i] = consentOf(r, l.Form(r).Name.ZH, room.Now())
	}
	return paged(all, q.cursor, q.limit)
}
