package house

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/medward/medward/internal/base/durable"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/vault"
)

var (
	// ErrNoStore is returned where a command needs a store and there is none.
	ErrNoStore = fault.Define("house.no-store", fault.NotFound,
		"目录 {folder} 中没有医守的库。", "There is no Medward store in {folder}.",
		"create one: medward init --data DIR --demo, or medward init --data DIR --passphrase-file FILE")
	// ErrStoreExists is returned when a store would be made over another.
	ErrStoreExists = fault.Define("house.store-exists", fault.Conflict,
		"目录 {folder} 中已有库，未作改动。", "There is a store in {folder} already; nothing was changed.",
		"choose another folder; a store is never made over another")
	errDatabaseInUse = fault.Define("house.database-in-use", fault.Conflict,
		"该数据库中已有医守的库，未作改动。", "There is a Medward store in this database already; nothing was changed.",
		"create an empty database and run: medward migrate --db OWNER_URL --serve-role ROLE")
	// ErrNoPassphrase is returned when a real store is to be born without a key of its own.
	ErrNoPassphrase = fault.Define("house.no-passphrase", fault.Invalid,
		"正式库需要库目录之外的口令文件。", "A real store needs a passphrase file outside its folder.",
		"medward init --data DIR --passphrase-file FILE, with FILE outside DIR and readable by the server only")
)

// Place is a folder in which a store lives: the embedded database, sealed blobs,
// the server's certificate, and where the keys are.
type Place struct {
	Folder string `json:"-"`
	// PassphraseFile and Keyring lie outside the folder, except in a demo store.
	PassphraseFile string `json:"passphraseFile"`
	Keyring        string `json:"keyring"`
}

func (p Place) file() string      { return filepath.Join(p.Folder, "store.json") }
func (p Place) database() string  { return filepath.Join(p.Folder, "medward.db") }
func (p Place) blobs() string     { return filepath.Join(p.Folder, "blobs") }
func (p Place) breached() string  { return filepath.Join(p.Folder, "breached-passwords.txt") }
func (p Place) tlsFolder() string { return filepath.Join(p.Folder, "tls") }

// FindPlace reads where the keys of the store in a folder are.
func FindPlace(folder string) (Place, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return Place{}, err
	}
	p := Place{Folder: folder}
	text, err := os.ReadFile(p.file())
	if errors.Is(err, fs.ErrNotExist) {
		return p, ErrNoStore.With("folder", folder)
	}
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return p, fmt.Errorf("reading %s: %w", p.file(), err)
	}
	return p, nil
}

// newPlace makes the folder of a store that is about to be born. In a demo store
// the passphrase is made and kept beside it.
func newPlace(folder, passphraseFile string, demo bool) (Place, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return Place{}, err
	}
	p := Place{Folder: folder, PassphraseFile: passphraseFile}
	if _, err := os.Stat(p.file()); err == nil {
		return p, ErrStoreExists.With("folder", folder)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return p, err
	}
	switch {
	case demo:
		p.PassphraseFile, p.Keyring = filepath.Join(folder, "demo.passphrase"), filepath.Join(folder, "demo.keyring")
		if err := durable.WriteNew(p.PassphraseFile, vault.NewPassphrase()); err != nil {
			return p, err
		}
	case passphraseFile == "":
		return p, ErrNoPassphrase.With()
	default:
		if p.PassphraseFile, err = filepath.Abs(passphraseFile); err != nil {
			return p, err
		}
		p.Keyring = p.PassphraseFile + ".keyring"
		if err := vault.RefuseInside(p.PassphraseFile, folder); err != nil {
			return p, err
		}
	}
	return p, nil
}

// settle makes the place known as a store: the last step of its birth.
func (p Place) settle() error {
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return durable.WriteNew(p.file(), append(text, '\n'))
}
