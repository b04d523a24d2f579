package access

import (
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// EndingSeen is an order to end a right with the people it names, and the processes that
// were heard of lately.
type EndingSeen struct {
	EndingOf
	Alive []string
	Again Retry // zero where the first trial held
	Names map[string]staff.Name
}

// Endings discloses the orders to end a right: those that concern whoever asks, and all
// of them to the offices; in one state, or in any; the newest first.
func (room *Room) Endings(ctx context.Context, state, cursor string, limit int) (web.Page[EndingSeen], error) {
	return walked(ctx, room, cursor, limit, func(ctx context.Context, r *act.Reading, after listPlace) ([]EndingOf, error) {
		return endingsPage(ctx, r, r.Actor().Org, room.ofWhom(r), after, atOnce)
	}, func(ctx context.Context, r *act.Reading, e EndingOf) (EndingSeen, bool, error) {
		if state != "" && e.State != state || !room.maySee(r, e.object(), nil) {
			return EndingSeen{}, false, nil
		}
		r.Concerns(policy.Object{Kind: "Grant", ID: e.ID, Patient: e.Patient})
		people := slices.DeleteFunc([]string{e.Person, e.By}, func(id string) bool { return id == "" })
		names, err := staff.Names(ctx, r, e.Org, people, r.Now())
		if err != nil {
			return EndingSeen{}, false, err
		}
		seen := EndingSeen{EndingOf: e, Names: names}
		if seen.Again, err = retries.Get(ctx, r, e.Org, e.ID); err != nil && !errors.Is(err, db.ErrNone) {
			return EndingSeen{}, false, err
		}
		if e.State != Ending {
			return seen, true, nil
		}
		seen.Alive, err = processesAlive(ctx, r, e.Org, r.Now())
		return seen, true, err
	}, func(e EndingOf) listPlace { return listPlace{e.Asked.UnixMicro(), e.ID} })
}
