package vault

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/medward/medward/kit/sm"
)

// ErrNoBlob is returned by a [BlobStore] for an id it does not hold.
var ErrNoBlob = errors.New("vault: no such blob")

// BlobStore keeps sealed streams under random ids. It sees neither content nor
// names.
type BlobStore interface {
	// Put keeps a stream. It returns nil only when the stream is whole on stable
	// storage and can be found by its id after a crash.
	Put(ctx context.Context, id string, sealed io.Reader) error
	// Get returns a stream, or [ErrNoBlob].
	Get(ctx context.Context, id string) (io.ReadCloser, error)
	// Each calls fn for every blob, in no order, until fn returns an error.
	Each(ctx context.Context, fn func(StoredBlob) error) error
	// Suspect marks a blob as an orphan first seen at a time; the zero time takes
	// the mark away.
	Suspect(ctx context.Context, id string, at time.Time) error
	// Remove removes a blob and its mark. It is no error when there is none.
	Remove(ctx context.Context, id string) error
}

// StoredBlob is what a [BlobStore] knows of a blob.
type StoredBlob struct {
	ID        string
	Stored    time.Time
	Suspected time.Time // zero when it is not marked as an orphan
}

// Blob describes content that was put into a [BlobStore]. Size and digest tell of
// the content and belong into sealed columns.
type Blob struct {
	ID     string
	Size   int64  // in bytes
	Digest []byte // SM3 of the content
}

const (
	blobForm   = "medward blob 1"
	blobIDSize = 16
)

// PutBlob seals content as a blob of this subject, for one place. It is called
// before the act that refers to the blob; if that act does not happen,
// [CollectOrphans] removes the blob.
func (s *Subject) PutBlob(ctx context.Context, store BlobStore, at Place, content io.Reader) (Blob, error) {
	b := Blob{ID: newBlobID()}
	measured := &measuring{ctx: ctx, from: content, digest: sm.NewHash()}
	sealed, err := s.key.SealStream(measured, s.blobBound(at, b.ID))
	if err != nil {
		return Blob{}, err
	}
	if err := store.Put(ctx, b.ID, sealed); err != nil {
		return Blob{}, fmt.Errorf("vault: keeping blob %s: %w", b.ID, err)
	}
	b.Size, b.Digest = measured.size, measured.digest.Sum(nil)
	return b, nil
}

// OpenBlob opens a blob of this subject. The reader hands out only bytes that were
// checked, and ends with io.EOF only when the content is whole; a blob that was
// altered ends with [ContentTampered].
func (s *Subject) OpenBlob(ctx context.Context, store BlobStore, at Place, id string) (io.ReadCloser, error) {
	sealed, err := store.Get(ctx, id)
	if errors.Is(err, ErrNoBlob) {
		return nil, BlobMissing.With("blob", id).Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: blob %s: %w", id, err)
	}
	return &openedBlob{id: id, content: s.key.OpenStream(sealed, s.blobBound(at, id)), Closer: sealed}, nil
}

func (s *Subject) blobBound(at Place, id string) []byte {
	return appendPart(at.bound(blobForm, s.org, s.id), id)
}

func newBlobID() string {
	var random [blobIDSize]byte
	_, _ = rand.Read(random[:]) // it ends the process rather than fail
	return hex.EncodeToString(random[:])
}

// measuring counts and digests what is read through it, and stops when nobody
// waits for it any more.
type measuring struct {
	ctx    context.Context
	from   io.Reader
	size   int64
	digest hash.Hash
}

func (m *measuring) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.from.Read(p)
	m.size += int64(n)
	m.digest.Write(p[:n])
	return n, err
}

type openedBlob struct {
	io.Closer
	id      string
	content io.Reader
}

func (b *openedBlob) Read(p []byte) (int, error) {
	n, err := b.content.Read(p)
	if errors.Is(err, sm.ErrBroken) || errors.Is(err, sm.ErrUnknownFormat) {
		err = ContentTampered.Because(fmt.Errorf("blob %s: %w", b.id, err))
	}
	return n, err
}
