package output

import (
	"context"
	"encoding/hex"
	"errors"
	"sync"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/mark"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Patients *patient.Room
	Records  *record.Room
	Duty     *duty.Room
	Staff    *staff.Room
	Vault    *vault.Vault
	Jobs     *job.Runner
	Org      string // whose outputs the clock sees to
	House    string // its name, at the head of a page
	Address  string // under which people reach the house, as https://records.example; on the code of a page
	Fonts    []string
	// Bonds tells what makes two people count as one. Nil: nothing but being the same.
	Bonds staff.BondsOf
	// Live tells whether the session in which ctx acts still counts. Nil: always.
	Live func(ctx context.Context) bool
	// Alarm is told of what was held.
	Alarm func(ctx context.Context, what string, err error)
}

// Room holds what left and what is about to.
type Room struct {
	desk     *act.Desk
	patients *patient.Room
	records  *record.Room
	duty     *duty.Room
	staff    *staff.Room
	vault    *vault.Vault
	keys     sync.Map // of marks, by organisation
	sources  []Source
	o        Options
	name     string       // of this process among those that keep the clock
	throttle web.Throttle // of verifications, which anybody may ask for
	recalled Recalled
	codeOf   CodeOf
}

// Recalled tells whether a copy came back to the house or was destroyed.
type Recalled func(ctx context.Context, r db.Reader, org, issue string) (bool, error)

// Recalls adds who knows what became of copies. It is called while the house is put
// together.
func (room *Room) Recalls(of Recalled) { room.recalled = of }

// CodeOf is the code under which a foreign system is registered, by its id.
type CodeOf func(ctx context.Context, r db.Reader, org, source string) (string, error)

// NamesSources adds who knows foreign systems. It is called while the house is put
// together.
func (room *Room) NamesSources(by CodeOf) { room.codeOf = by }

// New returns the room.
func New(o Options) *Room {
	room := &Room{
		desk: o.Door.Desk("output"), patients: o.Patients, records: o.Records, duty: o.Duty, staff: o.Staff, vault: o.Vault,
		throttle: web.Throttle{ByAddress: 20, ByAll: 600}, o: o,
	}
	room.name = id.New(room.desk.Now())
	o.Jobs.Handle(exportJob, room.run)
	return room
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// key is the key of the marks of an organisation: what the vault makes of two names
// under a secret that the store does not hold. It is the same in every process.
func (room *Room) key(org string) (*mark.Key, error) {
	if known, ok := room.keys.Load(org); ok {
		return known.(*mark.Key), nil
	}
	secret, err := hex.DecodeString(room.vault.Blind(org, "output.mark", "1") + room.vault.Blind(org, "output.mark", "2"))
	if err != nil {
		return nil, err
	}
	made, err := mark.NewKey(secret)
	if err != nil {
		return nil, err
	}
	room.keys.Store(org, made)
	return made, nil
}

// marked gives an issue its code.
func (room *Room) marked(i *Issue) (mark.Code, error) {
	key, err := room.key(i.Org)
	if err != nil {
		return "", err
	}
	made, err := key.Make(i.claim())
	if err != nil {
		return "", err
	}
	i.Code = codeDigest(made.Code)
	return made.Code, nil
}

// clockContext acts as the house itself.
func (room *Room) clockContext(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.o.Org}, Purpose: "operation"})
}

// patientKey opens the key of a patient before an act begins.
func (room *Room) patientKey(ctx context.Context, patientID string) (*vault.Subject, error) {
	var subject *vault.Subject
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		subject, err = room.patients.FindSubject(ctx, r, act.From(ctx).Org, patientID)
		return err
	})
	return subject, err
}

// houseKey is the key of what is about nobody in particular. fresh says that it is new
// and must be kept.
func (room *Room) houseKey(ctx context.Context) (subject *vault.Subject, fresh bool, err error) {
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

func place(kind, object, version, field string) vault.Place {
	return vault.Place{Kind: kind, Object: object, Version: version, Field: field}
}
