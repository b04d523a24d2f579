package identity

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/staff"
)

// ListedAccount is an account of a list, with its person's name.
type ListedAccount struct {
	Account
	Holder staff.Name
}

// ListAccounts lists accounts by sign-in name, from after a name on. more says
// that there are further ones.
func (r *Room) ListAccounts(ctx context.Context, after string, limit int) (listed []ListedAccount, more bool, err error) {
	err = r.desk.Disclose(ctx, "identity.list-accounts", func(ctx context.Context, v *act.Reading) error {
		listed = nil
		org := v.Actor().Org
		if err := v.Permit(ctx, houseOf(org)); err != nil {
			return err
		}
		found, err := listAccounts(ctx, v, org, after, limit+1)
		if err != nil {
			return err
		}
		if more = len(found) > limit; more {
			found = found[:limit]
		}
		names, err := staff.Names(ctx, v, org, personsOf(found), v.Now())
		for _, a := range found {
			listed = append(listed, ListedAccount{Account: a, Holder: names[a.Person]})
		}
		return err
	})
	return listed, more, err
}
