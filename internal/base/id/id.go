// Package id makes the names of rows: 26 characters of Crockford base32 that
// sort by the time they were made (ULID). They hold 80 random bits, so that
// nobody can guess one, and say nothing about what they name.
package id

import (
	"crypto/rand"
	"time"

	"github.com/oklog/ulid/v2"
)

// New returns a fresh id made at t.
func New(t time.Time) string {
	return ulid.MustNew(ulid.Timestamp(t), rand.Reader).String()
}

// Valid reports whether s has the form of an id.
func Valid(s string) bool {
	_, err := ulid.ParseStrict(s)
	return err == nil
}
