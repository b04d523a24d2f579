package record

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

var (
	documents  = db.Define[Document]("record_document")
	versions   = db.Define[Version]("record_version", db.AsFinal)
	signatures = db.Define[Signature]("record_signature", db.AsFinal)
	drafts     = db.Define[draft]("record_draft", db.AsUpkeep)
)

func getDocument(ctx context.Context, r db.Reader, org, id string) (Document, error) {
	d, err := documents.Get(ctx, r, org, id)
	return d, absent(err)
}

// absent answers a missing row as the door answers what may not be known.
func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

func versionsOf(ctx context.Context, r db.Reader, org, document string) ([]Version, error) {
	return versions.Select(ctx, r, "WHERE org = $1 AND document = $2 ORDER BY number DESC", org, document)
}

func signaturesOf(ctx context.Context, r db.Reader, org, document string) ([]Signature, error) {
	return signatures.Select(ctx, r, "WHERE org = $1 AND document = $2 ORDER BY number, at, person", org, document)
}

// documentsOf reads a patient's documents, newest first, after a place.
func documentsOf(ctx context.Context, r db.Reader, org, patient string, after listPlace, limit int) ([]Document, error) {
	return documents.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND (at, id) < ($3, $4) ORDER BY at DESC, id DESC LIMIT $5",
		org, patient, after.At, after.ID, limit)
}

// listPlace is where a page of a list that runs back in time ended.
type listPlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

// atOnce is how many rows a list reads in one step, of which some may be hidden.
const atOnce = 250

var fromNewest = listPlace{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()}
