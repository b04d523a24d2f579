package vault_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/medward/medward/internal/vault"
)

func TestKeyInsideDataIsRefusedByWhateverName(t *testing.T) {
	root := t.TempDir()
	data, safe := filepath.Join(root, "data"), filepath.Join(root, "safe")
	link := func(target, at string) {
		if err := os.Symlink(target, at); err != nil {
			t.Fatal(err)
		}
	}
	for _, folder := range []string{filepath.Join(data, "deep"), safe, filepath.Join(root, "data-two")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	link(data, filepath.Join(root, "alias"))
	link(filepath.Join(data, "deep", "not-yet.json"), filepath.Join(safe, "dangling.json"))
	link(filepath.Join(data, "deep"), filepath.Join(safe, "way"))
	link(safe, filepath.Join(data, "exit"))
	link("loop.json", filepath.Join(safe, "loop.json"))

	for key, inside := range map[string]bool{
		filepath.Join(data, "keyring.json"):         true,
		filepath.Join(data, "deep", "keyring.json"): true,
		filepath.Join(data, "new", "keyring.json"):  true,
		data: true,
		filepath.Join(root, "alias", "keyring.json"):  true,
		filepath.Join(safe, "dangling.json"):          true,
		safe + "/way/../keyring.json":                 true,
		filepath.Join(safe, "..", "data", "key.json"): true,
		filepath.Join(safe, "keyring.json"):           false,
		filepath.Join(root, "data-two", "k.json"):     false,
		filepath.Join(root, "keyring.json"):           false,
		filepath.Join(data, "exit", "keyring.json"):   false,
	} {
		for _, folder := range []string{data, filepath.Join(root, "alias"), data + "/"} {
			err := vault.RefuseInside(key, filepath.Join(root, "backup-not-made-yet"), folder)
			if errors.Is(err, vault.KeyInsideData) != inside || (err != nil && !inside) {
				t.Errorf("%s in %s: %v", key, folder, err)
			}
		}
	}
	if err := vault.RefuseInside(filepath.Join(safe, "loop.json"), data); err == nil {
		t.Error("a link to itself lies nowhere and was taken")
	}
}

func TestKeyPathMayBeRelative(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	if err := vault.RefuseInside("data/keyring.json", "data"); !errors.Is(err, vault.KeyInsideData) {
		t.Errorf("%v", err)
	}
	if err := vault.RefuseInside("keys/keyring.json", "data"); err != nil {
		t.Errorf("%v", err)
	}
}
