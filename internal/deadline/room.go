package deadline

import (
	"context"
	"sync"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Patients *patient.Room
	Records  *record.Room
	Duty     *duty.Room
	Ledger   *ledger.Ledger
	// Verbs are those of the rulebook; the room follows what may change a record.
	Verbs []string
	Org   string
	Bonds staff.BondsOf // none: two people are two ids
}

// Room keeps the limits of what must be written.
type Room struct {
	desk     *act.Desk
	patients *patient.Room
	records  *record.Room
	duty     *duty.Room
	ledger   *ledger.Ledger
	verbs    []string
	org      string
	bonds    staff.BondsOf
	name     string // of this process among those that keep the clocks

	mu       sync.Mutex
	reckoned string // by what this process has reckoned every open due
}

// New returns the room.
func New(o Options) *Room {
	room := &Room{
		desk: o.Door.Desk("deadline"), patients: o.Patients, records: o.Records, duty: o.Duty, ledger: o.Ledger, org: o.Org, bonds: o.Bonds,
	}
	room.name = id.New(room.desk.Now())
	for _, verb := range o.Verbs {
		if use, _ := policy.UseOf(verb); use == policy.Edit || use == policy.Modify {
			room.verbs = append(room.verbs, verb)
		}
	}
	return room
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// seal seals words under the key of a patient, before their act begins. Nothing said is
// nothing sealed; a patient who is not there is left to the act.
func (room *Room) seal(ctx context.Context, patientID string, at vault.Place, words string) (sealed []byte, err error) {
	if words == "" || patientID == "" {
		return nil, nil
	}
	err = room.desk.Look(ctx, func(r db.Reader) error {
		subject, err := room.patients.FindSubject(ctx, r, act.From(ctx).Org, patientID)
		if err != nil {
			return err
		}
		sealed, err = subject.Seal(at, []byte(words))
		return err
	})
	return sealed, err
}
