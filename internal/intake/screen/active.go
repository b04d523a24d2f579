package screen

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"slices"
	"strconv"
)

// Danger is what could act.
type Danger string

// The dangers.
const (
	Script   Danger = "script"   // in HTML or XML
	Action   Danger = "action"   // of a PDF: script, launch, embedded file
	Macro    Danger = "macro"    // in an office file or RTF
	Program  Danger = "program"  // that a machine would run
	Infected Danger = "infected" // says the scanner
)

// Active tells what in some bytes could act, each danger once.
func Active(raw []byte) []Danger {
	var all []Danger
	for _, one := range looks {
		if one.of(raw) && one.acts(raw) {
			all = append(all, one.danger)
		}
	}
	return all
}

var looks = []struct {
	danger   Danger
	of, acts func([]byte) bool
}{
	{Program, func([]byte) bool { return true }, program},
	{Action, func(raw []byte) bool { return bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")) }, pdfAction},
	{Macro, office, macro},
	{Script, markup, script},
}

func program(raw []byte) bool {
	for _, head := range []string{"MZ", "\x7fELF", "#!", "\xca\xfe\xba\xbe", "\xcf\xfa\xed\xfe", "\xfe\xed\xfa\xcf", "dex\n", "L\x00\x00\x00\x01\x14\x02\x00"} {
		if bytes.HasPrefix(raw, []byte(head)) {
			return true
		}
	}
	return false
}

func markup(raw []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\ufeff")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<"))
}

var (
	acting    = regexp.MustCompile(`<\s*(?:[a-z0-9]+:)?(script|iframe|embed|applet|frameset)[\s/>]`)
	handler   = regexp.MustCompile(`<[a-z][^<>]*\son(abort|blur|change|click|dblclick|error|focus|key[a-z]+|load|mouse[a-z]+|pointer[a-z]+|resize|scroll|select|submit|toggle|unload|begin|end)\s*=`)
	addressed = regexp.MustCompile(`=\s*["']?\s*(javascript|vbscript|data\s*:\s*text/html)\s*[:;,]`)
)

// script asks the patterns only where one of their words stands: most documents hold none.
func script(raw []byte) bool {
	plain := lowered(raw)
	return hasAny(plain, "script", "iframe", "embed", "applet", "frameset") && acting.Match(plain) ||
		hasAny(plain, " on", "\ton", "\non", "\ron") && handler.Match(plain) ||
		hasAny(plain, "script", "text/html") && addressed.Match(plain)
}

func hasAny(raw []byte, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(raw, []byte(word)) })
}

// lowered is a copy in small letters, of those that tags are written in.
func lowered(raw []byte) []byte {
	plain := bytes.Clone(raw)
	for i, b := range plain {
		if 'A' <= b && b <= 'Z' {
			plain[i] = b + 'a' - 'A'
		}
	}
	return plain
}

var (
	ole  = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	zips = []byte("PK\x03\x04")
)

func office(raw []byte) bool {
	return bytes.HasPrefix(raw, ole) || bytes.HasPrefix(raw, zips) || bytes.HasPrefix(raw, []byte(`{\rt`))
}

// macro finds the parts in which office files keep macros by their names, which stand
// clear in both kinds of container.
func macro(raw []byte) bool {
	for _, part := range []string{"vbaProject.bin", "V\x00B\x00A\x00", "_\x00V\x00B\x00A\x00", "M\x00a\x00c\x00r\x00o\x00s\x00", "macrosheets/", "xl/embeddings/", "word/embeddings/", `\objdata`, `\object`} {
		if bytes.Contains(raw, []byte(part)) {
			return true
		}
	}
	return false
}

const (
	mostStreams  = 500
	mostInflated = 8 << 20 // bytes, of all streams of a PDF
)

// acts are the names in a PDF that make a reader do something by itself, or that carry
// another file along.
var pdfActs = regexp.MustCompile(`/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|XFA)[\s/<>\[\](]`)

func pdfAction(raw []byte) bool {
	if pdfActs.Match(spelled(raw)) {
		return true
	}
	left := int64(mostInflated)
	for range mostStreams {
		at := bytes.Index(raw, []byte("stream"))
		if at < 0 || left <= 0 {
			break
		}
		raw = raw[at+len("stream"):]
		inflated := inflate(bytes.TrimPrefix(bytes.TrimPrefix(raw, []byte("\r")), []byte("\n")), left)
		left -= int64(len(inflated))
		if pdfActs.Match(spelled(inflated)) {
			return true
		}
	}
	return false
}

// inflate opens a stream of a PDF as far as it goes; nothing where it is none.
func inflate(raw []byte, most int64) []byte {
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil
	}
	plain, _ := io.ReadAll(io.LimitReader(z, most)) // what comes before the damage is looked at
	return plain
}

var escape = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)

// spelled writes names in a PDF without their escapes: /J#61vaScript.
func spelled(raw []byte) []byte {
	if !bytes.ContainsRune(raw, '#') {
		return raw
	}
	return escape.ReplaceAllFunc(raw, func(e []byte) []byte {
		n, err := strconv.ParseUint(string(e[1:]), 16, 8)
		if err != nil || n < '!' || n > '~' {
			return e
		}
		return []byte{byte(n)}
	})
}
