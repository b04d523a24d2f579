// Package vaulttest gives tests a vault whose keyring costs next to nothing to
// open.
package vaulttest

import (
	"path/filepath"
	"testing"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/vault"
)

// Passphrase opens the keyrings of this package.
var Passphrase = []byte("only for tests and of no use")

// Params are the cheapest that a keyring allows.
var Params = vault.Params{MemoryKiB: 8, Passes: 1, Lanes: 1}

// Keyring makes a keyring in a folder of the test and closes it when it ends.
func Keyring(t testing.TB) *vault.Keyring {
	t.Helper()
	k, err := vault.CreateKeyring(filepath.Join(t.TempDir(), "keyring.json"), Passphrase, Params)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	return k
}

// New returns a vault over a fresh keyring.
func New(t testing.TB, c clock.Clock) *vault.Vault {
	t.Helper()
	v, err := vault.New(Keyring(t), c)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
