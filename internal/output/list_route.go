package output

import (
	"context"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Forwards discloses what colleagues pointed out to whoever asks, the newest first.
func (room *Room) Forwards(ctx context.Context, cursor string, limit int) (Seen[Forward], error) {
	me := act.From(ctx).ID
	return walk(ctx, room, cursor, limit, func(ctx context.Context, r db.Reader, org string, after listPlace) ([]Forward, error) {
		return forwards.Select(ctx, r, "WHERE org = $1 AND recipient = $2 AND (since, id) < ($3, $4) ORDER BY since DESC, id DESC LIMIT $5", org, me, after.At, after.ID, int64(atOnce))
	}, Forward.object, func(f Forward) (listPlace, string) { return listPlace{f.Since.UnixMicro(), f.ID}, f.Sender })
}

// Stations discloses the printer stations, the newest first, to those who register them.
func (room *Room) Stations(ctx context.Context, cursor string, limit int) (Seen[Station], error) {
	return registered(ctx, room, stations, cursor, limit, func(s Station) (listPlace, []string) {
		return listPlace{s.Since.UnixMicro(), s.ID}, []string{s.SetBy}
	})
}

// Badges discloses whose cards fetch prints, the newest first, to those who register them.
// The number of a card is not kept.
func (room *Room) Badges(ctx context.Context, cursor string, limit int) (Seen[Badge], error) {
	return registered(ctx, room, badges, cursor, limit, func(b Badge) (listPlace, []string) {
		return listPlace{b.Since.UnixMicro(), b.ID}, []string{b.Person, b.SetBy}
	})
}

// registered reads a page of a register. where says where a row stands and whom it names.
func registered[T any](ctx context.Context, room *Room, table *db.Table[T], cursor string, limit int, where func(T) (listPlace, []string)) (Seen[T], error) {
	var page Seen[T]
	after := listPlace{At: math.MaxInt64}
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err := room.desk.Disclose(ctx, "output.set-station", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := table.Select(ctx, r, "WHERE org = $1 AND (since, id) < ($2, $3) ORDER BY since DESC, id DESC LIMIT $4", org, after.At, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		if page.Page, err = web.PageOf(found, limit, func(one T) listPlace { place, _ := where(one); return place }); err != nil {
			return err
		}
		var people []string
		for _, one := range page.Items {
			_, named := where(one)
			people = append(people, named...)
		}
		for _, person := range people {
			r.Concerns(policy.Object{Kind: "Person", ID: person, Org: org})
		}
		page.Names, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	return page, err
}
