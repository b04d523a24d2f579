package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
)

// Causes of a bar.
const (
	PartyToDispute = "dispute"
	Relative       = "relative"
	OwnWish        = "own-wish"
	Breach         = "breach"
)

// Bar keeps a person away from a patient (回避). Its row is keyed.
type Bar struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Person  string    `db:"person"`
	Patient string    `db:"patient"`
	Cause   string    `db:"cause"`
	Words   []byte    `db:"words"` // sealed
	Since   time.Time `db:"since"`
	Until   time.Time `db:"until"`
	Lifted  time.Time `db:"lifted"`
	By      string    `db:"given_by"`
	MAC     []byte    `db:"mac"`
}

// longestBar bounds a bar; it can be given again.
const longestBar = 3 * 366 * day

var bars = db.Define[Bar]("access_bar")

func barsOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Bar, error) {
	return bars.Select(ctx, r, "WHERE org = $1 AND person = $2 AND until > $3 AND lifted IS NULL", org, person, at.UnixMicro())
}

func (b Bar) tie() policy.Tie {
	return policy.Tie{Kind: policy.TieBar, ID: b.ID, Role: b.Cause, Source: "access", Since: b.Since, Until: b.Until}
}

func (b Bar) object() policy.Object {
	return policy.Object{Kind: "Bar", ID: b.ID, Org: b.Org, Concerns: b.Person}
}

func (b Bar) check(now time.Time, words string) error {
	e := checkWords(errGrantInput.With(), words)
	switch b.Cause {
	case PartyToDispute, Relative, OwnWish, Breach:
	default:
		e = e.At("cause", fault.Text{ZH: "事由应为 dispute、relative、own-wish 或 breach", EN: "a cause is dispute, relative, own-wish or breach"})
	}
	if !b.Until.After(now) || b.Until.Sub(now) > longestBar {
		e = e.At("until", fault.Text{ZH: "请写明截止时间，最长三年", EN: "give an end, at most three years away"})
	}
	return e.OrNil()
}

// BarFrom keeps somebody away from a patient until a moment.
func (room *Room) BarFrom(ctx context.Context, b Bar, words string) (Bar, error) {
	if err := room.desk.Begin(ctx, "access.bar"); err != nil {
		return Bar{}, err
	}
	actor, now := act.From(ctx), room.desk.Now()
	if err := b.check(now, words); err != nil {
		return Bar{}, err
	}
	b.Org, b.ID, b.Since, b.Until, b.By = actor.Org, id.New(now), now, b.Until.UTC(), actor.ID
	n, err := room.sealNote(ctx, b.Patient, wordsPlace("Bar", b.ID, "words"), words)
	if err != nil {
		return Bar{}, room.desk.Missing(ctx, "access.bar", err)
	}
	b.Words = n.words
	err = room.desk.Do(ctx, "access.bar", func(ctx context.Context, w *act.Work) error {
		if _, err := room.patients.Find(ctx, w, b.Org, b.Patient); err != nil {
			return err
		}
		if err := w.Permit(ctx, b.object()); err != nil {
			return err
		}
		w.Concerns(policy.Object{Kind: "Patient", ID: b.Patient, Patient: b.Patient})
		w.Note("bar", b.ID)
		w.Note("cause", b.Cause)
		return bars.Insert(ctx, w, &b)
	})
	return b, err
}

// LiftBar ends a bar now.
func (room *Room) LiftBar(ctx context.Context, bar string) error {
	return room.desk.Do(ctx, "access.unbar", func(ctx context.Context, w *act.Work) error {
		b, err := bars.Get(ctx, w, w.Actor().Org, bar)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, b.object()); err != nil {
			return err
		}
		if b.Lifted.IsZero() {
			b.Lifted = w.Now()
		}
		return bars.Update(ctx, w, &b)
	})
}

// Bars discloses the live bars, the newest first.
func (room *Room) Bars(ctx context.Context, cursor string, limit int) (page web.Page[Bar], err error) {
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "access.see-bars", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := bars.Select(ctx, r, `WHERE org = $1 AND lifted IS NULL AND until > $2 AND (since, id) < ($3, $4)
			ORDER BY since DESC, id DESC LIMIT $5`, org, r.Now().UnixMicro(), after.Since, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		page, err = web.PageOf(found, limit, func(b Bar) listPlace { return listPlace{b.Since.UnixMicro(), b.ID} })
		for _, b := range page.Items {
			r.Concerns(policy.Object{Kind: "Patient", ID: b.Patient, Patient: b.Patient})
		}
		return err
	})
	return page, err
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }
