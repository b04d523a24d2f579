package cda_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/medward/medward/kit/cda"
)

// narrative shows narrative as blocks.
func narrative(t *testing.T, text string) ([]cda.Block, []cda.Finding) {
	t.Helper()
	v := parse(t, document(smallHeader, section("<text>"+text+"</text>"))).View()
	return v.Parts[0].Blocks, v.Findings
}

func TestNarrativeBecomesPlainBlocks(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []cda.Block
	}{
		"text":       {"  主诉：\n <content styleCode=\"Bold\">胸痛</content>3天<br/>气促 ", []cda.Block{{Kind: cda.Paragraph, Text: "主诉： 胸痛3天\n气促"}}},
		"paragraphs": {"<paragraph><caption>一</caption>a</paragraph><paragraph>b<sub>2</sub></paragraph>", []cda.Block{{Kind: cda.Paragraph, Text: "一"}, {Kind: cda.Paragraph, Text: "a"}, {Kind: cda.Paragraph, Text: "b2"}}},
		"list": {"<list><caption>药</caption><item>a</item><item>b<list><item>c</item></list></item></list>",
			[]cda.Block{{Kind: cda.List, Text: "药", Items: []string{"a", "b\n- c"}}}},
		"table": {`<table><caption>值</caption><thead><tr><th colspan="2">a</th></tr></thead><tbody><tr><td>1</td><td rowspan="9999">2<br/>3</td></tr></tbody></table>`,
			[]cda.Block{{Kind: cda.TableBlock, Text: "值", Rows: [][]cda.Cell{{{Text: "a", Head: true, Columns: 2, Rows: 1}}, {{Text: "1", Columns: 1, Rows: 1}, {Text: "2\n3", Columns: 1, Rows: 100}}}}}},
		"link":  {`<linkHtml href="https://example.org/a">见此</linkHtml>`, []cda.Block{{Kind: cda.Paragraph, Text: "见此 (https://example.org/a)"}}},
		"empty": {" ", nil},
	} {
		got, found := narrative(t, c.text)
		if !cmp.Equal(got, c.want) || len(found) > 0 {
			t.Errorf("%s: %s %v", name, cmp.Diff(c.want, got), found)
		}
	}
}

func TestNothingActiveIsShown(t *testing.T) {
	for name, text := range map[string]string{
		"script":  `a<script>alert(1)</script>b`,
		"style":   `a<style>body{background:url(http://x)}</style>b`,
		"frame":   `a<iframe src="http://x">alert(1)</iframe>b`,
		"svg":     `a<svg><script>alert(1)</script></svg>b`,
		"handler": `a<content onclick="alert(1)">b</content>`,
		"link":    `<linkHtml href="java&#10;script:alert(1)">a</linkHtml>b`,
		"in item": `<list><item>a<script>alert(1)</script></item></list>b`,
		"in cell": `<table><tr><td>a<script>alert(1)</script></td><script>alert(1)</script></tr></table>b`,
	} {
		blocks, found := narrative(t, text)
		shown := textOf(cda.View{Parts: []cda.Part{{Blocks: blocks}}})
		if strings.Contains(shown, "alert") || strings.Contains(shown, "http") || !strings.Contains(shown, "a") || !strings.Contains(shown, "b") {
			t.Errorf("%s is shown as %q", name, shown)
		}
		if len(found) == 0 || found[0].Rule != cda.RuleActive {
			t.Errorf("%s: %v", name, found)
		}
	}
}

