package fhir

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // R4 defines Attachment.hash as SHA-1
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
)

// Base64 is encoded content, usually a slice of the input.
type Base64 []byte

// Attachment is a file inside the resource (Data) or elsewhere (URL, which this
// package must never fetch).
type Attachment struct {
	ContentType string
	Language    string
	Data        Base64
	URL         string  `fhir:"url"`
	Size        Decimal // bytes before encoding
	Hash        Base64  // SHA-1 of the content
	Title       string
	Creation    DateTime
}

// Errors of [Attachment.Content].
var (
	ErrTooLarge = errors.New("attachment is larger than the limit")
	ErrBase64   = errors.New("attachment data is not base64")
	ErrSize     = errors.New("attachment data does not have the stated size")
	ErrHash     = errors.New("attachment data does not have the stated hash")
)

// Content decodes Data, of at most limit bytes, and holds it against the stated
// size and hash. On [ErrSize] and [ErrHash] the content is returned too, for
// quarantine.
func (a Attachment) Content(limit int) ([]byte, error) {
	text := compact(a.Data)
	if len(text)/4*3 > limit+2 {
		return nil, fmt.Errorf("%w of %d bytes", ErrTooLarge, limit)
	}
	content, err := decode(text)
	if err != nil {
		return nil, err
	}
	if len(content) > limit {
		return nil, fmt.Errorf("%w of %d bytes", ErrTooLarge, limit)
	}
	if a.Size != "" && string(a.Size) != strconv.Itoa(len(content)) {
		return content, fmt.Errorf("%w: %d bytes decoded", ErrSize, len(content))
	}
	if len(a.Hash) == 0 {
		return content, nil
	}
	want, err := decode(compact(a.Hash))
	if err != nil {
		return content, fmt.Errorf("%w: the hash itself: %w", ErrHash, err)
	}
	if got := sha1.Sum(content); !bytes.Equal(got[:], want) { //nolint:gosec // as the standard says
		return content, ErrHash
	}
	return content, nil
}

func decode(text []byte) ([]byte, error) {
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Strict().Decode(out, text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBase64, err)
	}
	return out[:n], nil
}

// valid reports base64 by its alphabet and padding without decoding it.
func (b Base64) valid() bool {
	symbols, padding := 0, 0
	for _, c := range b {
		switch {
		case isDigit(c), c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '+', c == '/':
			if padding > 0 {
				return false
			}
			symbols++
		case c == '=':
			padding++
		case c != ' ' && c != '\t' && c != '\n' && c != '\r':
			return false
		}
	}
	return symbols > 0 && padding <= 2 && (symbols+padding)%4 == 0
}

// compact removes the white space R4 allows within base64.
func compact(b []byte) []byte {
	if !bytes.ContainsAny(b, " \t\r\n") {
		return b
	}
	return bytes.Join(bytes.Fields(b), nil)
}
