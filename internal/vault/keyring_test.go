package vault_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/internal/vault/vaulttest"
)

func create(t testing.TB) (string, *vault.Keyring) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keyring.json")
	k, err := vault.CreateKeyring(path, vaulttest.Passphrase, vaulttest.Params)
	if err != nil {
		t.Fatal(err)
	}
	return path, k
}

func reopen(t testing.TB, path string) *vault.Keyring {
	t.Helper()
	k, err := vault.OpenKeyring(path, vaulttest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func secret(t testing.TB, p vault.Provider, use string) string {
	t.Helper()
	s, err := p.Secret(use)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestKeyringOpensWithWhatItWasMadeWith(t *testing.T) {
	path, made := create(t)
	opened := reopen(t, path)
	if secret(t, made, "rows") != secret(t, opened, "rows") {
		t.Error("the root secret changed")
	}
	if secret(t, opened, "rows") == secret(t, opened, "blinds") {
		t.Error("two uses share a secret")
	}
	wrapped, err := made.Wrap(vault.FirstEpoch, []byte("data key"), []byte("b"))
	if err != nil {
		t.Fatal(err)
	}
	if key, err := opened.Unwrap(vault.FirstEpoch, wrapped, []byte("b")); err != nil || string(key) != "data key" {
		t.Errorf("%q, %v", key, err)
	}
	if _, err := opened.Unwrap(vault.FirstEpoch, wrapped, []byte("c")); !errors.Is(err, vault.ErrWrapBroken) {
		t.Errorf("bound to something else: %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("files left beside the keyring: %v", left)
	}
}

func TestKeyringRefusals(t *testing.T) {
	path, _ := create(t)
	exposed := filepath.Join(t.TempDir(), "exposed.json")
	write(t, exposed, read(t, path))
	if err := os.Chmod(exposed, 0o640); err != nil {
		t.Fatal(err)
	}
	open := func(path string, passphrase []byte) error { _, err := vault.OpenKeyring(path, passphrase); return err }
	create := func(path string, passphrase []byte, p vault.Params) error {
		_, err := vault.CreateKeyring(path, passphrase, p)
		return err
	}
	for name, c := range map[string]struct {
		err  error
		want *fault.Code
	}{
		"wrong passphrase":   {open(path, []byte("only for tests and of no uss")), vault.PassphraseWrong},
		"empty passphrase":   {open(path, nil), vault.PassphraseWrong},
		"no keyring":         {open(path+"x", vaulttest.Passphrase), vault.KeyringMissing},
		"a folder":           {open(filepath.Dir(path), vaulttest.Passphrase), vault.KeyringExposed},
		"readable by others": {open(exposed, vaulttest.Passphrase), vault.KeyringExposed},
		"one already there":  {create(path, vaulttest.Passphrase, vaulttest.Params), vault.KeyringExists},
		"weak passphrase":    {create(path+"y", []byte("short"), vaulttest.Params), vault.PassphraseWeak},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %s", name, c.err, c.want.Name)
		}
	}
	if err := create(path+"z", vaulttest.Passphrase, vault.Params{MemoryKiB: 1 << 30, Passes: 1, Lanes: 1}); err == nil {
		t.Error("a keyring that takes a terabyte to open was made")
	}
	reopen(t, path)
}

func TestDamageIsToldFromAWrongPassphrase(t *testing.T) {
	path, _ := create(t)
	whole := read(t, path)
	damaged := filepath.Join(t.TempDir(), "damaged.json")
	for at := range whole {
		bad := bytes.Clone(whole)
		bad[at] ^= 1
		write(t, damaged, bad)
		k, err := vault.OpenKeyring(damaged, vaulttest.Passphrase)
		if err == nil {
			if !strings.ContainsRune(" \n\t", rune(whole[at])) {
				t.Fatalf("opened with byte %d changed from %q to %q", at, whole[at], bad[at])
			}
			_ = k.Close()
			continue
		}
		if !errors.Is(err, vault.KeyringDamaged) {
			t.Fatalf("byte %d changed: %v", at, err)
		}
	}
	for n := range len(whole) - 1 {
		write(t, damaged, whole[:n])
		if _, err := vault.OpenKeyring(damaged, vaulttest.Passphrase); !errors.Is(err, vault.KeyringDamaged) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
	write(t, damaged, append(bytes.Clone(whole), whole...))
	if _, err := vault.OpenKeyring(damaged, vaulttest.Passphrase); !errors.Is(err, vault.KeyringDamaged) {
		t.Errorf("twice: %v", err)
	}
}

func TestChangedPassphraseIsTheOnlyOne(t *testing.T) {
	path, k := create(t)
	before := secret(t, k, "rows")
	next := []byte("a passphrase of the next year")
	if err := k.ChangePassphrase(next, vaulttest.Params); err != nil {
		t.Fatal(err)
	}
	if err := k.AddEpoch(2); err != nil {
		t.Fatal("the open keyring is out of step with its file: ", err)
	}
	if _, err := vault.OpenKeyring(path, vaulttest.Passphrase); !errors.Is(err, vault.PassphraseWrong) {
		t.Errorf("the old passphrase: %v", err)
	}
	again, err := vault.OpenKeyring(path, next)
	if err != nil {
		t.Fatal(err)
	}
	if secret(t, again, "rows") != before {
		t.Error("the root secret changed")
	}
}

func TestEndedEpochIsGoneFromTheFile(t *testing.T) {
	path, k := create(t)
	old := filepath.Join(filepath.Dir(path), "second-name")
	if err := os.Link(path, old); err != nil {
		t.Fatal(err)
	}
	wrapped, err := k.Wrap(1, []byte("data key"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(k.AddEpoch(2), k.AddEpoch(2), k.EndEpochs(2), k.EndEpochs(2)); err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]*vault.Keyring{"open": k, "opened anew": reopen(t, path)} {
		if _, err := k.Unwrap(1, wrapped, nil); !errors.Is(err, vault.ErrEpochEnded) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := k.Wrap(3, nil, nil); !errors.Is(err, vault.ErrEpochUnknown) {
			t.Errorf("%s: an epoch that never was: %v", name, err)
		}
		if _, err := k.Wrap(2, []byte("x"), nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if data := read(t, old); len(bytes.Trim(data, "\x00")) != 0 {
		t.Errorf("the storage of the old file still holds %q", data)
	}
	if err := k.AddEpoch(1); !errors.Is(err, vault.ErrEpochEnded) {
		t.Errorf("an ended epoch was made anew: %v", err)
	}
	if err := k.EndEpochs(9); !errors.Is(err, vault.ErrEpochUnknown) {
		t.Errorf("ending everything: %v", err)
	}
}

func TestProcessesThatShareAKeyringAgree(t *testing.T) {
	path, a := create(t)
	b := reopen(t, path)
	if err := errors.Join(a.AddEpoch(2), b.AddEpoch(2)); err != nil {
		t.Fatal(err)
	}
	wrapped, err := a.Wrap(2, []byte("data key"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if key, err := b.Unwrap(2, wrapped, nil); err != nil || string(key) != "data key" {
		t.Errorf("%q, %v", key, err)
	}
}

func TestPassphraseFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "passphrase")
	write(t, path, []byte("correct horse battery\r\n# comment\n"))
	if got, err := vault.ReadPassphrase(path); err != nil || string(got) != "correct horse battery" {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.ReadPassphrase(path); !errors.Is(err, vault.KeyringExposed) {
		t.Errorf("readable by others: %v", err)
	}
	if _, err := vault.ReadPassphrase(path + "x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("not there: %v", err)
	}
	if a, b := vault.NewPassphrase(), vault.NewPassphrase(); bytes.Equal(a, b) || len(a) < 26 {
		t.Errorf("%s %s", a, b)
	}
}

func FuzzKeyringFile(f *testing.F) {
	path, _ := create(f)
	f.Add(read(f, path))
	f.Add([]byte(`{"format":"medward keyring 1","kdf":"argon2id"}`))
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		at, err := os.CreateTemp(folder, "*.json")
		if err != nil {
			t.Fatal(err)
		}
		defer os.Remove(at.Name())
		if _, err := at.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := at.Close(); err != nil {
			t.Fatal(err)
		}
		_, err = vault.OpenKeyring(at.Name(), []byte("not the passphrase"))
		if !errors.Is(err, vault.KeyringDamaged) && !errors.Is(err, vault.PassphraseWrong) {
			t.Fatalf("%q: %v", data, err)
		}
	})
}
