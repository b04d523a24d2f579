package access

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	freezes  = db.Define[Freeze]("access_freeze")
	breaches = db.Define[BreachFlag]("access_breach", db.AsFinal)
)

// breachOf reads what somebody was frozen for by hand; nil when the house froze by
// itself.
func breachOf(ctx context.Context, r db.Reader, org, freeze string) (*BreachFlag, error) {
	b, err := breaches.Get(ctx, r, org, freeze)
	if errors.Is(err, db.ErrNone) {
		return nil, nil
	}
	return &b, err
}

// openBreaches are the breaches of a person that wait for a verdict.
func openBreaches(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]BreachFlag, error) {
	return breaches.Select(ctx, r, `WHERE org = $1 AND person = $2 AND EXISTS (
		SELECT 1 FROM access_freeze f WHERE f.org = access_breach.org AND f.id = access_breach.freeze_id AND f.settled IS NULL AND f.until > $3)`, org, person, at.UnixMicro())
}

// frozenAt reads the live freezes of a person. Those that were lifted are read too, so
// that one lifted behind the house is found out.
func frozenAt(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Freeze, error) {
	all, err := freezes.Select(ctx, r, "WHERE org = $1 AND person = $2 AND until > $3 ORDER BY until DESC, id", org, person, at.UnixMicro())
	return slices.DeleteFunc(all, func(f Freeze) bool { return !f.live(at) }), err
}

func lastFreezes(ctx context.Context, r db.Reader, org, person string) ([]Freeze, error) {
	return freezes.Select(ctx, r, "WHERE org = $1 AND person = $2 ORDER BY until DESC, id DESC LIMIT 1", org, person)
}

func freezesPage(ctx context.Context, r db.Reader, org string, after listPlace, n int) ([]Freeze, error) {
	return freezes.Select(ctx, r, "WHERE org = $1 AND (since, id) < ($2, $3) ORDER BY since DESC, id DESC LIMIT $4", org, after.Since, after.ID, int64(n))
}

// explained are the patients to whom somebody stated a reason, or broke the glass, since
// a moment.
func explained(ctx context.Context, r db.Reader, org, person string, since time.Time) (map[string]bool, error) {
	given, err := reasons.Select(ctx, r, "WHERE org = $1 AND person = $2 AND since >= $3", org, person, since.UnixMicro())
	patients := make(map[string]bool, len(given))
	for _, reason := range given {
		patients[reason.Patient] = true
	}
	return patients, err
}
