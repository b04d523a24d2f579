// Package id makes the names of rows: 26 characters of Crockford base32 that
// sort by the time they were made (ULID). They hold 80 random bits, so that
// nobody can guess one, and say nothing about what they name.
package id

import (
	"crypto/rand"
	"encoding/binary"
	"time"

	"github.com/oklog/ulid/v2"
)

// New returns a fresh id made at t.
func New(t time.Time) string {
	return ulid.MustNew(ulid.Timestamp(t), rand.Reader).String()
}

// Before returns an id that looks as if it had been made some time before another,
// within a year, and that a code of at least 16 bytes chooses: the same for the same
// two. An id that has no valid form is taken as made at the beginning of time.
func Before(later string, code []byte) string {
	var made ulid.ULID
	if at, err := ulid.ParseStrict(later); err == nil {
		ago := binary.BigEndian.Uint64(code[8:16]) % yearMillis
		_ = made.SetTime(at.Time() - min(ago, at.Time()))
	}
	_ = made.SetEntropy(code[:10])
	return made.String()
}

const yearMillis = 365 * 24 * 60 * 60 * 1000

// Valid reports whether s has the form of an id.
func Valid(s string) bool {
	_, err := ulid.ParseStrict(s)
	return err == nil
}
