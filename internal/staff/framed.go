package staff

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// FrameOf refuses an appointment that passes the outermost of what may be held in its
// department, at the moment at which it begins.
type FrameOf func(ctx context.Context, r db.Reader, org string, n NewAppointment) error

func noFrame(context.Context, db.Reader, string, NewAppointment) error { return nil }

// Frames gives the room the frames of the departments, which are kept above it. It is
// called while the house is put together; without it nothing is framed.
func (r *Room) Frames(f FrameOf) { r.frame = f }
