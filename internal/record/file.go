package record

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/vault"
)

// Filing asks for a new document.
type Filing struct {
	Patient     string
	Encounter   string
	Kind        string
	Title       string
	Sensitivity int       // 1–5; that of the encounter when zero
	At          time.Time // when what it tells took place; now when zero
	Content     Content
	Sign        bool
	Draft       string          // the draft it was written in, which ends with it
	Sensitive   []SensitiveKind // what its writer knows it to tell of
	Emergency   *Exception      // why the consent to it follows; nil: it is there

	Author     string      // for a feed: the person who wrote it, or ""
	Source     string      // the feed that reports it, or ""
	Custodian  Institution // for a feed: who answers for it, as it says
	Department string      // for a feed; otherwise the encounter's, or where the patient lies
}

func (f Filing) check(now time.Time) error {
	e := errInvalid.With()
	if f.Kind == "" || !legible(f.Kind) {
		e = e.At("kind", text("请选择文书种类", "choose the kind of document"))
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(f.Title)); n == 0 || n > maxTitle {
		e = e.At("title", text("标题应为 1 至 200 个字", "a title has 1 to 200 characters"))
	} else if !legible(f.Title) {
		e = e.At("title", text("含有无法识别的字符", "holds characters that are not text"))
	}
	if f.Sensitivity < 0 || f.Sensitivity > 5 {
		e = e.At("sensitivity", text("敏感级别应为 1 至 5", "a sensitivity is 1 to 5"))
	}
	checkKinds(e, "sensitive", f.Sensitive)
	f.Emergency.check(e)
	if f.At.After(now.Add(time.Hour)) {
		e = e.At("at", text("时间在将来，请核对", "the time lies in the future"))
	}
	if len(e.Fields) > 0 {
		return e
	}
	return f.Content.check()
}

// PreparedFiling is a document that is sealed and ready to be written.
type PreparedFiling struct {
	document Document
	version  draftVersion
	draft    string
	mark     *sensitiveMark // nil unless it tells of a sensitive history
	saving   *preparedSaving
	from     Institution
}

// ID is the id that the document will have.
func (p *PreparedFiling) ID() string { return p.document.ID }

// File enters a new document and returns its id.
func (room *Room) File(ctx context.Context, in Filing) (string, error) {
	if err := room.desk.Begin(ctx, "record.file"); err != nil {
		return "", err
	}
	if err := in.check(room.desk.Now()); err != nil {
		return "", err
	}
	subject, err := room.subjectOf(ctx, act.From(ctx).Org, in.Patient)
	if err != nil {
		return "", room.desk.Missing(ctx, "record.file", err)
	}
	p, err := room.PrepareFiling(ctx, subject, in)
	if err != nil {
		// Whoever may not file must not learn from this that there is a patient.
		return "", cmp.Or(room.mayWrite(ctx, Draft{Patient: in.Patient, Writing: Writing{Kind: in.Kind}}), err)
	}
	err = room.desk.Do(ctx, "record.file", func(ctx context.Context, w *act.Work) error {
		return room.FileIn(ctx, w, p)
	})
	return p.ID(), err
}

// PrepareFiling checks, seals and signs a document before its act begins.
func (room *Room) PrepareFiling(ctx context.Context, subject *vault.Subject, in Filing) (*PreparedFiling, error) {
	now, actor := room.desk.Now(), act.From(ctx)
	err := in.check(now)
	if err != nil {
		return nil, err
	}
	if in.At.IsZero() {
		in.At = now
	}
	if in.Source == "" {
		in.Author, in.Department = actor.ID, ""
	}
	d := Document{
		Org: actor.Org, ID: id.New(now), Patient: in.Patient, Encounter: in.Encounter, Kind: in.Kind, Title: strings.TrimSpace(in.Title),
		Department: in.Department, Author: in.Author, Sensitivity: in.Sensitivity, Version: 1, At: in.At, Source: in.Source, CreatedAt: now, UpdatedAt: now,
	}
	v := Version{Number: 1, Author: cmp.Or(in.Author, actor.ID), Source: in.Source}
	p := &PreparedFiling{document: d, draft: in.Draft, from: in.Custodian}
	if p.version, err = room.prepare(ctx, subject, d, v, in.Content, "", in.Sign); err != nil {
		return nil, err
	}
	p.document.State = p.version.state()
	kinds := among(append(SensitiveIn(in.Content), in.Sensitive...)...)
	if p.mark, err = room.markFor(ctx, subject, d, in, kinds); err != nil {
		return nil, err
	}
	p.saving, err = prepareSaving(subject, d, p.version.Version, kinds, in.Emergency)
	return p, err
}

