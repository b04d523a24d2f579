package agent

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strconv"

	"github.com/medward/medward/internal/agent/spool"
	"github.com/medward/medward/kit/syslog"
)

// gatheredBytes is how much of a log is kept as one record, roughly.
const gatheredBytes = 256 << 10

var errLine = errors.New("agent: a message of a log begins with its count of octets or ends with a line end, and is at most 64 KiB (RFC 6587)")

// serveLog keeps the lines of a connection. While they cannot be kept nothing more is
// read, which holds up the sender.
func (a *Agent) serveLog(ctx context.Context, conn net.Conn, from string) error {
	lines := bufio.NewReaderSize(conn, MaxLine+16)
	for {
		if err := a.until(ctx, conn, idle); err != nil {
			return err
		}
		if _, err := lines.Peek(1); err != nil {
			return err
		}
		if err := a.until(ctx, conn, partial); err != nil {
			return err
		}
		gathered, ended := gather(lines)
		if err := a.keepLines(ctx, gathered, from); err != nil {
			return err
		}
		if ended != nil {
			return ended
		}
	}
}

// gather reads what has arrived, at least one line, counted as RFC 5425 has it.
func gather(lines *bufio.Reader) (gathered []byte, ended error) {
	for len(gathered) < gatheredBytes {
		line, err := nextLine(lines)
		if err != nil {
			return gathered, err
		}
		gathered = appendCounted(gathered, line)
		if lines.Buffered() == 0 {
			return gathered, nil
		}
	}
	return gathered, nil
}

func appendCounted(to, line []byte) []byte {
	if len(line) == 0 {
		return to
	}
	return append(append(strconv.AppendInt(to, int64(len(line)), 10), ' '), line...)
}

// nextLine reads one message, counted or ended by a line end; the last of a connection
// may lack its end.
func nextLine(lines *bufio.Reader) ([]byte, error) {
	line, err := syslog.Next(lines, MaxLine)
	switch {
	case errors.Is(err, syslog.ErrFrame):
		return nil, errors.Join(errLine, err)
	case errors.Is(err, io.ErrUnexpectedEOF) && len(line) > 0:
		return line, nil
	}
	return line, err
}

// keepLines keeps lines, and waits for room as long as it takes.
func (a *Agent) keepLines(ctx context.Context, gathered []byte, from string) error {
	if len(gathered) == 0 {
		return nil
	}
	room := pauses{first: a.Paces.First, longest: a.Paces.Longest}
	for {
		err := a.spool.Append(logLane, gathered)
		if !errors.Is(err, spool.ErrFull) {
			return err
		}
		a.Log.ErrorContext(ctx, "a log is held up, because the spool is full", "from", from, "cause", err)
		if !wait(ctx, room.next()) {
			return errors.Join(err, ctx.Err())
		}
	}
}

// datagrams is how many wait to be kept; more are dropped and counted.
const datagrams = 4096

// mostFailures is how often in a row reading may fail before that is no passing trouble.
const mostFailures = 100

// serveDatagrams keeps lines that come as datagrams, one each.
func (a *Agent) serveDatagrams(ctx context.Context, at net.PacketConn) error {
	stop := context.AfterFunc(ctx, func() { _ = at.Close() })
	defer stop()
	arrived := make(chan []byte, datagrams)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		for line := range arrived {
			a.keepDatagrams(ctx, line, arrived)
		}
	}()
	defer func() { close(arrived); <-kept }()
	buf := make([]byte, MaxLine)
	for failures := 0; ; {
		n, from, err := at.ReadFrom(buf)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			if failures++; failures > mostFailures {
				return err
			}
			continue
		case !a.maySend(addressOf(from)):
			continue
		}
		failures = 0
		select {
		case arrived <- bytes.TrimRight(bytes.Clone(buf[:n]), "\r\n\x00"):
		default:
			a.history.drop()
		}
	}
}

// keepDatagrams keeps one and what has arrived behind it.
func (a *Agent) keepDatagrams(ctx context.Context, first []byte, arrived <-chan []byte) {
	gathered, lines := appendCounted(nil, first), 1
	for more := true; more && len(gathered) < gatheredBytes; {
		select {
		case line, open := <-arrived:
			if more = open; open {
				gathered, lines = appendCounted(gathered, line), lines+1
			}
		default:
			more = false
		}
	}
	if len(gathered) == 0 {
		return
	}
	if err := a.spool.Append(logLane, gathered); err != nil {
		a.Log.ErrorContext(ctx, "datagrams are lost, because they could not be kept", "datagrams", lines, "cause", err)
		for range lines {
			a.history.drop()
		}
	}
}
