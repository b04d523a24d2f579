package record

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Written is a document of an encounter with its three times, without what it says.
type Written struct {
	ID, Kind   string
	Department string
	Author     string // person; empty where its source names none
	Source     string
	Signed     bool
	Archived   bool
	Told       time.Time // when what it tells took place, or as its source dates it
	Entered    time.Time // when it was written: here, or as its source says
	Received   time.Time // when the house had it
	Timeless   bool      // its source gave no time
}

// mostDuring bounds the documents of one encounter that another room reads.
const mostDuring = 1000

// WrittenDuring reads which documents of an encounter there are, the earliest entered
// first. It is a part of another room's act and discloses no content.
func (room *Room) WrittenDuring(ctx context.Context, r db.Reader, org, patientID, encounter string) ([]Written, error) {
	held, err := documents.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND encounter = $3 ORDER BY created_at, id LIMIT $4", org, patientID, encounter, int64(mostDuring))
	all := make([]Written, len(held))
	for i, d := range held {
		all[i] = Written{
			ID: d.ID, Kind: d.Kind, Department: d.Department, Author: d.Author, Source: d.Source, Signed: d.State != Filed, Archived: d.State == Archived,
			Told: d.At, Entered: d.CreatedAt, Received: d.CreatedAt,
		}
		if d.Source == "" {
			continue
		}
		if all[i].Timeless = d.At.Equal(d.CreatedAt); !all[i].Timeless {
			all[i].Entered = d.At
		}
	}
	return all, err
}

// EncounterWith is the patient and the encounter of a document; nothing of one that is not
// there.
func (room *Room) EncounterWith(ctx context.Context, r db.Reader, org, document string) (patientID, encounter string, err error) {
	found, err := documents.Select(ctx, r, "WHERE org = $1 AND id = $2", org, document)
	if err != nil || len(found) == 0 {
		return "", "", err
	}
	return found[0].Patient, found[0].Encounter, nil
}

// Complete refuses, or not, that something of an encounter is archived: it is told of the
// encounter of a document, and answers with what is missing.
type Complete func(ctx context.Context, r db.Reader, org, patientID, encounter string) error

// Completes adds who knows what an encounter must hold before it is archived. It is called
// while the house is put together.
func (room *Room) Completes(by Complete) { room.complete = by }
