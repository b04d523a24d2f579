package cda_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/medward/medward/kit/cda"
)

// tight keeps a fuzzed input small enough to be tried often.
var tight = cda.Limits{Bytes: 64 << 10, Nodes: 2000, Text: 16 << 10}

// FuzzParse holds what is accepted to its promises: the very bytes come back, every
// element is found by its path, and nothing that reads it fails.
func FuzzParse(f *testing.F) {
	f.Add([]byte(document(smallHeader, section(`<text><table><tr><td>1</td></tr></table></text><entry><observation><value xsi:type="PQ" value="1"/></observation></entry>`))))
	f.Add([]byte(`<?xml version="1.0" encoding="GBK"?><a:ClinicalDocument xmlns:a="urn:hl7-org:v3" a:b="1"><![CDATA[x]]><!--y--></a:ClinicalDocument>`))
	f.Add([]byte(attached(`mediaType="text/html" representation="B64" compression="GZ"`, b64(pdf))))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := cda.Parse(raw, tight)
		if err != nil {
			var refusal *cda.Refusal
			if !errors.As(err, &refusal) || refusal.Finding.Text.Zh == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		if back, err := d.Bytes(); err != nil || !bytes.Equal(back, raw) {
			t.Fatalf("wrote %q, not %q (%v)", back, raw, err)
		}
		everyElement(d.Root(), func(e *cda.Element) {
			if d.At(e.Path()) != e {
				t.Fatalf("%s is not found", e.Path())
			}
		})
		for _, r := range d.View().Rest {
			if d.At(r.Path) == nil {
				t.Fatalf("%s is shown and not found", r.Path)
			}
		}
		if len(d.Check()) > 501 {
			t.Fatal("findings are not cut off")
		}
		all, _ := d.Attachments(cda.AttachmentLimits{Each: 1 << 16, Total: 1 << 17})
		for _, a := range all {
			if (a.Content == nil) == (a.Withheld == "" && a.Reference == "") || len(a.Content) > 1<<16 {
				t.Fatalf("%+v", a)
			}
		}
	})
}

// FuzzSetText holds a change to XML: whatever is set is read back, but for what XML
// has no place for.
func FuzzSetText(f *testing.F) {
	f.Add("a<b&\"'\r\n]]>\x00\ufffe")
	f.Fuzz(func(t *testing.T, text string) {
		d := parse(t, document(smallHeader, ""))
		title := d.Root().Child("title")
		title.SetText(text)
		title.SetAttr("ID", text)
		again := parse(t, written(t, d)).Root().Child("title")
		if again.Text() != title.Text() || again.Attr("ID") != title.Attr("ID") {
			t.Fatalf("%q became %q and %q", text, again.Text(), again.Attr("ID"))
		}
	})
}

func FuzzParseTime(f *testing.F) {
	f.Add("20260228143005.123+0800")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := cda.ParseTime(text)
		if got.Text != text || (err == nil) == got.IsZero() {
			t.Fatalf("%q: %+v %v", text, got, err)
		}
	})
}
