package order

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/source"
)

// ReportStock takes what the source that acts says of its stock. What is older than what
// is known changes nothing.
func (room *Room) ReportStock(ctx context.Context, all []Stocked) error {
	if err := room.desk.Begin(ctx, "order.report"); err != nil {
		return err
	}
	actor, arrived := act.From(ctx), room.desk.Now()
	if err := checkStock(all, arrived); err != nil {
		return err
	}
	err := room.desk.Do(ctx, "order.report", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "Source", ID: actor.ID, Org: actor.Org, CreatedBy: actor.ID}); err != nil {
			return err
		}
		w.Note("items", strconv.Itoa(len(all)))
		for _, s := range all {
			if err := room.stock(ctx, w, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		room.sources.Heard(source.Heard{Org: actor.Org, Source: actor.ID, Messages: len(all), Conform: len(all), Arrived: arrived, Durable: room.desk.Now(), Said: newestOf(all)})
	}
	return err
}

func newestOf(all []Stocked) time.Time {
	return slices.MaxFunc(all, func(a, b Stocked) int { return a.At.Compare(b.At) }).At
}

func (room *Room) stock(ctx context.Context, w *act.Work, s Stocked) error {
	org, source := w.Actor().Org, w.Actor().ID
	row := Stock{
		Org: org, ID: nameOf(source, s.Place, s.Code), Source: source, Place: s.Place, Code: s.Code, Item: room.Item(org, s.Code), Name: s.Name,
		State: s.State, Quantity: s.Quantity, Unit: s.Unit, Since: s.At.UTC(), Said: s.At.UTC(), Heard: w.Now(),
	}
	old, err := stocks.Get(ctx, w, org, row.ID)
	if errors.Is(err, db.ErrNone) {
		if err := stocks.Insert(ctx, w, &row); err != nil {
			return err
		}
		return room.weighItemIn(ctx, w, org, row.Item)
	}
	if err != nil || row.Said.Before(old.Said) {
		return err
	}
	row.Rev = old.Rev + 1
	if row.State == old.State {
		row.Since = old.Since
	}
	if err := stocks.Update(ctx, w, &row); err != nil || row.State == old.State {
		return err
	}
	return room.weighItemIn(ctx, w, org, row.Item)
}
