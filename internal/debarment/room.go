package debarment

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Door  *act.Door
	Duty  *duty.Room
	Vault *vault.Vault
	Org   string
	Bonds staff.BondsOf // none: two people are two ids
}

// Room keeps who is barred.
type Room struct {
	desk     *act.Desk
	duty     *duty.Room
	vault    *vault.Vault
	org      string
	bonds    staff.BondsOf
	standing []StandingOf
	resolve  Resolve
}

// New returns the room.
func New(o Options) *Room {
	return &Room{desk: o.Door.Desk("debarment"), duty: o.Duty, vault: o.Vault, org: o.Org, bonds: o.Bonds}
}

// StandingOf tells which parties of these names, or with this place in the list of staff,
// a room lets in already. About names each for whoever looks: recipient:id, vendor:id …
type StandingOf func(ctx context.Context, r db.Reader, org string, names []string, person string) ([]staff.Party, error)

// Resolve tells to whom a copy was given, by the code that it bears; false: by none of
// this house.
type Resolve func(ctx context.Context, r db.Reader, org, code string) (Copy, bool, error)

// Tie gives the room what stands on higher floors. It is called while the house is put
// together.
func (room *Room) Tie(resolve Resolve, standing ...StandingOf) {
	room.resolve, room.standing = resolve, standing
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// asHouse acts as the house itself.
func (room *Room) asHouse(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
}

// numberIndex is by what a document number is found.
func (room *Room) numberIndex(org, number string) string {
	return room.vault.Blind(org, "debarment.number", plain(number))
}

// change is the spine of what is done to a debarment. rev is that of the row that the
// actor has before him.
func (room *Room) change(ctx context.Context, verb, id string, rev int, do func(ctx context.Context, w *act.Work, d *Debarment) error) (Debarment, error) {
	var d Debarment
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if d, err = debarments.Get(ctx, w, w.Actor().Org, id); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, d.object()); err != nil {
			return err
		}
		if d.Rev != rev {
			return errMoved.With()
		}
		w.Note("debarment", d.ID)
		if err := do(ctx, w, &d); err != nil {
			return err
		}
		d.Rev++
		return debarments.Update(ctx, w, &d)
	})
	return d, err
}
