package inspection

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Listed is a page of draws with the people who made them.
type Listed struct {
	web.Page[Draw]
	Names map[string]staff.Name
}

// List discloses the draws, the newest first: those that were prepared and given up
// stand among them.
func (room *Room) List(ctx context.Context, cursor string, limit int) (l Listed, err error) {
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return l, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "inspection.view", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "Inspection", Org: org}); err != nil {
			return err
		}
		found, err := drawsAfter(ctx, r, org, after, limit+1)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(found, limit, func(d Draw) place { return place{d.Prepared.UnixMicro(), d.ID} }); err != nil {
			return err
		}
		people := make([]string, len(l.Items))
		for i, d := range l.Items {
			people[i] = d.By
		}
		l.Names, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	return l, err
}

// View discloses one draw.
func (room *Room) View(ctx context.Context, draw string) (Draw, error) {
	var d Draw
	err := room.desk.Disclose(ctx, "inspection.view", func(ctx context.Context, r *act.Reading) (err error) {
		if err := r.Permit(ctx, policy.Object{Kind: "Inspection", ID: draw, Org: r.Actor().Org}); err != nil {
			return err
		}
		d, err = draws.Get(ctx, r, r.Actor().Org, draw)
		return absent(err)
	})
	return d, err
}

// Frame discloses the list from which a draw was made, so that anybody can reckon it
// again: ids in order, none for what was named.
func (room *Room) Frame(ctx context.Context, draw string) (ids []string, err error) {
	err = room.desk.Disclose(ctx, "inspection.view", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, policy.Object{Kind: "Inspection", ID: draw, Org: r.Actor().Org}); err != nil {
			return err
		}
		kept, err := frames.Get(ctx, r, r.Actor().Org, draw)
		if err != nil {
			return absent(err)
		}
		ids, err = unpacked(kept.List)
		return err
	})
	return ids, err
}

// peek reads a draw for what must be known before the answer begins.
func (room *Room) peek(ctx context.Context, draw string) (Draw, error) {
	var d Draw
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		d, err = draws.Get(ctx, r, act.From(ctx).Org, draw)
		return absent(err)
	})
	return d, err
}