func TestEntriesAreRowsWithLabelValueAndUnit(t *testing.T) {
	v := parse(t, document(smallHeader, section(`<text/>
<entry><observation classCode="OBS" moodCode="EVN" negationInd="true"><code code="DE04.10.186.00" codeSystem="2.16.156.10011.2.2.1"/>
 <effectiveTime value="202611200830"/><value xsi:type="PQ" value="36.8" unit="℃"/>
 <entryRelationship typeCode="COMP"><observation><code code="x" displayName="发热"/><value xsi:type="BL" value="false"/></observation></entryRelationship></observation></entry>
<entry><substanceAdministration><consumable><manufacturedProduct><manufacturedMaterial><name>药甲</name></manufacturedMaterial></manufacturedProduct></consumable>
 <routeCode code="1" displayName="口服"/><doseQuantity value="2" unit="片"/></substanceAdministration></entry>
<entry><observation><code displayName="诊断"><qualifier><name displayName="类别"/><value displayName="主要"/></qualifier></code>
 <value xsi:type="CD" code="I20" displayName="心绞痛"><translation code="t" displayName="别名"/></value></observation></entry>
<entry><observation nullFlavor="UNK"><code displayName="吸烟"/></observation></entry>`))).View()
	var got []string
	for _, r := range v.Parts[0].Rows {
		line := strings.Repeat(".", r.Depth) + r.Label.Zh + "=" + r.Value.Zh + r.Unit
		if r.Negated {
			line += "!"
		}
		if r.When != "" {
			line += "@" + r.When
		}
		if r.Coded != "" {
			line += "#" + r.Coded
		}
		got = append(got, line)
	}
	want := []string{
		cda.ElementName("DE04.10.186.00") + "=36.8℃!@2026-11-20 08:30", ".发热=否",
		"用药=", ".药品 · 名称=药甲", ".途径=口服#1", ".剂量=2片",
		"诊断 · 类别: 主要=心绞痛#I20", ".对照代码=别名#t", "吸烟=不详",
	}
	if !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestASectionAsPlainTextIsItsNarrativeOrItsEntries(t *testing.T) {
	entry := `<entry><observation><code displayName="体温"/><value xsi:type="PQ" value="36.8" unit="℃"/></observation></entry>`
	inner := `<component><section><title>用药</title><text>药甲</text></section></component>`
	for text, want := range map[string]string{
		`<text>体温正常<list><item>a</item></list><table><tr><td>1</td><td>2</td></tr></table></text>` + entry: "体温正常\n- a\n1\t2",
		`<text/>` + entry:        "体温：36.8℃",
		`<text>a</text>` + inner: "a\n用药\n药甲",
		`<text/>`:                "",
		`<text> </text>` + inner: "用药\n药甲",
	} {
		if got := parse(t, document(smallHeader, section(text))).View().Parts[0].Plain(); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestWhatNobodyReadsIsKeptFoundAndShown(t *testing.T) {
	d := parse(t, document(smallHeader+`<sdtc:birthTime value="1990"/>`, section(`<text/><custom><inner note="保留">这个也</inner></custom>stray`)))
	rest := map[string]string{}
	for _, r := range d.View().Rest {
		if d.At(r.Path) == nil {
			t.Errorf("%s is not found", r.Path)
		}
		rest[r.Label.Zh] = r.Value.Zh
	}
	if rest["birthTime"] != "value=1990" || rest["custom"] != "note=保留; 这个也" || !strings.Contains(rest["section"], "stray") || len(rest) != 3 {
		t.Errorf("%v", rest)
	}
}

func TestTextIsFoundWhereTheNarrativeHasIt(t *testing.T) {
	d := parse(t, document(smallHeader, section(`<text><content ID="c1">胸痛待查</content></text>
<entry><observation><code nullFlavor="OTH"><originalText><reference value="#c1"/></originalText></code><value xsi:type="ED"><reference value="#c1"/></value></observation></entry>`)))
	e := d.Read().Sections[0].Entries[0]
	if e.Code.Original != "胸痛待查" || e.Values[0].Text != "胸痛待查" {
		t.Errorf("%+v", e)
	}
}

func TestATextReferredToOftenIsNoBomb(t *testing.T) {
	long := strings.Repeat("长", 100_000)
	entry := `<entry><observation><code code="x"><originalText><reference value="#c1"/></originalText></code></observation></entry>`
	d := parse(t, document(smallHeader, section(`<text><content ID="c1">`+long+`</content></text>`+strings.Repeat(entry, 2000))))
	taken := 0
	for _, e := range d.Read().Sections[0].Entries {
		taken += len(e.Code.Original)
	}
	if taken < len(long) || taken > 8<<20 {
		t.Errorf("%d bytes were taken", taken)
	}
}

func TestAViewIsCutOffAndSaysSo(t *testing.T) {
	entry := `<entry><observation><code code="x"/></observation></entry>`
	v := parse(t, document(smallHeader, section(strings.Repeat(entry, 25_000)))).View()
	if n := len(v.Parts[0].Rows); n > 20_000 || n < 19_000 || len(v.Findings) != 1 || v.Findings[0].Rule != cda.RuleRows {
		t.Errorf("%d rows, %v", n, v.Findings)
	}
}

// textOf is everything that a view shows, as one text with white space folded.
func textOf(v cda.View) string {
	var said []string
	rows := func(all []cda.Row) {
		for _, r := range all {
			said = append(said, r.Label.Zh, r.Value.Zh, r.Value.En, r.Unit, r.When, r.Code, r.Coded)
		}
	}
	var part func(cda.Part)
	part = func(p cda.Part) {
		said = append(said, p.Title.Zh, p.Code)
		for _, b := range p.Blocks {
			said = append(said, b.Text)
			said = append(said, b.Items...)
			for _, row := range b.Rows {
				for _, c := range row {
					said = append(said, c.Text)
				}
			}
		}
		rows(p.Rows)
		for _, sub := range p.Parts {
			part(sub)
		}
	}
	said = append(said, v.Title.Zh)
	rows(v.Header)
	for _, p := range v.Parts {
		part(p)
	}
	rows(v.Rest)
	return strings.Join(strings.Fields(strings.Join(said, " ")), " ")
}
