package parcel

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/medward/medward/kit/sm"
)

// Checked is a package that is whole and bears the signature of the key that its head
// names. Whether that key is whose it says is for whoever knows its fingerprint.
type Checked struct {
	Header
	Sums
}

// Check reads a package to its end and verifies its signature. It needs no key and
// learns nothing of what the package holds. It fails with [ErrForm], [ErrPartial],
// [ErrAltered] or [ErrTooLarge]. Digests and head are there as far as it came.
func Check(in io.Reader, l Limits) (Checked, error) {
	f, err := begin(in, l)
	if err != nil {
		return Checked{Sums: f.rest()}, err
	}
	c := Checked{Header: f.header}
	_, err = io.Copy(io.Discard, f)
	if err == nil {
		err = f.verify()
	}
	c.Sums = f.rest()
	return c, err
}

// Open hands every item of a package to take, and verifies the manifest. The content is
// sealed to key and bound to the head; who sent it only [Check] tells, which must be
// asked first. Besides the errors of Check it fails with [ErrKey] and [ErrContents].
func Open(in io.Reader, key *sm.OpeningKey, l Limits, take func(Item, []byte) error) (Manifest, error) {
	f, err := begin(in, l)
	if err != nil {
		return Manifest{}, err
	}
	secret, err := key.Unwrap(f.header.Wrapped)
	if err != nil {
		return Manifest{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	defer clear(secret)
	opener, err := sm.NewKey(secret, use, sm.SM4GCM)
	if err != nil {
		return Manifest{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	plain := opener.OpenStream(f, headDigest(f.line))
	m, err := contents(plain, l, take)
	if errors.Is(err, sm.ErrBroken) || errors.Is(err, sm.ErrUnknownFormat) {
		err = fmt.Errorf("%w: %w", ErrAltered, err)
	}
	return m, err
}

// framed reads the sealed part of a package, without its frames.
type framed struct {
	in     *bufio.Reader
	limit  *limited
	sum    *summing
	line   []byte
	header Header
	left   uint32 // of the frame at hand
	ended  bool
}

type limited struct {
	in   io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, ErrTooLarge
	}
	n, err := l.in.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

func begin(in io.Reader, l Limits) (*framed, error) {
	limit := &limited{in, l.Bytes + 1}
	f := &framed{limit: limit, in: bufio.NewReaderSize(limit, maxHeader), sum: newSumming(io.Discard)}
	start := make([]byte, len(magic))
	if err := f.take(start); err != nil || string(start) != magic {
		return f, cmpErr(err, ErrForm)
	}
	line, err := f.in.ReadSlice('\n')
	f.note(line)
	if err != nil {
		return f, cmpErr(ended(err), ErrForm)
	}
	f.line = bytes.Clone(line[:len(line)-1])
	known := json.NewDecoder(bytes.NewReader(f.line))
	known.DisallowUnknownFields()
	if err := known.Decode(&f.header); err != nil || known.More() {
		return f, fmt.Errorf("%w: its head cannot be read", ErrForm)
	}
	if f.header.Sequence < 1 || f.header.ID == "" {
		return f, fmt.Errorf("%w: its head lacks a number", ErrForm)
	}
	return f, nil
}

// cmpErr is what went wrong in reading, or what the bytes came to.
func cmpErr(err, otherwise error) error {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrPartial) {
		return err
	}
	return otherwise
}

func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrPartial
	}
	return err
}

func (f *framed) note(p []byte) { _, _ = f.sum.Write(p) } // a digest never fails

func (f *framed) take(p []byte) error {
	n, err := io.ReadFull(f.in, p)
	f.note(p[:n])
	return ended(err)
}

// Read hands out what lies in the frames, up to the empty one that ends them.
func (f *framed) Read(p []byte) (int, error) {
	if f.ended {
		return 0, io.EOF
	}
	for f.left == 0 {
		size, err := f.length()
		if err != nil {
			return 0, err
		}
		if size == 0 {
			f.ended = true
			return 0, io.EOF
		}
		f.left = size
	}
	n, err := f.in.Read(p[:min(len(p), int(f.left))])
	f.note(p[:n])
	f.left -= uint32(n) //nolint:gosec // at most what was left
	return n, ended(err)
}

// longestFrame is a sealed chunk with what belongs to it.
const longestFrame = 2 * sm.ChunkSize

func (f *framed) length() (uint32, error) {
	var size [4]byte
	if err := f.take(size[:]); err != nil {
		return 0, err
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > longestFrame {
		return 0, fmt.Errorf("%w: a part of it is longer than any", ErrAltered)
	}
	return n, nil
}

// verify reads the signature, behind which nothing may stand.
func (f *framed) verify() error {
	before := f.sum.three.Sum(nil)
	size, err := f.length()
	if err != nil {
		return err
	}
	signature := make([]byte, size)
	if err := f.take(signature); err != nil {
		return err
	}
	if n, err := f.in.Read(make([]byte, 1)); n > 0 || !errors.Is(err, io.EOF) {
		return cmpErr(err, ErrAltered)
	}
	signer, err := f.header.From.PublicKey()
	if err != nil || !signer.Verify(signed(before), signature) {
		return ErrAltered
	}
	return nil
}

// rest reads on to the end, so that the digests are those of the whole file.
func (f *framed) rest() Sums {
	_, _ = io.Copy(f.sum, f.in) // what cannot be read has no digest
	return f.sum.sums()
}

// contents reads the items, and holds them against the manifest that ends them.
func contents(plain io.Reader, l Limits, take func(Item, []byte) error) (Manifest, error) {
	var named Manifest
	var found []Item
	files := tar.NewReader(plain)
	for {
		head, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return named, unreadable(err)
		}
		switch {
		case named.V != 0, head.Typeflag != tar.TypeReg, !plainName(head.Name):
			return named, ErrContents
		case len(found) >= l.Items && head.Name != manifestName, head.Size > l.Item:
			return named, ErrTooLarge
		}
		content, err := io.ReadAll(files)
		if err != nil {
			return named, unreadable(err)
		}
		if head.Name == manifestName {
			if err := json.Unmarshal(content, &named); err != nil || named.V != 1 {
				return named, ErrContents
			}
			continue
		}
		item := measured(head.Name, content)
		found = append(found, item)
		if err := take(item, content); err != nil {
			return named, err
		}
	}
	if _, err := io.Copy(io.Discard, plain); err != nil {
		return named, err
	}
	same := slices.EqualFunc(named.Items, found, func(a, b Item) bool {
		return a.Name == b.Name && a.Bytes == b.Bytes && a.SM3 == b.SM3 && a.SHA256 == b.SHA256
	})
	if named.V == 0 || !same {
		return named, ErrContents
	}
	return named, nil
}

func unreadable(err error) error {
	if errors.Is(err, sm.ErrBroken) || errors.Is(err, sm.ErrUnknownFormat) || errors.Is(err, ErrPartial) || errors.Is(err, ErrTooLarge) || errors.Is(err, ErrAltered) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrContents, err)
}

func measured(name string, content []byte) Item {
	three, two := sm.Sum(content), sha256.Sum256(content)
	return Item{Name: name, Bytes: int64(len(content)), SM3: hex.EncodeToString(three[:]), SHA256: hex.EncodeToString(two[:])}
}

// plainName reports whether a name is a path below the root in its shortest form, which
// no system takes for another.
func plainName(name string) bool {
	return fs.ValidPath(name) && name != "." && len(name) <= 200 && !strings.ContainsFunc(name, func(r rune) bool {
		return r < ' ' || r > '~' || strings.ContainsRune(`\:*?"<>|`, r)
	})
}
