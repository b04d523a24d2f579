package screen

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// Scanner looks for malware. It fails where it could not look; what was not looked at
// must not be taken.
type Scanner interface {
	Scan(ctx context.Context, raw []byte) (infected bool, err error)
}

// Clamd is a scanner that speaks the INSTREAM command of clamd.
type Clamd struct {
	Network string // tcp or unix
	Address string
}

// ParseClamd reads where a clamd listens: unix:/path, or host:port.
func ParseClamd(text string) (Clamd, error) {
	if path, ok := strings.CutPrefix(text, "unix:"); ok && path != "" {
		return Clamd{"unix", path}, nil
	}
	if _, port, err := net.SplitHostPort(text); err != nil || port == "" {
		return Clamd{}, fmt.Errorf("screen: %q is neither unix:/path nor host:port", text)
	}
	return Clamd{"tcp", text}, nil
}

const (
	patience  = 30 * time.Second
	pieceSize = 64 << 10
	maxReply  = 4096
)

// ErrScanner is returned for an answer that is neither yes nor no.
var ErrScanner = errors.New("screen: the scanner gave no verdict")

// Scan sends the bytes to clamd and reads its verdict.
func (c Clamd) Scan(ctx context.Context, raw []byte) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, c.Network, c.Address)
	if err != nil {
		return false, fmt.Errorf("screen: the scanner cannot be reached: %w", err)
	}
	defer func() { _ = conn.Close() }()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	if err := send(conn, raw); err != nil {
		return false, fmt.Errorf("screen: the scanner stopped listening: %w", err)
	}
	reply, err := bufio.NewReaderSize(conn, maxReply).ReadSlice(0)
	if err != nil {
		return false, fmt.Errorf("%w: %w", ErrScanner, err)
	}
	switch answer := strings.TrimRight(string(reply), "\x00\n"); {
	case strings.HasSuffix(answer, " OK"):
		return false, nil
	case strings.HasSuffix(answer, " FOUND"):
		return true, nil
	}
	return false, ErrScanner
}

func send(conn net.Conn, raw []byte) error {
	out := bufio.NewWriterSize(conn, pieceSize)
	_, err := out.WriteString("zINSTREAM\x00")
	for len(raw) > 0 && err == nil {
		piece := raw[:min(len(raw), pieceSize)]
		raw = raw[len(piece):]
		if err = binary.Write(out, binary.BigEndian, uint32(len(piece))); err == nil { //nolint:gosec // at most pieceSize
			_, err = out.Write(piece)
		}
	}
	return errors.Join(err, binary.Write(out, binary.BigEndian, uint32(0)), out.Flush())
}
