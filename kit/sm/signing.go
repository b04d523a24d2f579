package sm

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// SignerID is the user id that every SM2 signature of the house is made under:
// the default of GB/T 35276.
const SignerID = "1234567812345678"

// SigningKey is a private SM2 key.
type SigningKey struct{ private *sm2.PrivateKey }

// GenerateSigningKey returns a fresh key.
func GenerateSigningKey() (*SigningKey, error) {
	private, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("sm: making an SM2 key: %w", err)
	}
	return &SigningKey{private}, nil
}

// DeriveSigningKey returns the key that belongs to a secret and a use, always
// the same one: 48 bytes of HKDF-SM3, taken modulo n−2, plus one.
func DeriveSigningKey(secret []byte, use string) (*SigningKey, error) {
	wide, err := Derive(secret, nil, "medward "+use+" SM2", 48)
	if err != nil {
		return nil, err
	}
	defer clear(wide)
	d := new(big.Int).SetBytes(wide)
	d.Mod(d, new(big.Int).Sub(sm2.P256().Params().N, big.NewInt(2)))
	private, err := sm2.NewPrivateKeyFromInt(d.Add(d, big.NewInt(1)))
	if err != nil {
		return nil, fmt.Errorf("sm: deriving an SM2 key: %w", err)
	}
	return &SigningKey{private}, nil
}

// ParseSigningKey reads a key from PKCS #8 DER.
func ParseSigningKey(pkcs8 []byte) (*SigningKey, error) {
	key, err := smx509.ParsePKCS8PrivateKey(pkcs8)
	if err != nil {
		return nil, fmt.Errorf("sm: reading an SM2 private key: %w", err)
	}
	private, ok := key.(*sm2.PrivateKey)
	if !ok {
		return nil, errors.New("sm: the private key is not one of SM2")
	}
	return &SigningKey{private}, nil
}

// PKCS8 returns the key in PKCS #8 DER.
func (k *SigningKey) PKCS8() ([]byte, error) {
	der, err := smx509.MarshalPKCS8PrivateKey(k.private)
	if err != nil {
		return nil, fmt.Errorf("sm: writing an SM2 private key: %w", err)
	}
	return der, nil
}

// Public returns the public half.
func (k *SigningKey) Public() *PublicKey { return &PublicKey{&k.private.PublicKey} }

// Sign returns the signature of message under [SignerID]: ASN.1 DER of r and s
// (GB/T 35276). The message is digested here and must not be a digest.
func (k *SigningKey) Sign(message []byte) ([]byte, error) {
	digest, err := sm2.CalculateSM2Hash(&k.private.PublicKey, message, []byte(SignerID))
	if err != nil {
		return nil, fmt.Errorf("sm: signing: %w", err)
	}
	signature, err := sm2.SignASN1(rand.Reader, k.private, digest, nil)
	if err != nil {
		return nil, fmt.Errorf("sm: signing: %w", err)
	}
	return signature, nil
}

// Clear overwrites the private number. The key must not be used again.
func (k *SigningKey) Clear() { clear(k.private.D.Bits()) }
