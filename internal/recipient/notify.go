package recipient

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// SignedText is what is signed of a message that tells a system something.
func SignedText(notice string, sequence int, at time.Time, nonce string, body []byte) []byte {
	digest := sm.Sum(body)
	return []byte(strings.Join([]string{
		"medward-webhook-1", notice, strconv.Itoa(sequence), strconv.FormatInt(at.Unix(), 10), nonce, hex.EncodeToString(digest[:]),
	}, "\n"))
}

// Signature is the header of that name: HMAC-SM3 under the secret of the recipient.
func Signature(secret string, signed []byte) string {
	return base64.StdEncoding.EncodeToString(sm.HMAC([]byte(secret), signed))
}

// call is one telling, ready to go.
type call struct {
	notice    Notice
	recipient Recipient
	secret    string
	said      message
	body      []byte
	sequence  int
}

// notify tells one system of one thing. The job that carries it is tried again with
// growing pauses; what is told is what is so at that moment.
func (room *Room) notify(ctx context.Context, at *job.Work) error {
	var args notifyArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	ctx = room.asHouse(ctx)
	c, err := room.compose(ctx, args)
	if err != nil || c.notice.State != Waiting {
		return err
	}
	answer, failed := room.tell(ctx, &c)
	return errors.Join(failed, room.settleNotice(ctx, c, answer, failed, at.Task.Tries >= at.Task.MaxTries))
}

// compose reads whom to tell, and what is so.
func (room *Room) compose(ctx context.Context, args notifyArgs) (call, error) {
	var c call
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if c.notice, err = notices.Get(ctx, r, args.Org, args.Notice); err != nil {
			return err
		}
		if c.recipient, err = recipients.Get(ctx, r, args.Org, c.notice.Recipient); err != nil {
			return err
		}
		if c.secret, err = room.openSecret(ctx, r, c.recipient); err != nil {
			return err
		}
		c.said, err = present(ctx, r, c.notice, room.desk.Now())
		return err
	})
	if err != nil {
		return c, err
	}
	c.body, err = c.said.body()
	return c, err
}

// openSecret opens what a recipient is told with; empty where there is none yet.
func (room *Room) openSecret(ctx context.Context, r db.Reader, x Recipient) (string, error) {
	if len(x.Secret) == 0 {
		return "", nil
	}
	subject, err := room.vault.Subject(ctx, r, x.Org, x.SecretKey)
	if errors.Is(err, vault.KeyDestroyed) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	secret, err := subject.Open(secretPlace(x.ID), x.Secret)
	return string(secret), err
}

// answered is what a system says of a message.
type answered struct {
	Outcome string `json:"outcome"`
	Digest  string `json:"digest"`
}

// tell keeps the sending and then posts it, in this order: nothing leaves without a row.
func (room *Room) tell(ctx context.Context, c *call) (answered, error) {
	if refusal := c.recipient.refuses(ShapeEvents, room.desk.Now()); refusal != nil {
		return answered{}, refusal
	}
	if err := room.keepTelling(ctx, c); err != nil {
		return answered{}, err
	}
	now, nonce := room.desk.Now(), base64.RawURLEncoding.EncodeToString(sm.NewSecret()[:18])
	header := http.Header{
		"Content-Type": {"application/json"}, "Medward-Notice": {c.notice.ID}, "Medward-Sequence": {strconv.Itoa(c.sequence)},
		"Medward-Time": {strconv.FormatInt(now.Unix(), 10)}, "Medward-Nonce": {nonce},
	}
	if c.secret != "" {
		header.Set("Medward-Signature", Signature(c.secret, SignedText(c.notice.ID, c.sequence, now, nonce, c.body)))
	}
	to := dial.Destination{Address: c.recipient.Said.Address, Internal: c.recipient.Said.Internal}
	raw, err := dial.New(c.recipient.Said.roots()).Guarded(room.Admits(ShapeEvents)).Post(ctx, to, header, c.body)
	if err != nil {
		return answered{}, err
	}
	var a answered
	if err := json.Unmarshal(raw, &a); err != nil {
		return a, errAnswer.Because(err)
	}
	if a.Outcome != Confirmed && a.Outcome != Unsupported {
		return a, errAnswer.With()
	}
	return a, nil
}

