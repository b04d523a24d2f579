package sm

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/subtle"
	"fmt"
	"hash"
	"sync"

	"github.com/emmansun/gmsm/sm3"
)

// DigestSize is the length of an SM3 digest and of an HMAC-SM3 code in bytes.
const DigestSize = sm3.Size

// NewHash returns a running SM3 digest (GB/T 32905).
func NewHash() hash.Hash { return sm3.New() }

// Sum returns the SM3 digest of data.
func Sum(data []byte) [DigestSize]byte { return sm3.Sum(data) }

// HMAC returns the HMAC-SM3 of data (RFC 2104 over SM3).
func HMAC(key, data []byte) []byte {
	h := hmac.New(sm3.New, key)
	h.Write(data)
	return h.Sum(nil)
}

// Authenticator makes HMAC-SM3 codes under one key. It is several times as fast
// as [HMAC] for short data and may be used by many goroutines at once.
type Authenticator struct{ running sync.Pool }

// NewAuthenticator returns an authenticator that keeps its own copy of key.
func NewAuthenticator(key []byte) *Authenticator {
	kept := append([]byte(nil), key...)
	return &Authenticator{running: sync.Pool{New: func() any { return hmac.New(sm3.New, kept) }}}
}

// Code returns the code of data, [DigestSize] bytes.
func (a *Authenticator) Code(data []byte) []byte {
	h := a.running.Get().(hash.Hash)
	defer a.running.Put(h)
	h.Reset()
	h.Write(data)
	return h.Sum(make([]byte, 0, DigestSize))
}

// Derive returns size bytes made from secret for one use by HKDF-SM3 (RFC 5869)
// with the given salt, which may be nil. Different uses give unrelated bytes.
func Derive(secret, salt []byte, use string, size int) ([]byte, error) {
	out, err := hkdf.Key(sm3.New, secret, salt, use, size)
	if err != nil {
		return nil, fmt.Errorf("sm: deriving a key for %s: %w", use, err)
	}
	return out, nil
}

// Equal compares in a time that depends only on the lengths.
func Equal(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
