package duty

import (
	"context"
	"encoding/json"

	"github.com/medward/medward/internal/base/db"
)

// Text sends a text to a telephone by the organisation's gateway for messages, at once:
// codes are of no use later. It says nothing of what anybody suffers from; that is for
// the room that writes it.
func (room *Room) Text(ctx context.Context, phone, text string) error {
	var l letter
	err := room.look(ctx, func(r db.Reader) error {
		open, err := channels.Select(ctx, r, "WHERE org = $1 AND kind = $2 AND stopped IS NULL ORDER BY id LIMIT 1", room.org, string(SMS))
		if err != nil {
			return err
		}
		if len(open) == 0 {
			return errNoGateway.With()
		}
		l.channel = open[0]
		hidden, err := room.openWords(ctx, r, room.org, "", secretPlace(l.channel.ID), l.channel.Secret)
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(hidden), &l.hidden)
	})
	if err != nil {
		return err
	}
	return room.post(ctx, l.channel.destination(l.hidden.Query), l.bearer(), []byte(fill(l.channel.Template, phone, text)))
}
