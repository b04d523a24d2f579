package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/durable"
)

// BlobFolder is the blob store in files: ab/cd/abcd… below one folder.
type BlobFolder struct {
	root  string
	clock clock.Clock
}

var _ BlobStore = (*BlobFolder)(nil)

const (
	suspectSuffix  = ".orphan"
	incomingPrefix = ".incoming-"
)

// OpenBlobFolder opens the blob store in a folder, making it if it is not there,
// and clears away what a crash left unfinished more than a day ago.
func OpenBlobFolder(root string, c clock.Clock) (*BlobFolder, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fmt.Errorf("vault: opening the blob folder: %w", err)
	}
	b := &BlobFolder{root: root, clock: c}
	return b, b.clearUnfinished()
}

func (b *BlobFolder) clearUnfinished() error {
	entries, err := os.ReadDir(b.root)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), incomingPrefix) {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && b.clock.Now().Sub(info.ModTime()) > orphanAge {
			err = removeIfThere(filepath.Join(b.root, entry.Name()))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *BlobFolder) path(id string) (string, error) {
	if raw, err := hex.DecodeString(id); err != nil || len(raw) != blobIDSize || strings.ToLower(id) != id {
		return "", fmt.Errorf("vault: %q is not the id of a blob", id)
	}
	return filepath.Join(b.root, id[:2], id[2:4], id), nil
}

// Put implements [BlobStore].
func (b *BlobFolder) Put(_ context.Context, id string, sealed io.Reader) error {
	path, err := b.path(id)
	if err != nil {
		return err
	}
	temp, err := b.receive(sealed)
	if err != nil {
		return err
	}
	leaf := filepath.Dir(path)
	if err := os.MkdirAll(leaf, 0o700); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	for _, folder := range []string{leaf, filepath.Dir(leaf), b.root} {
		if err := durable.SyncFolder(folder); err != nil {
			return err
		}
	}
	return nil
}

func (b *BlobFolder) receive(sealed io.Reader) (string, error) {
	f, err := os.CreateTemp(b.root, incomingPrefix+"*")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, sealed)
	if err == nil {
		err = f.Sync()
	}
	now := b.clock.Now()
	if err = errors.Join(err, f.Close(), os.Chtimes(f.Name(), now, now)); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// Get implements [BlobStore].
func (b *BlobFolder) Get(_ context.Context, id string) (io.ReadCloser, error) {
	path, err := b.path(id)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path) //nolint:gosec // made of a checked id
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoBlob
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Each implements [BlobStore].
func (b *BlobFolder) Each(ctx context.Context, fn func(StoredBlob) error) error {
	return filepath.WalkDir(b.root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if at, err := b.path(entry.Name()); err != nil || at != path {
			return nil //nolint:nilerr // not a blob
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		suspected, err := readMark(path + suspectSuffix)
		if err != nil {
			return err
		}
		return fn(StoredBlob{ID: entry.Name(), Stored: info.ModTime().UTC(), Suspected: suspected})
	})
}

func readMark(path string) (time.Time, error) {
	text, err := os.ReadFile(path) //nolint:gosec // made of a checked id
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	at, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("vault: the mark %s: %w", path, err)
	}
	return time.UnixMicro(at).UTC(), nil
}

// Suspect implements [BlobStore].
func (b *BlobFolder) Suspect(_ context.Context, id string, at time.Time) error {
	path, err := b.path(id)
	if err != nil {
		return err
	}
	mark := path + suspectSuffix
	if at.IsZero() {
		return removeIfThere(mark)
	}
	temp, err := b.receive(strings.NewReader(strconv.FormatInt(at.UnixMicro(), 10)))
	if err != nil {
		return err
	}
	return errors.Join(os.Rename(temp, mark), durable.SyncFolder(filepath.Dir(mark)))
}

// Remove implements [BlobStore].
func (b *BlobFolder) Remove(_ context.Context, id string) error {
	path, err := b.path(id)
	if err != nil {
		return err
	}
	return errors.Join(removeIfThere(path), removeIfThere(path+suspectSuffix))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
