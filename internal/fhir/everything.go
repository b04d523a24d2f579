package fhir

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/medward/medward/internal/base/web"
)

// place is where a page of everything about a patient ended: in which part, and there.
type place struct {
	Part   int    `json:"part"`
	Cursor string `json:"cursor,omitempty"`
}

// parts are what there is about a patient beside himself and his encounters, in the order
// in which it is told. Each is an act of its own, and may be refused to somebody to whom
// the others are open.
func (room *Room) parts() []*kind {
	var parts []*kind
	for _, k := range room.kinds {
		if k.ofPatient && k.name != "Patient" && k.name != "Encounter" {
			parts = append(parts, k)
		}
	}
	return parts
}

func (room *Room) getEverything(w http.ResponseWriter, r *http.Request) error {
	q, err := (&kind{name: "$everything"}).parse(r)
	if err != nil {
		return err
	}
	b, err := room.everything(r.Context(), r.PathValue("id"), q, room.baseOf(r))
	if err != nil {
		return err
	}
	return answer(w, r, http.StatusOK, b)
}

// everything is a page of all that the reader may see of a patient.
func (room *Room) everything(ctx context.Context, id string, q *query, base string) (*Bundle, error) {
	at := place{Part: -1}
	if _, err := web.DecodeCursor(q.cursor, &at); err != nil {
		return nil, err
	}
	b, parts := bundle("searchset"), room.parts()
	next := place{Part: at.Part + 1}
	if at.Part < 0 || at.Part >= len(parts) {
		v, err := room.Patients.View(ctx, id)
		if err != nil {
			return nil, err
		}
		b.add(base, "match", patientOf(v))
		if room.InScope(ctx, "Encounter", toSearch) == nil {
			for _, e := range encountersOf(v) {
				b.add(base, "match", e)
			}
		}
		next.Part = 0
	} else {
		page, err := room.part(ctx, parts[at.Part], id, at.Cursor, q.limit)
		switch {
		case err != nil && saysNo(err):
			b.add(base, "outcome", warned(web.AsProblem(ctx, err), web.Language(ctx)))
		case err != nil:
			return nil, err
		}
		for _, r := range page.items {
			b.add(base, "match", r)
		}
		if page.next != "" {
			next = place{Part: at.Part, Cursor: page.next}
		}
	}
	cursor := ""
	if next.Part < len(parts) {
		var err error
		if cursor, err = web.EncodeCursor(next); err != nil {
			return nil, err
		}
	}
	b.link(base, strings.Join([]string{"Patient", url.PathEscape(id), "$everything"}, "/"), q, cursor)
	return b, nil
}

// part is a page of one kind of resource about a patient.
func (room *Room) part(ctx context.Context, k *kind, patient, cursor string, limit int) (found, error) {
	if err := room.InScope(ctx, k.name, toSearch); err != nil {
		return found{}, err
	}
	return k.search(ctx, &query{asked: map[string]string{"patient": patient}, cursor: cursor, limit: limit})
}
