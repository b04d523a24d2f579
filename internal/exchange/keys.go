package exchange

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Keys are the pair of key pairs of this house: one signs what it sends, the other opens
// what is for it. They never change; newer ones take their place, and the older ones
// still open what was sealed for them.
type Keys struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Name    string    `db:"name"`    // by which others know the house
	Signer  []byte    `db:"signer"`  // public, 65 bytes
	Signing []byte    `db:"signing"` // private, sealed
	Opener  []byte    `db:"opener"`  // public, 65 bytes
	Opening []byte    `db:"opening"` // private, sealed
	Made    time.Time `db:"made"`
	MadeBy  string    `db:"made_by"`
}

// Card is what one house gives another, so that they can exchange packages. It holds
// nothing secret; its fingerprint is compared by another way.
type Card struct {
	Org    string `json:"org" maxLength:"80"`
	Name   string `json:"name" maxLength:"320"`
	Signer string `json:"signer" maxLength:"130" doc:"public SM2 key that verifies, hexadecimal"`
	Opener string `json:"opener" maxLength:"130" doc:"public SM2 key to seal for, hexadecimal"`
}

func (k Keys) card() Card {
	return Card{Org: k.Org, Name: k.Name, Signer: hex.EncodeToString(k.Signer), Opener: hex.EncodeToString(k.Opener)}
}

// Fingerprint is the SM3 of the keys of a card, hexadecimal.
func (c Card) Fingerprint() string {
	sum := sm.Sum([]byte(c.Org + "\n" + c.Signer + "\n" + c.Opener))
	return hex.EncodeToString(sum[:])
}

func (c Card) sender() parcel.Party   { return parcel.Party{Org: c.Org, Name: c.Name, Key: c.Signer} }
func (c Card) receiver() parcel.Party { return parcel.Party{Org: c.Org, Name: c.Name, Key: c.Opener} }

// MakeKeys makes new keys of this house, under the name by which others know it.
func (room *Room) MakeKeys(ctx context.Context, name string) (Card, error) {
	if err := room.desk.Begin(ctx, "exchange.make-keys"); err != nil {
		return Card{}, err
	}
	e := errInput.With()
	e.MustName("name", name, maxName)
	if err := e.OrNil(); err != nil {
		return Card{}, err
	}
	k := Keys{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Name: name, MadeBy: act.From(ctx).ID}
	sealer, err := room.vault.NewSubject(k.Org, k.ID)
	if err != nil {
		return Card{}, err
	}
	if err := k.make(sealer); err != nil {
		return Card{}, err
	}
	err = room.desk.Do(ctx, "exchange.make-keys", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(k.Org)); err != nil {
			return err
		}
		k.Made = w.Now()
		w.Note("keys", k.ID)
		if err := sealer.Save(ctx, w); err != nil {
			return err
		}
		return keyRows.Insert(ctx, w, &k)
	})
	return k.card(), err
}

func (k *Keys) make(sealer *vault.Subject) error {
	signer, sealed, err := sealer.NewSigningKey(k.ID)
	if err != nil {
		return err
	}
	k.Signer, k.Signing = signer.Raw(), sealed
	opener, err := sm.GenerateOpeningKey()
	if err != nil {
		return err
	}
	defer opener.Clear()
	der, err := opener.PKCS8()
	if err != nil {
		return err
	}
	defer clear(der)
	k.Opener = opener.Public().Raw()
	k.Opening, err = sealer.Seal(openingPlace(k.ID), der)
	return err
}

func openingPlace(keys string) vault.Place {
	return vault.Place{Kind: "ExchangeKeys", Object: keys, Version: "1", Field: "opening"}
}

// sign signs as this house.
func (room *Room) sign(ctx context.Context, k Keys, message []byte) ([]byte, error) {
	var signature []byte
	err := room.desk.Look(ctx, func(r db.Reader) error {
		subject, err := room.vault.Subject(ctx, r, k.Org, k.ID)
		if err != nil {
			return err
		}
		signer, err := subject.OpenSigningKey(k.ID, k.Signing)
		if err != nil {
			return err
		}
		signature, err = signer.Sign(message)
		_ = signer.Close() // it only forgets
		return err
	})
	return signature, err
}

// opener opens the private key for which a package is sealed.
func (room *Room) opener(ctx context.Context, k Keys) (key *sm.OpeningKey, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		subject, err := room.vault.Subject(ctx, r, k.Org, k.ID)
		if err != nil {
			return err
		}
		der, err := subject.Open(openingPlace(k.ID), k.Opening)
		if err != nil {
			return err
		}
		defer clear(der)
		key, err = sm.ParseOpeningKey(der)
		return err
	})
	return key, err
}

// keysNow are the newest keys of this house.
func (room *Room) keysNow(ctx context.Context, r db.Reader, org string) (Keys, error) {
	k, known, err := first(keyRows.Select(ctx, r, "WHERE org = $1 ORDER BY made DESC, id DESC LIMIT 1", org))
	if err == nil && !known {
		err = errNoKeys.With()
	}
	return k, err
}
