package hl7v2

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// What can be wrong with a stream of MLLP frames.
var (
	// ErrFrameTooLarge is returned for a message beyond the limit. The stream cannot be
	// read on.
	ErrFrameTooLarge = errors.New("hl7v2: an MLLP frame is over the limit")
	// ErrNotFramed is returned for bytes outside a frame. The stream cannot be read on.
	ErrNotFramed = errors.New("hl7v2: bytes stand outside an MLLP frame: a message begins with 0x0B and ends with 0x1C 0x0D")
)

// Frames reads messages from a stream in the Minimal Lower Layer Protocol. A frame ends
// with 0x1C; the 0x0D behind it may be missing or late, because some senders wait for
// their answer before they write it.
type Frames struct {
	in    *bufio.Reader
	limit int
}

// NewFrames reads messages of at most limit bytes from in.
func NewFrames(in io.Reader, limit int) *Frames { return &Frames{bufio.NewReader(in), limit} }

// Await waits for a frame to begin. It returns [io.EOF] when the stream ends instead.
func (f *Frames) Await() error {
	for {
		b, err := f.in.ReadByte()
		switch {
		case err != nil:
			return err
		case b == mllpStart:
			return nil
		case b != '\r' && b != '\n':
			return fmt.Errorf("%w (0x%02X)", ErrNotFramed, b)
		}
	}
}

// Rest reads the message of the frame that [Frames.Await] found. A stream that ends
// within it gives [io.ErrUnexpectedEOF].
func (f *Frames) Rest() ([]byte, error) {
	var message []byte
	for {
		part, err := f.in.ReadSlice(mllpEnd)
		if len(message)+len(part) > f.limit+1 {
			return nil, ErrFrameTooLarge
		}
		message = append(message, part...)
		switch {
		case err == nil:
			return message[:len(message)-1], nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return nil, io.ErrUnexpectedEOF
		default:
			return nil, err
		}
	}
}

// Next reads the next message: [Frames.Await] and [Frames.Rest].
func (f *Frames) Next() ([]byte, error) {
	if err := f.Await(); err != nil {
		return nil, err
	}
	return f.Rest()
}
