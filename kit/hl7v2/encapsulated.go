package hl7v2

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ED is data of another kind that a message carries: a PDF, a picture, a page.
type ED struct {
	Value                   Value
	Source                  string // the application that made it
	Type, Subtype, Encoding string // tables 0191, 0291 and 0299
	Data                    string // as encoded
}

// ED reads encapsulated data, such as OBX-5 where OBX-2 is ED.
func (v Value) ED() ED {
	return ED{Value: v, Source: v.Part(1).Subcomponent(1).Text(), Type: v.Part(2).Text(), Subtype: v.Part(3).Text(), Encoding: v.Part(4).Text(), Data: v.Part(5).Text()}
}

var (
	// ErrEncoding is returned for data that is not encoded as it says.
	ErrEncoding = errors.New("hl7v2: the data is not encoded as it says")
	// ErrData is returned for encapsulated data that is empty.
	ErrData = errors.New("hl7v2: there is no data")
)

// Content decodes the data: table 0299 knows A (none), Hex and Base64.
func (e ED) Content() ([]byte, error) {
	if e.Data == "" {
		return nil, ErrData
	}
	packed := strings.Join(strings.Fields(e.Data), "")
	var content []byte
	var err error
	switch strings.ToLower(e.Encoding) {
	case "a", "":
		return []byte(e.Data), nil
	case "hex":
		content, err = hex.DecodeString(packed)
	case "base64":
		content, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(packed, "="))
	default:
		return nil, fmt.Errorf("%w: %q is not an encoding of table 0299", ErrEncoding, e.Encoding)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
	case len(content) == 0:
		return nil, ErrData
	}
	return content, nil
}

// MediaType names what the data is as the rest of the world does, for example
// application/pdf; application/octet-stream where the message does not say.
func (e ED) MediaType() string {
	if strings.Count(e.Type, "/") == 1 {
		return strings.ToLower(e.Type)
	}
	switch sub := strings.ToLower(e.Subtype); sub {
	case "pdf", "rtf", "xml", "dicom", "postscript":
		return "application/" + sub
	case "jpeg", "gif", "png", "tiff":
		return "image/" + sub
	case "jpg":
		return "image/jpeg"
	case "html", "plain":
		return "text/" + sub
	case "text", "txt":
		return "text/plain"
	case "":
		switch strings.ToUpper(e.Type) {
		case "TEXT", "TX", "FT":
			return "text/plain"
		}
	}
	return "application/octet-stream"
}

// TextOf reads decoded data as text: UTF-8, or the character set of the message.
func (e ED) TextOf(content []byte) string {
	if utf8.Valid(content) || e.Value.d == nil {
		return strings.ToValidUTF8(string(content), string(utf8.RuneError))
	}
	return cmp.Or(e.Value.d.charset.decode(content), strings.ToValidUTF8(string(content), string(utf8.RuneError)))
}
