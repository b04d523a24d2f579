package vault

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"

	"github.com/medward/medward/internal/base/durable"
	"github.com/medward/medward/kit/sm"
)

// Keyring is the provider that keeps its keys in a file sealed with a passphrase.
// The file is replaced as a whole, so that a crash leaves the old or the new one,
// and several processes that share it see one another's epochs.
type Keyring struct {
	path string

	mu     sync.RWMutex
	lock   lock
	ring   *ring
	epochs map[int64]*sm.Key
}

// lock is what the file is sealed with.
type lock struct {
	salt   []byte
	params Params
	key    *sm.Key
}

var _ Provider = (*Keyring)(nil)

const saltSize = 16

// CreateKeyring makes a keyring with fresh keys at path, which must not exist,
// and opens it. The zero Params stand for [DefaultParams].
func CreateKeyring(path string, passphrase []byte, params Params) (*Keyring, error) {
	l, err := newLock(passphrase, params)
	if err != nil {
		return nil, err
	}
	k := &Keyring{path: path, lock: l}
	fresh := &ring{root: sm.NewSecret(), epochs: map[int64][]byte{FirstEpoch: sm.NewSecret()}}
	data, err := k.file(fresh)
	if err != nil {
		return nil, err
	}
	switch err := durable.WriteNew(path, data); {
	case errors.Is(err, fs.ErrExist):
		return nil, KeyringExists.With("path", path).Because(err)
	case err != nil:
		return nil, fmt.Errorf("vault: writing the keyring: %w", err)
	}
	return k, k.take(fresh)
}

// OpenKeyring opens the keyring at path.
func OpenKeyring(path string, passphrase []byte) (*Keyring, error) {
	f, err := loadKeyringFile(path)
	if err != nil {
		return nil, err
	}
	key, err := f.key(passphrase, f.Salt)
	if err != nil {
		return nil, err
	}
	k := &Keyring{path: path, lock: lock{salt: f.Salt, params: f.Params, key: key}}
	r, err := k.unseal(f)
	if err != nil {
		return nil, err
	}
	return k, k.take(r)
}

func loadKeyringFile(path string) (*keyringFile, error) {
	data, err := readPrivate(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, KeyringMissing.With("path", path).Because(err)
	}
	if err != nil {
		return nil, err
	}
	f, err := readKeyringFile(data)
	if err != nil {
		return nil, KeyringDamaged.With("path", path).Because(err)
	}
	return f, nil
}

// ChangePassphrase seals the keyring anew, with a fresh salt. Copies of the old
// file still open with the old passphrase and must be destroyed.
func (k *Keyring) ChangePassphrase(passphrase []byte, params Params) error {
	l, err := newLock(passphrase, params)
	if err != nil {
		return err
	}
	return k.change(func(*ring) { k.lock = l })
}

// newLock makes the key that seals a file from a passphrase and a fresh salt.
func newLock(passphrase []byte, params Params) (lock, error) {
	if params == (Params{}) {
		params = DefaultParams
	}
	if err := errors.Join(checkPassphrase(passphrase), params.check()); err != nil {
		return lock{}, err
	}
	l := lock{salt: make([]byte, saltSize), params: params}
	_, _ = rand.Read(l.salt) // it ends the process rather than fail
	var err error
	l.key, err = params.key(passphrase, l.salt)
	return l, err
}

func (k *Keyring) file(r *ring) ([]byte, error) {
	f := &keyringFile{Format: keyringFormat, KDF: argon2id, Salt: k.lock.salt, Params: k.lock.params}
	plain := r.bytes()
	defer clear(plain)
	f.Sealed = k.lock.key.Seal(plain, f.bound())
	return f.bytes()
}

func (k *Keyring) unseal(f *keyringFile) (*ring, error) {
	plain, err := k.lock.key.Open(f.Sealed, f.bound())
	if err != nil {
		return nil, PassphraseWrong.Because(err)
	}
	defer clear(plain)
	r, err := readRing(plain)
	if err != nil {
		return nil, KeyringDamaged.With("path", k.path).Because(err)
	}
	return r, nil
}

