package spool

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/medward/medward/internal/base/durable"
)

const asideFolder = "aside"

// setAside copies a damaged stretch of a segment to a file of its own, once, and names it.
func (s *Spool) setAside(seg *segment, d stretch) error {
	raw, err := io.ReadAll(io.NewSectionReader(seg.file, d.from, d.to-d.from))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(s.folder, asideFolder), 0o700); err != nil {
		return err
	}
	name := fmt.Sprintf("%012d-%010d.damaged", seg.number, d.from)
	err = durable.WriteNew(filepath.Join(s.folder, asideFolder, name), raw)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("spool: setting %s aside: %w", name, err)
	}
	s.log.Error("a record of the spool is damaged or was tampered with; it is set aside and not delivered", "segment", seg.number, "offset", d.from, "bytes", d.to-d.from, "file", name)
	return nil
}

func setAsideFile(folder string, number uint64) error {
	if err := os.MkdirAll(filepath.Join(folder, asideFolder), 0o700); err != nil {
		return err
	}
	from := segmentPath(folder, number, segmentSuffix)
	return errors.Join(os.Rename(from, filepath.Join(folder, asideFolder, filepath.Base(from)+".damaged")), durable.SyncFolder(folder))
}

func asideIn(folder string) (int, error) {
	entries, err := os.ReadDir(filepath.Join(folder, asideFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	return len(entries), err
}