// keepTelling writes the sending of a message, unless the same was sent before.
func (room *Room) keepTelling(ctx context.Context, c *call) error {
	digest := sm.Sum(c.body)
	if string(c.notice.Digest) == string(digest[:]) {
		return room.desk.Look(ctx, func(r db.Reader) error {
			s, err := sendings.Get(ctx, r, c.notice.Org, c.notice.Sending)
			c.sequence = s.Sequence
			return err
		})
	}
	item := Item{Kind: "Seal", ID: c.notice.Subject, Patient: c.notice.Patient}
	if c.notice.Event == EventEnding {
		item.Kind = "Grant"
	}
	p, err := room.Prepare(ctx, Leaving{
		Recipient: c.recipient.ID, Party: Registered, Channel: "webhook", Shape: ShapeEvents, Items: []Item{item}, Bytes: int64(len(c.body)), Digest: digest[:],
	})
	if err != nil {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		n, err := notices.Get(ctx, w, c.notice.Org, c.notice.ID)
		if err != nil {
			return err
		}
		s, err := room.KeepIn(ctx, w, &p)
		if err != nil {
			return err
		}
		n.Sending, n.Digest, n.Told = s.ID, digest[:], c.said.State
		c.notice, c.sequence = n, s.Sequence
		return notices.Update(ctx, w, &n)
	})
}

// settleNotice keeps what became of a telling.
func (room *Room) settleNotice(ctx context.Context, c call, a answered, failed error, last bool) error {
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		n, err := notices.Get(ctx, w, c.notice.Org, c.notice.ID)
		if err != nil || n.State != Waiting {
			return err
		}
		n.Tries++
		w.Note("notice", n.ID)
		switch {
		case failed != nil:
			n.Failure = fault.From(failed).Code.Name
			err = room.failIn(ctx, w, &n, c.recipient, last)
		case a.Outcome == Unsupported:
			n.State, n.Failure, n.Settled = Unsupported, "", w.Now()
		default:
			err = room.confirmIn(ctx, w, &n, a)
		}
		if err != nil {
			return err
		}
		w.Note("state", n.State)
		return notices.Update(ctx, w, &n)
	})
}

// failIn counts a failure; the second one asks the owner, the last one ends the tries
// until the next look.
func (room *Room) failIn(ctx context.Context, w *act.Work, n *Notice, x Recipient, last bool) error {
	if last {
		n.State, n.Settled = Failed, w.Now()
	}
	if n.Tries < alarmAfter {
		return nil
	}
	open, err := duty.OpenAbout(ctx, w, n.Org, Unanswered, x.ID)
	if err != nil || len(open) > 0 {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Unanswered, To: duty.To{Person: x.Said.Owner}, Subject: x.ID, Urgent: true})
	return err
}

// confirmIn takes the receipt of a telling. With it the system is there again, and what
// had failed before is told at once.
func (room *Room) confirmIn(ctx context.Context, w *act.Work, n *Notice, a answered) error {
	s, err := sendings.Get(ctx, w, n.Org, n.Sending)
	if err != nil {
		return err
	}
	digest, _ := hex.DecodeString(a.Digest) // what is no digest is another digest
	rec, err := room.ReceiveIn(ctx, w, s, Receiving{Digest: digest})
	if err != nil {
		return err
	}
	if rec.Outcome == Altered {
		n.State, n.Failure, n.Settled = Failed, errAnswer.Name, w.Now()
		return nil
	}
	n.State, n.Failure, n.Settled = Confirmed, "", w.Now()
	if err := room.duty.DoneIn(ctx, w, Unanswered, n.Recipient); err != nil {
		return err
	}
	return room.againIn(ctx, w, n.Org, n.Recipient, n.ID, w.Now())
}

// againIn lets what failed before a moment be tried again.
func (room *Room) againIn(ctx context.Context, w *act.Work, org, recipient, but string, before time.Time) error {
	failed, err := notices.Select(ctx, w, "WHERE org = $1 AND recipient = $2 AND state = $3 AND settled <= $4 ORDER BY id LIMIT $5", org, recipient, Failed, before.UnixMicro(), int64(atOnce))
	if err != nil {
		return err
	}
	for _, n := range failed {
		if n.ID == but || n.Failure == errAnswer.Name {
			continue
		}
		n.State, n.Settled = Waiting, time.Time{}
		if err := notices.Update(ctx, w, &n); err != nil {
			return err
		}
		if err := order(ctx, w, n, w.Now()); err != nil {
			return err
		}
	}
	return nil
}