// take puts a ring in the place of the one that was held.
func (k *Keyring) take(r *ring) error {
	epochs := make(map[int64]*sm.Key, len(r.epochs))
	for n, secret := range r.epochs {
		key, err := sm.NewKey(secret, "epoch", sm.SM4GCM)
		if err != nil {
			return err
		}
		epochs[n] = key
	}
	k.forget()
	k.ring, k.epochs = r, epochs
	return nil
}

func (k *Keyring) forget() {
	if k.ring != nil {
		k.ring.clear()
	}
	for _, key := range k.epochs {
		key.Clear()
	}
}

// reload reads the file as another process may have left it.
func (k *Keyring) reload() error {
	f, err := loadKeyringFile(k.path)
	if err != nil {
		return err
	}
	if !bytes.Equal(f.Salt, k.lock.salt) {
		return PassphraseWrong.Because(errors.New("the passphrase was changed by another process"))
	}
	r, err := k.unseal(f)
	if err != nil {
		return err
	}
	return k.take(r)
}

// change brings the ring up to date, changes it with fn and writes it, alone
// among all processes. What is held afterwards is what the file holds.
func (k *Keyring) change(fn func(*ring)) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return alone(filepath.Dir(k.path), func() error {
		if err := k.reload(); err != nil {
			return err
		}
		before := k.lock
		fn(k.ring)
		err := k.write()
		if lost := k.reload(); lost != nil {
			k.lock = before
			err = errors.Join(err, k.reload())
		}
		return err
	})
}

func (k *Keyring) write() error {
	data, err := k.file(k.ring)
	if err != nil {
		return err
	}
	if err := durable.WriteOver(k.path, data); err != nil {
		return fmt.Errorf("vault: writing the keyring: %w", err)
	}
	return nil
}

// Secret implements [Provider].
func (k *Keyring) Secret(use string) ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return sm.Derive(k.ring.root, nil, "medward root "+use, sm.SecretSize)
}

// AddEpoch implements [Provider].
func (k *Keyring) AddEpoch(epoch int64) error {
	if _, err := k.epoch(epoch); !errors.Is(err, ErrEpochUnknown) {
		return err
	}
	return k.change(func(r *ring) {
		if r.epochs[epoch] == nil {
			r.epochs[epoch] = sm.NewSecret()
		}
	})
}

// EndEpochs implements [Provider].
func (k *Keyring) EndEpochs(before int64) error {
	if _, err := k.epoch(before); err != nil {
		return err
	}
	k.mu.RLock()
	oldest := k.ring.numbers()[0]
	k.mu.RUnlock()
	if oldest >= before {
		return nil
	}
	return k.change(func(r *ring) {
		for n, secret := range r.epochs {
			if n < before {
				clear(secret)
				delete(r.epochs, n)
			}
		}
	})
}

// Wrap implements [Provider].
func (k *Keyring) Wrap(epoch int64, key, bound []byte) ([]byte, error) {
	under, err := k.epoch(epoch)
	if err != nil {
		return nil, err
	}
	return under.Seal(key, bound), nil
}

// Unwrap implements [Provider].
func (k *Keyring) Unwrap(epoch int64, wrapped, bound []byte) ([]byte, error) {
	under, err := k.epoch(epoch)
	if err != nil {
		return nil, err
	}
	key, err := under.Open(wrapped, bound)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWrapBroken, err)
	}
	return key, nil
}

// epoch returns the key of an epoch, which another process may have made since
// the file was read.
func (k *Keyring) epoch(n int64) (*sm.Key, error) {
	key, newest := k.held(n)
	if key != nil {
		return key, nil
	}
	if n <= newest {
		return nil, fmt.Errorf("%w: %d", ErrEpochEnded, n)
	}
	k.mu.Lock()
	err := k.reload()
	k.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if key, _ = k.held(n); key == nil {
		return nil, fmt.Errorf("%w: %d", ErrEpochUnknown, n)
	}
	return key, nil
}

func (k *Keyring) held(n int64) (key *sm.Key, newest int64) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	for number := range k.epochs {
		newest = max(newest, number)
	}
	return k.epochs[n], newest
}

// Close implements [Provider]. The keyring must not be used again.
func (k *Keyring) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forget()
	k.lock.key.Clear()
	return nil
}
