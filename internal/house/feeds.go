package house

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/medward/medward/internal/source"
)

// overTLS begins an address at which machines show certificates.
const overTLS = "tls://"

// feed is a listener for what sources send in a protocol of their own.
type feed struct {
	at   net.Listener
	take func(ctx context.Context, certificate tls.Certificate) error
}

// listenForFeeds opens the addresses of MLLP and syslog, where there are any.
func (h *House) listenForFeeds(ctx context.Context) (feeds []feed, err error) {
	defer func() {
		if err != nil {
			for _, f := range feeds {
				err = errors.Join(err, f.at.Close())
			}
		}
	}()
	for _, one := range []struct {
		protocol, address string
		listen            func(ctx context.Context, at net.Listener, certificate *tls.Certificate) error
	}{
		{"MLLP", h.mllp, func(ctx context.Context, at net.Listener, certificate *tls.Certificate) error {
			return h.Sources.Listen(ctx, at, source.Listening{Take: h.Intake.Take, Certificate: certificate, Log: h.Log})
		}},
		{"syslog", h.syslog, func(ctx context.Context, at net.Listener, certificate *tls.Certificate) error {
			return h.Sources.ListenForLogs(ctx, at, source.LogListening{Take: h.AccessLogs.TakeLines, Certificate: certificate, Log: h.Log})
		}},
	} {
		if one.address == "" {
			continue
		}
		address, secure := strings.CutPrefix(one.address, overTLS)
		at, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
		if err != nil {
			return feeds, fmt.Errorf("listening for %s at %s: %w", one.protocol, one.address, err)
		}
		feeds = append(feeds, feed{at: at, take: func(ctx context.Context, certificate tls.Certificate) error {
			if !secure {
				return one.listen(ctx, at, nil)
			}
			return one.listen(ctx, at, &certificate)
		}})
	}
	return feeds, nil
}
