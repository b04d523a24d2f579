package staff

import (
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Desk  *act.Desk // of room staff
	Vault *vault.Vault
	// Bonds tells what makes two people count as one. Nil: nothing but being the same.
	Bonds BondsOf
}

// Room is the staff room.
type Room struct {
	desk    *act.Desk
	vault   *vault.Vault
	bonds   BondsOf
	tasks   Tasks
	signer  Signer
	barring Barring
	frame   FrameOf
	changed []func(org, person string)
}

// New returns the room.
func New(o Options) *Room {
	return &Room{desk: o.Desk, vault: o.Vault, bonds: o.Bonds, barring: NobodyBarred{}, frame: noFrame}
}

// OnPowersChanged adds a listener that is told, after the act is durable, whose
// appointments have changed. It is called while the house is put together.
func (r *Room) OnPowersChanged(listen func(org, person string)) {
	r.changed = append(r.changed, listen)
}

func (r *Room) powersChanged(org, person string) {
	act.Keep(r.desk, newBook).forget()
	for _, listen := range r.changed {
		listen(org, person)
	}
}
