package vault

import (
	"encoding/hex"
	"fmt"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/kit/sm"
)

// Vault seals and opens. It may be used by many goroutines at once.
type Vault struct {
	keys   Provider
	clock  clock.Clock
	with   sm.Algorithm
	rows   *sm.Authenticator
	blinds *sm.Authenticator
	ledger *LedgerSigner
	opened *cache
}

// Option changes what [New] makes.
type Option func(*Vault)

// Sealing chooses the algorithm for what is sealed from now on. What is sealed
// already names its own. The default is SM4-GCM.
func Sealing(with sm.Algorithm) Option { return func(v *Vault) { v.with = with } }

// New returns a vault over the keys of a provider, which stays the caller's to
// close.
func New(keys Provider, c clock.Clock, options ...Option) (*Vault, error) {
	v := &Vault{keys: keys, clock: c, with: sm.SM4GCM, opened: newCache(maxOpened)}
	for _, o := range options {
		o(v)
	}
	rows, err := authenticator(keys, "rows")
	if err != nil {
		return nil, err
	}
	blinds, err := authenticator(keys, "blinds")
	if err != nil {
		return nil, err
	}
	v.rows, v.blinds = rows, blinds
	v.ledger, err = newLedgerSigner(keys)
	return v, err
}

func authenticator(keys Provider, use string) (*sm.Authenticator, error) {
	secret, err := keys.Secret(use)
	if err != nil {
		return nil, fmt.Errorf("vault: the key of %s: %w", use, err)
	}
	defer clear(secret)
	return sm.NewAuthenticator(secret), nil
}

// MACRow authenticates the digest of a keyed row: HMAC-SM3, 32 bytes. It is
// bound to the store as the hook MAC.
func (v *Vault) MACRow(digest []byte) []byte { return v.rows.Code(digest) }

const blindSize = 16

// Blind returns the blind index of a value, by which a row can be found although
// the value is sealed: 32 hexadecimal digits of HMAC-SM3 under a key of the
// column and the organisation. Equal values give equal indexes, so the caller
// writes the value in one form first, and only values that nearly everybody has
// to himself may be blinded: ID number, phone and record number, never a name.
// The index of an empty value is empty.
func (v *Vault) Blind(org, column, value string) string {
	if value == "" {
		return ""
	}
	key := v.blinds.Code(appendPart(appendPart(nil, org), column))
	return hex.EncodeToString(sm.HMAC(key, []byte(value))[:blindSize])
}

// LedgerSigner signs the checkpoints of the audit ledger.
type LedgerSigner struct{ key *sm.SigningKey }

func newLedgerSigner(keys Provider) (*LedgerSigner, error) {
	secret, err := keys.Secret("ledger")
	if err != nil {
		return nil, fmt.Errorf("vault: the key of the ledger: %w", err)
	}
	defer clear(secret)
	key, err := sm.DeriveSigningKey(secret, "ledger")
	return &LedgerSigner{key}, err
}

// LedgerSigner returns the signer of the audit ledger, the same for the life of
// the store.
func (v *Vault) LedgerSigner() *LedgerSigner { return v.ledger }

// PublicKey returns the key by which checkpoints are verified, as a point of 65
// bytes (see [sm.ParsePublicKey]).
func (s *LedgerSigner) PublicKey() []byte { return s.key.Public().Raw() }

// Sign returns the SM2 signature of a message (see [sm.SigningKey.Sign]).
func (s *LedgerSigner) Sign(message []byte) ([]byte, error) { return s.key.Sign(message) }
