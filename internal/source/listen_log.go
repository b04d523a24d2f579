package source

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/listen"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/syslog"
)

// TakeLines takes lines of the log of a source, each with its end. When it returns
// without an error they are durable. ctx is that of the source.
type TakeLines func(ctx context.Context, code string, lines []byte) error

// LogListening is how logs are listened for.
type LogListening struct {
	Take TakeLines
	// Certificate is by what the house shows who it is; machines must show theirs. Nil
	// listens without TLS, on loopback alone.
	Certificate *tls.Certificate
	Log         *slog.Logger
}

const (
	// longestLine is in bytes, of one message of a log.
	longestLine = 64 << 10
	// gathered is how long lines are gathered before they are taken, and gatheredBytes how
	// much; until then they are held in memory, because syslog knows no answer.
	gathered      = time.Second
	gatheredBytes = 1 << 20
)

var errLine = fault.Define("source.line", fault.Invalid,
	"日志消息的帧不正确，或超过 64 KiB。", "The frame of a log message is not right, or it is over 64 KiB.",
	"a message begins with its count of octets or ends with a line end (RFC 6587); the connection is closed")

// ListenForLogs takes messages of syslog over TCP until ctx ends, counted or ended by line
// ends (RFC 6587), as RFC 5425 has them over TLS. A connection is of the source of its
// certificate or, without one, of the one live source that sends syslog from its address.
func (room *Room) ListenForLogs(ctx context.Context, at net.Listener, l LogListening) error {
	at, err := guarded(at, l.Certificate, "syslog")
	if err != nil {
		return err
	}
	if l.Log == nil {
		l.Log = slog.Default()
	}
	return listen.Accept(ctx, at, mostConnections, func(conn net.Conn) {
		defer func() { _ = conn.Close() }()
		from := addressOf(conn)
		certificate, err := handshake(ctx, conn)
		if err == nil {
			closing := context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) })
			defer closing()
			err = room.readLog(ctx, conn, from, certificate, l.Take)
		}
		if !errors.Is(err, io.EOF) && ctx.Err() == nil {
			l.Log.InfoContext(ctx, "a connection for logs was ended", "from", from, "cause", err)
		}
	})
}

// readLog takes the lines of a connection until it ends, and returns why it did.
func (room *Room) readLog(ctx context.Context, conn net.Conn, from string, certificate []byte, take TakeLines) error {
	frames := bufio.NewReaderSize(conn, longestLine+16)
	for {
		if err := until(ctx, conn, idle); err != nil {
			return err
		}
		if _, err := frames.Peek(1); err != nil {
			return err
		}
		lines, ended := gather(ctx, conn, frames)
		if len(lines) > 0 {
			caller, err := room.logSender(ctx, from, certificate)
			if err != nil {
				return err
			}
			now := room.desk.Now()
			room.meter.called(caller, now, false)
			acting := act.With(context.WithoutCancel(ctx), act.Actor{Actor: caller.Actor(now), Purpose: "operation", IP: from, Terminal: "syslog"})
			if err := take(acting, caller.Code, lines); err != nil {
				return err
			}
			n := bytes.Count(lines, []byte{'\n'})
			room.Heard(Heard{Org: caller.Org, Source: caller.ID, Arrived: now, Durable: room.desk.Now(), Messages: n, Conform: n})
		}
		if ended != nil {
			return ended
		}
	}
}

// gather reads whole messages for a while, as lines, and what ended the connection
// meanwhile. There is a first one.
func gather(ctx context.Context, conn net.Conn, frames *bufio.Reader) (lines []byte, ended error) {
	began := time.Now() //nolint:forbidigo // how long a connection was listened to, not a time of the house
	for len(lines) < gatheredBytes {
		if err := until(ctx, conn, partial); err != nil {
			return lines, err
		}
		line, err := nextLine(frames)
		if err != nil {
			return lines, err
		}
		if len(line) > 0 {
			lines = append(append(lines, line...), '\n')
		}
		left := gathered - time.Since(began) //nolint:forbidigo // as above
		if frames.Buffered() == 0 {
			if err := until(ctx, conn, left); err != nil {
				return lines, err
			}
			if _, err := frames.Peek(1); errors.Is(err, os.ErrDeadlineExceeded) && ctx.Err() == nil {
				return lines, nil
			} else if err != nil {
				return lines, err
			}
		}
		if left <= 0 {
			return lines, nil
		}
	}
	return lines, nil
}

// nextLine reads one message. Line ends within it become spaces, so that it stays one
// line.
func nextLine(frames *bufio.Reader) ([]byte, error) {
	message, err := syslog.Next(frames, longestLine)
	if errors.Is(err, syslog.ErrFrame) {
		return nil, errLine.Because(err)
	}
	if err != nil {
		return nil, err
	}
	for i, b := range message {
		if b == '\n' || b == '\r' {
			message[i] = ' '
		}
	}
	return message, nil
}

// logSender finds whose log a connection brings. What is wrong with a source that is known
// is on the account; what is of nobody is counted.
func (room *Room) logSender(ctx context.Context, from string, certificate []byte) (s Source, err error) {
	now := room.desk.Now()
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Anonymous}, IP: from, Terminal: "syslog"})
	if certificate != nil {
		_, s, _, err = room.keyShown(ctx, shown{certificate: certificate}, now)
	} else {
		s, err = room.onlyLive(ctx, now, func(s Source) bool { return s.within(from) && slices.Contains(s.Kinds, "syslog") })
	}
	switch {
	case errors.Is(err, db.ErrNone):
		_ = room.desk.Begin(ctx, "source.call") // counts the refusal of nobody in particular
		return s, errLogSender.With()
	case errors.Is(err, db.ErrForged):
		room.alarm(ctx, "a row that grants power is forged", err)
		return s, act.ErrUndecided.Because(err)
	case err != nil:
		return s, act.ErrUndecided.Because(err)
	case !s.Live(now):
		return s, room.refuse(ctx, s, errNotLive.With())
	case !s.within(from):
		return s, room.refuse(ctx, s, errNetwork.With())
	}
	return s, nil
}

var errLogSender = fault.Define("source.log-sender", fault.Refused,
	"没有已启用的来源登记了以 syslog 从该地址报送日志。", "No live source has registered that it sends syslog from this address.",
	"register the source with the kind syslog, the access-logs shape and its network, and begin it")
