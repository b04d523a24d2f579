package decide

import (
	"context"
	"fmt"
	"strings"

	"github.com/medward/medward/internal/base/db"
)

var (
	uses     = db.Define[Use]("decide_use")
	launches = db.Define[Launch]("decide_launch")
)

// usesOf are the uses of a source that were handed in before under the same ids, by
// those.
func usesOf(ctx context.Context, r db.Reader, org, source string, all []Done) (map[string]Use, error) {
	args, places := []any{org, source}, make([]string, len(all))
	for i, d := range all {
		args = append(args, d.Event)
		places[i] = fmt.Sprintf("$%d", i+3)
	}
	found, err := uses.Select(ctx, r, "WHERE org = $1 AND source = $2 AND event IN ("+strings.Join(places, ", ")+")", args...)
	by := make(map[string]Use, len(found))
	for _, u := range found {
		by[u.Event] = u
	}
	return by, err
}

func usesBefore(ctx context.Context, r db.Reader, org, state, before string, n int) ([]Use, error) {
	return uses.Select(ctx, r, "WHERE org = $1 AND state = $2 AND id < $3 ORDER BY id DESC LIMIT $4", org, state, before, int64(n)+1)
}

// anyWaiting reports whether something of a request still waits.
func anyWaiting(ctx context.Context, r db.Reader, org, batch string) (bool, error) {
	found, err := uses.Select(ctx, r, "WHERE org = $1 AND batch = $2 AND state = $3 LIMIT 1", org, batch, Waiting)
	return len(found) > 0, err
}
