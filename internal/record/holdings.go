package record

import (
	"context"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/sm"
)

// Holdings is what the house holds of a patient, without telling what it says.
type Holdings struct {
	Documents int
	Digest    []byte // SM3 over the digests of all versions, by document and number
}

// HoldingsOf counts and digests the documents of a patient. It is a part of another
// room's act, which lists what is to be destroyed.
func HoldingsOf(ctx context.Context, r db.Reader, org, patient string) (h Holdings, err error) {
	rows, err := r.Query(ctx, `SELECT d.id, v.digest FROM record_document d JOIN record_version v ON v.org = d.org AND v.document = d.id
		WHERE d.org = $1 AND d.patient = $2 ORDER BY d.id, v.number`, org, patient)
	if err != nil {
		return h, err
	}
	defer rows.Close()
	var digests []byte
	last := ""
	for rows.Next() {
		var document string
		var digest []byte
		if err := rows.Scan(&document, &digest); err != nil {
			return h, err
		}
		if document != last {
			h.Documents++
			last = document
		}
		digests = append(digests, digest...)
	}
	sum := sm.Sum(digests)
	h.Digest = sum[:]
	return h, rows.Err()
}

// AnySealed reports whether a document of a patient is under seal.
func AnySealed(ctx context.Context, r db.Reader, org, patient string) (bool, error) {
	found, err := documents.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND seal <> '' ORDER BY id LIMIT 1", org, patient)
	return len(found) > 0, err
}
