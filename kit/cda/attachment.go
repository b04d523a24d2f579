package cda

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"crypto/sha1" //nolint:gosec // integrityCheck of the data types names SHA-1; it finds damage, not forgery
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// AttachmentLimits bounds what attachments may cost. A zero field means its default.
type AttachmentLimits struct {
	Count int // default 50
	Each  int // bytes, after decompression; default 16 MiB
	Total int // bytes; default 64 MiB
}

// Attachment is what a document carries that is not text. One that is not given, for
// being too large, broken or of a kind that could run, says why.
type Attachment struct {
	Path      string // of the element that holds it
	Name      string // made here: attachment-1.pdf. Names in the document are never used
	MediaType string // that it is, not that it says it is
	Content   []byte
	Reference string // where the document says it lies; never fetched
	Withheld  Rule   // why Content is nil, or ""
}

// fileKind is a kind of file that is accepted, and how it begins.
type fileKind struct {
	mediaType, extension, begins string
}

var fileKinds = []fileKind{
	{"application/pdf", "pdf", "%PDF-"},
	{"image/png", "png", "\x89PNG\r\n\x1a\n"},
	{"image/jpeg", "jpg", "\xff\xd8\xff"},
	{"image/gif", "gif", "GIF8"},
	{"image/tiff", "tif", "II*\x00"},
	{"image/tiff", "tif", "MM\x00*"},
	{"image/bmp", "bmp", "BM"},
	{"text/rtf", "rtf", `{\rtf`},
}

// Attachments are what a document carries that is not text: its body when that is no
// CDA, pictures, and every value that is encoded data.
func (d *Document) Attachments(limits AttachmentLimits) ([]Attachment, []Finding) {
	g := &gatherer{found: findings{limit: d.limits.Findings}, left: positive(limits.Total, 64<<20), each: positive(limits.Each, 16<<20), count: positive(limits.Count, 50)}
	g.walk(d.root)
	return g.all, g.found.all
}

type gatherer struct {
	all               []Attachment
	found             findings
	left, each, count int
	cut               bool
}

func (g *gatherer) walk(e *Element) {
	if holdsData(e) {
		g.take(e)
	}
	for c := range e.Elements() {
		g.walk(c)
	}
}

// holdsData reports an ED that is not plain text.
func holdsData(e *Element) bool {
	if e.Name.Space != Namespace {
		return false
	}
	if attr(e, "representation") == "B64" {
		return true
	}
	switch kind := plainType(attr(e, "mediaType")); kind {
	case "", "text/plain", "text/x-hl7-text+xml":
		return false
	}
	return e.ownText() != "" || e.Child("reference") != nil
}

func plainType(s string) string {
	kind, _, _ := strings.Cut(strings.ToLower(s), ";")
	return strings.TrimSpace(kind)
}

func (g *gatherer) take(e *Element) {
	a := Attachment{Path: e.Path(), MediaType: plainType(attr(e, "mediaType")), Reference: attr(e.Child("reference"), "value")}
	a.Name = "attachment-" + strconv.Itoa(len(g.all)+1)
	if len(g.all) == g.count {
		if !g.cut {
			g.found.add(Warn, RuleAttachmentLarge, e.Path)
		}
		g.cut = true
		return
	}
	content, rule := g.content(e)
	if rule == "" && len(content) > 0 {
		kind, known := recognise(content, a.MediaType)
		if known {
			a.MediaType, a.Content = kind.mediaType, content
			a.Name += "." + kind.extension
			g.left -= len(content)
		} else {
			rule = RuleAttachmentKind
		}
	}
	if a.Withheld = rule; rule != "" {
		g.found.add(Warn, rule, e.Path)
	}
	if rule == "" && !intact(e, content) {
		g.found.add(Warn, RuleIntegrity, e.Path)
	}
	if a.Content == nil && a.Withheld == "" && a.Reference == "" {
		return
	}
	g.all = append(g.all, a)
}

// content decodes an ED. It returns the rule that hinders it, or "".
func (g *gatherer) content(e *Element) ([]byte, Rule) {
	most := min(g.each, g.left)
	text := e.ownText()
	content := []byte(text)
	if attr(e, "representation") == "B64" {
		if base64.StdEncoding.DecodedLen(len(text)) > 2*most+1024 {
			return nil, RuleAttachmentLarge
		}
		var err error
		if content, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err != nil {
			return nil, RuleAttachment
		}
	}
	if how := attr(e, "compression"); how != "" {
		return inflated(content, how, most)
	}
	if len(content) > most {
		return nil, RuleAttachmentLarge
	}
	return content, ""
}

func inflated(content []byte, how string, most int) ([]byte, Rule) {
	var r io.Reader
	var err error
	switch how {
	case "DF":
		r = flate.NewReader(bytes.NewReader(content))
	case "GZ":
		r, err = gzip.NewReader(bytes.NewReader(content))
	case "ZL":
		r, err = zlib.NewReader(bytes.NewReader(content))
	default:
		return nil, RuleAttachment
	}
	if err != nil {
		return nil, RuleAttachment
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case err != nil:
		return nil, RuleAttachment
	case len(out) > most:
		return nil, RuleAttachmentLarge
	}
	return out, ""
}

// recognise tells the kind of a file by how it begins. What it says of itself must
// agree; text has to say that it is.
func recognise(content []byte, says string) (fileKind, bool) {
	if says == "image/jpg" || says == "image/pjpeg" {
		says = "image/jpeg"
	}
	for _, k := range fileKinds {
		if bytes.HasPrefix(content, []byte(k.begins)) {
			return k, says == "" || says == k.mediaType || says == "application/rtf" && k.extension == "rtf"
		}
	}
	if len(content) > 132 && string(content[128:132]) == "DICM" {
		return fileKind{mediaType: "application/dicom", extension: "dcm"}, says == "" || says == "application/dicom"
	}
	if (says == "" || says == "text/plain") && utf8.Valid(content) && !bytes.ContainsRune(content, 0) {
		return fileKind{mediaType: "text/plain", extension: "txt"}, true
	}
	return fileKind{}, false
}

// intact reports that content matches the integrity check of its element, if there is
// one.
func intact(e *Element, content []byte) bool {
	want, err := base64.StdEncoding.DecodeString(attr(e, "integrityCheck"))
	switch {
	case err != nil:
		return false
	case len(want) == 0:
		return true
	case attr(e, "integrityCheckAlgorithm") == "SHA-256":
		got := sha256.Sum256(content)
		return bytes.Equal(got[:], want)
	}
	got := sha1.Sum(content) //nolint:gosec // see the import
	return bytes.Equal(got[:], want)
}
