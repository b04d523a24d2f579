package record

import (
	"context"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// Excerpt is what one section of a document says.
type Excerpt struct {
	Document string
	Version  int
	Digest   []byte // SM3 of the whole version
	Section
}

// maxOrdersOf bounds the orders of one encounter that another room reads.
const maxOrdersOf = 500

// ExcerptsIn reads named sections out of the archived documents of an encounter, the
// newest first, up to a level of sensitivity; a document under seal, under
// correction or in quarantine is left out. It is a
// part of another room's act, which was permitted for the patient and names him in its
// account.
func (room *Room) ExcerptsIn(ctx context.Context, r db.Reader, org, patientID, encounter string, level int, keys []string) ([]Excerpt, error) {
	held, err := documents.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND encounter = $3 AND state = $4 AND seal = $5 AND sensitivity <= $6 ORDER BY at DESC, id DESC LIMIT $7",
		org, patientID, encounter, string(Archived), "", int64(level), int64(atOnce))
	if err != nil || len(held) == 0 {
		return nil, err
	}
	subject, err := room.patients.Subject(ctx, r, org, patientID)
	if err != nil {
		return nil, errUnreadable.Because(err)
	}
	stays, err := heldAmong(ctx, r, org, patientID)
	if err != nil {
		return nil, err
	}
	var all []Excerpt
	for _, d := range held {
		if stays(d.ID) {
			continue
		}
		v, err := versions.Get(ctx, r, org, d.ID, d.Version)
		if err != nil {
			return nil, absent(err)
		}
		content, err := open(subject, v)
		if err != nil {
			return nil, err
		}
		for _, s := range content.Sections {
			if slices.Contains(keys, s.Key) {
				all = append(all, Excerpt{Document: d.ID, Version: d.Version, Digest: v.Digest, Section: s})
			}
		}
	}
	return all, nil
}

// OrderedIn reads what was ordered in an encounter, the oldest first, up to a level of
// sensitivity, in the same way; at most the first 500.
func (room *Room) OrderedIn(ctx context.Context, r db.Reader, org, patientID, encounter string, level int) ([]Ordered, error) {
	rows, err := orders.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND encounter = $3 AND sensitivity <= $4 ORDER BY at, id LIMIT $5",
		org, patientID, encounter, int64(level), int64(maxOrdersOf))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	subject, err := room.patients.Subject(ctx, r, org, patientID)
	if err != nil {
		return nil, errUnreadable.Because(err)
	}
	all := make([]Ordered, len(rows))
	for i, o := range rows {
		all[i].Order = o
		if err := openJSON(subject, vault.Place{Kind: "Order", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "instruction"}, o.Sealed, &all[i].Instruction); err != nil {
			return nil, err
		}
	}
	return all, nil
}
