package order

import (
	"context"
	"encoding/json"
	"log/slog"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Vault    *vault.Vault
	Jobs     *job.Runner
	Duty     *duty.Room
	Patients *patient.Room
	Records  *record.Room
	Sources  *source.Room
	Org      string
	Bonds    staff.BondsOf // none: two people are two ids
	// Live reports whether a session still counts; nil: every one does.
	Live func(ctx context.Context) bool
	Log  *slog.Logger
}

// Room follows orders.
type Room struct {
	desk     *act.Desk
	vault    *vault.Vault
	duty     *duty.Room
	patients *patient.Room
	records  *record.Room
	sources  *source.Room
	org      string
	bonds    staff.BondsOf
	live     func(ctx context.Context) bool
	log      *slog.Logger
	pulse    *pulse
}

// New returns the room.
func New(o Options) *Room {
	room := &Room{
		desk: o.Door.Desk("order"), vault: o.Vault, duty: o.Duty, patients: o.Patients, records: o.Records, sources: o.Sources, org: o.Org, bonds: o.Bonds, live: o.Live, log: o.Log,
	}
	if room.log == nil {
		room.log = slog.Default()
	}
	room.pulse = newPulse(room.recent)
	o.Jobs.Handle(weighJob, room.weigh)
	o.Jobs.Handle(weighItemJob, room.weighItem)
	o.Jobs.Handle(weighAllJob, room.weighAll)
	return room
}

// Asked is asked of the prescriber of an order about which something speaks.
var Asked = duty.Define(duty.Kind{
	ID: "order.asked", Name: fault.Text{ZH: "处理与医嘱冲突的情况", EN: "Decide about a conflict with an order"},
	Limit:  calendar.Limit{N: 4, Unit: calendar.HoursOfClock},
	Remind: []calendar.Fraction{{N: 1, Of: 2}}, Escalate: []duty.Rung{{To: duty.Superior}, {To: duty.Head, After: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}}},
})

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// asJob is a context in which the house itself acts.
func asJob(ctx context.Context, org string) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: org}, Purpose: "operation"})
}

func openInto(subject *vault.Subject, at vault.Place, sealed []byte, into any) error {
	plain, err := subject.Open(at, sealed)
	if err == nil {
		err = json.Unmarshal(plain, into)
	}
	if err != nil {
		return errUnreadable.Because(err)
	}
	return nil
}

// tell opens courses with what was done on them.
func (room *Room) tell(ctx context.Context, r db.Reader, subject *vault.Subject, rows []Course, mostSteps int) ([]told, error) {
	all := make([]told, len(rows))
	for i, c := range rows {
		all[i].Course = c
		if err := openInto(subject, c.place(), c.Sealed, &all[i].Text); err != nil {
			return nil, err
		}
		var err error
		if all[i].Steps, err = stepsOf(ctx, r, c.Org, c.ID, mostSteps); err != nil {
			return nil, err
		}
	}
	return all, nil
}
