package order

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
)

// Shelf is a page of stock, and the sources that report it.
type Shelf struct {
	web.Page[Stock]
	Feeds []Feed
}

type stockPlace struct {
	Name string `json:"name"`
	ID   string `json:"id"`
}

// StockList discloses what lies in the pharmacies, by name: in one state, or in any.
func (room *Room) StockList(ctx context.Context, state string, p web.Paging) (Shelf, error) {
	var s Shelf
	var after stockPlace
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return s, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "order.see-stock", func(ctx context.Context, r *act.Reading) error {
		s = Shelf{}
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		rows, err := stocks.Select(ctx, r, "WHERE org = $1 AND ($2 = '' OR state = $2) AND (name, id) > ($3, $4) ORDER BY name, id LIMIT $5", org, state, after.Name, after.ID, int64(limit)+1)
		if err != nil {
			return err
		}
		if s.Page, err = web.PageOf(rows, limit, func(one Stock) stockPlace { return stockPlace{one.Name, one.ID} }); err != nil {
			return err
		}
		s.Feeds, err = room.feeds(ctx, r, org, "orders", "stock")
		return err
	})
	return s, err
}