// markFor prepares the mark of a new document that tells of a sensitive history, by its
// writer's word or by what it states.
func (room *Room) markFor(ctx context.Context, subject *vault.Subject, d Document, in Filing, kinds []SensitiveKind) (*sensitiveMark, error) {
	if len(kinds) == 0 {
		return nil, nil
	}
	how := MarkedByRule
	if len(in.Sensitive) > 0 {
		how = MarkedByHand
	}
	return room.prepareMark(ctx, subject, d.Org, d.ID, how, markWords{Kinds: kinds})
}

// FileIn enters a prepared document as a part of an act.
func (room *Room) FileIn(ctx context.Context, w *act.Work, p *PreparedFiling) error {
	d := p.document
	known, err := room.patients.Find(ctx, w, d.Org, d.Patient)
	if err != nil {
		return err
	}
	f := found{Document: d, patient: known}
	if d.Encounter == "" {
		f.takeFromPatient()
		return room.enter(ctx, w, &f, p)
	}
	i := slices.IndexFunc(known.Encounters, func(e patient.Encounter) bool { return e.ID == d.Encounter })
	if i < 0 {
		return errInvalid.With().At("encounter", text("该患者没有这次就诊", "the patient has no such encounter"))
	}
	f.takeFrom(known.Encounters[i])
	return room.enter(ctx, w, &f, p)
}

// FileStaged enters a prepared document of a patient who is registered by the
// same act later on, or by a later one: until then nobody can find either. e is
// the document's encounter, or empty.
func (room *Room) FileStaged(ctx context.Context, w *act.Work, p *PreparedFiling, known patient.Known, e patient.Encounter) error {
	f := found{Document: p.document, patient: known}
	if e.ID != "" {
		f.takeFrom(e)
	}
	return room.enter(ctx, w, &f, p)
}

func (f *found) takeFrom(e patient.Encounter) {
	f.Department = cmp.Or(f.Department, e.Department)
	f.Sensitivity = max(f.Sensitivity, e.Level)
}

// takeFromPatient gives what is written outside an encounter to the department where
// the patient lies, and guards it as whatever he is there for. The department is never
// the writer's own: anybody would be of it.
func (f *found) takeFromPatient() {
	f.Department = cmp.Or(f.Department, f.patient.Object.Department)
	f.Sensitivity = max(f.Sensitivity, f.patient.Object.Sensitivity)
	for _, e := range f.patient.Encounters {
		if e.Open() {
			f.Sensitivity = max(f.Sensitivity, e.Level)
		}
	}
}

// enter writes a prepared document whose place is known.
func (room *Room) enter(ctx context.Context, w *act.Work, f *found, p *PreparedFiling) error {
	f.Sensitivity = max(f.Sensitivity, 1)
	if p.mark != nil {
		p.mark.raise(&f.Document)
	}
	if err := w.PermitTo(ctx, "record.file", f.object(f.discharged())); err != nil {
		return err
	}
	if err := room.holdToConsent(ctx, w, f.Document, p.saving); err != nil {
		return err
	}
	w.Note("version", strconv.Itoa(p.version.Number))
	if e, known := f.during(); known && e.Unconfirmed != "" {
		w.Note("unconfirmed", e.Unconfirmed)
	}
	if err := documents.Insert(ctx, w, &f.Document); err != nil {
		return err
	}
	if err := p.version.save(ctx, w); err != nil {
		return err
	}
	if err := room.keepOrigin(ctx, w, f.Document, p.from); err != nil {
		return err
	}
	if p.mark != nil {
		if err := p.mark.save(ctx, w, nil); err != nil {
			return err
		}
	}
	return endDraft(ctx, w, f.Org, p.draft, w.Actor().ID)
}

// During places a prepared document in an encounter that became known later.
func (p PreparedFiling) During(encounter string) *PreparedFiling {
	p.document.Encounter = encounter
	return &p
}
