package cda

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Charset is a character set in which documents are read and written.
type Charset string

const (
	UTF8    Charset = "UTF-8"
	UTF16LE Charset = "UTF-16LE"
	UTF16BE Charset = "UTF-16BE"
	GB18030 Charset = "GB18030" // GBK and GB 2312 are subsets and are read as such
	Latin1  Charset = "ISO-8859-1"
)

var charsetAliases = map[string]Charset{
	"": UTF8, "UTF-8": UTF8, "UTF8": UTF8, "US-ASCII": UTF8, "ASCII": UTF8,
	"GB18030": GB18030, "GBK": GB18030, "GB2312": GB18030, "CP936": GB18030, "X-GBK": GB18030,
	"ISO-8859-1": Latin1, "LATIN1": Latin1,
	"UTF-16": UTF16LE, "UTF-16LE": UTF16LE, "UTF-16BE": UTF16BE,
}

var (
	markUTF8    = []byte{0xEF, 0xBB, 0xBF}
	markUTF16LE = []byte{0xFF, 0xFE}
	markUTF16BE = []byte{0xFE, 0xFF}

	// declaredEncoding finds the encoding in an XML declaration.
	declaredEncoding = regexp.MustCompile(`^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']`)
)

// encoded is how a document is written.
type encoded struct {
	charset Charset
	mark    []byte // byte order mark, or nil
}

// decode turns the bytes of a document into text. What it accepts can be written back
// to the very same bytes.
func decode(raw []byte) (string, encoded, *Refusal) {
	as := sniff(raw)
	body := raw[len(as.mark):]
	if as.charset == "" {
		as.charset = UTF8
		if m := declaredEncoding.FindSubmatch(body[:min(len(body), 256)]); m != nil {
			cs, known := charsetAliases[strings.ToUpper(string(m[1]))]
			switch {
			case !known:
				return "", as, refuse(RuleCharset, "/", 0)
			case cs == UTF16LE || cs == UTF16BE || as.mark != nil && cs != UTF8:
				return "", as, refuse(RuleCharsetLie, "/", 0)
			}
			as.charset = cs
		}
	}
	if as.charset == UTF8 {
		if !utf8.Valid(body) {
			return "", as, refuse(RuleCharsetLie, "/", firstInvalid(body))
		}
		return string(body), as, nil
	}
	text, err := as.charset.encoding().NewDecoder().Bytes(body)
	if err != nil {
		return "", as, refuse(RuleCharsetLie, "/", 0)
	}
	if back, err := as.charset.encode(string(text)); err != nil || !bytes.Equal(back, body) {
		return "", as, refuse(RuleCharsetLie, "/", 0)
	}
	if m := declaredEncoding.FindSubmatch(text[:min(len(text), 256)]); m != nil && !as.charset.agrees(string(m[1])) {
		return "", as, refuse(RuleCharsetLie, "/", 0)
	}
	return string(text), as, nil
}

// sniff tells what the first bytes give away: a mark, or the zeros of UTF-16.
func sniff(raw []byte) encoded {
	switch {
	case bytes.HasPrefix(raw, markUTF8):
		return encoded{mark: markUTF8}
	case bytes.HasPrefix(raw, markUTF16LE):
		return encoded{UTF16LE, markUTF16LE}
	case bytes.HasPrefix(raw, markUTF16BE):
		return encoded{UTF16BE, markUTF16BE}
	case bytes.HasPrefix(raw, []byte("<\x00")):
		return encoded{charset: UTF16LE}
	case bytes.HasPrefix(raw, []byte("\x00<")):
		return encoded{charset: UTF16BE}
	}
	return encoded{}
}

func (cs Charset) agrees(declared string) bool {
	named := charsetAliases[strings.ToUpper(declared)]
	return named == cs || strings.EqualFold(declared, "UTF-16") && (cs == UTF16LE || cs == UTF16BE)
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

func (cs Charset) encoding() encoding.Encoding {
	switch cs {
	case GB18030:
		return simplifiedchinese.GB18030
	case Latin1:
		return charmap.ISO8859_1
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
}

func (cs Charset) encode(text string) ([]byte, error) {
	if cs == UTF8 {
		return []byte(text), nil
	}
	out, err := cs.encoding().NewEncoder().Bytes([]byte(text))
	if err != nil {
		return nil, errors.New("cda: a character has no place in " + string(cs))
	}
	return out, nil
}
