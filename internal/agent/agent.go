package agent

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/medward/medward/internal/agent/spool"
	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/sm"
)

const (
	// LeastSpool is in bytes; below it one large message could fill a spool.
	LeastSpool = 64 << 20
	// MaxMessage is in bytes, of one MLLP frame; MaxLine of one message of a log.
	MaxMessage = 8 << 20
	MaxLine    = 64 << 10
	// MaxConnections are held at once for each protocol; more wait to be accepted.
	MaxConnections = 64

	// idle is how long a connection may say nothing, partial how long a message may take
	// from its first byte to its last.
	idle    = 10 * time.Minute
	partial = 30 * time.Second
	// logLane is the lane of all logs; messages have those before it.
	logLane      = 64
	messageLanes = 64
)

// Config is what an agent is told. Paces may be zero.
type Config struct {
	// Server and LogServer are host:port of the server's MLLP and syslog over TLS. Either
	// may be empty when nothing of its protocol is listened for.
	Server, LogServer string
	// TLS says whom to believe to be the server, and shows the certificate of this machine.
	TLS *tls.Config
	// From are the networks whose systems may send, beside this machine itself.
	From []netip.Prefix
	// Folder is that of the spool, Most its bound in bytes, and Key what seals it.
	Folder string
	Most   int64
	Key    *sm.Key
	Clock  clock.Clock
	Log    *slog.Logger
	Paces  Paces
}

// Paces are how long an agent waits; a zero is the usual.
type Paces struct {
	// Answer is how long the server may take for an answer (10 s).
	Answer time.Duration
	// First and Longest are the pauses before the server is tried again (500 ms, 1 min).
	First, Longest time.Duration
	// Settled is for how long a connection must stand after lines were written to it, for
	// them to count as delivered (3 s).
	Settled time.Duration
	// Told is how often the state is written for whoever asks (5 s).
	Told time.Duration
}

func (p Paces) filled() Paces {
	for _, one := range []struct {
		pace  *time.Duration
		usual time.Duration
	}{
		{&p.Answer, 10 * time.Second}, {&p.First, 500 * time.Millisecond}, {&p.Longest, time.Minute},
		{&p.Settled, 3 * time.Second}, {&p.Told, 5 * time.Second},
	} {
		if *one.pace == 0 {
			*one.pace = one.usual
		}
	}
	return p
}

// Listeners are where systems of the hospital reach the agent; each may be nil.
type Listeners struct {
	MLLP, Syslog net.Listener
	SyslogUDP    net.PacketConn
}

// Agent is one at work.
type Agent struct {
	Config
	spool   *spool.Spool
	server  *link
	logs    *logLink
	history history
}

// Open opens the spool of an agent; it fails with [spool.ErrHeld] where another is at work,
// and with [spool.ErrOtherKey].
func Open(c Config) (*Agent, error) {
	c.Paces = c.Paces.filled()
	kept, err := spool.Open(c.Folder, c.Key, spool.Options{Most: c.Most, Clock: c.Clock, Log: c.Log})
	switch {
	case errors.Is(err, spool.ErrHeld):
		return nil, errOptions.Because(err).At("--spool", fault.Text{ZH: "另一个前置机正在使用该目录，请另选目录或先停止它", EN: "another agent is at work in this folder: give another, or stop that one"})
	case errors.Is(err, spool.ErrOtherKey):
		return nil, errOptions.Because(err).At("--spool-key", fault.Text{ZH: "该目录以另一密钥开始，请给出原来的密钥文件，或换一个空目录", EN: "this folder was begun under another key: give the file of that key, or an empty folder"})
	case err != nil:
		return nil, fmt.Errorf("opening the spool %s: %w", c.Folder, err)
	}
	a := &Agent{Config: c, spool: kept}
	a.server = &link{dial: a.dialer(c.Server), answer: c.Paces.Answer, pause: pauses{first: c.Paces.First, longest: c.Paces.Longest}, clock: c.Clock}
	a.logs = &logLink{dial: a.dialer(c.LogServer), settled: c.Paces.Settled, patience: partial}
	return a, nil
}

// Run listens and delivers until ctx ends; then what is being answered is answered, and
// the spool is closed.
func (a *Agent) Run(ctx context.Context, at Listeners) error {
	failed := make(chan error, 3)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var listening, delivering sync.WaitGroup
	listen := func(fn func() error) {
		listening.Go(func() {
			if err := fn(); err != nil {
				failed <- err
				stop()
			}
		})
	}
	if at.MLLP != nil {
		listen(func() error { return a.accept(ctx, at.MLLP, a.serveMessages) })
	}
	if at.Syslog != nil {
		listen(func() error { return a.accept(ctx, at.Syslog, a.serveLog) })
	}
	if at.SyslogUDP != nil {
		listen(func() error { return a.serveDatagrams(ctx, at.SyslogUDP) })
	}
	if a.Server != "" {
		for lane := range byte(messageLanes) {
			delivering.Go(func() { a.deliver(ctx, lane) })
		}
	}
	if a.LogServer != "" {
		delivering.Go(func() { a.deliverLogs(ctx) })
	}
	delivering.Go(func() { a.tell(ctx) })
	listening.Wait()
	<-ctx.Done()
	delivering.Wait()
	a.server.end()
	a.logs.end()
	err := errors.Join(a.writeState(ctx), a.spool.Close())
	select {
	case cause := <-failed:
		return errors.Join(cause, err)
	default:
		return err
	}
}

// dialer opens connections to the server over TLS 1.3, and never below.
func (a *Agent) dialer(address string) dial {
	secure := a.TLS.Clone()
	secure.MinVersion = tls.VersionTLS13
	if host, _, err := net.SplitHostPort(address); err == nil && secure.ServerName == "" {
		secure.ServerName = host
	}
	d := tls.Dialer{NetDialer: &net.Dialer{Timeout: a.Paces.Answer}, Config: secure}
	return func(ctx context.Context) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, a.Paces.Answer)
		defer cancel()
		return d.DialContext(ctx, "tcp", address)
	}
}

type dial func(ctx context.Context) (net.Conn, error)

// wait waits, and tells whether ctx goes on.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// pauses grow from the first to the longest, twofold.
type pauses struct{ first, longest, last time.Duration }

func (p *pauses) next() time.Duration {
	p.last = min(max(p.first, 2*p.last), p.longest)
	return p.last
}

func (p *pauses) reset() { p.last = 0 }
