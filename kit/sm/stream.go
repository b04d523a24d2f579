package sm

import (
	"bufio"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	// ChunkSize is how many bytes of content each chunk of a stream holds; the
	// last holds what is left.
	ChunkSize = 64 << 10

	saltSize         = 16
	streamHeaderSize = headerSize + saltSize
)

// SealStream returns a reader of plain sealed in chunks of [ChunkSize]. Every
// stream has a key of its own, derived from a random salt at its head; every
// chunk is bound to its number, to whether it is the last, and to bound.
func (k *Key) SealStream(plain io.Reader, bound []byte) (io.Reader, error) {
	header := make([]byte, streamHeaderSize)
	header[0], header[1] = formatStream, byte(k.with)
	rand.Read(header[headerSize:]) // never fails: it ends the process instead
	c, err := k.chunks(header, bound)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(plain, ChunkSize)
	buf := make([]byte, ChunkSize)
	return &chunkReader{out: header, next: func() ([]byte, bool, error) {
		n, last, err := readChunk(in, buf)
		if err != nil {
			return nil, false, err
		}
		return c.aead.Seal(nil, c.nonce(last), buf[:n], c.bound), last, nil
	}}, nil
}

// OpenStream returns a reader of what was sealed with the same bound bytes. It
// hands out only bytes that it has authenticated, and ends with io.EOF only
// after the last chunk; otherwise it ends with [ErrUnknownFormat], [ErrBroken]
// or the error of sealed. Until io.EOF nobody may take the content for whole.
func (k *Key) OpenStream(sealed io.Reader, bound []byte) io.Reader {
	in := bufio.NewReaderSize(sealed, ChunkSize+tagSize)
	buf := make([]byte, ChunkSize+tagSize)
	var c *chunks
	return &chunkReader{next: func() ([]byte, bool, error) {
		if c == nil {
			opened, err := k.readHead(in, bound)
			if err != nil {
				return nil, false, err
			}
			c = opened
		}
		first := c.count == 0
		n, last, err := readChunk(in, buf)
		if err != nil {
			return nil, false, err
		}
		plain, err := c.aead.Open(nil, c.nonce(last), buf[:n], c.bound)
		if err != nil || (len(plain) == 0 && !first) {
			return nil, false, ErrBroken
		}
		return plain, last, nil
	}}
}

func (k *Key) readHead(in io.Reader, bound []byte) (*chunks, error) {
	header := make([]byte, streamHeaderSize)
	switch _, err := io.ReadFull(in, header); {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w: cut short in its head", ErrBroken)
	case err != nil:
		return nil, err
	case header[0] != formatStream:
		return nil, fmt.Errorf("%w: no sealed stream", ErrUnknownFormat)
	}
	return k.chunks(header, bound)
}

// chunks counts the chunks of one stream.
type chunks struct {
	aead  cipher.AEAD
	bound []byte
	count uint64
}

func (k *Key) chunks(header, bound []byte) (*chunks, error) {
	aead, err := deriveAEAD(Algorithm(header[1]), k.secret, header[headerSize:], k.use+" stream")
	if err != nil {
		return nil, err
	}
	return &chunks{aead: aead, bound: associated(header, bound)}, nil
}

// nonce returns the nonce of the next chunk: three zero bytes, its number, and
// one byte that is 1 for the last.
func (c *chunks) nonce(last bool) []byte {
	nonce := make([]byte, nonceSize)
	binary.BigEndian.PutUint64(nonce[3:], c.count)
	if last {
		nonce[nonceSize-1] = 1
	}
	c.count++
	return nonce
}

// readChunk fills buf as far as in goes and tells whether that was the end.
func readChunk(in *bufio.Reader, buf []byte) (n int, last bool, err error) {
	n, err = io.ReadFull(in, buf)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return n, true, nil
	}
	if err != nil {
		return n, false, err
	}
	switch _, err := in.Peek(1); {
	case errors.Is(err, io.EOF):
		return n, true, nil
	case err != nil:
		return n, false, err
	}
	return n, false, nil
}

// chunkReader hands out what next makes, chunk by chunk.
type chunkReader struct {
	out  []byte
	next func() (chunk []byte, last bool, err error)
	end  error
}

func (r *chunkReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(r.out) == 0 {
		if r.end != nil {
			return 0, r.end
		}
		chunk, last, err := r.next()
		switch {
		case err != nil:
			r.end = err
		case last:
			r.out, r.end = chunk, io.EOF
		default:
			r.out = chunk
		}
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}
