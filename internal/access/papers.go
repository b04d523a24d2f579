package access

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// storedPapers lists the documents of a patient with the digests of their newest
// versions. It is how the list of a dispute seal is made where nothing else is set.
func storedPapers(ctx context.Context, r db.Reader, org, patient string) ([]Paper, error) {
	rows, err := r.Query(ctx, `SELECT d.id, d.version, v.digest, d.state FROM record_document d
		JOIN record_version v ON v.org = d.org AND v.document = d.id AND v.number = d.version
		WHERE d.org = $1 AND d.patient = $2 ORDER BY d.id`, org, patient)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Paper
	for rows.Next() {
		var p Paper
		var version int64
		var state string
		if err := rows.Scan(&p.ID, &version, &p.Digest, &state); err != nil {
			return nil, err
		}
		p.Version, p.Finished = int(version), state != "filed"
		all = append(all, p)
	}
	return all, rows.Err()
}

// sealStaged seals the staged documents of dispute seals that were finished since.
func (room *Room) sealStaged(ctx context.Context) error {
	var waiting []SealedDocument
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		waiting, err = sealed.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY seal, document LIMIT 500", room.org, Staged)
		return err
	})
	if err != nil {
		return err
	}
	bySeal := map[string][]string{}
	for _, d := range waiting {
		bySeal[d.Seal] = append(bySeal[d.Seal], d.Document)
	}
	for seal, papers := range bySeal {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error {
			s, err := seals.Get(ctx, w, room.org, seal)
			if err != nil || !s.Lifted.IsZero() {
				return err
			}
			return room.listPapers(ctx, w, s, papers)
		}))
	}
	return err
}
