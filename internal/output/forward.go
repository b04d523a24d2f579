package output

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Forward is a document that somebody points out to a colleague. It carries no right:
// the colleague opens it by his own. Its row is keyed.
type Forward struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Document  string    `db:"document"`
	Patient   string    `db:"patient"`
	Sender    string    `db:"sender"`
	Recipient string    `db:"recipient"`
	Since     time.Time `db:"since"`
	Until     time.Time `db:"until"`
	Opened    int       `db:"opened"`  // by the recipient
	Refused   int       `db:"refused"` // to others
	MAC       []byte    `db:"mac"`
}

// object concerns the recipient: the link is his alone.
func (f Forward) object() policy.Object {
	return policy.Object{Kind: "Output", ID: f.ID, Org: f.Org, Patient: f.Patient, Author: f.Sender, Concerns: f.Recipient}
}

// longestForward bounds how long a link lives.
const longestForward = 7 * 24 * time.Hour

// Forward points a document out to a colleague until a moment.
func (room *Room) Forward(ctx context.Context, document, to string, until time.Time) (Forward, error) {
	if err := room.desk.Begin(ctx, "output.forward"); err != nil {
		return Forward{}, err
	}
	now, actor := room.desk.Now(), act.From(ctx)
	e := errInput.With()
	if !until.After(now) || until.Sub(now) > longestForward {
		e.At("until", fault.Text{ZH: "请写明截止时间，最长 7 天", EN: "give an end, at most 7 days away"})
	}
	if to == actor.ID || to == "" {
		e.At("to", fault.Text{ZH: "请选择一位同事", EN: "choose a colleague"})
	}
	if err := e.OrNil(); err != nil {
		return Forward{}, err
	}
	views, err := room.read(ctx, []Wanted{{Document: document}})
	if err != nil {
		return Forward{}, err
	}
	f := Forward{Org: actor.Org, ID: id.New(now), Document: document, Patient: views[0].Patient, Sender: actor.ID, Recipient: to, Since: now, Until: until.UTC()}
	err = room.desk.Do(ctx, "output.forward", func(ctx context.Context, w *act.Work) error {
		known, err := room.patients.Find(ctx, w, f.Org, f.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, documentObject(views[0].Document, known)); err != nil {
			return err
		}
		if there, err := staff.Known(ctx, w, f.Org, []string{to}); err != nil || !there[to] {
			return errInput.Because(err).At("to", fault.Text{ZH: "没有这位人员", EN: "there is no such person"})
		}
		w.Note("forward", f.ID)
		return forwards.Insert(ctx, w, &f)
	})
	return f, err
}

// OpenForward tells the named colleague which document is meant; opening it is for the
// rules about reading. To anybody else it is refused, and counted.
func (room *Room) OpenForward(ctx context.Context, forward string) (Forward, error) {
	var f Forward
	err := room.desk.Do(ctx, "output.open", func(ctx context.Context, w *act.Work) (err error) {
		if f, err = forwards.Get(ctx, w, w.Actor().Org, forward); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, f.object()); err != nil {
			return err
		}
		if !w.Now().Before(f.Until) {
			return errOver.With()
		}
		f.Opened++
		w.Note("forward", f.ID)
		return forwards.Update(ctx, w, &f)
	})
	if errors.Is(err, act.ErrRefused) && act.From(ctx).Known() {
		err = errors.Join(err, room.countRefused(ctx, forward))
	}
	if err != nil {
		return Forward{}, err
	}
	return f, nil
}

func (room *Room) countRefused(ctx context.Context, forward string) error {
	return room.desk.Do(room.clockContext(ctx), "output.clock", func(ctx context.Context, w *act.Work) error {
		f, err := forwards.Get(ctx, w, room.o.Org, forward)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, f.object()); err != nil {
			return err
		}
		f.Refused++
		w.Note("forward", f.ID)
		return forwards.Update(ctx, w, &f)
	})
}
