package vault

import (
	"fmt"
	"sync"

	"github.com/medward/medward/kit/sm"
)

// Signer is a person's signing key, open for one signing session.
type Signer struct {
	public *sm.PublicKey
	mu     sync.Mutex
	key    *sm.SigningKey
}

func signingPlace(id string) Place { return Place{Kind: "signing-key", Object: id} }

// NewSigningKey makes a SM2 key for the person whose subject this is. id names the
// key; the private half is returned sealed, for [Subject.OpenSigningKey].
func (s *Subject) NewSigningKey(id string) (public *sm.PublicKey, sealed []byte, err error) {
	key, err := sm.GenerateSigningKey()
	if err != nil {
		return nil, nil, err
	}
	defer key.Clear()
	der, err := key.PKCS8()
	if err != nil {
		return nil, nil, err
	}
	defer clear(der)
	sealed, err = s.Seal(signingPlace(id), der)
	return key.Public(), sealed, err
}

// OpenSigningKey opens a sealed private key for a signing session, at whose end
// the caller must close the signer.
func (s *Subject) OpenSigningKey(id string, sealed []byte) (*Signer, error) {
	der, err := s.Open(signingPlace(id), sealed)
	if err != nil {
		return nil, err
	}
	defer clear(der)
	key, err := sm.ParseSigningKey(der)
	if err != nil {
		return nil, fmt.Errorf("vault: signing key %s: %w", id, err)
	}
	return &Signer{public: key.Public(), key: key}, nil
}

// PublicKey returns the public half.
func (s *Signer) PublicKey() *sm.PublicKey { return s.public }

// Sign returns the signature of a message (see [sm.SigningKey.Sign]), or
// [SigningEnded] after Close.
func (s *Signer) Sign(message []byte) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key == nil {
		return nil, SigningEnded.With()
	}
	return s.key.Sign(message)
}

// Close overwrites the private key and ends the session. It may be called again.
func (s *Signer) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key != nil {
		s.key.Clear()
		s.key = nil
	}
	return nil
}
