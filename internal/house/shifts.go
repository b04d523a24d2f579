package house

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
)

// shifts tells room patient who is on shift where, as room duty knows it.
func shifts(of *duty.Room) patient.Shifts {
	return func(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]patient.Shift, error) {
		turns, err := of.ShiftsOf(ctx, r, org, person, at)
		mine := make([]patient.Shift, len(turns))
		for i, t := range turns {
			mine[i] = patient.Shift{ID: t.ID, Department: t.Dept, Since: t.Since, Until: t.Until}
		}
		return mine, err
	}
}
