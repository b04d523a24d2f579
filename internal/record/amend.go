package record

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Amendment corrects a document: it adds a version.
type Amendment struct {
	Document string
	Base     int // the version that the correction was made from
	Content  Content
	Reason   string
	Sign     bool
	Draft    string

	Emergency *Exception // why the consent to what it tells anew follows
}

// maxReason bounds a stated reason, in characters.
const maxReason = 500

func (a Amendment) check() error {
	e := errInvalid.With()
	if n := utf8.RuneCountInString(strings.TrimSpace(a.Reason)); n < 2 || n > maxReason || !legible(a.Reason) {
		e = e.At("reason", text("请写明更正原因（2 至 500 字）", "say why it is corrected (2 to 500 characters)"))
	}
	if a.Base < 1 {
		e = e.At("base", text("缺少所依据的版本号", "the version that the correction was made from is missing"))
	}
	a.Emergency.check(e)
	if len(e.Fields) > 0 {
		return e
	}
	return a.Content.check()
}

// Amend corrects a document and returns the number of the new version. Every
// earlier version stays as it is.
func (room *Room) Amend(ctx context.Context, in Amendment) (int, error) {
	if err := room.desk.Begin(ctx, "record.amend"); err != nil {
		return 0, err
	}
	p, err := room.PrepareAmendment(ctx, in)
	if err != nil {
		return 0, room.unprepared(ctx, "record.amend", in.Document, err)
	}
	err = room.desk.Do(ctx, "record.amend", func(ctx context.Context, w *act.Work) error {
		if err := room.mustBeGuided(ctx, w, in.Document); err != nil {
			return err
		}
		return room.AmendIn(ctx, w, p)
	})
	return p.version.Number, err
}

// mustBeGuided keeps what is signed from being corrected past the steps, after the
// rulebook has said that it could be at all.
func (room *Room) mustBeGuided(ctx context.Context, w *act.Work, document string) error {
	if !room.guided {
		return nil
	}
	f, err := room.find(ctx, w, w.Actor().Org, document)
	if err != nil {
		return err
	}
	if err := w.Permit(ctx, f.object(f.discharged())); err != nil {
		return err
	}
	if f.State != Filed {
		return errGuided.With()
	}
	return nil
}

// PreparedAmendment is a correction that is sealed and ready to be written.
type PreparedAmendment struct {
	asked   Amendment
	version draftVersion
	mark    *sensitiveMark // nil unless the correction tells of a sensitive history that was not marked yet
	saving  *preparedSaving
}

// PrepareAmendment checks, seals and signs a correction before its act begins.
func (room *Room) PrepareAmendment(ctx context.Context, in Amendment) (p *PreparedAmendment, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		p, err = room.PrepareAmendmentFrom(ctx, r, in)
		return err
	})
	return p, err
}

// PrepareAmendmentFrom is [Room.PrepareAmendment] on a snapshot that the caller
// reads.
func (room *Room) PrepareAmendmentFrom(ctx context.Context, r db.Reader, in Amendment) (*PreparedAmendment, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	org := act.From(ctx).Org
	base, err := getDocument(ctx, r, org, in.Document)
	if err != nil {
		return nil, err
	}
	subject, err := room.patients.FindSubject(ctx, r, org, base.Patient)
	if err != nil {
		return nil, err
	}
	given := Version{Number: in.Base + 1, Author: act.From(ctx).ID}
	if act.From(ctx).Kind == act.Feed {
		given.Source = base.Source
	}
	p := &PreparedAmendment{asked: in}
	if p.version, err = room.prepare(ctx, subject, base, given, in.Content, strings.TrimSpace(in.Reason), in.Sign); err != nil {
		return p, err
	}
	var kinds []SensitiveKind
	if p.mark, kinds, err = room.markStated(ctx, r, subject, base, in.Content); err != nil {
		return p, err
	}
	p.saving, err = prepareSaving(subject, base, p.version.Version, kinds, in.Emergency)
	return p, err
}

// markStated prepares the mark of a correction that states a sensitive history of which
// the document is not marked yet.
func (room *Room) markStated(ctx context.Context, r db.Reader, subject *vault.Subject, d Document, c Content) (*sensitiveMark, []SensitiveKind, error) {
	stated := SensitiveIn(c)
	if len(stated) == 0 {
		return nil, nil, nil
	}
	all, err := marksOf(ctx, r, d.Org, d.ID)
	if err != nil {
		return nil, nil, err
	}
	kinds, err := statedAnew(subject, all, stated)
	if err != nil || len(kinds) == 0 {
		return nil, nil, err
	}
	t, err := room.prepareMark(ctx, subject, d.Org, d.ID, MarkedByRule, markWords{Kinds: kinds})
	return t, kinds, err
}

// Number is that of the new version.
func (p *PreparedAmendment) Number() int { return p.version.Number }

// AmendIn enters a prepared correction as a part of an act, with ties beside those that the
// door collects.
func (room *Room) AmendIn(ctx context.Context, w *act.Work, p *PreparedAmendment, ties ...policy.Tie) error {
	in, v := p.asked, p.version
	d, err := getDocument(ctx, w, w.Actor().Org, in.Document)
	if err != nil {
		return err
	}
	f, newest := found{Document: d}, Version{}
	err = w.Together(ctx,
		func() (err error) {
			f.patient, err = room.patients.Find(ctx, w, d.Org, d.Patient)
			return err
		},
		func() (err error) {
			newest, err = versions.Get(ctx, w, d.Org, d.ID, d.Version)
			return err
		},
	)
	if err != nil {
		return err
	}
	o := f.object(f.discharged())
	o.CreatedBy = newest.Source // whoever wrote last: a feed must not amend what a person corrected
	if err := w.PermitTo(ctx, "record.amend", o, ties...); err != nil {
		return err
	}
	if f.Version != in.Base {
		return errChanged.With("version", strconv.Itoa(f.Version))
	}
	if err := room.holdToConsent(ctx, w, d, p.saving); err != nil {
		return err
	}
	d.Version, d.UpdatedAt = v.Number, w.Now()
	if d.State != Archived {
		d.State = v.state()
	}
	w.Note("version", strconv.Itoa(v.Number))
	if p.mark != nil {
		before, err := marksOf(ctx, w, d.Org, d.ID)
		if err != nil {
			return err
		}
		p.mark.raise(&d)
		if err := p.mark.save(ctx, w, before); err != nil {
			return err
		}
	}
	if err := documents.Update(ctx, w, &d); err != nil {
		return err
	}
	if err := v.save(ctx, w); err != nil {
		return err
	}
	return endDraft(ctx, w, d.Org, in.Draft, w.Actor().ID)
}

// VersionOf is the number of a document's newest version, for a feed that brings
// a correction.
func (room *Room) VersionOf(ctx context.Context, r db.Reader, org, document string) (int, error) {
	d, err := getDocument(ctx, r, org, document)
	return d.Version, err
}
