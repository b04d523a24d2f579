package db

import "context"

// Several asks a question whose answer is read row by row. It is for what no description
// of one table answers.
func Several[T any](ctx context.Context, r Reader, scan func(row Rows, into *T) error, question string, args ...any) ([]T, error) {
	rows, err := r.Query(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var one T
		if err := scan(rows, &one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
