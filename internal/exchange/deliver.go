package exchange

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/recipient"
)

// parcelled is a package ready to be carried.
type parcelled struct {
	Package
	partner    Partner
	recipient  recipient.Recipient
	credential string
	raw        []byte
	before     bool // an earlier one was not received yet
}

// deliver carries one package to its partner. The job is tried again with growing
// pauses; the same bytes go each time.
func (room *Room) deliver(ctx context.Context, at *job.Work) error {
	var args deliverArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	ctx = room.asHouse(ctx)
	p, err := room.fetch(ctx, args)
	if err != nil || p.State != Waiting {
		return err
	}
	if p.before {
		return nil // it is ordered again when that one is received
	}
	t, r, failed := room.carry(ctx, p)
	if err := room.settle(ctx, p.Package, t, r, at.Task.Tries >= at.Task.MaxTries); err != nil {
		return err
	}
	return failed
}

func (room *Room) fetch(ctx context.Context, args deliverArgs) (parcelled, error) {
	var p parcelled
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if p.Package, err = packages.Get(ctx, r, args.Org, args.Package); err != nil || p.State != Waiting {
			return err
		}
		if p.partner, err = partners.Get(ctx, r, p.Org, p.Partner); err != nil {
			return err
		}
		if p.recipient, err = room.recipients.Find(ctx, r, p.Org, p.partner.Recipient); err != nil {
			return err
		}
		earlier, err := packages.Select(ctx, r, "WHERE org = $1 AND partner = $2 AND sequence < $3 AND state IN ($4, $5) LIMIT 1", p.Org, p.Partner, int64(p.Sequence), Waiting, Failed)
		if err != nil {
			return err
		}
		p.before = len(earlier) > 0
		subject, err := room.vault.Subject(ctx, r, p.Org, p.partner.CredentialKey)
		if err != nil {
			return err
		}
		credential, err := subject.Open(credentialPlace(p.partner.ID), p.partner.Credential)
		if err != nil {
			return err
		}
		p.credential = string(credential)
		p.raw, err = room.open(ctx, r, p.Package)
		return err
	})
	return p, err
}

func (room *Room) open(ctx context.Context, r db.Reader, p Package) ([]byte, error) {
	subject, err := room.patients.Subject(ctx, r, p.Org, p.Patient)
	if err != nil {
		return nil, err
	}
	blob, err := subject.OpenBlob(ctx, room.blobs, blobPlace(p.ID), p.Blob)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(blob)
	_ = blob.Close() // it was only read
	return raw, err
}

// carry posts a package and reads the receipt. A receipt that cannot be verified is
// none.
func (room *Room) carry(ctx context.Context, p parcelled) (Try, Receipt, error) {
	t := Try{Org: p.Org, Package: p.ID}
	fail := func(err error) (Try, Receipt, error) {
		t.Outcome = fault.From(err).Code.Name
		return t, Receipt{}, err
	}
	if !p.partner.Live(room.desk.Now()) {
		return fail(errNotLive.With("name", p.partner.Card.Name))
	}
	header := http.Header{"Content-Type": {"application/octet-stream"}, "Authorization": {"Bearer " + p.credential}}
	answer, err := room.recipients.Carry(ctx, p.recipient, recipient.ShapeDocuments, header, p.raw)
	if err != nil {
		return fail(err)
	}
	var s SignedReceipt
	if err := json.Unmarshal(answer, &s); err != nil {
		return fail(errReceipt.Because(err))
	}
	r, genuine := s.verify(p.partner.Card, p.Package)
	if !genuine {
		return fail(errReceipt.With())
	}
	t.Outcome, t.Digest, t.Receipt = r.Outcome, r.Digest, answer
	if !slices.Contains(final, r.Outcome) {
		return t, r, errUnreceived.With("outcome", r.Outcome)
	}
	return t, r, nil
}

// settle keeps what became of a try, and of the package by it.
func (room *Room) settle(ctx context.Context, of Package, t Try, r Receipt, last bool) error {
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		p, err := packages.Get(ctx, w, of.Org, of.ID)
		if err != nil || p.State != Waiting {
			return err
		}
		p.Tries++
		t.Number, t.At = p.Tries, w.Now()
		w.Note("package", p.ID)
		w.Note("outcome", t.Outcome)
		switch {
		case r.Outcome == Received || r.Outcome == Repeated:
			p.State, p.Settled = Arrived, w.Now()
		case slices.Contains(final, r.Outcome):
			p.State, p.Settled = Declined, w.Now()
		case last:
			p.State, p.Settled = Failed, w.Now()
		}
		if err := room.answer(ctx, w, p, r); err != nil {
			return err
		}
		if err := tries.Insert(ctx, w, &t); err != nil {
			return err
		}
		if err := packages.Update(ctx, w, &p); err != nil || p.State == Waiting || p.State == Failed {
			return err
		}
		return orderNext(ctx, w, p)
	})
}

// orderNext lets the package that waited for this one go.
func orderNext(ctx context.Context, w *act.Work, after Package) error {
	next, some, err := first(packages.Select(ctx, w, "WHERE org = $1 AND partner = $2 AND sequence > $3 AND state = $4 ORDER BY sequence LIMIT 1", after.Org, after.Partner, int64(after.Sequence), Waiting))
	if err != nil || !some {
		return err
	}
	return orderDelivery(ctx, w, next)
}

// Resend has a package carried again that was given up. The same bytes go, under the
// same number; what waited behind it follows.
func (room *Room) Resend(ctx context.Context, pack string) (Package, error) {
	var p Package
	err := room.desk.Do(ctx, "exchange.send", func(ctx context.Context, w *act.Work) (err error) {
		if p, err = packages.Get(ctx, w, w.Actor().Org, pack); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, p.object()); err != nil {
			return err
		}
		if p.State != Failed {
			return errOrder.With("state", p.State)
		}
		w.Note("package", p.ID)
		p.State, p.Settled = Waiting, time.Time{}
		if err := packages.Update(ctx, w, &p); err != nil {
			return err
		}
		return orderDelivery(ctx, w, p)
	})
	return p, err
}

// answer takes a receipt into the outward register, and asks the sender where the
// package was not taken.
func (room *Room) answer(ctx context.Context, w *act.Work, p Package, r Receipt) error {
	if slices.Contains(told, r.Outcome) {
		s, err := room.recipients.SendingOf(ctx, w, p.Org, p.Sending)
		if err != nil {
			return err
		}
		rec, err := room.recipients.ReceiveIn(ctx, w, s, recipient.Receiving{Digest: r.Digest})
		if err != nil {
			return err
		}
		w.Note("receipt", rec.Outcome)
		w.Note("arrived", hex.EncodeToString(r.Digest))
	}
	if p.State == Arrived {
		return room.duty.DoneIn(ctx, w, Unreceived, p.ID)
	}
	open, err := duty.OpenAbout(ctx, w, p.Org, Unreceived, p.ID)
	if err != nil || len(open) > 0 || p.State == Waiting && p.Tries < alarmAfter {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Unreceived, To: duty.To{Person: p.Sender}, Subject: p.ID, Patient: p.Patient, Urgent: true})
	return err
}

// told are the outcomes that say what arrived. A package that was kept apart for another
// reason says nothing of its arrival: it will come again.
var told = append([]string{Altered, Partial}, final...)

// alarmAfter is at which try the sender is asked.
const alarmAfter = 2

func hexOf(digest []byte) string { return hex.EncodeToString(digest) }
