package exchange

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// incoming is what arrived, while it is looked at.
type incoming struct {
	Arrival
	partner  Partner
	keys     Keys // of this house, which sign the receipt
	expected int
	raw      []byte
	files    []file
	sealer   *vault.Subject // of what is kept apart
}

// Receive takes a package from a partner that calls as its source, and answers with a
// signed receipt. What is wrong with it is kept apart whole, and alarmed; of such a
// package nothing is taken (B-079, D-067, D-069, D-070).
func (room *Room) Receive(ctx context.Context, raw []byte) (SignedReceipt, error) {
	in := &incoming{raw: raw}
	if err := room.greet(ctx, in); err != nil {
		return SignedReceipt{}, err
	}
	if err := room.examine(ctx, in); err != nil {
		return SignedReceipt{}, err
	}
	if in.Outcome == Received {
		if err := room.take(ctx, in); err != nil {
			return SignedReceipt{}, err
		}
	}
	if err := room.keepArrival(ctx, in); err != nil {
		return SignedReceipt{}, err
	}
	if in.apart() {
		room.alarm(ctx, "a package that arrived was kept apart: "+in.Outcome, nil)
	}
	return room.receipt(ctx, in)
}

// greet finds whose package it is, before anything of it is read.
func (room *Room) greet(ctx context.Context, in *incoming) error {
	return room.desk.Disclose(ctx, "exchange.receive", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		in.Arrival = Arrival{Org: org, ID: id.New(r.Now()), Source: r.Actor().ID, Bytes: int64(len(in.raw)), Findings: []Finding{}}
		known, err := ofSource(ctx, r, org, in.Source)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(known, func(p Partner) bool { return p.Live(r.Now()) })
		if at >= 0 {
			in.partner = known[at]
		}
		if err := r.Permit(ctx, policy.Object{Kind: "Exchange", ID: in.partner.ID, Org: org, CreatedBy: in.Source}); err != nil {
			return err
		}
		if at < 0 {
			return errNotPartner.With()
		}
		in.Partner = in.partner.ID
		in.keys, err = room.keysNow(ctx, r, org)
		return err
	})
}

// outcomeOf is what the form of a package came to.
func outcomeOf(err error) string {
	switch {
	case err == nil:
		return Received
	case errors.Is(err, parcel.ErrPartial):
		return Partial
	case errors.Is(err, parcel.ErrAltered), errors.Is(err, parcel.ErrContents):
		return Altered
	case errors.Is(err, parcel.ErrKey):
		return Foreign
	}
	return Unreadable
}

// examine tells what arrived, without taking anything of it.
func (room *Room) examine(ctx context.Context, in *incoming) error {
	c, err := parcel.Check(bytes.NewReader(in.raw), limits)
	in.Digest, in.Outcome = c.SM3, outcomeOf(err)
	in.Package, in.Sequence = clip(c.ID), max(0, c.Sequence)
	if in.Outcome != Received {
		in.Package, in.Sequence = "", 0 // nobody signed that
		return nil
	}
	if c.From.Org != in.partner.Card.Org || c.From.Key != in.partner.Card.Signer {
		in.Outcome = Foreign
		return nil
	}
	if err := room.place(ctx, in); err != nil || in.Outcome != Received {
		return err
	}
	return room.unpack(ctx, in, c)
}

const longestID = 64

// clip is as much of what a partner wrote as a row takes: whole characters, and no NUL,
// which PostgreSQL refuses.
func clip(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text[:min(len(text), longestID)], "\x00", ""), "")
}

// place holds the number of a package against those that came before.
func (room *Room) place(ctx context.Context, in *incoming) error {
	return room.desk.Look(ctx, func(r db.Reader) error {
		var err error
		in.Outcome, in.expected, err = placed(ctx, r, in.Arrival)
		return err
	})
}

func placed(ctx context.Context, r db.Reader, a Arrival) (outcome string, expected int, err error) {
	last, err := settledArrival(ctx, r, a.Org, a.Partner)
	if err != nil {
		return "", 0, err
	}
	expected = last.Sequence + 1
	switch {
	case a.Sequence > expected:
		return OutOfOrder, expected, nil
	case a.Sequence == expected:
		return Received, expected, nil
	}
	before, known, err := settledNumber(ctx, r, a.Org, a.Partner, a.Sequence)
	if err == nil && known && bytes.Equal(before.Digest, a.Digest) {
		if before.Outcome == Received {
			return Repeated, expected, nil
		}
		return before.Outcome, expected, nil
	}
	return Reused, expected, err
}

