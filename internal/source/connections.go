package source

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"time"
)

// guarded is a listener at which machines show certificates; without one of the house
// only loopback is listened at. what names the protocol.
func guarded(at net.Listener, certificate *tls.Certificate, what string) (net.Listener, error) {
	if certificate == nil {
		if !loopbackOnly(at.Addr()) {
			return nil, fmt.Errorf("source: %s without TLS is for loopback alone; give an address such as localhost:%d, or tls://0.0.0.0:%d", what, portOf(at), portOf(at))
		}
		return at, nil
	}
	return tls.NewListener(at, &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{*certificate}, ClientAuth: tls.RequireAnyClientCert}), nil
}

func loopbackOnly(at net.Addr) bool {
	tcp, ok := at.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

func portOf(at net.Listener) int {
	if tcp, ok := at.Addr().(*net.TCPAddr); ok {
		return tcp.Port
	}
	return 0
}

// until sets by when more must have arrived, unless the house is stopping.
func until(ctx context.Context, conn net.Conn, wait time.Duration) error {
	if err := conn.SetReadDeadline(time.Now().Add(wait)); err != nil { //nolint:forbidigo // a deadline of the machine, not of the house
		return err
	}
	return ctx.Err()
}
