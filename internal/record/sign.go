package record

import (
	"context"
	"errors"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// Sign signs the newest version of a document for the actor. Who is not its
// author countersigns.
func (room *Room) Sign(ctx context.Context, document string, version int) error {
	if err := room.desk.Begin(ctx, "record.sign"); err != nil {
		return err
	}
	actor := act.From(ctx)
	s, err := room.prepareSignature(ctx, actor, document, version)
	if err != nil {
		return room.unprepared(ctx, "record.sign", document, err)
	}
	return room.desk.Do(ctx, "record.sign", func(ctx context.Context, w *act.Work) error {
		f, err := room.find(ctx, w, actor.Org, document)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, f.object(f.discharged())); err != nil {
			return err
		}
		if f.Version != version {
			return errChanged.With("version", strconv.Itoa(f.Version))
		}
		if err := refuseSecondSignature(ctx, w, s); err != nil {
			return err
		}
		w.Note("version", strconv.Itoa(version))
		if err := signatures.Insert(ctx, w, &s); err != nil {
			return err
		}
		if f.State != Filed {
			return nil
		}
		d := f.Document
		d.State, d.UpdatedAt = Signed, w.Now()
		return documents.Update(ctx, w, &d)
	})
}

func (room *Room) prepareSignature(ctx context.Context, actor act.Actor, document string, version int) (Signature, error) {
	var d Document
	var v Version
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if d, err = getDocument(ctx, r, actor.Org, document); err != nil {
			return err
		}
		v, err = versions.Get(ctx, r, d.Org, d.ID, version)
		return absent(err)
	})
	if err != nil {
		return Signature{}, err
	}
	key, value, err := room.signer.Sign(ctx, actor, Signable(d, v))
	if err != nil {
		return Signature{}, errNoSigner.Because(err)
	}
	role := "author"
	if v.Author != actor.ID {
		role = "countersign"
	}
	return Signature{Org: d.Org, Document: d.ID, Number: version, Person: actor.ID, Role: role, Key: key, Value: value, At: room.desk.Now()}, nil
}

func refuseSecondSignature(ctx context.Context, r db.Reader, s Signature) error {
	_, err := signatures.Get(ctx, r, s.Org, s.Document, s.Number, s.Person)
	switch {
	case errors.Is(err, db.ErrNone):
		return nil
	case err != nil:
		return err
	}
	return errSigned.With()
}
