package exchange

import (
	"context"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// listPlace is where a page of a list that runs back in time ended.
type listPlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

var fromNewest = listPlace{At: math.MaxInt64}

// Listed is a page with the people whom it names.
type Listed[T any] struct {
	web.Page[T]
	Names map[string]staff.Name
}

// Card discloses the card of this house.
func (room *Room) Card(ctx context.Context) (Card, error) {
	var k Keys
	err := room.desk.Disclose(ctx, "exchange.list", func(ctx context.Context, r *act.Reading) (err error) {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		k, err = room.keysNow(ctx, r, r.Actor().Org)
		return err
	})
	return k.card(), err
}

// Partners lists the partners, the newest first.
func (room *Room) Partners(ctx context.Context, p web.Paging) (Listed[Partner], error) {
	return listed(ctx, room, "exchange.list", p, func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]Partner, error) {
		return partners.Select(ctx, r, "WHERE org = $1 AND (made, id) < ($2, $3) ORDER BY made DESC, id DESC LIMIT $4", r.Actor().Org, after.At, after.ID, int64(limit))
	}, func(x Partner) listPlace { return listPlace{x.Made.UnixMicro(), x.ID} }, func(x Partner) []string { return []string{x.MadeBy, x.ApprovedBy} })
}

// Packages lists what was sent, the newest first.
func (room *Room) Packages(ctx context.Context, p web.Paging) (Listed[Package], error) {
	return listed(ctx, room, "exchange.trace", p, func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]Package, error) {
		all, err := packages.Select(ctx, r, "WHERE org = $1 AND (sent, id) < ($2, $3) ORDER BY sent DESC, id DESC LIMIT $4", r.Actor().Org, after.At, after.ID, int64(limit))
		for _, x := range all {
			r.Concerns(policy.Object{Kind: "Patient", ID: x.Patient, Org: x.Org, Patient: x.Patient})
		}
		return all, err
	}, func(x Package) listPlace { return listPlace{x.Sent.UnixMicro(), x.ID} }, func(x Package) []string { return []string{x.Sender} })
}

// Carried is a package that was sent, with what became of each try.
type Carried struct {
	Package
	Tries []Try
	Names map[string]staff.Name
}

// View discloses a package that was sent and what each try to carry it brought.
func (room *Room) View(ctx context.Context, id string) (c Carried, err error) {
	err = room.desk.Disclose(ctx, "exchange.trace", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if c.Package, err = packages.Get(ctx, r, org, id); err != nil {
			return absent(err)
		}
		r.Concerns(policy.Object{Kind: "Patient", ID: c.Patient, Org: org, Patient: c.Patient})
		r.Note("package", c.ID)
		if c.Tries, err = tries.Select(ctx, r, "WHERE org = $1 AND package = $2 ORDER BY number", org, id); err != nil {
			return err
		}
		c.Names, err = staff.Names(ctx, r, org, []string{c.Sender}, r.Now())
		return err
	})
	return c, err
}

// Arrivals lists what arrived, the newest first.
func (room *Room) Arrivals(ctx context.Context, p web.Paging) (Listed[Arrival], error) {
	return listed(ctx, room, "exchange.trace", p, func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]Arrival, error) {
		return arrivals.Select(ctx, r, "WHERE org = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4", r.Actor().Org, after.At, after.ID, int64(limit))
	}, func(x Arrival) listPlace { return listPlace{x.At.UnixMicro(), x.ID} }, func(Arrival) []string { return nil })
}

func listed[T any](
	ctx context.Context, room *Room, verb string, p web.Paging, read func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]T, error),
	place func(T) listPlace, people func(T) []string,
) (Listed[T], error) {
	var l Listed[T]
	after := fromNewest
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		all, err := read(ctx, r, after, limit+1)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(all, limit, place); err != nil {
			return err
		}
		var named []string
		for _, x := range l.Items {
			named = append(named, people(x)...)
		}
		l.Names, err = staff.Names(ctx, r, r.Actor().Org, named, r.Now())
		return err
	})
	return l, err
}
