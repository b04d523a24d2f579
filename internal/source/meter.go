package source

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// meter gathers what is heard of sources until it is written down: a row for every
// call would cost as much as the call.
type meter struct {
	mu   sync.Mutex
	by   map[[3]string]Pulse // organisation, source, day
	uses map[[2]string]useRow
}

func newMeter() *meter { return &meter{by: map[[3]string]Pulse{}, uses: map[[2]string]useRow{}} }

// useRow is how often and when last a program used what was allowed to it.
type useRow struct {
	Org       string    `db:"org,key"`
	Allowance string    `db:"allowance,key"`
	Last      time.Time `db:"last"`
	Times     int       `db:"times"`
}

func (u useRow) plus(o useRow) useRow {
	u.Org, u.Allowance, u.Last, u.Times = o.Org, o.Allowance, later(u.Last, o.Last), u.Times+o.Times
	return u
}

func (m *meter) used(u useRow) {
	key := [2]string{u.Org, u.Allowance}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.uses[key] = m.uses[key].plus(u)
}

// useOf is what is not written down yet of an allowance.
func (m *meter) useOf(org, allowance string) useRow {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.uses[[2]string{org, allowance}]
}

func (m *meter) takeUses() map[[2]string]useRow {
	m.mu.Lock()
	defer m.mu.Unlock()
	taken := m.uses
	m.uses = map[[2]string]useRow{}
	return taken
}

func (m *meter) add(p Pulse) {
	key := [3]string{p.Org, p.Source, p.Day}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.by[key] = m.by[key].plus(p).of(key)
}

func (p Pulse) of(key [3]string) Pulse {
	p.Org, p.Source, p.Day = key[0], key[1], key[2]
	return p
}

func (m *meter) called(s Source, at time.Time, refused bool) {
	p := Pulse{Org: s.Org, Source: s.ID, Day: dayOf(at), Calls: 1, Called: at}
	if refused {
		p.Calls, p.Refused = 0, 1
	}
	m.add(p)
}

func (m *meter) take() map[[3]string]Pulse {
	m.mu.Lock()
	defer m.mu.Unlock()
	taken := m.by
	m.by = map[[3]string]Pulse{}
	return taken
}

// of is what was heard of a source and is not written down yet, by day.
func (m *meter) of(org, source string) []Pulse {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []Pulse
	for key, p := range m.by {
		if key[0] == org && key[1] == source {
			all = append(all, p)
		}
	}
	return all
}

// Heard is a message of a source that is durable: taken, or set aside.
type Heard struct {
	Org, Source string
	// Said is the time that the message gives itself; zero where it gives none, or
	// where a person handed in what was sent long ago.
	Said     time.Time
	Arrived  time.Time
	Durable  time.Time
	Messages int
	Conform  int // that keep to the standard
	// Quarantined are those that were set aside.
	Quarantined int
}

// Heard notes messages of a source.
func (room *Room) Heard(h Heard) {
	p := Pulse{
		Org: h.Org, Source: h.Source, Day: dayOf(h.Arrived), Received: h.Messages, Conform: h.Conform, Quarantined: h.Quarantined, Heard: h.Arrived,
		Visible: []int64{h.Durable.Sub(h.Arrived).Milliseconds()},
	}
	if !h.Said.IsZero() {
		p.Lags = []int64{h.Durable.Sub(h.Said).Milliseconds()}
		p.Drifts = []int64{int64(h.Said.Sub(h.Arrived) / time.Second)}
	}
	room.meter.add(p)
}

// Flush writes down what was heard.
func (room *Room) Flush(ctx context.Context) error {
	taken := room.meter.take()
	var failed error
	for key, fresh := range taken {
		err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
			kept, err := pulseOf(ctx, w, key[0], key[1], key[2])
			if err != nil {
				return err
			}
			sum := kept.plus(fresh).of(key)
			return pulses.Put(ctx, w, &sum)
		})
		if err != nil {
			room.meter.add(fresh)
			failed = errors.Join(failed, err)
		}
	}
	return errors.Join(failed, room.flushUses(ctx))
}

func (room *Room) flushUses(ctx context.Context) error {
	var failed error
	for _, fresh := range room.meter.takeUses() {
		err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
			kept, err := useOf(ctx, w, fresh.Org, fresh.Allowance)
			if err != nil {
				return err
			}
			sum := kept.plus(fresh)
			return uses.Put(ctx, w, &sum)
		})
		if err != nil {
			room.meter.used(fresh)
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// usesKept is how long it is shown when a program last used an allowance.
const usesKept = 2 * 365 * 24 * time.Hour
