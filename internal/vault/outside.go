package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// RefuseInside returns [KeyInsideData] when the key file lies in one of the
// folders, at any depth and by whatever links. Neither needs to exist yet.
func RefuseInside(keyPath string, folders ...string) error {
	key, err := trueLocation(keyPath, 0)
	if err != nil {
		return fmt.Errorf("vault: finding where %s lies: %w", keyPath, err)
	}
	for _, folder := range folders {
		at, err := trueLocation(folder, 0)
		if err != nil {
			return fmt.Errorf("vault: finding where %s lies: %w", folder, err)
		}
		if lies(key, at) {
			return KeyInsideData.With("path", keyPath, "folder", folder)
		}
	}
	return nil
}

// lies reports whether path is folder or below it, by name or by identity.
func lies(path, folder string) bool {
	same := func(string) bool { return false }
	if of, err := os.Stat(folder); err == nil {
		same = func(at string) bool {
			info, err := os.Stat(at)
			return err == nil && os.SameFile(info, of)
		}
	}
	for at := path; ; at = filepath.Dir(at) {
		if at == folder || same(at) {
			return true
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// maxLinks bounds how many links that lead nowhere are followed.
const maxLinks = 40

// trueLocation follows every link of a path of which the end need not exist.
func trueLocation(path string, followed int) (string, error) {
	if !filepath.IsAbs(path) {
		wd, err := os.Getwd()
		if err != nil {
			return "", err
		}
		path = wd + string(filepath.Separator) + path
	}
	resolved, err := filepath.EvalSymlinks(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return resolved, err
	}
	path = strings.TrimRight(path, string(filepath.Separator))
	parent, last := filepath.Split(path)
	if target, err := os.Readlink(path); err == nil {
		if followed >= maxLinks {
			return "", errors.New("too many links")
		}
		if !filepath.IsAbs(target) {
			target = parent + target
		}
		return trueLocation(target, followed+1)
	}
	above, err := trueLocation(parent, followed)
	if err != nil {
		return "", err
	}
	return filepath.Join(above, last), nil
}
