package patient

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// mostAskedDuring bounds the requisitions of one encounter that another room reads.
const mostAskedDuring = 1000

// AskedDuring reads what was asked for during an encounter, the earliest first. It is a
// part of another room's act and discloses nothing.
func (room *Room) AskedDuring(ctx context.Context, r db.Reader, org, patientID, encounter string) ([]Requisition, error) {
	return requisitions.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND encounter = $3 ORDER BY since, id LIMIT $4", org, patientID, encounter, int64(mostAskedDuring))
}

// EncounterAsked is the encounter of a requisition; nothing of one that is not there.
func (room *Room) EncounterAsked(ctx context.Context, r db.Reader, org, requisition string) (string, error) {
	found, err := requisitions.Select(ctx, r, "WHERE org = $1 AND id = $2", org, requisition)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].Encounter, nil
}
