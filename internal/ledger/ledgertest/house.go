// Package ledgertest gives tests a store with a running ledger, and a protected
// table to write to.
package ledgertest

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"database/sql"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/jackc/pgx/v5"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/schema"
)

// Origin is the name of the trees that tests grow.
const Origin = "hospital.example/ledger"

// Noon is the time at which test clocks start.
var Noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// Bed is a row of a protected table that exists in tests only.
type Bed struct {
	Org     string `db:"org,key"`
	ID      string `db:"id,key"`
	Patient string `db:"patient"`
	Content []byte `db:"content"`
	Version int64  `db:"version"`
}

// Beds is the protected table.
var Beds = db.Define[Bed]("ledgertest_bed")

// Prepared is a place with the whole schema and the protected table.
var Prepared = &dbtest.Prepared{Name: "ledgertest", Do: func(ctx context.Context, at dbtest.Place) error {
	text, bytes := "TEXT", "BLOB"
	migrate := func() error { return schema.MigrateSQLite(ctx, at.Path) }
	if at.Engine == db.Postgres {
		text, bytes = `TEXT COLLATE "C"`, "BYTEA"
		migrate = func() error { return schema.MigratePostgres(ctx, at.URL, "") }
	}
	if err := migrate(); err != nil {
		return err
	}
	return Raw(ctx, at, "CREATE TABLE ledgertest_bed (org "+text+" NOT NULL, id "+text+" NOT NULL, patient "+text+" NOT NULL, content "+bytes+
		", version BIGINT NOT NULL, PRIMARY KEY (org, id))")
}}

// Raw carries out statements behind the system, as a database administrator could.
func Raw(ctx context.Context, at dbtest.Place, statements ...string) error {
	if at.Engine == db.SQLite {
		handle, err := sql.Open("sqlite", "file:"+at.Path+"?_pragma=busy_timeout(10000)")
		if err != nil {
			return err
		}
		for _, s := range statements {
			if _, err = handle.ExecContext(ctx, s); err != nil {
				break
			}
		}
		return errors.Join(err, handle.Close())
	}
	conn, err := pgx.Connect(ctx, at.URL)
	if err != nil {
		return err
	}
	for _, s := range statements {
		if _, err = conn.Exec(ctx, s); err != nil {
			break
		}
	}
	return errors.Join(err, conn.Close(ctx))
}

// Key signs checkpoints in tests.
type Key struct{ private *sm2.PrivateKey }

// NewKey makes a key.
func NewKey() (Key, error) {
	private, err := sm2.GenerateKey(rand.Reader)
	return Key{private}, err
}

// PublicKey implements [ledger.Signer].
func (k Key) PublicKey() []byte {
	point, err := sm2.PublicKeyToECDH(&k.private.PublicKey)
	if err != nil {
		panic(err)
	}
	return point.Bytes()
}

// Sign implements [ledger.Signer].
func (k Key) Sign(message []byte) ([]byte, error) {
	return k.private.Sign(rand.Reader, message, sm2.DefaultSM2SignerOpts)
}

// MAC is the row key's code in tests.
func MAC(digest []byte) []byte {
	h := hmac.New(sm3.New, []byte("a key that the database does not hold"))
	h.Write(digest)
	return h.Sum(nil)
}

// House is a store with its ledger.
type House struct {
	Store  db.Store
	Ledger *ledger.Ledger
	Clock  *clock.Manual
	Key    Key

	t      testing.TB
	mu     sync.Mutex
	alarms []ledger.Finding
	told   chan struct{}
	stop   context.CancelFunc
	ended  chan struct{}
}

