package identity

import (
	"crypto/sha1" //nolint:gosec // the lists of breached passwords that are exchanged everywhere are of SHA-1
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
)

// Breached is a list of passwords that became known somewhere, by the SHA-1 of
// each (B-107). It is a text file that an administrator brings in offline: one
// hash to a line in hexadecimal, sorted, all lines of the same length, of the
// whole hash or of its beginning. It is never read whole.
type Breached struct {
	file  io.ReaderAt // open as long as the process
	size  int64
	width int64 // of a line with its end
	hex   int   // digits of a line
}

// leastDigits of a beginning: 40 bits, so that of a list of a billion hashes it
// finds by mistake no more than one good password in a thousand.
const leastDigits = 10

// OpenBreached opens such a file. Without one it returns nil, which holds nothing.
func OpenBreached(path string) (*Breached, error) {
	file, err := os.Open(path) //nolint:gosec // the operator's own file
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil //nolint:nilnil // a nil list is an empty list
	}
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	b, err := readBreached(file, info.Size())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("list of breached passwords %s: %w", path, err), file.Close())
	}
	return b, nil
}

var errBreachedForm = errors.New("not a sorted list of SHA-1 hashes in hexadecimal, one of the same length to a line")

func readBreached(file io.ReaderAt, size int64) (*Breached, error) {
	head := make([]byte, 2*sha1.Size+2)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	line, _, ended := strings.Cut(string(head[:n]), "\n")
	digits := strings.TrimSuffix(line, "\r")
	b := &Breached{file: file, size: size, width: int64(len(line)) + 1, hex: len(digits)}
	if !ended || b.hex < leastDigits || b.hex > 2*sha1.Size || size%b.width != 0 {
		return nil, errBreachedForm
	}
	const probes = 64
	before := ""
	for i := range int64(probes) {
		at, err := b.line(i * (b.lines() - 1) / (probes - 1))
		if err != nil {
			return nil, err
		}
		if at < before {
			return nil, errBreachedForm
		}
		before = at
	}
	return b, nil
}

func (b *Breached) lines() int64 { return b.size / b.width }

// line returns the hash of one line in lower case.
func (b *Breached) line(i int64) (string, error) {
	text := make([]byte, b.hex)
	if _, err := b.file.ReadAt(text, i*b.width); err != nil {
		return "", err
	}
	lower := strings.ToLower(string(text))
	if strings.Trim(lower, "0123456789abcdef") != "" {
		return "", errBreachedForm
	}
	return lower, nil
}

// Has reports whether a password is in the list.
func (b *Breached) Has(password string) (bool, error) {
	if b == nil {
		return false, nil
	}
	sum := sha1.Sum([]byte(password)) //nolint:gosec // see the import
	want := hex.EncodeToString(sum[:])[:b.hex]
	var failed error
	at := sort.Search(int(b.lines()), func(i int) bool {
		got, err := b.line(int64(i))
		failed = errors.Join(failed, err)
		return got >= want
	})
	if failed != nil || int64(at) == b.lines() {
		return false, failed
	}
	got, err := b.line(int64(at))
	return got == want, err
}
