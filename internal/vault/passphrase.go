package vault

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"

	"golang.org/x/crypto/argon2"

	"github.com/medward/medward/kit/sm"
)

// leastPassphrase is the shortest passphrase in bytes that seals a keyring.
const leastPassphrase = 12

// Params are the costs of turning the passphrase into a key by Argon2id
// (RFC 9106). The zero value stands for [DefaultParams].
type Params struct {
	MemoryKiB uint32 `json:"memory_kib"`
	Passes    uint32 `json:"passes"`
	Lanes     uint8  `json:"lanes"`
}

// DefaultParams are the costs of a real keyring: 64 MiB, three passes, two lanes.
var DefaultParams = Params{MemoryKiB: 64 << 10, Passes: 3, Lanes: 2}

// highestParams bound what a keyring file may make this machine spend.
var highestParams = Params{MemoryKiB: 1 << 20, Passes: 32, Lanes: 32}

func (p Params) check() error {
	if p.MemoryKiB < 8*uint32(p.Lanes) || p.MemoryKiB > highestParams.MemoryKiB ||
		p.Passes < 1 || p.Passes > highestParams.Passes || p.Lanes < 1 || p.Lanes > highestParams.Lanes {
		return fmt.Errorf("vault: Argon2id with %d KiB, %d passes and %d lanes is outside 8 KiB per lane to %d KiB, 1 to %d and 1 to %d",
			p.MemoryKiB, p.Passes, p.Lanes, highestParams.MemoryKiB, highestParams.Passes, highestParams.Lanes)
	}
	return nil
}

func (p Params) key(passphrase, salt []byte) (*sm.Key, error) {
	secret := argon2.IDKey(passphrase, salt, p.Passes, p.MemoryKiB, p.Lanes, sm.SecretSize)
	defer clear(secret)
	return sm.NewKey(secret, "keyring", sm.SM4GCM)
}

func checkPassphrase(passphrase []byte) error {
	if len(passphrase) < leastPassphrase {
		return PassphraseWeak.With("least", strconv.Itoa(leastPassphrase))
	}
	return nil
}

// NewPassphrase returns a random passphrase of 26 letters and digits.
func NewPassphrase() []byte { return []byte(rand.Text()) }

// ReadPassphrase reads a passphrase from the first line of a file that nobody
// but its owner may read.
func ReadPassphrase(path string) ([]byte, error) {
	data, err := readPrivate(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("vault: there is no passphrase file at %s: %w", path, err)
	}
	if err != nil {
		return nil, err
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), nil
}

// maxPrivateFile bounds a keyring or passphrase file in bytes.
const maxPrivateFile = 1 << 20

func readPrivate(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.Mode().Perm()&0o077 != 0:
		return nil, KeyringExposed.With("path", path)
	case info.Size() > maxPrivateFile || !info.Mode().IsRegular():
		return nil, KeyringDamaged.With("path", path)
	}
	return os.ReadFile(path) //nolint:gosec // the operator names the file
}
