package sysaccount

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// System is a foreign system as its register tells it.
type System struct {
	Code  string
	Name  fault.Text
	Owner string // the person who answers for it
	Live  bool
}

// Systems finds a foreign system by its code.
type Systems func(ctx context.Context, r db.Reader, org, code string) (System, bool, error)

// Options are what the room is made of.
type Options struct {
	Door    *act.Door
	Duty    *duty.Room
	Vault   *vault.Vault
	Org     string // whose clock it keeps
	Systems Systems
}

// Room keeps the accounts.
type Room struct {
	desk    *act.Desk
	duty    *duty.Room
	vault   *vault.Vault
	org     string
	systems Systems
	name    string // of this process among those that keep the clock
	// compared is when this process compared all accounts last.
	compared time.Time
}

// New returns the room.
func New(o Options) *Room {
	room := &Room{desk: o.Door.Desk("sysaccount"), duty: o.Duty, vault: o.Vault, org: o.Org, systems: o.Systems}
	room.name = id.New(room.desk.Now())
	return room
}

var half = []calendar.Fraction{{N: 1, Of: 2}}

func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

// The tasks that the room opens, one to a system and group.
var (
	Closing = duty.Define(duty.Kind{
		ID: "sysaccount.closing", Name: fault.Text{ZH: "关闭离转岗人员的他系统账号", EN: "Close the accounts of those who left or moved"}, Limit: workingDays(1), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "it-head"}, {To: duty.Office, Role: "president", After: workingDays(2)}},
	})
	Confirming = duty.Define(duty.Kind{
		ID: "sysaccount.confirming", Name: fault.Text{ZH: "确认他系统权限差异", EN: "Confirm rights given in another system"}, Limit: workingDays(5), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "it-head"}},
	})
	Clearing = duty.Define(duty.Kind{
		ID: "sysaccount.clearing", Name: fault.Text{ZH: "清理他系统账号", EN: "Clear up the accounts of a system"}, Limit: workingDays(10), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "it-head"}},
	})
)

var taskOf = map[Group]*duty.Kind{Red: Closing, Right: Confirming, Tidy: Clearing}

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

// clock is one act of the house itself.
func (room *Room) clock(ctx context.Context, org string, do func(ctx context.Context, w *act.Work) error) error {
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: org}, Purpose: "operation"})
	return room.house(ctx, "sysaccount.clock", do)
}

// live refuses a system whose lists may not be taken now.
func (room *Room) live(ctx context.Context, r db.Reader, org, code string) error {
	s, known, err := room.systems(ctx, r, org, code)
	if err == nil && (!known || !s.Live) {
		err = errSource.With("source", code)
	}
	return err
}

// charged says whether the actor answers for a system.
func (room *Room) charged(ctx context.Context, r db.Reader, actor act.Actor, code string, now time.Time) ([]policy.Tie, error) {
	s, known, err := room.systems(ctx, r, actor.Org, code)
	if err != nil || !known || s.Owner != actor.ID || actor.Kind != act.Person {
		return nil, err
	}
	return []policy.Tie{{Kind: policy.TieCharge, ID: code, Role: "owner", Source: "source", Since: now, Until: now.Add(time.Minute)}}, nil
}

// Holders tells to whom accounts of a system belong: a person by each account that is
// somebody's and nobody else's. It is a part of another room's act.
func (room *Room) Holders(ctx context.Context, r db.Reader, org, source string, wanted []string) (map[string]string, error) {
	const atOnce = 100
	found := map[string]string{}
	for len(wanted) > 0 {
		some := wanted[:min(len(wanted), atOnce)]
		wanted = wanted[len(some):]
		places, args := within(some, 3)
		rows, err := accounts.Select(ctx, r, "WHERE org = $1 AND source = $2 AND account IN ("+places+")", append([]any{org, source}, args...)...)
		if err != nil {
			return nil, err
		}
		for _, a := range rows {
			if a.Person != "" && a.Match != Shared {
				found[a.Account] = a.Person
			}
		}
	}
	return found, nil
}
