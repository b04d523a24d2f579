package source

import (
	"context"
	"net/http"
	"slices"

	"github.com/medward/medward/internal/base/db"
)

// calls reports whether a program may call from where a browser says that its page is.
// Calls that name no page are those of its servers.
func (w Web) calls(req *http.Request) bool {
	origin := req.Header.Get("Origin")
	return origin == "" || slices.Contains(w.Origins, origin)
}

// Welcomes reports whether a program that is live runs at an origin: its pages may call
// the addresses for programs, by a token and never by the cookie of a person.
func (room *Room) Welcomes(ctx context.Context, origin string) bool {
	if origin == "" || !fitsOrigin(origin) {
		return false
	}
	welcome := false
	err := room.desk.Look(ctx, func(r db.Reader) error {
		all, err := websOf(ctx, r, room.org)
		if err != nil {
			return err
		}
		welcome = false
		for _, one := range all {
			if !slices.Contains(one.Origins, origin) {
				continue
			}
			s, err := sources.Get(ctx, r, one.Org, one.Source)
			if err != nil {
				return err
			}
			welcome = welcome || s.Live(room.desk.Now())
		}
		return nil
	})
	return err == nil && welcome
}
