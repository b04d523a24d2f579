package sm

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"

	"github.com/emmansun/gmsm/sm4"
)

// Algorithm names an authenticated cipher in the second byte of what is sealed.
type Algorithm byte

const (
	SM4GCM    Algorithm = 1 // SM4 in Galois/counter mode, the default
	AES256GCM Algorithm = 2 // AES with a 256-bit key in Galois/counter mode
)

func (a Algorithm) String() string {
	switch a {
	case SM4GCM:
		return "SM4-GCM"
	case AES256GCM:
		return "AES-256-GCM"
	}
	return fmt.Sprintf("algorithm %d", byte(a))
}

// ParseAlgorithm is the inverse of [Algorithm.String] for known algorithms.
func ParseAlgorithm(name string) (Algorithm, error) {
	for _, a := range []Algorithm{SM4GCM, AES256GCM} {
		if a.String() == name {
			return a, nil
		}
	}
	return 0, fmt.Errorf("sm: unknown algorithm %q: choose %s or %s", name, SM4GCM, AES256GCM)
}

func (a Algorithm) keySize() int {
	if a == AES256GCM {
		return 32
	}
	return sm4.BlockSize
}

func (a Algorithm) aead(key []byte) (cipher.AEAD, error) {
	block, err := a.block(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (a Algorithm) block(key []byte) (cipher.Block, error) {
	switch a {
	case SM4GCM:
		return sm4.NewCipher(key)
	case AES256GCM:
		return aes.NewCipher(key)
	}
	return nil, fmt.Errorf("%w: %s", ErrUnknownFormat, a)
}
