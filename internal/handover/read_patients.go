package handover

import "context"

func readPatients(ctx context.Context, src source, after []any, limit int) ([]row, error) {
	rows, err := src.Query(ctx, "SELECT id, rev, level, source FROM patient_patient WHERE org = $1 AND id > $2 ORDER BY id LIMIT $3", src.org, after[0], int64(limit))
	if err != nil {
		return nil, err
	}
	type head struct {
		id, source string
		rev, level int64
	}
	var heads []head
	for rows.Next() {
		var h head
		if err := rows.Scan(&h.id, &h.rev, &h.level, &h.source); err != nil {
			rows.Close()
			return nil, err
		}
		heads = append(heads, h)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var all []row
	for _, h := range heads {
		about, err := src.demographics(ctx, src, src.org, h.id)
		if err != nil {
			return nil, err
		}
		made, err := shapes["patient"].make([]any{h.id, h.rev, h.level, h.source, about})
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}
