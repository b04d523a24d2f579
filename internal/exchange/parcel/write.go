package parcel

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/medward/medward/kit/sm"
)

// Writer writes a package. It is used by one goroutine, and must be closed or broken
// off.
type Writer struct {
	out      *summing
	contents *tar.Writer
	feed     *io.PipeWriter
	sealed   chan error
	manifest Manifest
	sent     time.Time
}

// NewWriter begins a package. to of the header holds the key for which it is sealed;
// Wrapped is filled in here.
func NewWriter(out io.Writer, h Header) (*Writer, error) {
	to, err := h.To.PublicKey()
	if err != nil {
		return nil, fmt.Errorf("parcel: the key of the recipient: %w", err)
	}
	secret := sm.NewSecret()
	defer clear(secret)
	if h.Wrapped, err = to.Wrap(secret); err != nil {
		return nil, err
	}
	line, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	key, err := sm.NewKey(secret, use, sm.SM4GCM)
	if err != nil {
		return nil, err
	}
	w := &Writer{out: newSumming(out), sealed: make(chan error, 1), manifest: Manifest{V: 1, Items: []Item{}}, sent: h.Sent}
	if _, err := w.out.Write(append([]byte(magic+string(line)), '\n')); err != nil {
		return nil, err
	}
	plain, feed := io.Pipe()
	w.feed, w.contents = feed, tar.NewWriter(feed)
	stream, err := key.SealStream(plain, headDigest(line))
	if err != nil {
		return nil, err
	}
	go func() {
		_, err := io.CopyBuffer(frames{w.out}, stream, make([]byte, sm.ChunkSize))
		w.sealed <- errors.Join(err, plain.CloseWithError(err))
	}()
	return w, nil
}

func headDigest(line []byte) []byte {
	sum := sm.Sum(line)
	return sum[:]
}

// Add puts an item into the package. Its length and digests are filled in here.
func (w *Writer) Add(item Item, content []byte) error {
	if !plainName(item.Name) || item.Name == manifestName {
		return fmt.Errorf("%w: %q is no plain name", ErrContents, item.Name)
	}
	three, two := sm.Sum(content), sha256.Sum256(content)
	item.Bytes, item.SM3, item.SHA256 = int64(len(content)), hex.EncodeToString(three[:]), hex.EncodeToString(two[:])
	w.manifest.Items = append(w.manifest.Items, item)
	return w.file(item.Name, content)
}

func (w *Writer) file(name string, content []byte) error {
	if err := w.contents.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(content)), Mode: 0o600, ModTime: w.sent.Truncate(time.Second), Format: tar.FormatPAX}); err != nil {
		return err
	}
	_, err := w.contents.Write(content)
	return err
}

// Manifest names what was added so far.
func (w *Writer) Manifest() Manifest { return w.manifest }

// Close writes the manifest and the signature, and returns the digests of the whole
// file.
func (w *Writer) Close(sign func(message []byte) ([]byte, error)) (Sums, error) {
	text, err := json.MarshalIndent(w.manifest, "", "  ")
	if err == nil {
		err = w.file(manifestName, text)
	}
	if err == nil {
		err = w.contents.Close()
	}
	if err != nil {
		w.Break()
		return Sums{}, err
	}
	if err := errors.Join(w.feed.Close(), <-w.sealed); err != nil {
		return Sums{}, err
	}
	if err := binary.Write(w.out, binary.BigEndian, uint32(0)); err != nil {
		return Sums{}, err
	}
	signature, err := sign(signed(w.out.three.Sum(nil)))
	if err != nil {
		return Sums{}, err
	}
	if err := frame(w.out, signature); err != nil {
		return Sums{}, err
	}
	return w.out.sums(), nil
}

// Break ends a package that will not be finished.
func (w *Writer) Break() {
	_ = errors.Join(w.feed.CloseWithError(ErrPartial), <-w.sealed) // what was broken off is thrown away
}

// frames writes each piece after its length.
type frames struct{ to io.Writer }

func (f frames) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	return len(p), frame(f.to, p)
}

func frame(to io.Writer, p []byte) error {
	if err := binary.Write(to, binary.BigEndian, uint32(len(p))); err != nil { //nolint:gosec // at most a chunk
		return err
	}
	_, err := to.Write(p)
	return err
}

// summing counts and digests what passes.
type summing struct {
	to         io.Writer
	three, two hash.Hash
	bytes      int64
}

func newSumming(to io.Writer) *summing {
	return &summing{to: to, three: sm.NewHash(), two: sha256.New()}
}

func (s *summing) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.three.Write(p[:n])
	s.two.Write(p[:n])
	s.bytes += int64(n)
	return n, err
}

func (s *summing) sums() Sums {
	return Sums{Bytes: s.bytes, SM3: s.three.Sum(nil), SHA256: s.two.Sum(nil)}
}
