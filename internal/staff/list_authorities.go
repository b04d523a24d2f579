package staff

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// Charge is a permission with the departments that give it now and those proposed.
type Charge struct {
	Permission
	InForce *Authority // nil: nothing is recorded
	Waiting *Authority
}

// ListCharges discloses, for every permission of the catalogue, who gives it.
func (r *Room) ListCharges(ctx context.Context) ([]Charge, error) {
	var all []Charge
	err := r.desk.Disclose(ctx, "staff.list-authorities", func(ctx context.Context, v *act.Reading) error {
		all = nil
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		held, err := AuthoritiesInForce(ctx, v, org)
		if err != nil {
			return err
		}
		waiting, err := proposedAuthorities(ctx, v, org)
		if err != nil {
			return err
		}
		for _, p := range Permissions() {
			c := Charge{Permission: p}
			if a, recorded := held[p.ID]; recorded {
				c.InForce = &a
			}
			for _, a := range waiting {
				if a.Permission == p.ID {
					c.Waiting = &a
				}
			}
			all = append(all, c)
		}
		return nil
	})
	return all, err
}

// AuthorityHistory discloses what was proposed and settled for a permission, the newest
// first, from before an id on.
func (r *Room) AuthorityHistory(ctx context.Context, permission, before string, limit int) ([]Authority, error) {
	var found []Authority
	err := r.desk.Disclose(ctx, "staff.list-authorities", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err = authorities.Select(ctx, v, "WHERE org = $1 AND permission = $2 AND id < $3 ORDER BY id DESC LIMIT $4", org, permission, before, int64(limit))
		return err
	})
	return found, err
}
