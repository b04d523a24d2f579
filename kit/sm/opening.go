package sm

import (
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// OpeningKey is a private SM2 key that opens secrets which were wrapped for its public
// half (GB/T 32918.4). It must not be used to sign: the standards keep a pair of keys
// for each.
type OpeningKey struct{ private *sm2.PrivateKey }

// ErrNotWrapped is returned for what was not wrapped for this key, or was altered.
var ErrNotWrapped = errors.New("sm: not a secret wrapped for this key")

// GenerateOpeningKey returns a fresh key.
func GenerateOpeningKey() (*OpeningKey, error) {
	private, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("sm: making an SM2 key: %w", err)
	}
	return &OpeningKey{private}, nil
}

// ParseOpeningKey reads a key from PKCS #8 DER.
func ParseOpeningKey(pkcs8 []byte) (*OpeningKey, error) {
	key, err := ParseSigningKey(pkcs8)
	if err != nil {
		return nil, err
	}
	return &OpeningKey{key.private}, nil
}

// PKCS8 returns the key in PKCS #8 DER.
func (k *OpeningKey) PKCS8() ([]byte, error) {
	der, err := smx509.MarshalPKCS8PrivateKey(k.private)
	if err != nil {
		return nil, fmt.Errorf("sm: writing an SM2 private key: %w", err)
	}
	return der, nil
}

// Public returns the public half.
func (k *OpeningKey) Public() *PublicKey { return &PublicKey{&k.private.PublicKey} }

// Wrap returns a secret encrypted for whoever holds the private half: ASN.1 DER
// (GB/T 35276).
func (p *PublicKey) Wrap(secret []byte) ([]byte, error) {
	wrapped, err := sm2.EncryptASN1(rand.Reader, p.point, secret)
	if err != nil {
		return nil, fmt.Errorf("sm: wrapping: %w", err)
	}
	return wrapped, nil
}

// Unwrap returns what was wrapped for this key, or [ErrNotWrapped].
func (k *OpeningKey) Unwrap(wrapped []byte) ([]byte, error) {
	secret, err := sm2.Decrypt(k.private, wrapped)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotWrapped, err)
	}
	return secret, nil
}

// Clear overwrites the private number. The key must not be used again.
func (k *OpeningKey) Clear() { clear(k.private.D.Bits()) }
