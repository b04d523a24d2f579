package intake

import (
	"cmp"
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
)

// correctedBySource is the reason of a version that a feed brings.
const correctedBySource = "来源系统更正"

// mdm files the document of a message, or its correction.
func (m *message) mdm(ctx context.Context) error {
	m.addIdentifiers()
	txa := m.Segment("TXA", 1)
	if txa == nil {
		m.found(ruleNoText.warning("TXA"))
		return nil
	}
	v, err := m.visit(ctx)
	if err != nil {
		return err
	}
	if m.header.Trigger == "T11" || txa.Get("19").Text() == "CA" {
		m.found(ruleNotShown.warning("TXA-19"))
		return nil
	}
	var prose []result
	for _, b := range m.batteries() {
		prose = append(prose, b.results...)
	}
	f := record.Filing{
		Kind: clip(cmp.Or(txa.Get("2").CWE().Code, "MDM"), longestLabel), Title: cmp.Or(txa.Get("2").CWE().Text, txa.Get("16").Text(), txa.Get("2").CWE().Code, "文书"),
		At: m.time("TXA-4", "TXA-6", "EVN-2", "MSH-7"), Sensitivity: levelOfCode(txa.Get("18").Text()),
	}
	author := txa.Get("9").XCN()
	if f.Author, err = m.person(ctx, []string{author.ID}, []string{author.Display()}); err != nil {
		return err
	}
	key := cmp.Or(txa.Get("12").Text(), m.from.ref)
	var attached []attachment
	f.Content.Sections, attached = m.sections(prose)
	return m.file(ctx, scopeDocument, m.who.id+"\x00"+key, v.encounter, f, attached)
}

// file files a document under the number that the source gives it: a new one, or
// a new version of one that is not signed.
func (m *message) file(ctx context.Context, scope, key string, stay patient.Encounter, f record.Filing, attached []attachment) error {
	f.Content.Sections = shown(f.Content.Sections)
	if len(f.Content.Sections) == 0 {
		m.found(ruleNoText.warning("OBX-5"))
		return nil
	}
	f.Patient, f.Encounter, f.Department, f.Source = m.who.id, stay.ID, stay.Department, m.source.ID
	f.Title = clip(f.Title, longestTitle)
	if now := m.room.desk.Now(); f.At.After(now) {
		f.At = now
	}
	content, err := m.contentOfDocument(f.Content, attached)
	if err != nil {
		return err
	}
	e, known, err := m.recall(ctx, scope, key)
	if err != nil || known && e.Content == content {
		return err
	}
	if known {
		return m.amend(ctx, e, key, content, f.Content, attached)
	}
	p, err := m.room.records.PrepareFiling(ctx, m.who.subject, f)
	if err != nil {
		return err
	}
	m.remember(e, false, scope, key, "Document", p.ID(), content)
	registered := m.who.prepared
	m.unit.finally(documentRows, func(ctx context.Context, w *act.Work) error {
		if registered != nil && f.Encounter == "" {
			return m.room.records.FileStaged(ctx, w, p, registered.Known(), patient.Encounter{})
		}
		return m.room.records.FileIn(ctx, w, p)
	})
	m.learn(func(d *dossier) { d.versions[p.ID()] = 1 })
	return m.attach(ctx, p.ID(), 1, attached)
}

// amend brings the next version of a document. One that this run filed may not
// be written yet: it is prepared within the act.
func (m *message) amend(ctx context.Context, e entryRow, key, content string, c record.Content, attached []attachment) error {
	base, ours := m.who.versions[e.Object]
	prepare := func(ctx context.Context, r db.Reader) (*record.PreparedAmendment, error) {
		return m.room.records.PrepareAmendmentFrom(ctx, r, record.Amendment{Document: e.Object, Base: base, Content: c, Reason: correctedBySource})
	}
	var before *record.PreparedAmendment
	if !ours {
		err := m.room.look(ctx, func(r db.Reader) (err error) {
			if base, err = m.room.records.VersionOf(ctx, r, m.org, e.Object); err != nil {
				return err
			}
			before, err = prepare(ctx, r)
			return err
		})
		if err != nil {
			return err
		}
	}
	m.remember(e, true, e.Scope, key, "Document", e.Object, content)
	m.unit.finally(documentRows, func(ctx context.Context, w *act.Work) (err error) {
		p := before
		if p == nil {
			if p, err = prepare(ctx, w); err != nil {
				return err
			}
		}
		return m.room.records.AmendIn(ctx, w, p)
	})
	m.learn(func(d *dossier) { d.versions[e.Object] = base + 1 })
	return m.attach(ctx, e.Object, base+1, attached)
}
