package record

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// Plain is the row of a document, without what it says. It is a part of another room's
// act, which asks whether it may, and discloses nothing.
func (room *Room) Plain(ctx context.Context, r db.Reader, org, document string) (Document, error) {
	return getDocument(ctx, r, org, document)
}

// HoldsOn are the holds that lie on a document now, in the same way.
func (room *Room) HoldsOn(ctx context.Context, r db.Reader, org, document string) ([]Hold, error) {
	return lyingOn(ctx, r, org, document)
}

// DraftedBy is who has a draft of a document that was saved after a moment, but for one
// person; nobody when empty.
func (room *Room) DraftedBy(ctx context.Context, r db.Reader, org, document, but string, after time.Time) (string, error) {
	found, err := drafts.Select(ctx, r, "WHERE org = $1 AND document = $2 AND person <> $3 AND saved_at > $4 ORDER BY saved_at DESC LIMIT 1", org, document, but, after.UnixMicro())
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].Person, nil
}

// Statement is a version and whose signatures it bears, for another room's act.
type Statement struct {
	Version
	Signatures []Signature
}

// StatementsOf are the versions of a document, the first one first, without what they say.
func (room *Room) StatementsOf(ctx context.Context, r db.Reader, org, document string) ([]Statement, error) {
	found, err := versions.Select(ctx, r, "WHERE org = $1 AND document = $2 ORDER BY number", org, document)
	if err != nil {
		return nil, err
	}
	signed, err := signaturesOf(ctx, r, org, document)
	all := make([]Statement, len(found))
	for i, v := range found {
		all[i].Version = v
		for _, s := range signed {
			if s.Number == v.Number {
				all[i].Signatures = append(all[i].Signatures, s)
			}
		}
	}
	return all, err
}

// Compared is whether a version still says what was digested when it was written.
type Compared struct {
	Document string
	Number   int
	Same     bool
}

// CompareAfter opens the next versions of an organisation in the order of document and
// number, and holds each against its digest. What was destroyed with its key is the same:
// there is nothing left that could differ.
func (room *Room) CompareAfter(ctx context.Context, r db.Reader, org, document string, number, limit int) ([]Compared, error) {
	found, err := versions.Select(ctx, r, "WHERE org = $1 AND (document, number) > ($2, $3) ORDER BY document, number LIMIT $4", org, document, int64(number), int64(limit))
	all := make([]Compared, 0, len(found))
	for _, v := range found {
		d, err := getDocument(ctx, r, org, v.Document)
		if err != nil {
			return nil, err
		}
		subject, err := room.patients.Subject(ctx, r, org, d.Patient)
		if err != nil && !errors.Is(err, vault.KeyDestroyed) {
			return nil, err
		}
		c := Compared{v.Document, v.Number, true}
		if err == nil {
			_, err := open(subject, v)
			c.Same = err == nil
		}
		all = append(all, c)
	}
	return all, err
}
