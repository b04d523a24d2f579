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
		At: m.time("TXA-4", "TXA-6", "EVN-2", "MSH-7"), Content: record.Content{Sections: m.sections(prose)}, Sensitivity: levelOfCode(txa.Get("18").Text()),
	}
	author := txa.Get("9").XCN()
	if f.Author, err = m.person(ctx, []string{author.ID}, []string{author.Display()}); err != nil {
		return err
	}
	key := cmp.Or(txa.Get("12").Text(), m.from.ref)
	return m.file(ctx, scopeDocument, m.who.id+"\x00"+key, v.encounter, f)
}

// file files a document under the number that the source gives it: a new one, or
// a new version of one that is not signed.
func (m *message) file(ctx context.Context, scope, key string, stay patient.Encounter, f record.Filing) error {
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
	content, err := m.contentOf(f.Content)
	if err != nil {
		return err
	}
	e, known, err := m.recall(ctx, scope, key)
	if err != nil || known && e.Content == content {
		return err
	}
	if known {
		return m.amend(ctx, e, scope, key, content, f.Content)
	}
	p, err := m.room.records.PrepareFiling(ctx, m.who.subject, f)
	if err != nil {
		return err
	}
	m.remember(e, known, scope, key, "Document", p.ID(), content)
	m.unit.add(documentRows, func(ctx context.Context, w *act.Work) error { return m.room.records.FileIn(ctx, w, p) })
	return nil
}

func (m *message) amend(ctx context.Context, e entryRow, scope, key, content string, c record.Content) error {
	var p *record.PreparedAmendment
	err := m.room.look(ctx, func(r db.Reader) error {
		version, err := m.room.records.VersionOf(ctx, r, m.org, e.Object)
		if err != nil {
			return err
		}
		p, err = m.room.records.PrepareAmendmentFrom(ctx, r, record.Amendment{Document: e.Object, Base: version, Content: c, Reason: correctedBySource})
		return err
	})
	if err != nil {
		return err
	}
	m.remember(e, true, scope, key, "Document", e.Object, content)
	m.unit.add(documentRows, func(ctx context.Context, w *act.Work) error { return m.room.records.AmendIn(ctx, w, p) })
	return nil
}
