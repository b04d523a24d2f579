package fhir

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

// sorting is a parameter by which an answer is put in order.
type sorting struct {
	key        func(Resource) string
	descending bool
}

// takeSort reads _sort: names of parameters with a comma between, a minus before those
// that descend.
func (k *kind) takeSort(q *query, value string) *fault.Text {
	for name := range strings.SplitSeq(value, ",") {
		plain, descending := strings.CutPrefix(name, "-")
		key := k.sortKey(plain)
		if key == nil {
			return &fault.Text{ZH: "可按 " + strings.Join(k.sortable(), "、") + " 排序，降序在前加 -", EN: "sort by " + strings.Join(k.sortable(), ", ") + ", with - before what descends"}
		}
		q.sort = append(q.sort, sorting{key, descending})
	}
	return nil
}

func (k *kind) sortKey(name string) func(Resource) string {
	if name == byID {
		return func(r Resource) string { return r.base().ID }
	}
	for _, p := range k.every() {
		if p.name == name {
			return p.key
		}
	}
	return nil
}

func (k *kind) sortable() []string {
	all := []string{byID}
	for _, p := range k.every() {
		if p.key != nil {
			all = append(all, p.name)
		}
	}
	return all
}

// ordered is a page of all that matches, put in order. What has no value comes last,
// whichever way the order goes.
func (room *Room) ordered(ctx context.Context, k *kind, q *query, b *Bundle) (found, error) {
	var all []Resource
	err := room.each(ctx, k, q, b, func(r Resource) { all = append(all, r) })
	if err != nil {
		return found{}, err
	}
	slices.SortStableFunc(all, func(x, y Resource) int {
		for _, s := range q.sort {
			of, to := s.key(x), s.key(y)
			switch {
			case of == to:
			case of == "":
				return 1
			case to == "":
				return -1
			case s.descending:
				return strings.Compare(to, of)
			default:
				return strings.Compare(of, to)
			}
		}
		return 0
	})
	return paged(all, q.cursor, q.limit)
}

// each goes through all that matches, page by page, as reading it all would.
func (room *Room) each(ctx context.Context, k *kind, q *query, b *Bundle, take func(Resource)) error {
	whole := *q
	whole.limit, whole.cursor = web.Bounded(mostCounted), ""
	n := 0
	for {
		page, err := room.page(ctx, k, &whole, b)
		if err != nil {
			return err
		}
		for _, r := range page.items {
			if q.finds(r) {
				n++
				take(r)
			}
		}
		switch {
		case n > mostCounted:
			return errTooMany.With("limit", strconv.Itoa(mostCounted))
		case page.next == "":
			return nil
		}
		whole.cursor = page.next
	}
}

// summaries are the elements of each kind that R4 counts as its summary, and those
// without which a resource is none.
var summaries = map[string][]string{
	"Patient":            {"identifier", "active", "name", "telecom", "gender", "birthDate", "address"},
	"Encounter":          {"status", "class", "subject", "participant"},
	"AllergyIntolerance": {"clinicalStatus", "verificationStatus", "code", "patient"},
	"DocumentReference":  {"identifier", "status", "docStatus", "type", "subject", "date", "author", "securityLabel", "content", "context"},
	"Observation":        {"status", "code", "subject", "encounter", "effectiveDateTime", "valueQuantity", "valueString", "component"},
	"Practitioner":       {"identifier", "active", "name"},
	"PractitionerRole":   {"active", "period", "practitioner", "organization", "code"},
	"Organization":       {"identifier", "type", "name", "partOf"},
	"Location":           {"identifier", "status", "name", "description", "mode", "physicalType", "managingOrganization"},
	"ServiceRequest":     {"identifier", "status", "intent", "category", "subject", "encounter", "occurrenceDateTime", "authoredOn", "requester", "performer"},
	"Provenance":         {"target", "recorded", "agent"},
	"AuditEvent":         {"type", "subtype", "recorded", "outcome", "outcomeDesc", "purposeOfEvent", "agent", "source"},
	"Consent":            {"status", "scope", "category", "patient", "dateTime", "policyRule", "provision"},
}
