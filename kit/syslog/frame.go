// Package syslog parts messages of syslog that come over a stream: each begins with its
// count of octets, or ends with a line end, whichever the sender does (RFC 6587).
package syslog

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
)

// ErrFrame says that what comes is no message, or a longer one than is read.
var ErrFrame = errors.New("syslog: what comes has no count and no line end, or is too long")

// Next reads one message of at most so many bytes, without its end. The buffer of the
// reader must hold as many. Of a stream that ends within a line it returns what there is
// with [io.ErrUnexpectedEOF], within a counted message nothing but that, and behind the last
// message [io.EOF]. A message may be empty.
func Next(from *bufio.Reader, most int) ([]byte, error) {
	first, err := from.Peek(1)
	if err != nil {
		return nil, err
	}
	if first[0] < '1' || first[0] > '9' {
		return line(from, most)
	}
	count, err := from.ReadSlice(' ')
	if err != nil {
		return nil, errors.Join(ErrFrame, err)
	}
	n, err := strconv.Atoi(string(count[:len(count)-1]))
	if err != nil || n > most {
		return nil, errors.Join(ErrFrame, err)
	}
	message := make([]byte, n)
	if _, err := io.ReadFull(from, message); err != nil {
		return nil, err
	}
	return trimmed(message), nil
}

func line(from *bufio.Reader, most int) ([]byte, error) {
	text, err := from.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull), len(text) > most+len("\r\n"):
		return nil, errors.Join(ErrFrame, err)
	case errors.Is(err, io.EOF):
		return trimmed(bytes.Clone(text)), io.ErrUnexpectedEOF
	case err != nil:
		return nil, err
	}
	return trimmed(bytes.Clone(text)), nil
}

func trimmed(message []byte) []byte { return bytes.TrimRight(message, "\r\n\x00") }
