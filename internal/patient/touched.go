package patient

import (
	"context"

	"github.com/medward/medward/internal/act"
)

// Touched is told within an act that somebody is known otherwise than before: what he is
// allergic to may be against what he is given.
type Touched func(ctx context.Context, w *act.Work, org, patientID string) error

// Touches lets a room weigh what has changed. It is called while the house is put together.
func (room *Room) Touches(tell Touched) { room.touches = tell }

func (room *Room) touched(ctx context.Context, w *act.Work, org, patientID string) error {
	if room.touches == nil {
		return nil
	}
	return room.touches(ctx, w, org, patientID)
}
