package job_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/schema/schematest"
)

var morning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

type bench struct {
	store  db.Store
	clock  *clock.Manual
	runner *job.Runner
}

func both(t *testing.T, run func(t *testing.T, b *bench)) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		store, err := at.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		store.Bind(db.Hooks{MAC: func(digest []byte) []byte { sum := sha256.Sum256(digest); return sum[:] }})
		b := &bench{store: store, clock: clock.NewManual(morning)}
		b.runner = b.newRunner()
		run(t, b)
	})
}

func (b *bench) newRunner() *job.Runner {
	return job.NewRunner(b.store, b.clock, slog.New(slog.DiscardHandler))
}

func (b *bench) enqueue(t *testing.T, o job.Order) string {
	t.Helper()
	var made string
	o.Now, o.Org, o.By = b.clock.Now(), "o1", "act1"
	err := b.store.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) (err error) {
		made, err = job.Enqueue(ctx, w, o)
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (b *bench) task(t *testing.T, id string) job.Task {
	t.Helper()
	var task job.Task
	err := b.store.Read(t.Context(), func(r db.Reader) (err error) {
		task, err = job.Get(t.Context(), r, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return task
}

func (b *bench) settle(t *testing.T, r *job.Runner) {
	t.Helper()
	if err := r.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

var errGateway = errors.New("the gateway does not answer")

func TestATaskOfARolledBackActNeverRuns(t *testing.T) {
	both(t, func(t *testing.T, b *bench) {
		ran := 0
		b.runner.Handle("notice.send", func(context.Context, *job.Work) error { ran++; return nil })
		err := b.store.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
			if _, err := job.Enqueue(ctx, w, job.Order{Kind: "notice.send", Now: morning}); err != nil {
				return err
			}
			return errGateway
		}})
		if !errors.Is(err, errGateway) {
			t.Fatal(err)
		}
		b.settle(t, b.runner)
		if ran != 0 {
			t.Error("announced what did not happen")
		}
	})
}

func TestFailuresAreTriedAgainLaterAndStayInSight(t *testing.T) {
	both(t, func(t *testing.T, b *bench) {
		tries := 0
		b.runner.Handle("notice.send", func(context.Context, *job.Work) error { tries++; return errGateway })
		id := b.enqueue(t, job.Order{Kind: "notice.send", MaxTries: 3})
		b.settle(t, b.runner)
		b.settle(t, b.runner)
		if tries != 1 {
			t.Fatalf("tried %d times without a pause", tries)
		}
		for range 5 {
			b.clock.Advance(time.Hour)
			b.settle(t, b.runner)
		}
		got := b.task(t, id)
		if tries != 3 || got.State != job.Failed || got.Failure == "" || got.Ended.IsZero() {
			t.Fatalf("%d tries, %+v", tries, got)
		}
		err := b.store.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error { return job.Retry(ctx, w, id, b.clock.Now()) }})
		if err != nil {
			t.Fatal(err)
		}
		b.settle(t, b.runner)
		if tries != 4 {
			t.Errorf("a person's retry was not run: %d", tries)
		}
	})
}

func TestAnotherRunnerTakesOverWhatWasDropped(t *testing.T) {
	both(t, func(t *testing.T, b *bench) {
		id := b.enqueue(t, job.Order{Kind: "export.build"})
		other := b.newRunner()
		other.Handle("export.build", func(ctx context.Context, w *job.Work) error { return w.Report(ctx, "building", 1, 2) })
		b.runner.Handle("export.build", func(ctx context.Context, w *job.Work) error {
			b.clock.Advance(time.Hour)
			b.settle(t, other)
			if err := w.Report(ctx, "still at it", 1, 2); !errors.Is(err, job.ErrLost) {
				t.Errorf("who lost the lease went on: %v", err)
			}
			return errGateway
		})
		b.settle(t, b.runner)
		if got := b.task(t, id); got.State != job.Done || got.Progress != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestTheSameOrderTwiceIsOneTask(t *testing.T) {
	both(t, func(t *testing.T, b *bench) {
		first := b.enqueue(t, job.Order{Kind: "index.build", Dedupe: "p1"})
		if second := b.enqueue(t, job.Order{Kind: "index.build", Dedupe: "p1"}); second != first {
			t.Error("ordered twice")
		}
		if other := b.enqueue(t, job.Order{Kind: "index.build", Dedupe: "p2"}); other == first {
			t.Error("another order was swallowed")
		}
	})
}

func TestNothingIsDueBeforeItsTimeAndPanicsAreFailures(t *testing.T) {
	both(t, func(t *testing.T, b *bench) {
		ran := 0
		b.runner.Handle("clock.ring", func(context.Context, *job.Work) error { ran++; panic("a defect") })
		id := b.enqueue(t, job.Order{Kind: "clock.ring", Due: morning.Add(time.Hour)})
		b.settle(t, b.runner)
		if ran != 0 {
			t.Fatal("ran before its time")
		}
		b.clock.Advance(time.Hour)
		b.settle(t, b.runner)
		if got := b.task(t, id); ran != 1 || got.State != job.Waiting || got.Failure == "" {
			t.Errorf("ran %d, %+v", ran, got)
		}
	})
}

func TestAForgedTaskIsNeverRun(t *testing.T) {
	both(t, func(t *testing.T, b *bench) {
		ran := false
		b.runner.Handle("export.build", func(context.Context, *job.Work) error { ran = true; return nil })
		id := b.enqueue(t, job.Order{Kind: "export.build", Args: map[string]string{"to": "archive"}})
		err := b.store.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
			return w.Apply(ctx, db.Change{Table: &db.Meta{Name: "job_task"}, SQL: "UPDATE job_task SET args = $1 WHERE id = $2", Args: []any{`{"to":"elsewhere"}`, id}})
		}})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.runner.Settle(t.Context()); !errors.Is(err, db.ErrForged) || ran {
			t.Errorf("ran: %v, %v", ran, err)
		}
	})
}
