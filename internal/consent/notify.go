package consent

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Told is that somebody was told something (B-015). It never changes.
type Told struct {
	Org          string    `db:"org,key"`
	ID           string    `db:"id,key"`
	Patient      string    `db:"patient"`
	Template     string    `db:"template"`
	Version      int       `db:"version"`
	To           string    `db:"told_to"` // relation
	Form         string    `db:"form"`
	Acknowledged bool      `db:"acknowledged"`
	At           time.Time `db:"at"`
	By           string    `db:"by_person"`
	Words        []byte    `db:"words"` // what was said beyond the template, sealed
	Evidence     []byte    `db:"evidence"`
}

// Telling is what is recorded of a notice.
type Telling struct {
	Patient      string
	Template     string
	Version      int
	To           string
	Form         string
	Acknowledged bool
	Words        string
	Evidence     []byte
}

func (t Telling) check() error {
	e := errInput.With()
	among(e, "to", []string{t.To}, ByPatient, ByGuardian, ByRelative)
	among(e, "form", []string{t.Form}, Written, Electronic, Verbal)
	e.MaySay("words", t.Words, maxWords)
	if len(t.Evidence) > 0 {
		checkDigest(e, t.Evidence)
	}
	return e.OrNil()
}

// Notify records that somebody was told what a template says.
func (room *Room) Notify(ctx context.Context, in Telling) (Told, error) {
	if err := room.desk.Begin(ctx, "consent.notify"); err != nil {
		return Told{}, err
	}
	if err := in.check(); err != nil {
		return Told{}, err
	}
	subject, err := room.sealer(ctx, in.Patient)
	if err != nil {
		return Told{}, room.desk.Missing(ctx, "consent.notify", err)
	}
	now := room.desk.Now()
	told := Told{
		Org: act.From(ctx).Org, ID: id.New(now), Patient: in.Patient, Template: in.Template, To: in.To, Form: in.Form, Acknowledged: in.Acknowledged,
		By: act.From(ctx).ID, Evidence: in.Evidence,
	}
	if told.Words, err = sealText(subject, place("Notice", told.ID, "words"), in.Words); err != nil {
		return Told{}, err
	}
	err = room.desk.Do(ctx, "consent.notify", func(ctx context.Context, w *act.Work) error {
		known, err := room.patients.Find(ctx, w, told.Org, told.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		t, err := templateOf(ctx, w, told.Org, in.Template, in.Version)
		if err != nil {
			return err
		}
		if !slices.Contains(t.Forms, told.Form) {
			return errInput.With().At("form", fault.Text{ZH: "该告知书不用这种形式", EN: "this notice is not given in that form"})
		}
		told.Version, told.At = t.Version, w.Now()
		w.Note("notice", told.ID)
		w.Note("template", t.ID)
		return notices.Insert(ctx, w, &told)
	})
	return told, err
}
