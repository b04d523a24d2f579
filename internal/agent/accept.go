package agent

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/listen"
)

var errNobody = errors.New("agent: this address is in none of the networks that may send (--from)")

// accept serves the connections of a listener until ctx ends, and returns when all of
// them have ended.
func (a *Agent) accept(ctx context.Context, at net.Listener, serve func(ctx context.Context, conn net.Conn, from string) error) error {
	return listen.Accept(ctx, at, MaxConnections, func(conn net.Conn) { a.serve(ctx, conn, serve) })
}

func (a *Agent) serve(ctx context.Context, conn net.Conn, serve func(ctx context.Context, conn net.Conn, from string) error) {
	defer func() { _ = conn.Close() }()
	from := addressOf(conn.RemoteAddr())
	if !a.maySend(from) {
		a.Log.WarnContext(ctx, "a connection was closed", "from", from.String(), "cause", errNobody)
		return
	}
	closing := context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) })
	defer closing()
	if err := serve(ctx, conn, from.String()); !errors.Is(err, io.EOF) && ctx.Err() == nil {
		a.Log.InfoContext(ctx, "a connection was ended", "from", from.String(), "cause", err)
	}
}

// maySend tells whether an address is of this machine or of the networks that may send.
func (a *Agent) maySend(from netip.Addr) bool {
	if from.IsLoopback() {
		return true
	}
	for _, network := range a.From {
		if network.Contains(from) {
			return true
		}
	}
	return false
}

func addressOf(at net.Addr) netip.Addr {
	found, err := netip.ParseAddrPort(at.String())
	if err != nil {
		return netip.Addr{}
	}
	return found.Addr().Unmap()
}

// until sets by when more must have arrived, unless the agent is stopping.
func (a *Agent) until(ctx context.Context, conn net.Conn, wait time.Duration) error {
	if err := conn.SetReadDeadline(a.after(wait)); err != nil {
		return err
	}
	return ctx.Err()
}

// after is a deadline of the machine.
func (a *Agent) after(d time.Duration) time.Time { return clock.System().Now().Add(d) }
