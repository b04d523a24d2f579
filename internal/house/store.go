package house

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Kinds of store. A store is born one or the other and stays so.
const (
	DemoStore = "demo"
	RealStore = "real"
)

// Birth is what a store is, for good.
type Birth struct {
	Org    string    `db:"org,key"`
	Kind   string    `db:"kind"`
	NameZH string    `db:"name_zh"`
	NameEN string    `db:"name_en"`
	Origin string    `db:"origin"` // names its ledger
	BornAt time.Time `db:"born_at"`
	MAC    []byte    `db:"mac"`
}

var births = db.Define[Birth]("house_store", db.AsUpkeep, db.AsFinal)

func readBirth(ctx context.Context, store db.Store) (Birth, error) {
	var found []Birth
	err := store.Read(ctx, func(r db.Reader) (err error) {
		found, err = births.Select(ctx, r, "ORDER BY org LIMIT 2")
		return err
	})
	if err == nil && len(found) != 1 {
		err = fmt.Errorf("house: the store says %d times what it is, want once", len(found))
	}
	if err != nil {
		return Birth{}, err
	}
	return found[0], nil
}