// Open opens the store at a place, without a running sequencer.
func Open(t testing.TB, at dbtest.Place, key Key) *House {
	t.Helper()
	s, err := at.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h := &House{Store: s, Clock: clock.NewManual(Noon), Key: key, t: t, told: make(chan struct{}, 1024)}
	h.Ledger, err = ledger.New(s, ledger.Options{
		Clock: h.Clock, Origin: Origin, Signer: key, Alarm: h.alarm, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Bind(db.Hooks{MAC: MAC, BeforeCommit: h.Ledger.BeforeCommit, Committed: h.Ledger.Committed})
	t.Cleanup(h.Close)
	return h
}

// Start opens a fresh store on an engine and runs its sequencer.
func Start(t testing.TB, at dbtest.Place) *House {
	t.Helper()
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	h := Open(t, at, key)
	h.Run()
	return h
}

// Run starts the sequencer.
func (h *House) Run() {
	ctx, stop := context.WithCancel(context.Background())
	h.stop, h.ended = stop, make(chan struct{})
	go func() {
		defer close(h.ended)
		if err := h.Ledger.Run(ctx); err != nil {
			h.t.Error(err)
		}
	}()
}

// Halt stops the sequencer and waits for its end.
func (h *House) Halt() {
	if h.stop != nil {
		h.stop()
		<-h.ended
		h.stop = nil
	}
}

// Close stops the sequencer and closes the store.
func (h *House) Close() {
	h.Halt()
	if err := h.Store.Close(); err != nil {
		h.t.Error(err)
	}
}

func (h *House) alarm(_ context.Context, f ledger.Finding) {
	h.mu.Lock()
	h.alarms = append(h.alarms, f)
	h.mu.Unlock()
	h.told <- struct{}{}
}

// Alarmed waits for the next alarm and returns it.
func (h *House) Alarmed() ledger.Finding {
	h.t.Helper()
	select {
	case <-h.told:
	case <-time.After(10 * time.Second):
		h.t.Fatal("no alarm was raised")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.alarms[len(h.alarms)-1]
}

// Alarms returns the alarms so far.
func (h *House) Alarms() []ledger.Finding {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]ledger.Finding(nil), h.alarms...)
}

// Entry returns an entry that says enough.
func (h *House) Entry(verb string) ledger.Entry {
	h.Clock.Advance(time.Millisecond)
	now := h.Clock.Now()
	return ledger.Entry{
		ID: id.New(now), At: now.UnixMicro(), Org: "o1", Verb: verb, Outcome: ledger.Done, Purpose: "care",
		Actor: ledger.Actor{Kind: "person", ID: "p1", Session: "s1", Roles: []string{"resident"}, Department: "d1"},
	}
}

// Record makes entries durable through the shared commit.
func (h *House) Record(entries ...ledger.Entry) {
	h.t.Helper()
	var left []any
	for _, e := range entries {
		left = append(left, h.Encode(e))
	}
	if err := h.Store.Write(context.Background(), db.Tx{Leaves: left}); err != nil {
		h.t.Fatal(err)
	}
}

// Encode encodes an entry.
func (h *House) Encode(e ledger.Entry) ledger.Payload {
	h.t.Helper()
	p, err := ledger.Encode(e)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// Act writes protected rows and accounts for them in the same transaction.
func (h *House) Act(do func(ctx context.Context, w db.Writer) error) {
	h.t.Helper()
	if err := h.Try(do); err != nil {
		h.t.Fatal(err)
	}
}

// Try is [House.Act] that returns the error.
func (h *House) Try(do func(ctx context.Context, w db.Writer) error) error {
	e := h.Entry("bed.change")
	return h.Store.Write(context.Background(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		noting := &noting{Writer: w}
		if err := do(ctx, noting); err != nil {
			return err
		}
		e.Writes = noting.writes
		p, err := ledger.Encode(e)
		if err != nil {
			return err
		}
		w.Leave(p)
		return nil
	}})
}

// noting lists the protected rows that are written through it.
type noting struct {
	db.Writer
	writes []ledger.Write
}

func (n *noting) Apply(ctx context.Context, c db.Change) error {
	if c.Table.Class == db.Protected {
		n.writes = append(n.writes, ledger.Write{Table: c.Table.Name, Key: c.Key, Op: string(c.Op), Digest: c.Digest})
	}
	return n.Writer.Apply(ctx, c)
}

// Settle waits until everything is placed, signed and indexed.
func (h *House) Settle() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	if err := h.Ledger.Settle(ctx); err != nil {
		h.t.Fatal("the ledger did not settle: ", err)
	}
}

// Read reads on one snapshot.
func (h *House) Read(fn func(ctx context.Context, r db.Reader) error) {
	h.t.Helper()
	ctx := context.Background()
	if err := h.Store.Read(ctx, func(r db.Reader) error { return fn(ctx, r) }); err != nil {
		h.t.Fatal(err)
	}
}

// Latest returns the newest checkpoint.
func (h *House) Latest() (c ledger.Checkpoint) {
	h.t.Helper()
	h.Read(func(ctx context.Context, r db.Reader) (err error) {
		c, err = h.Ledger.Latest(ctx, r)
		return err
	})
	return c
}
