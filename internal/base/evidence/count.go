package evidence

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// Look reads for a check.
type Look func(ctx context.Context, fn func(r db.Reader) error) error

// Query is a question whose answer is one whole number. Args is asked at the
// moment of the check, because many a question is about that moment.
type Query struct {
	SQL  string
	Args func() []any
}

// None makes a check that is met when bad counts to nothing. all is what it is
// out of; subject names that in the figure.
func None(look Look, bad, all Query, subject fault.Text) func(context.Context) (Finding, error) {
	return func(ctx context.Context) (Finding, error) {
		var n, of int64
		err := look(ctx, func(r db.Reader) (err error) {
			if n, err = bad.ask(ctx, r); err != nil {
				return err
			}
			of, err = all.ask(ctx, r)
			return err
		})
		if err != nil {
			return Finding{}, err
		}
		f := Finding{Verdict: Met, Figure: fmt.Sprintf("%d / %d", n, of), Detail: fault.Text{
			ZH: fmt.Sprintf("%d 个%s中有 %d 个不符合", of, subject.ZH, n), EN: fmt.Sprintf("%d of %d %s do not comply", n, of, subject.EN),
		}}
		if n > 0 {
			f.Verdict = NotMet
		}
		return f, nil
	}
}

func (q Query) ask(ctx context.Context, r db.Reader) (int64, error) {
	var args []any
	if q.Args != nil {
		args = q.Args()
	}
	rows, err := r.Query(ctx, q.SQL, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	if rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}