// unpack opens a package and looks at every document in it.
func (room *Room) unpack(ctx context.Context, in *incoming, c parcel.Checked) error {
	sealedFor, known, err := room.keysSealedFor(ctx, in.Org, c.To.Key)
	if err != nil {
		return err
	}
	if !known || c.To.Org != in.Org {
		in.Outcome = Foreign
		return nil
	}
	key, err := room.opener(ctx, sealedFor)
	if err != nil {
		return err
	}
	defer key.Clear()
	_, err = parcel.Open(bytes.NewReader(in.raw), key, limits, func(item parcel.Item, raw []byte) error {
		in.files = append(in.files, file{item, raw})
		return nil
	})
	if in.Outcome, in.Items = outcomeOf(err), len(in.files); in.Outcome != Received {
		return nil
	}
	return room.screen(ctx, in)
}

// keysSealedFor finds the keys of this house for which a package is sealed: those in use,
// or older ones.
func (room *Room) keysSealedFor(ctx context.Context, org, opener string) (k Keys, known bool, err error) {
	raw, err := hex.DecodeString(opener)
	if err != nil {
		return k, false, nil // it is for nobody here
	}
	err = room.desk.Look(ctx, func(r db.Reader) error {
		k, known, err = first(keyRows.Select(ctx, r, "WHERE org = $1 AND opener = $2 LIMIT 1", org, raw))
		return err
	})
	return k, known, err
}

// screen holds every document to what it must have and must not have.
func (room *Room) screen(ctx context.Context, in *incoming) error {
	for _, f := range in.files {
		s, err := room.intake.Screen(ctx, f.raw)
		if err != nil {
			return err
		}
		for _, found := range s.Missing {
			in.found(Incomplete, f.Name, found)
		}
		for _, found := range s.Dangers {
			in.found(Unsafe, f.Name, found)
		}
	}
	return nil
}

func (in *incoming) found(outcome, item string, f intake.Finding) {
	if in.Outcome != Unsafe { // the worse of both
		in.Outcome = outcome
	}
	if len(in.Findings) < maxFindings {
		in.Findings = append(in.Findings, Finding{Item: item, Rule: f.Rule, Where: f.Element, Say: f.Say, Remedy: f.Remedy})
	}
}

// take hands the documents to the import of their source. It is done before the arrival
// is written down: where that fails the sender sends again, and what was taken is not
// taken twice.
func (room *Room) take(ctx context.Context, in *incoming) error {
	report, err := room.intake.Import(ctx, intake.Input{Each: func(yield func(intake.Handed, error) bool) {
		for _, f := range in.files {
			if !yield(intake.Handed{Name: f.Name, Raw: f.raw}, nil) {
				return
			}
		}
	}}, nil)
	in.Batch, in.Aside = report.Batch, report.Total.Quarantined
	in.Taken = report.Total.Read - report.Total.Quarantined
	return err
}

// keepArrival writes down what arrived. What is kept apart is kept whole, under a key of
// its own.
func (room *Room) keepArrival(ctx context.Context, in *incoming) error {
	if in.apart() {
		sealer, err := room.vault.NewSubject(in.Org, in.ID)
		if err != nil {
			return err
		}
		blob, err := sealer.PutBlob(ctx, room.blobs, vault.Place{Kind: "Arrival", Object: in.ID, Version: "1", Field: "file"}, bytes.NewReader(in.raw))
		if err != nil {
			return err
		}
		in.Blob, in.sealer = blob.ID, sealer
	}
	return room.desk.Do(ctx, "exchange.receive", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "Exchange", ID: in.Partner, Org: in.Org, CreatedBy: in.Source}); err != nil {
			return err
		}
		a := in.Arrival
		a.At = w.Now()
		if a.Outcome == Received { // another process may have taken the same meanwhile
			outcome, expected, err := placed(ctx, w, a)
			if err != nil {
				return err
			}
			a.Outcome, in.expected = outcome, expected
		}
		w.Note("partner", a.Partner)
		w.Note("outcome", a.Outcome)
		w.Note("sequence", strconv.Itoa(a.Sequence))
		if in.sealer != nil {
			if err := in.sealer.Save(ctx, w); err != nil {
				return err
			}
			if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Apart, To: duty.To{Role: "security-administrator"}, Subject: a.ID, Urgent: true}); err != nil {
				return err
			}
		}
		in.Arrival = a
		return arrivals.Insert(ctx, w, &a)
	})
}

// receipt is what is answered, signed by this house.
func (room *Room) receipt(ctx context.Context, in *incoming) (SignedReceipt, error) {
	r := Receipt{
		V: 1, Package: in.Package, Sequence: in.Sequence, Outcome: in.Outcome, Digest: in.Digest, Taken: in.Taken, Aside: in.Aside, Findings: in.Findings, At: in.At,
	}
	if in.Outcome == OutOfOrder {
		r.Expected = in.expected
	}
	text, err := json.Marshal(r)
	if err != nil {
		return SignedReceipt{}, err
	}
	signature, err := room.sign(ctx, in.keys, signedReceipt(text))
	return SignedReceipt{Receipt: text, Signature: signature}, err
}
