package cda_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/medward/medward/kit/cda"
)

var (
	pdf = []byte("%PDF-1.4\n1 0 obj\n%%EOF")
	png = []byte("\x89PNG\r\n\x1a\n0000")
)

func b64(content []byte) string { return base64.StdEncoding.EncodeToString(content) }

func deflated(t *testing.T, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// attached is an observationMedia with an ED.
func attached(attrs, content string) string {
	return document(smallHeader, section(`<text/><entry><observationMedia><value xsi:type="ED" `+attrs+`>`+content+`</value></observationMedia></entry>`))
}

func TestAttachmentsAreTakenWithinBounds(t *testing.T) {
	sum := sha256.Sum256(pdf)
	bomb := b64(deflated(t, bytes.Repeat([]byte{0}, 1<<20)))
	for name, c := range map[string]struct {
		attrs, content string
		kind, file     string
		rule           cda.Rule
	}{
		"pdf":             {`mediaType="application/pdf" representation="B64"`, "\n " + b64(pdf[:9]) + "\n" + b64(pdf[9:]), "application/pdf", "attachment-1.pdf", ""},
		"compressed":      {`mediaType="image/png" representation="B64" compression="ZL"`, b64(deflated(t, png)), "image/png", "attachment-1.png", ""},
		"whole":           {`mediaType="application/pdf" representation="B64" integrityCheckAlgorithm="SHA-256" integrityCheck="` + b64(sum[:]) + `"`, b64(pdf), "application/pdf", "attachment-1.pdf", ""},
		"damaged":         {`mediaType="application/pdf" representation="B64" integrityCheck="AAAA"`, b64(pdf), "application/pdf", "attachment-1.pdf", cda.RuleIntegrity},
		"no base64":       {`mediaType="application/pdf" representation="B64"`, "!!!", "application/pdf", "attachment-1", cda.RuleAttachment},
		"bomb":            {`mediaType="image/png" representation="B64" compression="ZL"`, bomb, "image/png", "attachment-1", cda.RuleAttachmentLarge},
		"too large":       {`mediaType="application/pdf" representation="B64"`, b64(append(pdf, bytes.Repeat([]byte("x"), 5000)...)), "application/pdf", "attachment-1", cda.RuleAttachmentLarge},
		"program":         {`mediaType="application/pdf" representation="B64"`, b64([]byte("MZ\x90\x00\x03")), "application/pdf", "attachment-1", cda.RuleAttachmentKind},
		"page":            {`mediaType="text/html"`, "&lt;script>alert(1)&lt;/script>", "text/html", "attachment-1", cda.RuleAttachmentKind},
		"other than said": {`mediaType="image/png" representation="B64"`, b64(pdf), "image/png", "attachment-1", cda.RuleAttachmentKind},
		"unknown packing": {`mediaType="image/png" representation="B64" compression="Z"`, b64(png), "image/png", "attachment-1", cda.RuleAttachment},
	} {
		d := parse(t, attached(c.attrs, c.content))
		all, found := d.Attachments(cda.AttachmentLimits{Each: 4096})
		if len(all) != 1 || all[0].MediaType != c.kind || all[0].Name != c.file || d.At(all[0].Path) == nil {
			t.Errorf("%s: %+v", name, all)
			continue
		}
		if given := all[0].Content != nil; given != (c.rule == "" || c.rule == cda.RuleIntegrity) || !given && all[0].Withheld != c.rule {
			t.Errorf("%s: given %t, withheld for %q", name, given, all[0].Withheld)
		}
		if (c.rule != "") != (len(found) == 1) || len(found) == 1 && found[0].Rule != c.rule {
			t.Errorf("%s: %v", name, found)
		}
	}
}

func TestAReferenceIsToldAndNeverUsedAsAName(t *testing.T) {
	all, _ := parse(t, attached(`mediaType="image/png"`, `<reference value="../../../etc/passwd"/>`)).Attachments(cda.AttachmentLimits{})
	if len(all) != 1 || all[0].Name != "attachment-1" || all[0].Content != nil || all[0].Reference != "../../../etc/passwd" {
		t.Errorf("%+v", all)
	}
}

func TestABodyThatIsNoCDAIsAnAttachmentOrText(t *testing.T) {
	whole := func(attrs, content string) *cda.Document {
		return parse(t, strings.NewReplacer("<structuredBody>", "<nonXMLBody>", "</structuredBody>", "</nonXMLBody>").Replace(
			document(smallHeader, `<text `+attrs+`>`+content+`</text>`)))
	}
	d := whole(`mediaType="application/pdf" representation="B64"`, b64(pdf))
	all, found := d.Attachments(cda.AttachmentLimits{})
	if len(all) != 1 || !bytes.Equal(all[0].Content, pdf) || len(found)+len(d.Check()) > 0 {
		t.Errorf("%+v %v %v", all, found, d.Check())
	}
	if v := d.View(); len(v.Parts) != 1 || v.Parts[0].Blocks[0].Kind != cda.Figure || v.Parts[0].Blocks[0].Refs[0] != all[0].Path {
		t.Errorf("%+v", v.Parts)
	}
	if v := whole(`mediaType="text/plain"`, "全文").View(); len(v.Parts) != 1 || v.Parts[0].Blocks[0].Text != "全文" {
		t.Errorf("%+v", v.Parts)
	}
}

func TestManyAttachmentsAreCutOff(t *testing.T) {
	one := `<entry><observationMedia><value representation="B64">` + b64(png) + `</value></observationMedia></entry>`
	all, found := parse(t, document(smallHeader, section(strings.Repeat(one, 9)))).Attachments(cda.AttachmentLimits{Count: 3})
	if len(all) != 3 || len(found) != 1 || found[0].Rule != cda.RuleAttachmentLarge {
		t.Errorf("%d attachments, %v", len(all), found)
	}
	all, found = parse(t, document(smallHeader, section(strings.Repeat(one, 9)))).Attachments(cda.AttachmentLimits{Total: 2 * len(png)})
	given := 0
	for _, a := range all {
		if a.Content != nil {
			given++
		}
	}
	if given != 2 || len(found) != 7 {
		t.Errorf("%d given, %v", given, found)
	}
}
