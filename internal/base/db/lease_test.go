package db_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/schema/schematest"
)

const term = 10 * time.Second

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func acquire(ctx context.Context, s db.Store, holder string, now time.Time) (l db.Lease, err error) {
	err = s.Write(ctx, db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		l, err = db.Acquire(ctx, w, "work", holder, now, term)
		return err
	}})
	return l, err
}

func under(ctx context.Context, s db.Store, l db.Lease) error {
	return s.Write(ctx, db.Tx{Loose: true, Do: func(ctx context.Context, w db.Writer) error { return db.Check(ctx, w, l) }})
}

func onBoth(t *testing.T, fn func(t *testing.T, s db.Store)) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		s, err := at.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		fn(t, s)
	})
}

func TestALeaseHasOneHolderUntilItRunsOut(t *testing.T) {
	onBoth(t, func(t *testing.T, s db.Store) {
		first, err := acquire(t.Context(), s, "a", noon)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := acquire(t.Context(), s, "b", noon.Add(term-1000)); !errors.Is(err, db.ErrHeld) {
			t.Fatalf("a second holder got %v", err)
		}
		second, err := acquire(t.Context(), s, "b", noon.Add(term))
		if err != nil || second.Fence <= first.Fence {
			t.Fatalf("after the term: fence %d after %d, %v", second.Fence, first.Fence, err)
		}
		if err := under(t.Context(), s, first); !errors.Is(err, db.ErrGone) {
			t.Errorf("who was thought dead could still write: %v", err)
		}
		if err := under(t.Context(), s, second); err != nil {
			t.Errorf("the holder cannot write: %v", err)
		}
	})
}

func TestARenewedLeaseStaysAndAReleasedOneIsFree(t *testing.T) {
	onBoth(t, func(t *testing.T, s db.Store) {
		l, err := acquire(t.Context(), s, "a", noon)
		if err != nil {
			t.Fatal(err)
		}
		later := noon.Add(term / 2)
		err = s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
			l, err = db.Renew(ctx, w, l, later, term)
			return err
		}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := acquire(t.Context(), s, "b", noon.Add(term)); !errors.Is(err, db.ErrHeld) {
			t.Fatalf("a renewed lease was given away: %v", err)
		}
		err = s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error { return db.Release(ctx, w, l) }})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := acquire(t.Context(), s, "b", noon.Add(term)); err != nil {
			t.Errorf("a released lease is not free: %v", err)
		}
	})
}

func TestOfManyWhoAskTogetherOneIsGivenTheLease(t *testing.T) {
	onBoth(t, func(t *testing.T, s db.Store) {
		var given atomic.Int64
		var wg sync.WaitGroup
		for _, holder := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
			wg.Go(func() {
				if _, err := acquire(t.Context(), s, holder, noon); err == nil {
					given.Add(1)
				}
			})
		}
		wg.Wait()
		if given.Load() != 1 {
			t.Errorf("%d holders", given.Load())
		}
	})
}
