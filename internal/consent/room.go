package consent

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Patients *patient.Room
	Duty     *duty.Room
	Vault    *vault.Vault
	Org      string // whose consents the clock sees to
	Texts    Texts  // nil: no codes are sent
}

// Room holds what patients agreed to.
type Room struct {
	desk     *act.Desk
	patients *patient.Room
	duty     *duty.Room
	vault    *vault.Vault
	org      string
	name     string // of this process among those that keep the clock
	heard    Heard
	texts    Texts
}

// Heard is told of a consent within the act that records it.
type Heard func(ctx context.Context, w *act.Work, rec Record) error

// Tells adds who is told of consents. It is called while the house is put together.
func (room *Room) Tells(heard Heard) { room.heard = heard }

// New returns the room and adds consents to what the door knows.
func New(o Options) *Room {
	room := &Room{desk: o.Door.Desk("consent"), patients: o.Patients, duty: o.Duty, vault: o.Vault, org: o.Org, texts: o.Texts}
	room.name = id.New(room.desk.Now())
	o.Door.Ties(room.ties)
	return room
}

// Expiring asks to renew a consent, or to end what rests on it (B-006).
var Expiring = duty.Define(duty.Kind{
	ID: "consent.expiring", Name: fault.Text{ZH: "患者同意将到期或应复核", EN: "A consent ends or waits for its review"},
	Limit: calendar.Limit{N: 20, Unit: calendar.WorkingDays}, Remind: []calendar.Fraction{{N: 1, Of: 2}}, Escalate: duty.Usual(),
})

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// sealer seals what is about a patient, before the act that keeps it.
func (room *Room) sealer(ctx context.Context, patientID string) (*vault.Subject, error) {
	var subject *vault.Subject
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		subject, err = room.patients.FindSubject(ctx, r, act.From(ctx).Org, patientID)
		return err
	})
	return subject, err
}

func sealGiver(subject *vault.Subject, at vault.Place, g Giver) ([]byte, error) {
	text, err := json.Marshal(g)
	if err != nil {
		return nil, err
	}
	return subject.Seal(at, text)
}

func openGiver(subject *vault.Subject, at vault.Place, sealed []byte) (Giver, error) {
	var g Giver
	text, err := subject.Open(at, sealed)
	if err != nil {
		return g, err
	}
	return g, json.Unmarshal(text, &g)
}

// sealText seals what somebody wrote. Nothing written is nothing sealed.
func sealText(subject *vault.Subject, at vault.Place, text string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	return subject.Seal(at, []byte(text))
}

// keyOf is the key of a patient, or of the house where there is none. fresh says that
// the key is new and must be kept.
func (room *Room) keyOf(ctx context.Context, patientID string) (subject *vault.Subject, fresh bool, err error) {
	if patientID != "" {
		subject, err = room.sealer(ctx, patientID)
		return subject, false, err
	}
	org := act.From(ctx).Org
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		subject, err = room.vault.Subject(ctx, r, org, vault.House)
		return err
	})
	if errors.Is(err, vault.KeyDestroyed) {
		subject, err = room.vault.NewSubject(org, vault.House)
		return subject, true, err
	}
	return subject, false, err
}
