package exchange

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

var (
	keyRows  = db.Define[Keys]("exchange_key", db.AsFinal)
	partners = db.Define[Partner]("exchange_partner")
	packages = db.Define[Package]("exchange_package")
	tries    = db.Define[Try]("exchange_try", db.AsFinal)
	arrivals = db.Define[Arrival]("exchange_arrival", db.AsFinal)
)

func first[T any](rows []T, err error) (T, bool, error) {
	var none T
	if err != nil || len(rows) == 0 {
		return none, false, err
	}
	return rows[0], true, nil
}

func lastSent(ctx context.Context, r db.Reader, org, partner string) (int, error) {
	p, _, err := first(packages.Select(ctx, r, "WHERE org = $1 AND partner = $2 ORDER BY sequence DESC LIMIT 1", org, partner))
	return p.Sequence, err
}

// settledArrival is the last that was settled of what a partner sent: received, or
// declined for what it holds.
func settledArrival(ctx context.Context, r db.Reader, org, partner string) (Arrival, error) {
	a, _, err := first(arrivals.Select(ctx, r, "WHERE org = $1 AND partner = $2 AND outcome IN ($3, $4, $5) ORDER BY sequence DESC LIMIT 1", org, partner, Received, Incomplete, Unsafe))
	return a, err
}

func settledNumber(ctx context.Context, r db.Reader, org, partner string, sequence int) (Arrival, bool, error) {
	return first(arrivals.Select(ctx, r, "WHERE org = $1 AND partner = $2 AND sequence = $3 AND outcome IN ($4, $5, $6) LIMIT 1", org, partner, int64(sequence), Received, Incomplete, Unsafe))
}

func ofSource(ctx context.Context, r db.Reader, org, source string) ([]Partner, error) {
	return partners.Select(ctx, r, "WHERE org = $1 AND source = $2 ORDER BY made DESC, id DESC", org, source)
}
