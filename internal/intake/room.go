package intake

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/intake/screen"
	"github.com/medward/medward/internal/order"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Vault    *vault.Vault
	Blobs    vault.BlobStore
	Patients *patient.Room
	Records  *record.Room
	Sources  *source.Room
	Orders   *order.Room // nil: what becomes of orders is not followed
	Log      *slog.Logger
	// Zone is where dates without a zone were written; China when nil.
	Zone *time.Location
	// Scanner looks for malware in what arrives; nil where the house has none.
	Scanner screen.Scanner
}

// Room takes inputs in.
type Room struct {
	desk     *act.Desk
	vault    *vault.Vault
	blobs    vault.BlobStore
	patients *patient.Room
	records  *record.Room
	sources  *source.Room
	orders   *order.Room
	log      *slog.Logger
	zone     *time.Location
	scanner  screen.Scanner

	listening listening
}

// New returns the room.
func New(o Options) *Room {
	room := &Room{desk: o.Door.Desk("intake"), vault: o.Vault, blobs: o.Blobs, patients: o.Patients, records: o.Records, sources: o.Sources, orders: o.Orders, log: o.Log, zone: o.Zone, scanner: o.Scanner}
	if room.zone == nil {
		room.zone = time.FixedZone("CST", 8*60*60)
	}
	if room.log == nil {
		room.log = slog.Default()
	}
	return room
}

// open begins a batch: it finds the source that sends, or under whose name a person
// hands something in, and asks whether the caller may import at all.
func (room *Room) open(ctx context.Context, name string) (source.Source, Batch, error) {
	caller := act.From(ctx)
	now := room.desk.Now()
	b := Batch{Org: caller.Org, ID: id.New(now), Actor: caller.ID, State: Running, Started: now}
	var s source.Source
	err := room.desk.Do(ctx, "intake.import", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "Import", ID: b.ID, Org: b.Org}); err != nil {
			return err
		}
		var err error
		if s, err = room.sender(ctx, w, name); err != nil {
			return err
		}
		if !s.Live(w.Now()) {
			return errSourceEnded.With("source", s.Code)
		}
		b.Source = s.ID
		return batches.Insert(ctx, w, &b)
	})
	return s, b, err
}

// sender finds whose input it is: a machine's own, which may name no other, or that of
// whom a person names.
func (room *Room) sender(ctx context.Context, w *act.Work, name string) (source.Source, error) {
	if w.Actor().Kind != act.Feed {
		return room.sources.Named(ctx, w, cmp.Or(name, DefaultSource))
	}
	s, err := room.sources.Find(ctx, w, w.Actor().Org, w.Actor().ID)
	if err == nil && name != "" && name != s.Code {
		return s, errOtherSource.With("source", name)
	}
	return s, err
}

// asFeed returns a context in which the source acts.
func (room *Room) asFeed(ctx context.Context, s source.Source, via act.Actor) context.Context {
	return act.With(ctx, act.Actor{Actor: s.Actor(room.desk.Now()), Purpose: "care", IP: via.IP, Terminal: via.Terminal})
}

// close ends a batch.
func (room *Room) close(ctx context.Context, b Batch) error {
	return room.desk.Do(ctx, "intake.import", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "Import", ID: b.ID, Org: b.Org}); err != nil {
			return err
		}
		b.Ended = w.Now()
		return batches.Update(ctx, w, &b)
	})
}

// keyed returns a digest of content that says nothing to who lacks the key.
func (room *Room) keyed(org string, content []byte) string {
	sum := sm.Sum(content)
	return room.vault.Blind(org, "intake.content", hex.EncodeToString(sum[:]))
}

// refOf returns the keyed form of what identifies something in its source.
func (room *Room) refOf(org, foreign string) string {
	return room.vault.Blind(org, "intake.ref", foreign)
}

type snapshotKey struct{}

// onOneSnapshot lets everything that fn looks up be read from one snapshot, and
// none of it wait for a second one.
func (room *Room) onOneSnapshot(ctx context.Context, fn func(ctx context.Context) error) error {
	return room.desk.Look(ctx, func(r db.Reader) error { return fn(context.WithValue(ctx, snapshotKey{}, r)) })
}

// look reads for the machinery's own use.
func (room *Room) look(ctx context.Context, fn func(r db.Reader) error) error {
	if r, ok := ctx.Value(snapshotKey{}).(db.Reader); ok {
		return fn(r)
	}
	return room.desk.Look(ctx, fn)
}

// registered reports whether a patient is there.
func (room *Room) registered(ctx context.Context, r db.Reader, org, patientID string) (bool, error) {
	_, err := room.patients.Find(ctx, r, org, patientID)
	if errors.Is(err, act.ErrAbsent) {
		return false, nil
	}
	return err == nil, err
}
