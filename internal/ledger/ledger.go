package ledger

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Finding is something the sequencer or the indexer met that must not be.
type Finding struct {
	Kind  string // forged, missing, replayed, forked, unreadable
	Block string
	Text  fault.Text
	Cause error // for the log
}

// Options are the parts a ledger is made of.
type Options struct {
	Clock  clock.Clock
	Log    *slog.Logger
	Origin string // names this tree in checkpoints, for example hospital.example/ledger
	Signer Signer
	// Metrics receives the ledger's gauges; nil keeps them to itself.
	Metrics prometheus.Registerer
	// Alarm is told once of each finding. It must return soon and must not wait
	// for the store: it is called while the sequencer reads.
	Alarm func(ctx context.Context, f Finding)
}

// Ledger is the tree of one store.
type Ledger struct {
	store  db.Store
	clock  clock.Clock
	log    *slog.Logger
	origin string
	signer Signer
	alarm  func(context.Context, Finding)
	gauges gauges
	holder string
	roots  roots

	arrived   atomic.Int64  // entries handed in so far
	settling  atomic.Int64  // callers of Settle
	committed chan struct{} // something was committed
	placed    chan struct{} // something can be indexed
	hurry     chan struct{} // somebody waits
	moved     broadcast

	mu    sync.Mutex
	bad   map[string]bool // blocks that never get a place
	known map[string]bool // findings that were told
}

// New returns the ledger of a store. Its hooks must be bound before the first
// write: Hooks{BeforeCommit: l.BeforeCommit, Committed: l.Committed}.
func New(store db.Store, o Options) (*Ledger, error) {
	if o.Origin == "" || strings.ContainsAny(o.Origin, " \n+") {
		return nil, fmt.Errorf("ledger: origin %q must be a name without spaces", o.Origin)
	}
	if o.Clock == nil || o.Signer == nil {
		return nil, errors.New("ledger: a clock and a signer are needed")
	}
	if _, err := point(o.Signer.PublicKey()); err != nil {
		return nil, err
	}
	l := &Ledger{
		store: store, clock: o.Clock, log: o.Log, origin: o.Origin, signer: o.Signer, alarm: o.Alarm,
		gauges: newGauges(), holder: id.New(o.Clock.Now()),
		committed: make(chan struct{}, 1), placed: make(chan struct{}, 1), hurry: make(chan struct{}, 1),
		bad: map[string]bool{}, known: map[string]bool{},
	}
	if l.log == nil {
		l.log = slog.Default()
	}
	if l.alarm == nil {
		l.alarm = func(context.Context, Finding) {}
	}
	if o.Metrics != nil {
		if err := l.gauges.register(o.Metrics); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// Committed is the store's hook of the same name.
func (l *Ledger) Committed() { signal(l.committed) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

const (
	leaseName = "ledger"
	leaseTerm = 5 * time.Second
	retryWait = 500 * time.Millisecond
)

// Run places, signs and indexes until ctx ends. Among the processes of one
// store one does so at a time; the others wait to take over.
func (l *Ledger) Run(ctx context.Context) error {
	for {
		lease, err := l.lead(ctx)
		if err == nil {
			err = errors.Join(l.reign(ctx, lease), l.abdicate(ctx, lease))
		}
		if ctx.Err() != nil {
			return nil //nolint:nilerr // it was told to end
		}
		if err != nil && !errors.Is(err, db.ErrHeld) {
			l.log.Warn("the ledger's sequencer starts anew", "cause", err)
		}
		select {
		case <-time.After(retryWait):
		case <-ctx.Done():
			return nil
		}
	}
}

func (l *Ledger) lead(ctx context.Context) (lease db.Lease, err error) {
	err = l.store.Write(ctx, db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		lease, err = db.Acquire(ctx, w, leaseName, l.holder, l.clock.Now(), leaseTerm)
		return err
	}})
	return lease, err
}

func (l *Ledger) reign(ctx context.Context, lease db.Lease) error {
	s, err := l.takeOver(ctx, lease)
	if err != nil {
		return err
	}
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return s.run(ctx) })
	both.Go(func() error { return l.runIndex(ctx) })
	return both.Wait()
}

// abdicate gives the lease back, so that the next need not wait for its end.
func (l *Ledger) abdicate(ctx context.Context, lease db.Lease) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseTerm)
	defer cancel()
	err := l.store.Write(ctx, db.Tx{Loose: true, Do: func(ctx context.Context, w db.Writer) error {
		return db.Release(ctx, w, lease)
	}})
	if errors.Is(err, db.ErrGone) {
		return nil
	}
	return err
}

// tell raises an alarm about a block, once.
func (l *Ledger) tell(ctx context.Context, f Finding) {
	l.mu.Lock()
	told := l.known[f.Kind+f.Block]
	l.known[f.Kind+f.Block] = true
	l.mu.Unlock()
	if told {
		return
	}
	l.gauges.alarms.Inc()
	l.log.Error("ledger: "+f.Text.EN, "kind", f.Kind, "block", f.Block, "cause", f.Cause)
	l.alarm(ctx, f)
}

func (l *Ledger) isBad(block string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.bad[block]
}

func (l *Ledger) setBad(block string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bad[block] = true
}

func (l *Ledger) badCount() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.bad)
}
