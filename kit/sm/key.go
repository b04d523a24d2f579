package sm

import (
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
)

var (
	// ErrUnknownFormat is returned for bytes that nothing in this package
	// sealed, or that a later version did.
	ErrUnknownFormat = errors.New("sm: not in a sealed format known here")
	// ErrBroken is returned when sealed bytes do not open: they were altered,
	// cut short, put in another place, or sealed under another key.
	ErrBroken = errors.New("sm: sealed bytes do not open")
)

const (
	// SecretSize is the length in bytes of the secret of a [Key].
	SecretSize = 32
	// Overhead is by how many bytes a sealed value is longer than its content.
	Overhead = headerSize + nonceSize + tagSize

	formatValue  = 1
	formatStream = 2
	headerSize   = 2
	nonceSize    = 12
	tagSize      = 16
)

// NewSecret returns a fresh random secret of [SecretSize] bytes.
func NewSecret() []byte {
	secret := make([]byte, SecretSize)
	rand.Read(secret) // never fails: it ends the process instead
	return secret
}

// Key seals and opens for one use. Each algorithm has its own key, derived from
// the secret by HKDF-SM3. It may be used by many goroutines at once.
type Key struct {
	use    string
	secret []byte
	with   Algorithm
	ready  [AES256GCM + 1]struct {
		once sync.Once
		aead cipher.AEAD
		err  error
	}
}

// NewKey makes a key from a secret of [SecretSize] bytes, of which it keeps a
// copy. use is a short name that must differ wherever the same secret serves
// another use. with is the algorithm for sealing; opening follows what is sealed.
func NewKey(secret []byte, use string, with Algorithm) (*Key, error) {
	if len(secret) != SecretSize {
		return nil, fmt.Errorf("sm: a secret of %d bytes was given for %s: it must be %d", len(secret), use, SecretSize)
	}
	k := &Key{use: use, secret: append([]byte(nil), secret...), with: with}
	_, err := k.aead(with)
	return k, err
}

// Clear overwrites the secret. What was derived from it is left to the
// collector of memory; the key must not be used again.
func (k *Key) Clear() { clear(k.secret) }

func (k *Key) aead(a Algorithm) (cipher.AEAD, error) {
	if a != SM4GCM && a != AES256GCM {
		return nil, fmt.Errorf("%w: %s", ErrUnknownFormat, a)
	}
	slot := &k.ready[a]
	slot.once.Do(func() { slot.aead, slot.err = deriveAEAD(a, k.secret, nil, k.use) })
	return slot.aead, slot.err
}

func deriveAEAD(a Algorithm, secret, salt []byte, use string) (cipher.AEAD, error) {
	key, err := Derive(secret, salt, "medward "+use+" "+a.String(), a.keySize())
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return a.aead(key)
}

// Seal returns plain sealed under a fresh random nonce. bound is not part of
// the result; opening needs the same bytes. Under one key at most 2³² values
// may be sealed.
func (k *Key) Seal(plain, bound []byte) []byte {
	out := make([]byte, headerSize+nonceSize, Overhead+len(plain))
	out[0], out[1] = formatValue, byte(k.with)
	rand.Read(out[headerSize:]) // never fails: it ends the process instead
	return k.ready[k.with].aead.Seal(out, out[headerSize:], plain, associated(out[:headerSize], bound))
}

// Open returns what was sealed with the same bound bytes, never nil, or
// [ErrUnknownFormat] or [ErrBroken].
func (k *Key) Open(sealed, bound []byte) ([]byte, error) {
	if len(sealed) < headerSize || sealed[0] != formatValue {
		return nil, fmt.Errorf("%w: no sealed value", ErrUnknownFormat)
	}
	aead, err := k.aead(Algorithm(sealed[1]))
	if err != nil {
		return nil, err
	}
	if len(sealed) < Overhead {
		return nil, fmt.Errorf("%w: cut short to %d bytes", ErrBroken, len(sealed))
	}
	nonce, body := sealed[headerSize:headerSize+nonceSize], sealed[headerSize+nonceSize:]
	plain, err := aead.Open(make([]byte, 0, len(body)), nonce, body, associated(sealed[:headerSize], bound))
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

func associated(header, bound []byte) []byte {
	return append(append(make([]byte, 0, len(header)+len(bound)), header...), bound...)
}
