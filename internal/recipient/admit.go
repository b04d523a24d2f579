package recipient

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Admits is a guard of what goes out by itself (B-084): it lets data of a shape go to the
// address of a live recipient that was approved for it, and keeps what it refuses.
func (room *Room) Admits(shape string) dial.Guard {
	return func(ctx context.Context, to dial.Destination) error {
		now := room.desk.Now()
		refusal := errUnregistered.With("to", hostOf(to.Address))
		err := room.desk.Look(ctx, func(r db.Reader) error {
			return each(ctx, r, room.org, func(x Recipient) {
				if refusal != nil && x.Said.answers(to.Address) {
					refusal = x.refuses(shape, now)
				}
			})
		})
		if err != nil || refusal == nil {
			return err
		}
		return errors.Join(refusal, room.keepRefusal(ctx, hostOf(to.Address), refusal))
	}
}

// refuses says why data of a shape may not go to the recipient, or nil.
func (x Recipient) refuses(shape string, at time.Time) *fault.Error {
	switch {
	case !x.Live(at):
		return errNotLive.With("to", x.Said.NameZH)
	case !x.Takes(shape):
		return errScope.With("to", x.Said.NameZH, "shape", shapeName(shape))
	}
	return nil
}

func shapeName(shape string) string {
	for _, s := range shapes {
		if s.ID == shape {
			return s.Name.ZH
		}
	}
	return shape
}

// Kinds of finding.
const (
	Refused = "refused" // the house would have sent there, and did not
	Egress  = "egress"  // a firewall saw it, past the house
)

// Finding is traffic to where nobody is registered, or not for that.
type Finding struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Kind        string    `db:"kind"`
	Destination string    `db:"destination"` // host, or id of a recipient
	Why         string    `db:"why"`         // code of the refusal
	First       time.Time `db:"first"`
	Last        time.Time `db:"last"`
	Times       int64     `db:"times"`
	Bytes       int64     `db:"bytes"`
	State       string    `db:"state"`
	Settled     time.Time `db:"settled"`
	SettledBy   string    `db:"settled_by"`
	Words       string    `db:"words"`
}

// States of a finding.
const (
	Open    = "open"
	Settled = "settled"
)

// seen is a number of like observations.
type seen struct {
	kind, destination, why string
	first, last            time.Time
	times, bytes           int64
}

func (room *Room) keepRefusal(ctx context.Context, destination string, refusal *fault.Error) error {
	now := room.desk.Now()
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		w.Note("refused", refusal.Code.Name)
		_, err := keepFinding(ctx, w, seen{Refused, destination, refusal.Code.Name, now, now, 1, 0})
		return err
	})
}

// keepFinding adds observations to a finding, or begins one. What was settled before and
// is seen again later is open again.
func keepFinding(ctx context.Context, w *act.Work, s seen) (Finding, error) {
	org := w.Actor().Org
	f, met, err := first(findings.Select(ctx, w, "WHERE org = $1 AND kind = $2 AND destination = $3 AND why = $4", org, s.kind, s.destination, s.why))
	if err != nil {
		return f, err
	}
	if !met {
		f = Finding{
			Org: org, ID: id.New(w.Now()), Kind: s.kind, Destination: s.destination, Why: s.why, First: s.first, Last: s.last, Times: s.times, Bytes: s.bytes, State: Open,
		}
		w.Note("finding", f.ID)
		return f, findings.Insert(ctx, w, &f)
	}
	if f.State == Settled && s.last.After(f.Settled) {
		f.State, f.Settled, f.SettledBy, f.Words = Open, time.Time{}, "", ""
	}
	if s.first.Before(f.First) {
		f.First = s.first
	}
	if s.last.After(f.Last) {
		f.Last = s.last
	}
	f.Times, f.Bytes = f.Times+s.times, f.Bytes+s.bytes
	w.Note("finding", f.ID)
	w.Note("times", strconv.FormatInt(f.Times, 10))
	return f, findings.Update(ctx, w, &f)
}
