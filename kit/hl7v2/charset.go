package hl7v2

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// Charset is a character set this package reads and writes. The values are the names
// of HL7 table 0211 and can stand in MSH-18.
type Charset string

const (
	ASCII   Charset = "ASCII"
	UTF8    Charset = "UNICODE UTF-8"
	GB18030 Charset = "GB 18030-2000"
	Latin1  Charset = "8859/1"
)

// charsetAliases is keyed by names in upper case without punctuation. GBK and GB 2312
// are subsets of GB 18030 and are read as such.
var charsetAliases = map[string]Charset{
	"ASCII": ASCII, "USASCII": ASCII, "ISOIR6": ASCII,
	"UNICODEUTF8": UTF8, "UTF8": UTF8, "UNICODE": UTF8,
	"GB18030": GB18030, "GB180302000": GB18030, "GB180302005": GB18030, "GB180302022": GB18030,
	"GBK": GB18030, "CP936": GB18030, "GB2312": GB18030, "GB231280": GB18030, "GB23121980": GB18030,
	"88591": Latin1, "ISO88591": Latin1, "LATIN1": Latin1,
}

var notAlphanumeric = strings.NewReplacer(" ", "", "-", "", "_", "", "/", "", ".", "")

// LookupCharset finds the character set that a value of MSH-18 names.
func LookupCharset(name string) (Charset, bool) {
	cs, ok := charsetAliases[strings.ToUpper(notAlphanumeric.Replace(name))]
	return cs, ok
}

// settleCharset decides how body is to be read. An empty MSH-18 means UTF-8 where that
// is valid, otherwise GB 18030 where that is.
//
// Header fields before MSH-18 may hold GB 18030 characters that contain a delimiter, so
// MSH-18 is looked up both ways. A name is believed only from the reading that it names.
func settleCharset(body []byte, d Delimiters) (*dialect, *Problem) {
	header := body[:lineEnd(body)]
	narrow := declaredCharset(header, d, false)
	wide := narrow
	if firstHigh(header) >= 0 {
		wide = declaredCharset(header, d, true)
	}
	if cs, _ := LookupCharset(wide); cs == GB18030 {
		return believe(body, d, GB18030)
	}
	if cs, ok := LookupCharset(narrow); ok && cs != GB18030 {
		return believe(body, d, cs)
	}
	at := Path{Segment: headerName, Occurrence: 1, Field: 18}
	isUTF8 := utf8.Valid(body)
	if narrow == "" && isUTF8 {
		return newDialect(d, UTF8), nil
	}
	if narrow != "" && (wide != "" || isUTF8) {
		return nil, newProblem(RuleCharsetUnsupported, at, printableName(narrow))
	}
	bad := GB18030.firstInvalid(body)
	if wide == "" && bad < 0 {
		guess := newDialect(d, GB18030)
		guess.guessed = true
		return guess, nil
	}
	p := newProblem(RuleCharsetUnknown, at, "")
	p.Offset = max(bad, 0)
	return nil, p
}

func believe(body []byte, d Delimiters, cs Charset) (*dialect, *Problem) {
	if bad := cs.firstInvalid(body); bad >= 0 {
		p := newProblem(RuleCharsetMismatch, Path{Segment: headerName, Occurrence: 1, Field: 18}, string(cs))
		p.Offset = bad
		return nil, p
	}
	return newDialect(d, cs), nil
}

// declaredCharset reads the first repetition of MSH-18 before the character set is known.
func declaredCharset(header []byte, d Delimiters, wide bool) string {
	s := Segment{data: header, end: len(header), d: &dialect{Delimiters: d, wide: wide}}
	return strings.TrimSpace(string(s.Field(18).Repetition(1).raw))
}

// printableName repeats a declared name only where it looks like one, because shifted
// fields could put anything into MSH-18.
func printableName(name string) string {
	if len(name) > 24 || strings.Trim(strings.ToUpper(name), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_/.") != "" {
		return ""
	}
	return name
}

// firstInvalid returns the offset of the first byte that is not text in this
// character set, or -1.
func (cs Charset) firstInvalid(b []byte) int {
	switch cs {
	case ASCII:
		return firstHigh(b)
	case UTF8:
		return firstInvalidUTF8(b)
	case GB18030:
		return firstInvalidGB(b)
	}
	return -1
}

func firstHigh(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return -1
}

func firstInvalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

// gbReplacement is how GB 18030 itself writes U+FFFD, which the decoder also returns
// for bytes it cannot read.
var gbReplacement = []byte{0x84, 0x31, 0xA4, 0x37}

func firstInvalidGB(b []byte) int {
	high := firstHigh(b)
	if high < 0 {
		return -1
	}
	decoder := simplifiedchinese.GB18030.NewDecoder()
	var text [4096]byte
	for at := high; at < len(b); {
		written, read, err := decoder.Transform(text[:], b[at:], true)
		if bytes.ContainsRune(text[:written], utf8.RuneError) {
			if bad := firstUnmappedGB(b[at : at+read]); bad >= 0 {
				return at + bad
			}
		}
		at += read
		if err != nil && !errors.Is(err, transform.ErrShortDst) {
			return at
		}
	}
	return -1
}

func firstUnmappedGB(b []byte) int {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	var text [8]byte
	for i := 0; i < len(b); {
		char := b[i : i+gbWidth(b[i:])]
		written, _, err := decoder.Transform(text[:], char, true)
		if err != nil || bytes.ContainsRune(text[:written], utf8.RuneError) && !bytes.Equal(char, gbReplacement) {
			return i
		}
		i += len(char)
	}
	return -1
}

// gbWidth returns how many bytes the first GB 18030 character of b takes; b is not
// empty. Bytes that begin no character count as one.
func gbWidth(b []byte) int {
	if b[0] <= 0x80 || b[0] == 0xFF || len(b) < 2 {
		return 1
	}
	second := b[1]
	if second >= 0x40 && second != 0x7F && second != 0xFF {
		return 2
	}
	if len(b) >= 4 && isDigit(second) && b[2] >= 0x81 && b[2] <= 0xFE && isDigit(b[3]) {
		return 4
	}
	return 1
}

// decode turns bytes that firstInvalid accepts into text.
func (cs Charset) decode(b []byte) string {
	if cs == UTF8 || cs == ASCII || firstHigh(b) < 0 {
		return string(b)
	}
	text, err := cs.encoding().NewDecoder().Bytes(b)
	if err != nil {
		return string(b)
	}
	return string(text)
}

// encode turns valid UTF-8 text into bytes, or fails where the set lacks a character.
func (cs Charset) encode(text string) ([]byte, error) {
	if cs == UTF8 {
		return []byte(text), nil
	}
	if cs == ASCII {
		if firstHigh([]byte(text)) >= 0 {
			return nil, errors.New("character outside ASCII")
		}
		return []byte(text), nil
	}
	out, err := cs.encoding().NewEncoder().Bytes([]byte(text))
	if err != nil {
		return nil, err
	}
	// The GB 18030 tables write a few private-use characters as bytes that read as another.
	if cs.decode(out) != text {
		return nil, fmt.Errorf("character without a place of its own in %s", cs)
	}
	return out, nil
}

func (cs Charset) encoding() encoding.Encoding {
	if cs == GB18030 {
		return simplifiedchinese.GB18030
	}
	return charmap.ISO8859_1
}
