package feed

import (
	"context"
	"log/slog"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/order"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// Options are what the room is made of.
type Options struct {
	Door    *act.Door
	Vault   *vault.Vault
	Jobs    *job.Runner
	Duty    *duty.Room
	Staff   *staff.Room
	Sources *source.Room
	Intake  *intake.Room
	Orders  *order.Room
	Org     string // whose clock it keeps
	// Bonds tells what makes two people count as one. Nil: nothing but being the same.
	Bonds staff.BondsOf
	// Connections are those that the operator wrote down.
	Connections []view.Connection
	Log         *slog.Logger
}

// Room takes feeds in.
type Room struct {
	desk        *act.Desk
	duty        *duty.Room
	vault       *vault.Vault
	staff       *staff.Room
	sources     *source.Room
	intake      *intake.Room
	orders      *order.Room
	org         string
	bonds       staff.BondsOf
	connections map[string]view.Connection
	log         *slog.Logger
	name        string // of this process among those that keep the clock
	zone        *time.Location
}

// New returns the room.
func New(o Options) *Room {
	room := &Room{
		desk: o.Door.Desk("feed"), duty: o.Duty, vault: o.Vault, staff: o.Staff, sources: o.Sources, intake: o.Intake, orders: o.Orders, org: o.Org, bonds: o.Bonds, log: o.Log,
		connections: map[string]view.Connection{}, zone: time.FixedZone("CST", 8*60*60),
	}
	if room.log == nil {
		room.log = slog.Default()
	}
	for _, c := range o.Connections {
		room.connections[c.Code] = c
	}
	room.name = id.New(room.desk.Now())
	o.Jobs.Handle(runJob, room.run)
	return room
}

// Halted is asked of the owner of a source of which a run was stopped, until one is not.
var Halted = duty.Define(duty.Kind{
	ID: "feed.halted", Name: fault.Text{ZH: "处理停止的数据接入", EN: "See to a feed whose run was stopped"},
	Limit: calendar.Limit{N: 1, Unit: calendar.WorkingDays}, Remind: []calendar.Fraction{{N: 1, Of: 2}}, Escalate: []duty.Rung{{To: duty.Office, Role: "it-head"}},
})

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

func (room *Room) house(ctx context.Context, verb string, do func(ctx context.Context, w *act.Work) error) error {
	return room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		return do(ctx, w)
	})
}

func (room *Room) told(ctx context.Context, verb string, tell func(ctx context.Context, r *act.Reading) error) error {
	return room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		return tell(ctx, r)
	})
}

// kinds are the kinds of the connections, by their codes.
func (room *Room) kinds() map[string]string {
	kinds := make(map[string]string, len(room.connections))
	for code, c := range room.connections {
		kinds[code] = c.Kind
	}
	return kinds
}

// fit refuses a source with which a shape was not agreed, or which may not act now.
func fit(s source.Source, shape Shape, now time.Time) error {
	if !s.Live(now) || !s.Brings(shape.agreed) {
		return errSource.With("source", s.Code)
	}
	return nil
}

// coded finds the live source of a code.
func (room *Room) coded(ctx context.Context, r db.Reader, org, code string, shape Shape, now time.Time) (source.Source, error) {
	s, known, err := room.sources.Coded(ctx, r, org, code)
	if err == nil && !known {
		err = errSource.With("source", code)
	}
	if err != nil {
		return s, err
	}
	return s, fit(s, shape, now)
}

// asJob is a context in which the house itself acts, and asSource one in which a source
// does.
func asJob(ctx context.Context, org string) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: org}, Purpose: "operation"})
}

func asSource(ctx context.Context, s source.Source, now time.Time) context.Context {
	return act.With(ctx, act.Actor{Actor: s.Actor(now), Purpose: "operation"})
}
