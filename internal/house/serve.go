package house

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/source"
)

// Handler is every operation of the house, behind the question who asks, and
// the interface for browsers. browser may be nil.
func (h *House) Handler(browser http.Handler) http.Handler {
	s := h.Routes()
	s.Gate = func(ctx context.Context, verb string) error {
		if err := h.Sources.Gate(ctx, verb); err != nil {
			return err
		}
		return h.Door.Begin(ctx, verb)
	}
	s.Welcome = &web.Welcome{Paths: []string{"/fhir/", source.TokenPath, source.RevokePath, source.IntrospectPath, source.KeysPath, source.DiscoveryPath}, Admits: h.Sources.Welcomes}
	h.Health.Serve(s.Mux, loopback)
	s.Mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		text, err := s.OpenAPI()
		if err != nil {
			web.WriteProblem(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text)
	})
	s.Mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		if err := h.Sources.Unregistered(r.Context()); err != nil {
			web.WriteProblem(w, r, err)
			return
		}
		web.WriteProblem(w, r, web.ErrNoRoute.With())
	})
	if browser != nil {
		s.Mux.Handle("/", browser)
	}
	return s.Handler(h.Identity.Authenticate, h.Sources.Authenticate)
}

func loopback(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback()
}

// Serve answers over TLS 1.3 at an address until ctx ends, and tends the ledger
// and the jobs meanwhile. ready is told the address once it listens.
func (h *House) Serve(ctx context.Context, address string, browser http.Handler, ready func(net.Addr)) error {
	if err := db.FitToServe(ctx, h.Store); err != nil {
		return err
	}
	certificate, err := h.certificate()
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("listening at %s: %w", address, err)
	}
	server := &http.Server{
		Handler: h.Handler(browser), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		TLSConfig: h.Sources.AskCertificates(h.Identity.AskCertificates(&tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{certificate}})),
		ErrorLog:  slog.NewLogLogger(h.Log.Handler(), slog.LevelDebug),
	}
	feeds, err := h.listenForFeeds(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, f := range feeds {
		group.Go(func() error { return f.take(ctx, certificate) })
	}
	group.Go(func() error {
		if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closingTime)
		defer cancel()
		return server.Shutdown(closing)
	})
	group.Go(func() error { return h.Tend(ctx) })
	// Opening the keys took argon2id's memory, which is not needed again.
	debug.FreeOSMemory()
	ready(listener.Addr())
	return group.Wait()
}

const (
	// closingTime bounds how long requests under way may take to end.
	closingTime = 15 * time.Second
	// following is how often this process asks which release of the rules holds, what
	// was ordered to end, and what other systems are to be told.
	following = time.Second
	// chores is how often the house does its small chores.
	chores = time.Minute
)

// Tend runs the ledger, the jobs and the chores until ctx ends.
func (h *House) Tend(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return h.Ledger.Run(ctx) })
	group.Go(func() error { return h.Jobs.Run(ctx) })
	group.Go(func() error { return h.follow(ctx) })
	group.Go(func() error {
		ticker := time.NewTicker(chores)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
			case <-ctx.Done():
				return errors.Join(h.Door.FlushNobodies(context.WithoutCancel(ctx), h.Birth.Org), h.Sources.Flush(context.WithoutCancel(ctx)))
			}
			if err := errors.Join(h.Door.FlushNobodies(ctx, h.Birth.Org), h.Identity.Tidy(ctx), h.Identity.Reconcile(ctx), h.Duty.Tick(ctx), h.Staff.Remind(ctx, h.Birth.Org), h.Access.Tick(ctx), h.Consent.Tick(ctx), h.Output.Tick(ctx), h.Privilege.Tick(ctx), h.Sources.Tick(ctx), h.Recipients.Tick(ctx), h.Feeds.Tick(ctx), h.Amendments.Tick(ctx), h.Accounts.Tick(ctx), h.Deadlines.Tick(ctx), h.AccessLogs.Tick(ctx)); err != nil && ctx.Err() == nil {
				h.Log.ErrorContext(ctx, "a chore was not done and will be tried again", "cause", err)
			}
		}
	})
	return group.Wait()
}

// follow keeps this process at the release in force, and tries what was ordered to end,
// until ctx ends.
func (h *House) follow(ctx context.Context) error {
	ticker := time.NewTicker(following)
	defer ticker.Stop()
	for {
		if err := h.Access.Follow(ctx); err != nil && ctx.Err() == nil {
			h.Log.ErrorContext(ctx, "the release in force could not be read and will be asked for again", "cause", err)
		}
		if err := h.Access.FollowEnds(ctx); err != nil && ctx.Err() == nil {
			h.Log.ErrorContext(ctx, "what was ordered to end could not be tried and will be tried again", "cause", err)
		}
		if err := h.Recipients.Follow(ctx); err != nil && ctx.Err() == nil {
			h.Log.ErrorContext(ctx, "other systems could not be told of what happened and will be told later", "cause", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}
