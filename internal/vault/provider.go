package vault

import "errors"

// FirstEpoch is the epoch of a provider that was never rotated.
const FirstEpoch int64 = 1

var (
	// ErrEpochEnded is returned for an epoch whose key was destroyed.
	ErrEpochEnded = errors.New("vault: the key of the epoch was destroyed")
	// ErrEpochUnknown is returned for an epoch that the provider never held.
	ErrEpochUnknown = errors.New("vault: the provider has no key of this epoch")
	// ErrWrapBroken is returned for a wrapped key that does not open.
	ErrWrapBroken = errors.New("vault: the wrapped key does not open")
)

// Provider holds the keys that the database must never hold: a root secret,
// which does not change for the life of a store, and one key per epoch. It may
// be used by many goroutines at once.
type Provider interface {
	// Secret returns 32 bytes derived from the root for one use, always the same.
	Secret(use string) ([]byte, error)
	// Wrap seals a key under an epoch's key, bound to bytes that Unwrap needs again.
	Wrap(epoch int64, key, bound []byte) ([]byte, error)
	// Unwrap is the inverse of Wrap. It fails with [ErrEpochEnded],
	// [ErrEpochUnknown] or [ErrWrapBroken].
	Unwrap(epoch int64, wrapped, bound []byte) ([]byte, error)
	// AddEpoch makes the key of an epoch durable before it returns. It changes
	// nothing when the key is there already.
	AddEpoch(epoch int64) error
	// EndEpochs destroys the keys of all epochs before the one named, which must
	// be there. When it returns they are gone from the provider's storage.
	EndEpochs(before int64) error
	// Close forgets every key.
	Close() error
}
