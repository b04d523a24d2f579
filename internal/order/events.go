package order

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
)

const (
	// check is how often a stream asks whether its session still counts.
	check = 5 * time.Second
	// alive is how often a line keeps the connection.
	alive = 30 * time.Second
	// longestStream bounds a stream; the browser then comes back with its session.
	longestStream = time.Hour
)

// Changed says that a page shows what is no more so; it never says what.
type Changed struct {
	At time.Time `json:"at"`
}

// Events streams that something about the orders of a patient has changed, or about stock
// and conflicts where none is named, to whoever may see it, until the session ends.
func (room *Room) Events(ctx context.Context, patientID string, once bool) (*web.Stream, error) {
	err := room.desk.Disclose(ctx, "order.list", func(ctx context.Context, r *act.Reading) error {
		if patientID == "" {
			return r.Permit(ctx, houseObject(r.Actor().Org))
		}
		known, err := room.patients.Find(ctx, r, r.Actor().Org, patientID)
		if err != nil {
			return err
		}
		return r.Permit(ctx, known.Object)
	})
	if err != nil {
		return nil, err
	}
	if once {
		return web.Events(func(_ context.Context, send func(string, any) error) { _ = send("changed", Changed{room.desk.Now()}) }), nil
	}
	heard, leave, ok := room.pulse.listen(act.From(ctx).ID, patientID)
	if !ok {
		return nil, errStreams.With()
	}
	return web.Events(func(_ context.Context, send func(string, any) error) {
		defer leave()
		room.stream(ctx, heard, send)
	}), nil
}

func (room *Room) stream(ctx context.Context, heard <-chan struct{}, send func(string, any) error) {
	ctx, cancel := context.WithTimeout(ctx, longestStream)
	defer cancel()
	checking, keeping := time.NewTicker(check), time.NewTicker(alive)
	defer checking.Stop()
	defer keeping.Stop()
	err := send("", nil)
	for err == nil {
		select {
		case <-ctx.Done():
			return
		case <-checking.C:
			if room.live != nil && !room.live(ctx) {
				return
			}
		case <-keeping.C:
			err = send("", nil)
		case <-heard:
			if room.live != nil && !room.live(ctx) {
				return
			}
			err = send("changed", Changed{room.desk.Now()})
		}
	}
}
