// Package listen serves the connections of protocols other than HTTP.
package listen

import (
	"context"
	"net"
	"sync"
)

// mostFailures is how often in a row accepting may fail before that is no passing trouble.
const mostFailures = 100

// Accept serves the connections of a listener, so many at once, until ctx ends, which
// closes it, and returns when all of them have ended. serve closes its connection.
func Accept(ctx context.Context, at net.Listener, most int, serve func(conn net.Conn)) error {
	stop := context.AfterFunc(ctx, func() { _ = at.Close() })
	defer stop()
	var connections sync.WaitGroup
	defer connections.Wait()
	free := make(chan struct{}, most)
	for failures := 0; ; {
		free <- struct{}{}
		conn, err := at.Accept()
		switch {
		case ctx.Err() != nil:
			if conn != nil {
				_ = conn.Close()
			}
			return nil
		case err != nil:
			if failures++; failures > mostFailures {
				return err
			}
			<-free
			continue
		}
		failures = 0
		connections.Go(func() {
			defer func() { <-free }()
			serve(conn)
		})
	}
}
