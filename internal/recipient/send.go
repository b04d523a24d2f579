package recipient

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Prepared is a sending that is ready to be kept in the act by which it leaves.
type Prepared struct {
	Leaving
	Sending
	fresh *vault.Subject // the key of its items when it is new
}

// Prepare seals what a sending holds: under the key of its patient, or a key of its own
// where it is about several.
func (room *Room) Prepare(ctx context.Context, in Leaving) (Prepared, error) {
	in.Channel = channelName(in.Channel)
	if err := in.check(); err != nil {
		return Prepared{}, err
	}
	org := act.From(ctx).Org
	p := Prepared{Leaving: in, Sending: Sending{
		Org: org, ID: id.New(room.desk.Now()), Recipient: in.Recipient, Party: in.Party, Channel: in.Channel, Shape: in.Shape, Basis: in.Basis,
		Count: len(in.Items), Bytes: in.Bytes, Digest: in.Digest,
	}}
	text, err := json.Marshal(in.Items)
	if err != nil {
		return Prepared{}, err
	}
	sealer, err := room.sealer(ctx, &p)
	if err != nil {
		return Prepared{}, err
	}
	p.Sending.Items, err = sealer.Seal(itemsPlace(p.ID), text)
	return p, err
}

func (room *Room) sealer(ctx context.Context, p *Prepared) (subject *vault.Subject, err error) {
	if named := p.patients(); len(named) == 1 {
		p.SealedFor = named[0]
		err = room.desk.Look(ctx, func(r db.Reader) (err error) {
			subject, err = room.patients.FindSubject(ctx, r, p.Org, named[0])
			return err
		})
		return subject, err
	}
	p.SealedFor = p.ID
	p.fresh, err = room.vault.NewSubject(p.Org, p.ID)
	return p.fresh, err
}

// KeepIn writes a sending in the act by which it leaves, which was permitted. What the
// register does not hold, or not for this, is refused.
func (room *Room) KeepIn(ctx context.Context, w *act.Work, p *Prepared) (Sending, error) {
	s := p.Sending
	hours := p.ReceiptHours
	if s.Party == Registered {
		x, err := recipients.Get(ctx, w, s.Org, s.Recipient)
		if err != nil {
			return s, absent(err)
		}
		if refusal := x.refuses(s.Shape, w.Now()); refusal != nil {
			return s, refusal
		}
		day, err := sentOn(ctx, w, s.Org, s.Recipient, w.Now())
		if err != nil {
			return s, err
		}
		if refusal := x.Said.refuses(x.Code, s, day); refusal != nil {
			return s, refusal
		}
		hours = x.Said.Hours
		if s.Basis == "" {
			s.Basis = x.Said.Basis
		}
	}
	for _, item := range p.Leaving.Items {
		if item.Kind != "Document" {
			continue
		}
		if err := w.PermitTo(ctx, "record.release", policy.Object{Kind: "Document", ID: item.ID, Org: s.Org, Patient: item.Patient}); err != nil {
			return s, err
		}
	}
	last, err := lastSequence(ctx, w, s.Org, s.Recipient)
	if err != nil {
		return s, err
	}
	s.Sequence, s.Sender, s.Purpose, s.Sent = last+1, senderOf(w.Actor()), w.Actor().Purpose, w.Now()
	if hours > 0 {
		s.ReceiptBy = s.Sent.Add(time.Duration(hours) * time.Hour)
	}
	w.Note("sending", s.ID)
	w.Note("sent", strconv.Itoa(s.Count))
	for _, patient := range p.patients() {
		if err := abouts.Insert(ctx, w, &about{s.Org, patient, s.ID}); err != nil {
			return s, err
		}
	}
	if p.fresh != nil {
		if err := p.fresh.Save(ctx, w); err != nil {
			return s, err
		}
	}
	p.Sending = s
	return s, sendings.Insert(ctx, w, &s)
}

func senderOf(a act.Actor) string {
	if a.Kind == act.Person || a.Kind == act.Feed {
		return a.ID
	}
	return a.Kind
}

