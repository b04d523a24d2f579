package duty

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// ShiftsOf returns the shifts of a person that last at a moment. One that he gave
// himself gives him nothing and is left out.
func (room *Room) ShiftsOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Turn, error) {
	mine, err := liveTurns(ctx, r, org, at, "kind = $5 AND person = $6", string(Shift), person)
	return slices.DeleteFunc(mine, func(t Turn) bool { return t.By == t.Person }), err
}
