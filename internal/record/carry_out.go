package record

import (
	"context"
	"errors"
	"strconv"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// Whole is a version of a document with everything that moves house with it (C-145).
type Whole struct {
	Document
	Version Version
	// Bytes are what its signatures cover: the content as it was digested. None when the
	// key of its patient was destroyed.
	Bytes       []byte
	Content     Content
	Reason      string
	Signatures  []Signature
	Attachments []Attachment
	Destroyed   bool
}

// WholesAfter reads the next versions of an organisation in the order of document and
// number. It is for an act of another room that carries them sealed to their receiver,
// and discloses nothing by itself.
func (room *Room) WholesAfter(ctx context.Context, r db.Reader, org, document string, number, limit int) ([]Whole, error) {
	found, err := versions.Select(ctx, r, "WHERE org = $1 AND (document, number) > ($2, $3) ORDER BY document, number LIMIT $4", org, document, int64(number), int64(limit))
	all := make([]Whole, 0, len(found))
	for _, v := range found {
		var w Whole
		if w, err = room.whole(ctx, r, v); err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, err
}

func (room *Room) whole(ctx context.Context, r db.Reader, v Version) (w Whole, err error) {
	w.Version = v
	if w.Document, err = getDocument(ctx, r, v.Org, v.Document); err != nil {
		return w, err
	}
	signed, err := signaturesOf(ctx, r, v.Org, v.Document)
	if err != nil {
		return w, err
	}
	for _, s := range signed {
		if s.Number == v.Number {
			w.Signatures = append(w.Signatures, s)
		}
	}
	subject, err := room.patients.Subject(ctx, r, v.Org, w.Patient)
	if errors.Is(err, vault.KeyDestroyed) {
		w.Destroyed = true
		return w, nil
	}
	if err != nil {
		return w, err
	}
	shown := View{Document: w.Document}
	if err := shown.show(subject, v); err != nil {
		return w, err
	}
	w.Content, w.Reason = shown.Content, shown.Reason
	if w.Bytes, err = shown.Content.canonical(); err != nil || room.carrier == nil {
		return w, err
	}
	w.Attachments, err = room.carrier.AttachmentsOf(ctx, r, v.Org, v.Document, v.Number)
	return w, err
}

// AttachedBytes opens an attachment of a version that [Room.WholesAfter] read, under the
// same terms.
func (room *Room) AttachedBytes(ctx context.Context, r db.Reader, org string, a Attachment) ([]byte, error) {
	return room.carrier.OpenAttachment(ctx, r, org, a)
}

// ObservedAfter reads the next observations of an organisation by their ids, opened, as
// [Room.WholesAfter] does. Those whose key was destroyed have no finding.
func (room *Room) ObservedAfter(ctx context.Context, r db.Reader, org, after string, limit int) ([]Observed, error) {
	rows, err := observations.Select(ctx, r, "WHERE org = $1 AND id > $2 ORDER BY id LIMIT $3", org, after, int64(limit))
	all := make([]Observed, 0, len(rows))
	for _, o := range rows {
		out := Observed{Observation: o}
		if err = room.openAs(ctx, r, org, o.Patient, vault.Place{Kind: "Observation", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "finding"}, o.Sealed, &out.Finding); err != nil {
			return nil, err
		}
		all = append(all, out)
	}
	return all, err
}

// OrderedAfter reads the next orders of an organisation, as [Room.ObservedAfter] does.
func (room *Room) OrderedAfter(ctx context.Context, r db.Reader, org, after string, limit int) ([]Ordered, error) {
	rows, err := orders.Select(ctx, r, "WHERE org = $1 AND id > $2 ORDER BY id LIMIT $3", org, after, int64(limit))
	all := make([]Ordered, 0, len(rows))
	for _, o := range rows {
		out := Ordered{Order: o}
		if err = room.openAs(ctx, r, org, o.Patient, vault.Place{Kind: "Order", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "instruction"}, o.Sealed, &out.Instruction); err != nil {
			return nil, err
		}
		all = append(all, out)
	}
	return all, err
}

func (room *Room) openAs(ctx context.Context, r db.Reader, org, patient string, at vault.Place, sealed []byte, into any) error {
	subject, err := room.patients.Subject(ctx, r, org, patient)
	if errors.Is(err, vault.KeyDestroyed) {
		return nil
	}
	if err != nil {
		return err
	}
	return openJSON(subject, at, sealed, into)
}
