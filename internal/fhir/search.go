package fhir

import (
	"context"
	"maps"
	"net/url"

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
	read := room.page
	if len(q.sort) > 0 {
		read = room.ordered
	}
	page, err := read(ctx, k, q, b)
	if err != nil {
		return nil, err
	}
	var matches []Resource
	for _, r := range page.items {
		if q.finds(r) {
			matches = append(matches, r)
			b.add(base, "match", r)
		}
	}
	if err := room.total(ctx, k, q, b, page, len(matches)); err != nil {
		return nil, err
	}
	if err := room.include(ctx, b, base, matches, q.includes); err != nil {
		return nil, err
	}
	if err := room.includeLeading(ctx, b, base, matches, q.reverse); err != nil {
		return nil, err
	}
	for _, r := range matches {
		only(r, q.elements)
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

// total tells how many match in all, where it is known or asked for.
func (room *Room) total(ctx context.Context, k *kind, q *query, b *Bundle, page found, matching int) error {
	switch {
	case q.counts == "none":
	case q.cursor == "" && page.next == "":
		b.Total = &matching
	case (len(q.filters) == 0 || len(q.sort) > 0) && page.total != unknown:
		b.Total = &page.total
	case q.counts == accurate:
		n, err := room.count(ctx, k, q)
		b.Total = &n
		return err
	}
	return nil
}

// page is a page of the room, or of the things that were asked for by their ids. What may
// not be read is no match, and the answer says why not.
func (room *Room) page(ctx context.Context, k *kind, q *query, b *Bundle) (found, error) {
	if len(q.ids) == 0 {
		return k.search(ctx, q)
	}
	var all []Resource
	for _, id := range q.ids {
		r, err := k.read(ctx, id)
		if err != nil && saysNo(err) {
			b.leftOut(ctx, err)
			continue
		}
		if err != nil {
			return found{}, err
		}
		if of := q.patient(); of == "" || ownerOf(r) == "Patient/"+of {
			all = append(all, r)
		}
	}
	return paged(all, q.cursor, q.limit)
}

// saysNo reports an answer that is the same for what is absent and what is a stranger's.
func saysNo(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.Refused || kind == fault.NotFound
}

// count counts what matches.
func (room *Room) count(ctx context.Context, k *kind, q *query) (int, error) {
	if len(q.filters) == 0 && len(q.ids) == 0 {
		first := *q
		first.limit, first.cursor = web.Bounded(mostCounted), ""
		if page, err := k.search(ctx, &first); err != nil || page.total != unknown {
			return page.total, err
		}
	}
	n := 0
	err := room.each(ctx, k, q, bundle("searchset"), func(Resource) { n++ })
	return n, err
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
