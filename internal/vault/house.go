package vault

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/base/db"
)

// HouseKey is the key of what belongs to an organisation as a whole, made at its first
// use.
type HouseKey struct {
	*Subject
	fresh bool
}

// HouseKey finds the key of the house, or makes it. look reads the store.
func (v *Vault) HouseKey(ctx context.Context, look func(context.Context, func(db.Reader) error) error, org string) (HouseKey, error) {
	var k HouseKey
	err := look(ctx, func(r db.Reader) (err error) {
		k.Subject, err = v.Subject(ctx, r, org, House)
		return err
	})
	if errors.Is(err, KeyDestroyed) {
		k.fresh = true
		k.Subject, err = v.NewSubject(org, House)
	}
	return k, err
}

// Keep saves the key if this was its first use, within the act that keeps what was sealed.
func (k HouseKey) Keep(ctx context.Context, w db.Writer) error {
	if !k.fresh {
		return nil
	}
	return k.Save(ctx, w)
}
