package handover

import (
	"context"
	"encoding/hex"
	"io"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/vault"
)

// Release writes into the outward register that an export leaves for its receiver. From
// then on its parts can be fetched.
func (room *Room) Release(ctx context.Context, id string) (Case, error) {
	if err := room.desk.Begin(ctx, "handover.release"); err != nil {
		return Case{}, err
	}
	sent, err := room.prepare(ctx, id)
	if err != nil {
		return Case{}, room.desk.Missing(ctx, "handover.release", err)
	}
	return room.change(ctx, "handover.release", id, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Ready || c.Digest != hex.EncodeToString(sent.Leaving.Digest) {
			return errOrder.With("state", c.State)
		}
		p, err := room.exchange.Partner(ctx, w, c.Org, c.Partner)
		if err != nil {
			return err
		}
		if !p.Live(w.Now()) || p.Recipient != sent.Leaving.Recipient {
			return errNotLive.With("name", c.Receiver)
		}
		s, err := room.recipients.KeepIn(ctx, w, &sent)
		if err != nil {
			return err
		}
		c.State, c.Sending = Released, s.ID
		return nil
	})
}

// prepare seals what the outward register will say of an export.
func (room *Room) prepare(ctx context.Context, id string) (recipient.Prepared, error) {
	var leaving recipient.Leaving
	err := room.desk.Look(ctx, func(r db.Reader) error {
		c, err := getCase(ctx, r, act.From(ctx).Org, id)
		if err != nil {
			return err
		}
		if c.State != Ready {
			return errOrder.With("state", c.State)
		}
		p, err := room.exchange.Partner(ctx, r, c.Org, c.Partner)
		if err != nil {
			return err
		}
		made, err := partsOf(ctx, r, c, c.Run)
		if err != nil {
			return err
		}
		leaving = recipient.Leaving{
			Recipient: p.Recipient, Party: recipient.Registered, Channel: "handover", Shape: recipient.ShapeDocuments,
			Items: []recipient.Item{{Kind: "Handover", ID: c.ID, Version: c.Run, Digest: c.Digest}},
		}
		for _, one := range made {
			leaving.Bytes += one.Bytes
		}
		leaving.Digest, err = hex.DecodeString(c.Digest)
		return err
	})
	if err != nil {
		return recipient.Prepared{}, err
	}
	return room.recipients.Prepare(ctx, leaving)
}

// Fetched is a part as it leaves. Whoever reads its content closes it.
type Fetched struct {
	Part
	Content io.ReadCloser
}

// Fetch hands out a part of the newest run, sealed to the receiver.
func (room *Room) Fetch(ctx context.Context, id string, number int) (Fetched, error) {
	var f Fetched
	var store *vault.Subject
	err := room.desk.Disclose(ctx, "handover.fetch", func(ctx context.Context, r *act.Reading) error {
		c, err := getCase(ctx, r, r.Actor().Org, id)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, c.object()); err != nil {
			return err
		}
		if c.State != Released && c.State != Differs && c.State != Matched && c.State != Signed || c.Ground == Rehearsal {
			return errOrder.With("state", c.State)
		}
		if f.Part, err = parts.Get(ctx, r, c.Org, c.ID, int64(c.Run), int64(number)); err != nil {
			return absent(err)
		}
		r.Note("handover", c.ID)
		r.Note("part", hex.EncodeToString(f.SM3))
		store, err = room.vault.Subject(ctx, r, c.Org, c.ID)
		return err
	})
	if err != nil {
		return f, err
	}
	f.Content, err = store.OpenBlob(ctx, room.blobs, f.place("part"), f.Blob)
	return f, err
}
