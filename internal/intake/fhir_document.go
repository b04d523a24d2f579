package intake

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/fhir"
)

// document is a Composition, DocumentReference or DiagnosticReport as we keep it.
type document struct {
	kind, title string
	at          time.Time
	level       int
	encounter   *fhir.Reference
	authors     []fhir.Reference
	status      string
	sections    []record.Section
	attached    []attachment
}

// documentRows are the document and its version.
const documentRows = 2

func (b *bundle) addDocument(ctx context.Context, u *unit, g *group, x *bundled) error {
	d := b.readDocument(x)
	if withdrawn(d.status) {
		x.found(ruleNotShown.warning(x.Type + ".status"))
	}
	sections := shown(d.sections)
	if withdrawn(d.status) || len(sections) == 0 {
		if x.Type != "DiagnosticReport" && !withdrawn(d.status) {
			x.found(ruleNoText.warning(x.Type))
		}
		b.addResource(u, x, g)
		return nil
	}
	if b.count(u, x) {
		return nil
	}
	stay := b.stayOf(x, g, d.encounter)
	filing := record.Filing{
		Patient: g.id, Encounter: stay.ID, Kind: cmp.Or(d.kind, x.Type), Title: clip(cmp.Or(d.title, x.Type), longestTitle),
		Sensitivity: max(d.level, stay.Level), At: d.at, Content: record.Content{Sections: sections}, Source: b.source.ID, Department: stay.Department,
	}
	if now := b.room.desk.Now(); filing.At.After(now) {
		filing.At = now
	}
	for _, ref := range d.authors {
		numbers, names := b.calledBy(x, ref)
		person, err := b.person(ctx, numbers, names)
		if err != nil {
			return err
		}
		filing.Author = cmp.Or(filing.Author, person)
	}
	p, err := b.room.records.PrepareFiling(ctx, g.subject, filing)
	if err != nil {
		return err
	}
	b.addEntry(u, x, g, p.ID())
	u.add(documentRows, func(ctx context.Context, w *act.Work) error {
		if g.prepared != nil {
			return b.room.records.FileStaged(ctx, w, p, g.prepared.Known(), stay)
		}
		return b.room.records.FileIn(ctx, w, p)
	})
	return b.attach(ctx, u, x, g, p.ID(), d.attached)
}

// attach keeps what a document carries, sealed under the key of its patient.
func (b *bundle) attach(ctx context.Context, u *unit, x *bundled, g *group, document string, attached []attachment) error {
	for i, a := range attached {
		if i == record.MostAttachments {
			x.found(ruleManyAttachments.warning(a.element))
			return nil
		}
		x.found(ruleAttachment.warning(a.element))
		e := entryRow{
			Org: b.org, Source: b.source.ID, Scope: scopeAttachment, Ref: attachmentRef(document, 1, i+1), Kind: a.mediaType, Object: document, Patient: g.id, At: b.room.desk.Now(),
		}
		keep, err := b.keepAttached(ctx, b.from.file, g.subject, e, a.content)
		if err != nil {
			return err
		}
		u.add(rawRows+1, keep)
	}
	return nil
}

// Limits of a document (room record refuses more).
const (
	longestTitle  = 200
	mostSections  = 100
	mostDocuments = 1 << 20 // bytes of text
)

