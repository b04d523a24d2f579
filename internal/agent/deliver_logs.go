package agent

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"github.com/medward/medward/internal/agent/spool"
	"github.com/medward/medward/internal/base/clock"
)

// logRecords are how many records are delivered at once, at most.
const logRecords = 16 << 10

// deliverLogs hands lines to the server. Syslog knows no answer: lines count as delivered
// when the connection still stands a while after they were written to it.
func (a *Agent) deliverLogs(ctx context.Context) {
	pause := pauses{first: a.Paces.First, longest: a.Paces.Longest}
	for {
		records, err := a.spool.Next(ctx, logLane, logRecords)
		if ctx.Err() != nil || errors.Is(err, spool.ErrClosed) {
			return
		}
		if err == nil {
			err = a.logs.write(ctx, records)
		}
		if err == nil {
			pause.reset()
			a.history.delivered(a.Clock.Now())
			err = a.spool.Answered(logLane, len(records))
		}
		if err != nil && ctx.Err() == nil {
			again := pause.next()
			a.Log.WarnContext(ctx, "lines of logs were not delivered", "again", again.String(), "cause", err)
			wait(ctx, again)
		}
	}
}

// logLink is the connection to the server over which logs go.
type logLink struct {
	dial    dial
	settled time.Duration
	// patience is how long the server may take no more of a record.
	patience time.Duration

	mu    sync.Mutex
	conn  net.Conn
	dead  chan error // holds why the connection ended
	cause error
}

func (l *logLink) write(ctx context.Context, records []spool.Record) (err error) {
	defer func() {
		l.mu.Lock()
		l.cause = err
		l.mu.Unlock()
		if err != nil {
			l.end()
		}
	}()
	conn, dead, err := l.connected(ctx)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetWriteDeadline(time.Unix(1, 0)) })
	defer stop()
	for _, r := range records {
		if err := errors.Join(conn.SetWriteDeadline(clock.System().Now().Add(l.patience)), ctx.Err()); err != nil {
			return err
		}
		if _, err := conn.Write(r.Content); err != nil {
			return err
		}
	}
	timer := time.NewTimer(l.settled)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case why := <-dead:
		return why
	case <-timer.C:
		return nil
	}
}

func (l *logLink) connected(ctx context.Context) (net.Conn, <-chan error, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		select {
		case why := <-l.dead:
			l.conn, l.cause = nil, why
		default:
			return l.conn, l.dead, nil
		}
	}
	conn, err := l.dial(ctx)
	if err != nil {
		return nil, nil, err
	}
	dead := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, conn)
		dead <- errors.Join(errAway, err, conn.Close())
	}()
	l.conn, l.dead = conn, dead
	return conn, dead, nil
}

func (l *logLink) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		_ = l.conn.Close()
		l.conn = nil
	}
}

func (l *logLink) trouble() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cause
}
