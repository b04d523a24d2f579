package deadline

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
)

// Causes are for what a clock may be paused.
var Causes = []string{"pathology", "result", "sealed", "other"}

// longestPause is how far ahead a pause may end.
const longestPause = 60 * 24 * time.Hour

const maxWords = 1000

// Pausing asks that the clock of a due stands still until a moment.
type Pausing struct {
	Due   string
	Cause string
	Words string
	Until time.Time
}

func (p Pausing) check(now time.Time) error {
	e := errInput.With()
	if !slices.Contains(Causes, p.Cause) {
		e.At("cause", text("请选择暂停原因", "choose why it is paused"))
	}
	e.MustSay("words", p.Words, maxWords)
	if !p.Until.After(now) || p.Until.After(now.Add(longestPause)) {
		e.At("until", text("暂停须有结束时间：在现在之后、60 天之内", "a pause has an end, after now and within 60 days"))
	}
	return e.OrNil()
}

func wordsPlace(kind, id string) vault.Place {
	return vault.Place{Kind: kind, Object: id, Field: "words"}
}

// patientOf is whose due something is, under whose key words about it lie. Of one that is
// not there the act says so.
func (room *Room) patientOf(ctx context.Context, due string) (patient string, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		found, err := dues.Select(ctx, r, "WHERE org = $1 AND id = $2", act.From(ctx).Org, due)
		if len(found) > 0 {
			patient = found[0].Patient
		}
		return err
	})
	return patient, err
}

// change is the spine of what is done to one due.
func (room *Room) change(ctx context.Context, verb, due string, do func(ctx context.Context, w *act.Work, d *Due) error) (Due, error) {
	var d Due
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if d, err = dues.Get(ctx, w, w.Actor().Org, due); err != nil {
			return absent(err)
		}
		answers, err := tieOfHead(ctx, w, d.Department)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, d.object(), answers...); err != nil {
			return err
		}
		w.Note("due", d.ID)
		return do(ctx, w, &d)
	})
	return d, err
}

// Pause stops the clock of a due until a moment, with the reason.
func (room *Room) Pause(ctx context.Context, p Pausing) (Due, error) {
	if err := room.desk.Begin(ctx, "deadline.pause"); err != nil {
		return Due{}, err
	}
	if err := p.check(room.desk.Now()); err != nil {
		return Due{}, err
	}
	patient, err := room.patientOf(ctx, p.Due)
	if err != nil {
		return Due{}, err
	}
	made := Pause{ID: id.New(room.desk.Now()), Due: p.Due, Cause: p.Cause, Until: p.Until.UTC()}
	if made.Words, err = room.seal(ctx, patient, wordsPlace("DeadlinePause", made.ID), strings.TrimSpace(p.Words)); err != nil {
		return Due{}, err
	}
	return room.change(ctx, "deadline.pause", p.Due, func(ctx context.Context, w *act.Work, d *Due) error {
		switch {
		case d.State != Open:
			return errNotOpen.With()
		case !d.Paused.IsZero():
			return errPaused.With()
		}
		made.Org, made.Since, made.By = d.Org, w.Now(), w.Actor().ID
		if err := pauses.Insert(ctx, w, &made); err != nil {
			return err
		}
		d.Paused, d.Updated = w.Now(), w.Now()
		if err := dues.Update(ctx, w, d); err != nil {
			return err
		}
		return room.duty.PauseIn(ctx, w, Writing, d.ID)
	})
}

// Resume lets the clock of a due run on before the end of its pause.
func (room *Room) Resume(ctx context.Context, due string) (Due, error) {
	return room.change(ctx, "deadline.resume", due, func(ctx context.Context, w *act.Work, d *Due) error {
		switch {
		case d.State != Open:
			return errNotOpen.With()
		case d.Paused.IsZero():
			return errRuns.With()
		}
		return room.runOn(ctx, w, d, w.Now())
	})
}
