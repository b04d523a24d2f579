package ledger

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Tally is how often a verb was asked for.
type Tally struct {
	Verb    string
	Done    int64
	Refused int64
	Patient bool // some entry was about a patient
}

// Tallies counts the entries of an organisation by their verbs, from a moment on; of one
// actor, or of everybody when actor is empty. What other systems reported is not counted.
func (l *Ledger) Tallies(ctx context.Context, r db.Reader, org, actor string, from time.Time) ([]Tally, error) {
	const question = `SELECT verb, SUM(CASE WHEN outcome = $1 THEN n ELSE 0 END), SUM(CASE WHEN outcome = $2 THEN n ELSE 0 END), MAX(patient)
		FROM ledger_line WHERE org = $3 AND at >= $4 AND outcome <> $5`
	text, args := question, []any{Done, Refused, org, from.UnixMicro(), Reported}
	if actor != "" {
		text, args = text+" AND actor = $6", append(args, actor)
	}
	rows, err := r.Query(ctx, text+" GROUP BY verb ORDER BY verb", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Tally
	for rows.Next() {
		var t Tally
		var patient string
		if err := rows.Scan(&t.Verb, &t.Done, &t.Refused, &patient); err != nil {
			return nil, err
		}
		t.Patient = patient != ""
		all = append(all, t)
	}
	return all, rows.Err()
}

// RecentTallies is [Ledger.Tallies] on a snapshot of its own.
func (l *Ledger) RecentTallies(ctx context.Context, org string, from time.Time) ([]Tally, error) {
	var all []Tally
	err := l.store.Read(ctx, func(r db.Reader) (err error) {
		all, err = l.Tallies(ctx, r, org, "", from)
		return err
	})
	return all, err
}
