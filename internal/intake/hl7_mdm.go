package intake

import (
	"cmp"
	"context"

	"github.com/medward/medward/internal/record"
)

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
	_, err = m.file(ctx, scopeDocument, m.who.id+"\x00"+key, v.encounter, f, attached)
	return err
}
