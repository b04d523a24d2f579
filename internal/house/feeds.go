package house

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strings"

	"github.com/medward/medward/internal/source"
)

// overTLS begins an address of MLLP at which machines show certificates.
const overTLS = "tls://"

// listenForFeeds opens the address of MLLP, if there is one.
func (h *House) listenForFeeds(ctx context.Context) (net.Listener, error) {
	if h.mllp == "" {
		return nil, nil //nolint:nilnil // nowhere is where to listen
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", strings.TrimPrefix(h.mllp, overTLS))
	if err != nil {
		return nil, fmt.Errorf("listening for MLLP at %s: %w", h.mllp, err)
	}
	return listener, nil
}

// takeFeeds takes what sources send over MLLP until ctx ends.
func (h *House) takeFeeds(ctx context.Context, at net.Listener, certificate tls.Certificate) error {
	listening := source.Listening{Take: h.Intake.Take, Log: h.Log}
	if strings.HasPrefix(h.mllp, overTLS) {
		listening.Certificate = &certificate
	}
	return h.Sources.Listen(ctx, at, listening)
}
