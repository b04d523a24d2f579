package dicom

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// decoder turns text of a file into UTF-8 by its specific character set (0008,0005).
type decoder struct {
	set    encoding.Encoding // nil for UTF-8 and what is read as such
	stated bool
}

// charsets are the defined terms that are supported. GB 2312 by ISO 2022 switches with
// escapes to what GBK writes too.
var charsets = map[string]encoding.Encoding{
	"": nil, "ISO_IR 6": nil, "ISO 2022 IR 6": nil, "ISO_IR 192": nil,
	"ISO_IR 100": charmap.ISO8859_1, "ISO 2022 IR 100": charmap.ISO8859_1,
	"GB18030": simplifiedchinese.GB18030, "GBK": simplifiedchinese.GB18030, "ISO 2022 IR 58": simplifiedchinese.GB18030,
}

// decoderFor finds the decoder of a specific character set. Of several, the first that
// is more than ASCII counts.
func decoderFor(terms []string) (d decoder, supported bool) {
	supported = true
	for _, term := range terms {
		set, known := charsets[strings.ToUpper(term)]
		supported = supported && known
		d.stated = d.stated || term != ""
		if d.set == nil {
			d.set = set
		}
	}
	return d, supported
}

// escapes of ISO 2022 that switch to ASCII, to GB 2312 and to Latin 1.
var escapes = strings.NewReplacer("\x1b(B", "", "\x1b$)A", "", "\x1b-A", "")

// decode is text as UTF-8. Bytes that are none in the character set become U+FFFD.
// Devices that state no character set and write GBK are common: what is not UTF-8 and
// could be GB 18030 is read so, and found to be wrong.
func (d decoder) decode(raw []byte) string {
	if bytes.IndexByte(raw, 0x1B) >= 0 {
		raw = []byte(escapes.Replace(string(raw)))
	}
	set := d.set
	if set == nil {
		if d.stated || utf8.Valid(raw) || !(decoder{set: simplifiedchinese.GB18030}).fits(raw) {
			return strings.ToValidUTF8(string(raw), "�")
		}
		set = simplifiedchinese.GB18030
	}
	text, err := set.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "�")
	}
	return string(text)
}

// fits reports bytes that are text in the character set.
func (d decoder) fits(raw []byte) bool {
	if d.set == nil {
		return utf8.Valid(raw)
	}
	return !strings.ContainsRune(d.decode(raw), utf8.RuneError)
}
