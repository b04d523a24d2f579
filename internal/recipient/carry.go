package recipient

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
)

// Find reads a recipient for an act of another room, and discloses nothing.
func (room *Room) Find(ctx context.Context, r db.Reader, org, recipient string) (Recipient, error) {
	x, err := recipients.Get(ctx, r, org, recipient)
	return x, absent(err)
}

// SendingOf reads a sending for an act of another room, and discloses nothing.
func (room *Room) SendingOf(ctx context.Context, r db.Reader, org, sending string) (Sending, error) {
	s, err := sendings.Get(ctx, r, org, sending)
	return s, absent(err)
}

// Carry posts to a recipient what was kept as a sending of a shape, and returns the
// beginning of the answer. It asks the register again, at the moment of leaving.
func (room *Room) Carry(ctx context.Context, x Recipient, shape string, header http.Header, body []byte) ([]byte, error) {
	if refusal := x.refuses(shape, room.desk.Now()); refusal != nil {
		return nil, refusal
	}
	to := dial.Destination{Address: x.Said.Address, Internal: x.Said.Internal}
	return dial.New(x.Said.roots()).Guarded(room.Admits(shape)).Post(ctx, to, header, body)
}