// Send records that something leaves for a recipient, before it does (B-086, B-088).
// Where the recipient may not have it, nothing may leave, and the attempt is kept.
func (room *Room) Send(ctx context.Context, in Leaving) (Sending, error) {
	if err := room.desk.Begin(ctx, "recipient.send"); err != nil {
		return Sending{}, err
	}
	in.Party = Registered
	p, err := room.Prepare(ctx, in)
	if err != nil {
		return Sending{}, room.desk.Missing(ctx, "recipient.send", err)
	}
	var s Sending
	err = room.desk.Do(ctx, "recipient.send", func(ctx context.Context, w *act.Work) error {
		x, err := recipients.Get(ctx, w, w.Actor().Org, in.Recipient)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, x.Object()); err != nil {
			return err
		}
		for _, item := range in.Items {
			w.Concerns(policy.Object{Kind: item.Kind, ID: item.ID, Patient: item.Patient})
		}
		s, err = room.KeepIn(ctx, w, &p)
		return err
	})
	if refusal, ours := refusedHere(err); ours {
		return s, errors.Join(refusal, room.keepRefusal(ctx, in.Recipient, refusal))
	}
	return s, err
}

// refusedHere tells a refusal of the register from all others.
func refusedHere(err error) (*fault.Error, bool) {
	if err == nil {
		return nil, false
	}
	known, ok := errors.AsType[*fault.Error](err)
	return known, ok && slices.Contains([]string{errNotLive.Name, errScope.Name, errUnregistered.Name, errVolume.Name}, known.Code.Name)
}

// Receiving is what a recipient says of what arrived.
type Receiving struct {
	Digest   []byte // SM3 of what arrived
	Evidence []byte // SM3 of the paper or message that says so
}

// Receive records a receipt and compares it with what was sent (B-087).
func (room *Room) Receive(ctx context.Context, sending string, in Receiving) (Receipt, error) {
	if err := room.desk.Begin(ctx, "recipient.receive"); err != nil {
		return Receipt{}, err
	}
	e := errInput.With()
	if len(in.Digest) != sm.DigestSize {
		e.At("digest", fault.Text{ZH: "请填写回执中的 SM3 摘要（64 位十六进制）", EN: "give the SM3 digest of the receipt: 64 hexadecimal digits"})
	}
	if len(in.Evidence) > 0 && len(in.Evidence) != sm.DigestSize {
		e.At("evidence", fault.Text{ZH: "请提供凭证的 SM3 摘要", EN: "give the SM3 digest of the proof"})
	}
	if err := e.OrNil(); err != nil {
		return Receipt{}, err
	}
	var rec Receipt
	err := room.desk.Do(ctx, "recipient.receive", func(ctx context.Context, w *act.Work) error {
		s, err := sendings.Get(ctx, w, w.Actor().Org, sending)
		if err != nil {
			return absent(err)
		}
		o := policy.Object{Kind: "Recipient", ID: s.Recipient, Org: s.Org, Author: s.Sender, Concerns: s.Sender}
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		rec, err = room.ReceiveIn(ctx, w, s, in)
		return err
	})
	return rec, err
}

// ReceiveIn records a receipt in an act that was permitted.
func (room *Room) ReceiveIn(ctx context.Context, w *act.Work, s Sending, in Receiving) (Receipt, error) {
	before, err := receiptsOf(ctx, w, s.Org, s.ID)
	if err != nil {
		return Receipt{}, err
	}
	rec := Receipt{
		Org: s.Org, Sending: s.ID, Number: len(before) + 1, Outcome: s.judge(before, in.Digest, w.Now()), Digest: in.Digest, Evidence: in.Evidence, At: w.Now(), By: senderOf(w.Actor()),
	}
	w.Note("sending", s.ID)
	w.Note("outcome", rec.Outcome)
	switch rec.Outcome {
	case Matched, Late:
		err = room.duty.DoneIn(ctx, w, Missing, s.ID)
	case Altered:
		w.Note("arrived", hex.EncodeToString(in.Digest))
		err = room.askSenderIn(ctx, w, Recall, s)
	}
	if err != nil {
		return rec, err
	}
	return rec, receipts.Insert(ctx, w, &rec)
}

// askSenderIn opens a task about a sending, once: to whoever sent it, or to whoever
// answers for the recipient where a machine did.
func (room *Room) askSenderIn(ctx context.Context, w *act.Work, k *duty.Kind, s Sending) error {
	open, err := duty.OpenAbout(ctx, w, s.Org, k, s.ID)
	if err != nil || len(open) > 0 {
		return err
	}
	to := duty.To{Person: s.Sender}
	people, err := staff.Known(ctx, w, s.Org, []string{s.Sender})
	if err != nil {
		return err
	}
	if !people[s.Sender] {
		x, err := recipients.Get(ctx, w, s.Org, s.Recipient)
		if err != nil {
			return err
		}
		to.Person = x.Said.Owner
	}
	o := duty.Opening{Kind: k, To: to, Subject: s.ID, Urgent: k == Recall}
	if s.SealedFor != s.ID {
		o.Patient = s.SealedFor
	}
	_, err = room.duty.OpenIn(ctx, w, o)
	return err
}
