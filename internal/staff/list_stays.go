package staff

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// Stays is one page of a list of stays.
type Stays struct {
	Items []Stay
	Next  string // id after which the next page begins; empty on the last
}

// ListStays lists the stays that the actor may see: offices all of them, a sponsor
// those he answers for, everybody his own.
func (r *Room) ListStays(ctx context.Context, f StaysFilter, after string, limit int) (Stays, error) {
	var page Stays
	err := r.desk.Disclose(ctx, "staff.list-stays", func(ctx context.Context, v *act.Reading) error {
		page = Stays{}
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err := selectStays(ctx, v, org, f, v.Now().UnixMicro(), after, limit+1)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			page.Next = found[limit-1].ID
		}
		objects := make([]policy.Object, len(found))
		for i, s := range found {
			objects[i] = stayObject(s)
		}
		shown, err := v.PermitEach(ctx, objects)
		for i, yes := range shown {
			if yes {
				page.Items = append(page.Items, found[i])
			}
		}
		return err
	})
	return page, err
}
