package feed

import (
	"context"
	"time"

	"github.com/medward/medward/internal/order"
)

// deliverStock hands on what pharmacies have.
func (g *reading) deliverStock(ctx context.Context, some []Change) (taken []Change, told []Problem, err error) {
	var all []order.Stocked
	for _, c := range some {
		v := c.Values
		at, err := time.Parse("20060102150405-0700", v["changed"])
		if err != nil {
			told = append(told, Problem{Line: c.Line, Rule: RuleTime, Field: "changed", Key: g.shape.keyOf(c.Item)})
			continue
		}
		taken = append(taken, c)
		all = append(all, order.Stocked{Code: v["code"], Name: v["item"], Place: v["place"], State: v["state"], Quantity: v["quantity"], Unit: v["unit"], At: at})
	}
	if len(all) == 0 {
		return nil, told, nil
	}
	return taken, told, g.room.orders.ReportStock(ctx, all)
}
