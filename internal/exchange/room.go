package exchange

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Door       *act.Door
	Vault      *vault.Vault
	Blobs      vault.BlobStore
	Jobs       *job.Runner
	Duty       *duty.Room
	Patients   *patient.Room
	Records    *record.Room
	Recipients *recipient.Room
	Sources    *source.Room
	Intake     *intake.Room
	Org        string
	Bonds      staff.BondsOf // none: two people are two ids
	Barring    staff.Barring // nil: nobody is barred
	// Alarm is told of what arrives otherwise than it was sent.
	Alarm func(ctx context.Context, what string, err error)
}

// Room exchanges packages with other houses.
type Room struct {
	desk       *act.Desk
	vault      *vault.Vault
	blobs      vault.BlobStore
	duty       *duty.Room
	patients   *patient.Room
	records    *record.Room
	recipients *recipient.Room
	sources    *source.Room
	intake     *intake.Room
	org        string
	bonds      staff.BondsOf
	barring    staff.Barring
	alarm      func(ctx context.Context, what string, err error)
	throttle   web.Throttle
}

// New returns the room and takes over the delivery of packages.
func New(o Options) *Room {
	room := &Room{
		desk: o.Door.Desk("exchange"), vault: o.Vault, blobs: o.Blobs, duty: o.Duty, patients: o.Patients, records: o.Records, recipients: o.Recipients,
		sources: o.Sources, intake: o.Intake, org: o.Org, bonds: o.Bonds, alarm: o.Alarm, throttle: web.Throttle{ByAddress: 20, ByAll: 600},
	}
	if room.barring = o.Barring; o.Barring == nil {
		room.barring = staff.NobodyBarred{}
	}
	o.Jobs.Handle(deliverJob, room.deliver)
	return room
}

// asHouse acts as the house itself.
func (room *Room) asHouse(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
}

// clock is one act of the house itself.
func (room *Room) clock(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	return room.desk.Do(room.asHouse(ctx), "exchange.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(room.org)); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}
