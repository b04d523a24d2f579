package inspection

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Wanted is what somebody wants to inspect.
type Wanted struct {
	Kind string
	// Days is how far back the frame goes: people who left within, patients treated
	// within, seals that lay within, what was broken or held within. 0 is all, and for leavers a year.
	Days int
	// Subject names what is to be inspected instead of a draw: a record number, a
	// staff number, the id of a seal, a break-glass or a grant. Empty: it is drawn.
	Subject string
}

const (
	maxDays    = 3650
	usualLeave = 365 // days
)

func (w Wanted) check() error {
	bad := errInput.With()
	switch w.Kind {
	case Patient, Person, Leaver, Sealed, Glass, Granted:
	default:
		bad.At("kind", fault.Text{ZH: "请选择患者、人员、离职人员、封存案例、紧急调阅或授权", EN: "choose patient, person, leaver, seal, glass or grant"})
	}
	if w.Days < 0 || w.Days > maxDays {
		bad.At("days", fault.Text{ZH: "天数应在 0 至 3650 之间，0 为全部", EN: "0 to 3650 days; 0 is all"})
	}
	bad.MayName("subject", w.Subject, 60)
	return bad.OrNil()
}

// Prepare lays down the frame of a draw and the newest signed checkpoint, before
// anybody says a number; or names the subject, when one is given.
func (room *Room) Prepare(ctx context.Context, in Wanted) (Draw, error) {
	if err := room.desk.Begin(ctx, "inspection.draw"); err != nil {
		return Draw{}, err
	}
	in.Subject = strings.TrimSpace(in.Subject)
	if err := in.check(); err != nil {
		return Draw{}, err
	}
	if in.Kind == Leaver && in.Days == 0 {
		in.Days = usualLeave
	}
	if !room.mayDraw(ctx) {
		return Draw{}, room.refuse(ctx)
	}
	if err := room.settle(ctx); err != nil {
		return Draw{}, err
	}
	now := room.desk.Now()
	d := Draw{Org: act.From(ctx).Org, ID: id.New(now), Kind: in.Kind, Days: in.Days, Prepared: now, By: act.From(ctx).ID, Number: undrawn, Chosen: undrawn}
	var list []byte
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		newest, err := room.ledger.Latest(ctx, r)
		if err != nil {
			return err
		}
		d.Checkpoint = newest.Note
		if in.Subject != "" {
			d.Named, d.Drawn, d.DrawnBy = true, d.Prepared, d.By
			d.Subject, err = room.named(ctx, r, d.Org, in)
			return err
		}
		list, err = d.layDown(ctx, r)
		return err
	})
	if err != nil {
		return Draw{}, err
	}
	return d, room.keep(ctx, &d, list)
}

// layDown reads the frame, and returns it as it is kept.
func (d *Draw) layDown(ctx context.Context, r db.Reader) ([]byte, error) {
	ids, err := frameOf(ctx, r, d.Org, d.Kind, d.Days, d.Prepared)
	switch {
	case err != nil:
		return nil, err
	case len(ids) == 0:
		return nil, errNothing.With()
	case len(ids) > MaxFrame:
		return nil, errTooMany.With()
	}
	d.Size, d.Digest = len(ids), digestOf(ids)
	return packed(ids)
}

func (room *Room) keep(ctx context.Context, d *Draw, list []byte) error {
	return room.desk.Do(ctx, "inspection.draw", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, d.object()); err != nil {
			return err
		}
		w.Note("draw", d.ID)
		w.Note("kind", d.Kind)
		if list != nil {
			if err := frames.Insert(ctx, w, &frame{Org: d.Org, Draw: d.ID, List: list}); err != nil {
				return err
			}
		}
		return draws.Insert(ctx, w, d)
	})
}

// mayDraw asks before the frame is read, which costs more than the question.
func (room *Room) mayDraw(ctx context.Context) bool {
	actor := act.From(ctx)
	return room.may(actor, room.desk.Now(), "inspection.draw", policy.Object{Kind: "Inspection", Org: actor.Org})
}

// refuse has the refusal recorded and returns it.
func (room *Room) refuse(ctx context.Context) error {
	return room.desk.Do(ctx, "inspection.draw", func(ctx context.Context, w *act.Work) error {
		return w.Permit(ctx, policy.Object{Kind: "Inspection", Org: w.Actor().Org})
	})
}

// Choose takes the number that the inspector says aloud, and draws.
func (room *Room) Choose(ctx context.Context, draw string, number int64) (Draw, error) {
	if err := room.desk.Begin(ctx, "inspection.draw"); err != nil {
		return Draw{}, err
	}
	if number < 0 || number > MaxNumber {
		return Draw{}, errInput.With().At("number", fault.Text{ZH: "号码应为 0 至 10 亿的整数", EN: "a whole number from 0 to 1,000,000,000"})
	}
	ids, err := room.laidDown(ctx, draw)
	if err != nil {
		return Draw{}, err
	}
	var d Draw
	err = room.desk.Do(ctx, "inspection.draw", func(ctx context.Context, w *act.Work) (err error) {
		if err := w.Permit(ctx, policy.Object{Kind: "Inspection", ID: draw, Org: w.Actor().Org}); err != nil {
			return err
		}
		if d, err = draws.Get(ctx, w, w.Actor().Org, draw); err != nil {
			return absent(err)
		}
		switch {
		case d.Ready():
			return errDrawn.With()
		case d.Size != len(ids) || !bytes.Equal(d.Digest, digestOf(ids)):
			return errFrame.With()
		}
		d.Number, d.Drawn, d.DrawnBy = number, w.Now(), w.Actor().ID
		d.Chosen = d.Index()
		d.Subject = ids[d.Chosen]
		w.Note("draw", d.ID)
		return draws.Update(ctx, w, &d)
	})
	return d, err
}

// laidDown reads the frame of a draw; none where there is none.
func (room *Room) laidDown(ctx context.Context, draw string) (ids []string, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		kept, err := frames.Get(ctx, r, act.From(ctx).Org, draw)
		if errors.Is(err, db.ErrNone) {
			return nil
		}
		if err != nil {
			return err
		}
		ids, err = unpacked(kept.List)
		return err
	})
	return ids, err
}
