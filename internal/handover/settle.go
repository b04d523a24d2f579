package handover

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/kit/sm"
)

// Receive takes the receipt that the receiver signed after it verified an export, and
// settles the outward register by it (C-047).
func (room *Room) Receive(ctx context.Context, id string, in bundle.Signed) (Case, error) {
	return room.change(ctx, "handover.receive", id, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Released && c.State != Differs {
			return errOrder.With("state", c.State)
		}
		to, err := room.exchange.Partner(ctx, w, c.Org, c.Partner)
		if err != nil {
			return err
		}
		said, err := judged(*c, to.Card, in)
		if err != nil {
			return err
		}
		earlier, err := receiptsOf(ctx, w, *c)
		if err != nil {
			return err
		}
		brought := Receipt{
			Org: c.Org, Handover: c.ID, Number: len(earlier) + 1, Run: said.Run, Outcome: said.Outcome, Found: said.Found, Digest: said.Digest,
			Receipt: in.Receipt, Signature: in.Signature, At: w.Now(), BroughtBy: w.Actor().ID,
		}
		w.Note("outcome", said.Outcome)
		w.Note("differences", strconv.FormatInt(said.Found, 10))
		if err := receipts.Insert(ctx, w, &brought); err != nil {
			return err
		}
		if said.Outcome != bundle.Match {
			c.State = Differs
			return room.tell(ctx, w, *c)
		}
		c.State, c.Settled = Matched, w.Now()
		return room.received(ctx, w, *c)
	})
}

// judged reads a receipt and holds it against the export that it must be about.
func judged(c Case, to exchange.Card, in bundle.Signed) (bundle.Receipt, error) {
	said, err := in.Read(to.Signer)
	if err != nil {
		return said, errReceipt.Because(err)
	}
	if said.Export != c.ID || said.Run != c.Run || said.Digest != c.Digest {
		return said, errReceipt.With()
	}
	return said, nil
}

// tell opens a task for whoever asked for the handover.
func (room *Room) tell(ctx context.Context, w *act.Work, c Case) error {
	open, err := duty.OpenAbout(ctx, w, c.Org, Differing, c.ID)
	if err != nil || len(open) > 0 {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Differing, To: duty.To{Person: c.OpenedBy}, Subject: c.ID, Urgent: true})
	return err
}

// received settles the row of the outward register.
func (room *Room) received(ctx context.Context, w *act.Work, c Case) error {
	if err := room.duty.DoneIn(ctx, w, Differing, c.ID); err != nil {
		return err
	}
	s, err := room.recipients.SendingOf(ctx, w, c.Org, c.Sending)
	if err != nil {
		return err
	}
	digest, err := hex.DecodeString(c.Digest)
	if err != nil {
		return err
	}
	_, err = room.recipients.ReceiveIn(ctx, w, s, recipient.Receiving{Digest: digest})
	return err
}

// Sign signs the end of a handover for the giver, by the key of whoever signs. The
// receiver has signed by its receipt.
func (room *Room) Sign(ctx context.Context, id string) (Case, error) {
	if err := room.desk.Begin(ctx, "handover.sign"); err != nil {
		return Case{}, err
	}
	signed, err := room.signing(ctx, id)
	if err != nil {
		return Case{}, room.desk.Missing(ctx, "handover.sign", err)
	}
	return room.change(ctx, "handover.sign", id, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Matched || c.Ground == Rehearsal || c.Digest != signed.Digest {
			return errOrder.With("state", c.State)
		}
		signed.At = w.Now()
		c.State = Signed
		return signatures.Insert(ctx, w, &signed)
	})
}

func (room *Room) signing(ctx context.Context, id string) (Signature, error) {
	actor := act.From(ctx)
	var c Case
	var said []Receipt
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if c, err = getCase(ctx, r, actor.Org, id); err == nil {
			said, err = receiptsOf(ctx, r, c)
		}
		return err
	})
	if err != nil {
		return Signature{}, err
	}
	if c.State != Matched || len(said) == 0 {
		return Signature{}, errOrder.With("state", c.State)
	}
	sum := sm.Sum(said[0].Receipt)
	key, value, err := room.signer.Sign(ctx, actor, Signable(c, hexed(sum[:])))
	return Signature{Org: c.Org, Handover: c.ID, Person: actor.ID, Role: "giver", Digest: c.Digest, Key: key, Value: value}, err
}

// compareWithin is how new a comparison must be for a handover to be closed.
const compareWithin = time.Hour

// Close ends a handover: by somebody unrelated to whoever signed, when nothing is missing
// in a comparison of the last hour (C-048). People write again.
func (room *Room) Close(ctx context.Context, id string) (Case, error) {
	if err := room.desk.Begin(ctx, "handover.close"); err != nil {
		return Case{}, err
	}
	written, err := room.accountedSince(ctx, id)
	if err != nil {
		return Case{}, room.desk.Missing(ctx, "handover.close", err)
	}
	return room.change(ctx, "handover.close", id, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Signed {
			return errOrder.With("state", c.State)
		}
		held, err := signaturesOf(ctx, w, *c)
		if err != nil {
			return err
		}
		now := slices.IndexFunc(held, func(s Signature) bool { return s.Digest == c.Digest })
		if now < 0 {
			return errOrder.With("state", c.State)
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, held[now].Person); err != nil {
			return err
		}
		done, err := comparisonsOf(ctx, w, *c)
		if err != nil {
			return err
		}
		if len(done) == 0 || done[0].Run != c.Run || w.Now().Sub(done[0].At) > compareWithin {
			return errStale.With()
		}
		if n := done[0].Missing + done[0].Gone; n > 0 {
			return errMissing.With("count", strconv.FormatInt(n, 10))
		}
		latest, err := changedSince(ctx, w, c.Org, done[0].At)
		if err != nil {
			return err
		}
		if written || latest > 0 {
			return errStale.With()
		}
		c.State, c.Settled, c.ClosedBy = Closed, w.Now(), w.Actor().ID
		return nil
	})
}

// accountWithin is how long a closing waits for the account to have its place.
const accountWithin = 10 * time.Second

// accountedSince reports whether the account tells of anything that was written about
// patients since the newest comparison of a handover began. What the account does not
// tell yet is looked for when the case is closed.
func (room *Room) accountedSince(ctx context.Context, id string) (bool, error) {
	waiting, cancel := context.WithTimeout(ctx, accountWithin)
	defer cancel()
	if err := room.ledger.Settle(waiting); err != nil {
		return false, err
	}
	org := act.From(ctx).Org
	var told []ledger.Tally
	err := room.desk.Look(ctx, func(r db.Reader) error {
		c, err := getCase(ctx, r, org, id)
		if err != nil {
			return err
		}
		done, err := comparisonsOf(ctx, r, c)
		if err != nil || len(done) == 0 {
			return err
		}
		told, err = room.ledger.Tallies(ctx, r, org, "", done[0].At.Add(time.Microsecond))
		return err
	})
	return slices.ContainsFunc(told, func(t ledger.Tally) bool {
		use, _ := policy.UseOf(t.Verb)
		return t.Done > 0 && (use == policy.Edit || use == policy.Modify || slices.Contains(staffed, t.Verb))
	}), err
}
