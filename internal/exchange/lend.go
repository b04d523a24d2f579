package exchange

import (
	"context"
	"encoding/hex"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/sm"
)

// Sender is this house as it signs and opens, lent to a room above for an act of its own.
type Sender struct {
	room *Room
	keys Keys
}

// Sender returns this house by its newest keys.
func (room *Room) Sender(ctx context.Context, r db.Reader, org string) (Sender, error) {
	k, err := room.keysNow(ctx, r, org)
	return Sender{room, k}, err
}

// Card is what others know the house by.
func (s Sender) Card() Card { return s.keys.card() }

// Sign signs as the house.
func (s Sender) Sign(ctx context.Context, message []byte) ([]byte, error) {
	return s.room.sign(ctx, s.keys, message)
}

// Opener opens what is sealed to the house.
func (s Sender) Opener(ctx context.Context) (*sm.OpeningKey, error) {
	return s.room.opener(ctx, s.keys)
}

// Partner reads a partner for an act of another room, and discloses nothing.
func (room *Room) Partner(ctx context.Context, r db.Reader, org, partner string) (Partner, error) {
	p, err := partners.Get(ctx, r, org, partner)
	return p, absent(err)
}

// AsSender is the house of a card as it signs packages.
func (c Card) AsSender() parcel.Party { return c.sender() }

// AsReceiver is the house of a card as packages are sealed to it.
func (c Card) AsReceiver() parcel.Party { return c.receiver() }

// Signed reports whether the house of a card signed a message.
func (c Card) Signed(message, signature []byte) bool {
	raw, err := hex.DecodeString(c.Signer)
	if err != nil {
		return false
	}
	key, err := sm.ParsePublicKey(raw)
	return err == nil && key.Verify(message, signature)
}

// Compose writes a version of a document as a shared document of WS/T 500, or tells what
// keeps it from being one.
func Compose(v *record.View, about patient.Demographics, house Card) ([]byte, []Finding) {
	return sheet{v, about, house}.compose()
}
