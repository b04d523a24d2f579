package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// strictJSON reads JSON as RFC 8259 says it is exchanged: in UTF-8. What is not
// would be replaced silently, and a name would come back as another.
var strictJSON = huma.Format{
	Marshal: huma.DefaultJSONFormat.Marshal,
	Unmarshal: func(data []byte, v any) error {
		if err := mustBeText(data); err != nil {
			return err
		}
		return json.Unmarshal(data, v)
	},
}

var (
	errNotUTF8 = errors.New("the body is not UTF-8")
	errZero    = errors.New("the body holds a zero character")
	errTrailer = errors.New("something follows the value")
)

func mustBeText(data []byte) error {
	if !utf8.Valid(data) {
		return errNotUTF8
	}
	if holdsZero(data) {
		return errZero
	}
	return nil
}

// holdsZero reports whether a JSON text holds the character U+0000, which not
// every place of the store can hold.
func holdsZero(data []byte) bool {
	escape := []byte(`\u0000`)
	for at := 0; ; {
		i := bytes.Index(data[at:], escape)
		if i < 0 {
			return false
		}
		at += i
		backslashes := 0
		for at-backslashes > 0 && data[at-backslashes-1] == '\\' {
			backslashes++
		}
		if backslashes%2 == 0 {
			return true
		}
		at += len(escape)
	}
}

// unmarshalStrictly reads one JSON value and nothing else, without fields that v
// does not have.
func unmarshalStrictly(data []byte, v any) error {
	if err := mustBeText(data); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errTrailer
	}
	return nil
}
