package cda_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf "golang.org/x/text/encoding/unicode"

	"github.com/medward/medward/kit/cda"
)

// printable are characters with a place in XML.
var printable = &unicode.RangeTable{R16: []unicode.Range16{{0x20, 0x7E, 1}, {0x4E00, 0x4E80, 1}}, R32: []unicode.Range32{{0x20000, 0x20010, 1}}}

func TestWhatIsNoDocumentIsRefusedByName(t *testing.T) {
	laughs := `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	root := `<ClinicalDocument xmlns="urn:hl7-org:v3">`
	for name, c := range map[string]struct {
		text string
		want cda.Rule
	}{
		"billion laughs":     {laughs + root + `&b;</ClinicalDocument>`, cda.RuleDoctype},
		"external entity":    {`<!DOCTYPE d SYSTEM "file:///etc/passwd">` + root + `</ClinicalDocument>`, cda.RuleDoctype},
		"entity undeclared":  {root + `&b;</ClinicalDocument>`, cda.RuleMalformed},
		"doctype inside":     {root + `<!DOCTYPE d></ClinicalDocument>`, cda.RuleDoctype},
		"other root":         {`<Bundle xmlns="urn:hl7-org:v3"/>`, cda.RuleNotClinical},
		"other namespace":    {`<ClinicalDocument xmlns="urn:other"/>`, cda.RuleNotClinical},
		"no namespace":       {`<ClinicalDocument/>`, cda.RuleNotClinical},
		"empty":              {``, cda.RuleMalformed},
		"no XML":             {`MSH|^~\&|`, cda.RuleMalformed},
		"not closed":         {root, cda.RuleMalformed},
		"closed crosswise":   {root + `<a><b></a></b></ClinicalDocument>`, cda.RuleMalformed},
		"two roots":          {root + `</ClinicalDocument><a/>`, cda.RuleMalformed},
		"text after":         {root + `</ClinicalDocument>x`, cda.RuleMalformed},
		"attribute twice":    {root + `<id root="1" root="2"/></ClinicalDocument>`, cda.RuleMalformed},
		"late declaration":   {root + `<?xml version="1.0"?></ClinicalDocument>`, cda.RuleMalformed},
		"prefix undeclared":  {root + `<x:a/></ClinicalDocument>`, cda.RuleNamespace},
		"attribute's prefix": {root + `<a x:b="1"/></ClinicalDocument>`, cda.RuleNamespace},
		"too deep":           {root + strings.Repeat("<a>", 10) + strings.Repeat("</a>", 10) + `</ClinicalDocument>`, cda.RuleDepth},
		"too many elements":  {root + strings.Repeat("<a/>", 50) + `</ClinicalDocument>`, cda.RuleNodes},
		"too many attrs":     {root + `<a a1="" a2="" a3="" a4="" a5="" a6=""/></ClinicalDocument>`, cda.RuleAttributes},
		"long text":          {root + strings.Repeat("x", 600) + `</ClinicalDocument>`, cda.RuleText},
		"long attribute":     {root + `<a b="` + strings.Repeat("x", 600) + `"/></ClinicalDocument>`, cda.RuleText},
		"long comment":       {root + `<!--` + strings.Repeat("x", 600) + `--></ClinicalDocument>`, cda.RuleText},
		"long name":          {root + `<` + strings.Repeat("x", 40) + `/></ClinicalDocument>`, cda.RuleName},
		"too large":          {root + strings.Repeat("<a>x</a>", 300) + `</ClinicalDocument>`, cda.RuleBytes},
		"unknown charset":    {`<?xml version="1.0" encoding="EBCDIC"?>` + root + `</ClinicalDocument>`, cda.RuleCharset},
		"not UTF-8":          {root + "\xff</ClinicalDocument>", cda.RuleCharsetLie},
		"UTF-16 it is not":   {`<?xml version="1.0" encoding="UTF-16"?>` + root + `</ClinicalDocument>`, cda.RuleCharsetLie},
		"not GB18030":        {`<?xml version="1.0" encoding="GB18030"?>` + root + "\xff\xff</ClinicalDocument>", cda.RuleCharsetLie},
		"mark against words": {"\xef\xbb\xbf" + `<?xml version="1.0" encoding="GBK"?>` + root + `</ClinicalDocument>`, cda.RuleCharsetLie},
	} {
		_, err := cda.Parse([]byte(c.text), cda.Limits{Bytes: 2000, Depth: 8, Nodes: 40, Attributes: 5, Text: 500, Name: 30})
		var refusal *cda.Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f := refusal.Finding; f.Rule != c.want || f.Severity != cda.Refuse || f.Text.Zh == "" || f.Remedy.En == "" {
			t.Errorf("%s: %v, not %s", name, f, c.want)
		}
	}
}

func TestEveryCharacterSetIsReadAndWrittenBackToTheSameBytes(t *testing.T) {
	text := func(declared string) string {
		return strings.Replace(document(smallHeader, section("<text>患者𠀀 ℃</text>")), "UTF-8", declared, 1)
	}
	little, big := utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), utf.UTF16(utf.BigEndian, utf.IgnoreBOM)
	for name, c := range map[string]struct {
		text    string
		as      encoding.Encoding
		mark    string
		charset cda.Charset
	}{
		"UTF-8":             {text("utf-8"), encoding.Nop, "", cda.UTF8},
		"UTF-8 marked":      {text("UTF-8"), encoding.Nop, "\xef\xbb\xbf", cda.UTF8},
		"GB18030":           {text("GB18030"), simplifiedchinese.GB18030, "", cda.GB18030},
		"GBK":               {strings.ReplaceAll(text("gbk"), "𠀀", ""), simplifiedchinese.GBK, "", cda.GB18030},
		"UTF-16LE marked":   {text("UTF-16"), little, "\xff\xfe", cda.UTF16LE},
		"UTF-16BE marked":   {text("UTF-16"), big, "\xfe\xff", cda.UTF16BE},
		"UTF-16BE unmarked": {text("UTF-16BE"), big, "", cda.UTF16BE},
	} {
		body, err := c.as.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		raw := append([]byte(c.mark), body...)
		d, err := cda.Parse(raw, cda.Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d.Charset() != c.charset || !strings.HasPrefix(d.Read().Sections[0].Narrative.Text(), "患者") {
			t.Errorf("%s was read as %s", name, d.Charset())
		}
		if !bytes.Equal([]byte(written(t, d)), raw) {
			t.Errorf("%s is written back differently", name)
		}
	}
}

func TestAPrefixStandsForWhatTheInnermostDeclarationSays(t *testing.T) {
	d := parse(t, `<x:ClinicalDocument xmlns:x="urn:hl7-org:v3"><a xmlns:x="urn:a" xmlns="urn:b"><x:b c="1" x:d="2"/><e/></a><x:f/><g/></x:ClinicalDocument>`)
	want := map[string]string{"ClinicalDocument": cda.Namespace, "a": "urn:b", "b": "urn:a", "e": "urn:b", "f": cda.Namespace, "g": ""}
	everyElement(d.Root(), func(e *cda.Element) {
		if e.Name.Space != want[e.Name.Local] {
			t.Errorf("%s stands in %q", e.Path(), e.Name.Space)
		}
	})
	if b := d.At("/x:ClinicalDocument/a/x:b"); b.Attrs[0].Name.Space != "" || b.Attrs[1].Name.Space != "urn:a" {
		t.Errorf("%+v", b.Attrs)
	}
}

func TestACharacterOutsideTheCharacterSetIsNotWritten(t *testing.T) {
	d, err := cda.Parse([]byte(`<?xml version="1.0" encoding="ISO-8859-1"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>caf`+"\xe9"+`</title></ClinicalDocument>`), cda.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	title := d.Root().Child("title")
	if title.Text() != "café" {
		t.Fatalf("%q", title.Text())
	}
	title.SetText("入院")
	if _, err := d.Bytes(); err == nil {
		t.Error("Chinese was written in ISO-8859-1")
	}
}
