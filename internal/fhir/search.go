package fhir

import (
	"context"
	"maps"
	"net/url"
	"strconv"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

// found is a page of what a room shows.
type found struct {
	items []Resource
	next  string // cursor; empty on the last page
	total int    // of all pages, or unknown
}

const unknown = -1

// mostCounted is how many resources a search counts.
const mostCounted = web.CountBound

// search answers a search with what the reader may see.
func (room *Room) search(ctx context.Context, k *kind, q *query, base string) (*Bundle, error) {
	b := bundle("searchset")
	if q.countOnly {
		n, err := room.count(ctx, k, q)
		b.Total = &n
		return b, err
	}
	page, err := room.page(ctx, k, q, b)
	if err != nil {
		return nil, err
	}
	matching := 0
	for _, r := range page.items {
		if q.finds(r) {
			matching++
			b.add(base, "match", r)
		}
	}
	switch {
	case q.cursor == "" && page.next == "":
		b.Total = &matching
	case len(q.filters) == 0 && page.total != unknown:
		b.Total = &page.total
	}
	if q.include {
		if err := room.includePatients(ctx, b, base); err != nil {
			return nil, err
		}
	}
	for _, e := range b.Entry {
		if e.Search.Mode == "match" {
			only(e.Resource, q.elements)
		}
	}
	if len(q.unknown) > 0 {
		e := errParameter.With()
		for _, name := range q.unknown {
			e.At(name, text("已略过", "passed over"))
		}
		b.add(base, "outcome", warned(web.AsProblem(ctx, e), web.Language(ctx)))
	}
	b.link(base, k.name, q, page.next)
	return b, nil
}

// page is a page of the room, or the one thing that was asked for by its id. What may
// not be read is no match, and the answer says why not.
func (room *Room) page(ctx context.Context, k *kind, q *query, b *Bundle) (found, error) {
	if q.id == "" {
		return k.search(ctx, q)
	}
	r, err := k.read(ctx, q.id)
	if err != nil && saysNo(err) {
		b.add("", "outcome", warned(web.AsProblem(ctx, err), web.Language(ctx)))
		return found{}, nil
	}
	if err != nil {
		return found{}, err
	}
	if of := q.patient(); of != "" && ownerOf(r) != "Patient/"+of {
		return found{}, nil
	}
	return found{items: []Resource{r}, total: 1}, nil
}

// saysNo reports an answer that is the same for what is absent and what is a stranger's.
func saysNo(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.Refused || kind == fault.NotFound
}

// count counts what matches, page by page, as reading it all would.
func (room *Room) count(ctx context.Context, k *kind, q *query) (int, error) {
	each := *q
	each.limit = web.Bounded(mostCounted)
	n := 0
	for {
		page, err := room.page(ctx, k, &each, bundle("searchset"))
		if err != nil {
			return 0, err
		}
		if len(q.filters) == 0 && page.total != unknown && q.id == "" {
			return page.total, nil
		}
		for _, r := range page.items {
			if q.finds(r) {
				n++
			}
		}
		switch {
		case page.next == "":
			return n, nil
		case n > mostCounted:
			return 0, errTooMany.With("limit", strconv.Itoa(mostCounted))
		}
		each.cursor = page.next
	}
}

// link leads to this page, and to the next if there is one.
func (b *Bundle) link(base, path string, q *query, next string) {
	address := func(cursor string) string {
		values := url.Values{}
		maps.Copy(values, q.given)
		if cursor != "" {
			values.Set(cursorOf, cursor)
		}
		if len(values) == 0 {
			return base + "/" + path
		}
		return base + "/" + path + "?" + values.Encode()
	}
	b.Link = append(b.Link, Link{"self", address(q.cursor)})
	if next != "" {
		b.Link = append(b.Link, Link{"next", address(next)})
	}
}

// includePatients adds the patients of what was found, each of whom is opened for that.
func (room *Room) includePatients(ctx context.Context, b *Bundle, base string) error {
	if err := room.InScope(ctx, "Patient", toRead); err != nil {
		return err
	}
	for _, e := range b.Entry {
		owner := ownerOf(e.Resource)
		if owner == "" || e.Search.Mode != "match" || b.holds(base+"/"+owner) {
			continue
		}
		r, err := room.readPatient(ctx, idIn(owner, "Patient"))
		if err != nil {
			return err
		}
		b.add(base, "include", r)
	}
	return nil
}

func (b *Bundle) holds(url string) bool {
	for _, e := range b.Entry {
		if e.FullURL == url {
			return true
		}
	}
	return false
}

// ownerOf is whom a resource is about, as Patient/id; empty for what is about nobody.
func ownerOf(r Resource) string {
	var to *Reference
	switch r := r.(type) {
	case *Patient:
		return "Patient/" + r.ID
	case *Encounter:
		to = r.Subject
	case *DocumentReference:
		to = r.Subject
	case *Observation:
		to = r.Subject
	case *ServiceRequest:
		to = r.Subject
	case *Consent:
		to = r.Patient
	case *Allergy:
		to = r.Patient
	}
	if to == nil {
		return ""
	}
	return to.Reference
}

// paged is a page of what a room gives whole; the cursor is how many lie before it.
func paged(all []Resource, cursor string, limit int) (found, error) {
	before := 0
	if _, err := web.DecodeCursor(cursor, &before); err != nil {
		return found{}, err
	}
	before = min(max(before, 0), len(all))
	page := found{items: all[before:], total: len(all)}
	if len(page.items) <= limit {
		return page, nil
	}
	page.items = page.items[:limit]
	var err error
	page.next, err = web.EncodeCursor(before + limit)
	return page, err
}
