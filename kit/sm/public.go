package sm

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// PublicKey is a public SM2 key.
type PublicKey struct{ point *ecdsa.PublicKey }

const pemType = "PUBLIC KEY"

// ParsePublicKey reads a key from its point: 65 bytes, 0x04 and x and y. A point
// that is not on the curve is refused.
func ParsePublicKey(raw []byte) (*PublicKey, error) {
	point, err := sm2.ParseUncompressedPublicKey(raw)
	if err != nil {
		return nil, fmt.Errorf("sm: reading an SM2 public key: %w", err)
	}
	return &PublicKey{point}, nil
}

// ParsePublicKeyPEM reads a key from PEM (SubjectPublicKeyInfo).
func ParsePublicKeyPEM(text []byte) (*PublicKey, error) {
	block, rest := pem.Decode(text)
	if block == nil || block.Type != pemType || len(bytes.TrimSpace(rest)) > 0 {
		return nil, errors.New("sm: the text is not exactly one PEM block of type " + pemType)
	}
	key, err := smx509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("sm: reading an SM2 public key: %w", err)
	}
	point, ok := key.(*ecdsa.PublicKey)
	if !ok || !sm2.IsSM2PublicKey(point) {
		return nil, errors.New("sm: the public key is not one of SM2")
	}
	return &PublicKey{point}, nil
}

// Raw returns the point as 65 bytes: 0x04 and x and y.
func (p *PublicKey) Raw() []byte {
	raw := make([]byte, 65)
	raw[0] = 4
	p.point.X.FillBytes(raw[1:33]) //nolint:staticcheck // the standard library encodes its own curves only
	p.point.Y.FillBytes(raw[33:])  //nolint:staticcheck // as above
	return raw
}

// PEM returns the key as PEM (SubjectPublicKeyInfo).
func (p *PublicKey) PEM() ([]byte, error) {
	der, err := smx509.MarshalPKIXPublicKey(p.point)
	if err != nil {
		return nil, fmt.Errorf("sm: writing an SM2 public key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: pemType, Bytes: der}), nil
}

// Verify reports whether signature is one of message by this key under
// [SignerID].
func (p *PublicKey) Verify(message, signature []byte) bool {
	return sm2.VerifyASN1WithSM2(p.point, []byte(SignerID), message, signature)
}

// Equal reports whether both are the same key.
func (p *PublicKey) Equal(other *PublicKey) bool { return p.point.Equal(other.point) }
