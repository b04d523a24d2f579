package crashtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
)

// A round strikes after a random number of acknowledged acts and a random short
// while more, so that it meets every stage of a commit.
const (
	mostActs  = 200
	mostWhile = 20 * time.Millisecond
	// mostSyncs bounds which sync of a thread fails.
	mostSyncs = 12
)

// Round is one way to strike at a store under load.
type Round func(t *testing.T, s *Store)

// underLoad serves the store, lets callers work, strikes at a random moment, and
// then looks for everything acknowledged. What strike leaves running is killed.
// afterwards is done between the end of the process and the check; it may be nil.
func (s *Store) underLoad(t *testing.T, strike func(context.Context, *server, *crowd) error, afterwards func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	p := s.start(t)
	all, err := s.gather(ctx, p)
	if err != nil {
		p.kill()
		t.Fatalf("%v\n%s", err, p.lastWords())
	}
	err = all.reach(ctx, 1+rand.IntN(mostActs)) //nolint:gosec // chance, not secrecy
	if err == nil {
		time.Sleep(rand.N(mostWhile)) //nolint:gosec // chance, not secrecy
		err = strike(ctx, p, all)
	}
	p.kill()
	done := all.leave()
	if err == nil && afterwards != nil {
		err = afterwards()
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, p.lastWords())
	}
	s.check(t, done)
	t.Logf("%d acts were acknowledged and are there", len(done))
}

// Kill ends the serving process with SIGKILL.
func Kill(t *testing.T, s *Store) {
	s.underLoad(t, func(_ context.Context, p *server, _ *crowd) error { p.kill(); return nil }, nil)
}

// PowerCut ends the serving process and takes away what was written and not
// synced.
func PowerCut(t *testing.T, s *Store) {
	log := filepath.Join(t.TempDir(), "trace")
	s.underLoad(t, func(ctx context.Context, p *server, all *crowd) error {
		tr, err := trace(log, "", p.cmd.Process.Pid)
		if err != nil {
			return err
		}
		n, _ := all.count()
		err = all.reach(ctx, n+rand.IntN(mostActs)) //nolint:gosec // chance, not secrecy
		p.kill()
		<-tr.gone
		return err
	}, func() error { return s.loseUnsynced(t, log) })
}

// FailToSync makes a sync of the serving process fail, and all that follow: the
// process must end by itself, and what it could not sync is taken away.
func FailToSync(t *testing.T, s *Store) {
	log := filepath.Join(t.TempDir(), "trace")
	s.underLoad(t, func(ctx context.Context, p *server, _ *crowd) error {
		tr, err := trace(log, fmt.Sprintf("error=EIO:when=%d+", 1+rand.IntN(mostSyncs)), p.cmd.Process.Pid) //nolint:gosec // chance
		if err != nil {
			return err
		}
		select {
		case <-p.gone:
		case <-ctx.Done():
			return fmt.Errorf("the process goes on although its storage fails: %w", ctx.Err())
		}
		<-tr.gone
		if p.code() != StorageFailed {
			return fmt.Errorf("the process ended with code %d, want %d", p.code(), StorageFailed)
		}
		return nil
	}, func() error { return s.loseUnsynced(t, log) })
}

func (s *Store) loseUnsynced(t *testing.T, log string) error {
	lost, err := s.forget(log)
	t.Logf("%d writes were never synced and are lost", lost)
	return err
}

// KillCluster ends every process of PostgreSQL with SIGKILL and starts it again.
// The house must serve on.
func KillCluster(t *testing.T, s *Store) {
	s.underLoad(t, func(ctx context.Context, p *server, all *crowd) error {
		if err := s.cluster.Kill(); err != nil {
			return err
		}
		return s.recover(ctx, p, all)
	}, nil)
}

// FailToSyncCluster makes a sync of PostgreSQL fail, on which it gives up, and
// starts it again. The house must serve on.
func FailToSyncCluster(t *testing.T, s *Store) {
	log := filepath.Join(t.TempDir(), "trace")
	s.underLoad(t, func(ctx context.Context, p *server, all *crowd) error {
		pids, err := s.cluster.Processes()
		if err != nil {
			return err
		}
		tr, err := trace(log, fmt.Sprintf("error=EIO:when=%d", 1+rand.IntN(mostSyncs)), pids...) //nolint:gosec // chance
		if err != nil {
			return err
		}
		select {
		case <-tr.failed:
		case <-ctx.Done():
			return fmt.Errorf("no sync failed: %w", ctx.Err())
		}
		tr.leave()
		if err := s.cluster.Kill(); err != nil {
			return err
		}
		return s.recover(ctx, p, all)
	}, nil)
}

// recover starts PostgreSQL again and waits until callers are served.
func (s *Store) recover(ctx context.Context, p *server, all *crowd) error {
	if err := s.cluster.Restart(ctx); err != nil {
		return err
	}
	n, _ := all.count()
	if err := all.reach(ctx, n+2*callers); err != nil {
		return fmt.Errorf("after PostgreSQL came back: %w", err)
	}
	select {
	case <-p.gone:
		return fmt.Errorf("the house ended with code %d", p.code())
	default:
		return nil
	}
}