// shown keeps the sections with text, as far as a document can hold them.
func shown(all []record.Section) []record.Section {
	var kept []record.Section
	size := 0
	for _, s := range all {
		s.Text = strings.ReplaceAll(strings.ToValidUTF8(s.Text, "�"), "\x00", "")
		s.Title = clip(s.Title, longestLabel)
		size += len(s.Text)
		if strings.TrimSpace(s.Text) == "" || len(kept) == mostSections || size > mostDocuments {
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

func (b *bundle) readDocument(x *bundled) document {
	switch x.Type {
	case "Composition":
		return b.composition(x)
	case "DocumentReference":
		return b.reference(x)
	}
	return b.report(x)
}

func (b *bundle) composition(x *bundled) document {
	c, _ := fhir.ReadComposition(x.Entry)
	d := document{
		kind: codeOf(c.Type), title: c.Title, at: b.dated(x, "date", c.Date), level: max(levelOf(c.Meta), levelOfCode(c.Confidentiality)),
		encounter: c.Encounter, authors: c.Author, status: c.Status,
	}
	addSections(&d, c.Section)
	if len(shown(d.sections)) == 0 {
		d.sections = []record.Section{{Key: "text", Title: c.Title, Text: narrative(c.Text)}}
	}
	return d
}

func addSections(d *document, sections []fhir.Section) {
	for _, s := range sections {
		key := codeOf(s.Code)
		if key == "" {
			key = "section-" + itoa(len(d.sections)+1)
		}
		d.sections = append(d.sections, record.Section{
			Key: clip(key, 60), Title: cmp.Or(s.Title, s.Code.Display()), Text: narrative(s.Text),
		})
		addSections(d, s.Section)
	}
}

// narrative turns XHTML into text. What is active in it is dropped; the check of
// the entry has told it.
func narrative(m fhir.Markup) string {
	text, _ := fhir.Narrative(m.Div)
	return text
}

func (b *bundle) reference(x *bundled) document {
	r, _ := fhir.ReadDocumentReference(x.Entry)
	d := document{kind: codeOf(r.Type), title: cmp.Or(r.Description, r.Type.Display()), at: b.dated(x, "date", r.Date), level: levelOf(r.Meta), authors: r.Author, status: r.Status}
	for _, label := range r.SecurityLabel {
		for _, code := range typeCodes(label) {
			d.level = max(d.level, levelOfCode(code))
		}
	}
	if r.DocStatus == "entered-in-error" {
		d.status = r.DocStatus
	}
	if r.Context != nil && len(r.Context.Encounter) > 0 {
		d.encounter = &r.Context.Encounter[0]
	}
	for i, c := range r.Content {
		b.addAttachment(x, &d, c.Attachment, "DocumentReference.content["+itoa(i)+"].attachment")
	}
	return d
}

func (b *bundle) report(x *bundled) document {
	r, _ := fhir.ReadDiagnosticReport(x.Entry)
	d := document{
		kind: codeOf(r.Code), title: r.Code.Display(), at: b.dated(x, "effective[x]", append(moments(r.Effective), r.Issued)...), level: levelOf(r.Meta),
		encounter: r.Encounter, authors: append(r.ResultsInterpreter, r.Performer...), status: r.Status,
	}
	if r.Conclusion != "" {
		d.sections = append(d.sections, record.Section{Key: "conclusion", Title: "结论", Text: r.Conclusion})
	}
	for i, a := range r.PresentedForm {
		b.addAttachment(x, &d, a, "DiagnosticReport.presentedForm["+itoa(i)+"]")
	}
	return d
}

// addAttachment shows an attachment that is text, and keeps any other beside a line
// that tells of it. What is elsewhere is not fetched.
func (b *bundle) addAttachment(x *bundled, d *document, a fhir.Attachment, element string) {
	content, err := a.Content(mostAttached)
	if err != nil && !errors.Is(err, fhir.ErrHash) && !errors.Is(err, fhir.ErrSize) {
		content = nil
	}
	kind, _, _ := strings.Cut(strings.ToLower(a.ContentType), ";")
	kind = clip(strings.TrimSpace(kind), longestLabel)
	text := ""
	switch kind {
	case "text/plain", "text/markdown":
		text = string(content)
	case "text/html", "application/xhtml+xml":
		var problems []fhir.Problem
		text, problems = fhir.Narrative(string(content))
		for _, p := range problems {
			f := fromFHIR(p)
			f.Element = element
			x.found(f)
		}
	default:
		if len(content) > 0 {
			text = attachedLine(kind, len(content))
			d.attached = append(d.attached, attachment{kind, content, element})
		}
	}
	if !utf8.ValidString(text) || len(text) > mostDocuments {
		text = ""
	}
	if strings.TrimSpace(text) == "" {
		unread := ruleAttachmentBroken
		if len(a.Data) == 0 {
			unread = ruleAttachmentElsewhere
		}
		x.found(unread.warning(element))
		return
	}
	d.sections = append(d.sections, record.Section{Key: "attachment-" + itoa(len(d.sections)+1), Title: cmp.Or(a.Title, d.title), Text: text})
}

// mostAttached bounds the bytes of one attachment.
const mostAttached = 32 << 20
