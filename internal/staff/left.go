package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// LeftAt returns when somebody who is away for good at a moment has left, or the zero
// time for somebody who is there.
func LeftAt(ctx context.Context, r db.Reader, org, person string, at time.Time) (time.Time, error) {
	all, err := departuresOf(ctx, r, org, person)
	var left time.Time
	for _, d := range all {
		if d.Gone(at) {
			left = d.At
		}
	}
	return left, err
}
