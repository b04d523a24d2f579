package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/ledger/ledgertest"
)

// disclosure is an entry of about 300 bytes.
func disclosure(i int64) ledger.Entry {
	now := time.Now()
	return ledger.Entry{
		ID: id.New(now), At: now.UnixMicro(), Org: "o1", Verb: "record.view", Outcome: ledger.Done, Purpose: "care",
		Actor:   ledger.Actor{Kind: "person", ID: fmt.Sprint("p", i%300), Session: "s", Roles: []string{"resident"}, Department: "d1"},
		Objects: []ledger.Object{{Kind: "document", ID: fmt.Sprint("doc", i%100_000), Patient: fmt.Sprint("pat", i%20_000)}},
	}
}

func disclose(b testing.TB, h *ledgertest.House, i int64) {
	p, err := ledger.Encode(disclosure(i))
	if err != nil {
		b.Error(err)
		return
	}
	if err := h.Store.Write(context.Background(), db.Tx{Leaves: []any{p}}); err != nil {
		b.Error(err)
	}
}

func engines(b *testing.B, fn func(b *testing.B, engine db.Engine)) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(string(engine), func(b *testing.B) { fn(b, engine) })
	}
}

// BenchmarkCommitAlone is 512 callers with nobody placing their entries: what
// the store itself can do.
func BenchmarkCommitAlone(b *testing.B) {
	engines(b, func(b *testing.B, engine db.Engine) {
		key, err := ledgertest.NewKey()
		if err != nil {
			b.Fatal(err)
		}
		crowd(b, ledgertest.Open(b, ledgertest.Prepared.On(b, engine), key))
	})
}

// BenchmarkDurable512 is 512 callers who each wait until their entry is durable,
// with the sequencer and the indexer at work.
func BenchmarkDurable512(b *testing.B) {
	engines(b, func(b *testing.B, engine db.Engine) {
		h := ledgertest.Start(b, ledgertest.Prepared.On(b, engine))
		crowd(b, h)
		at := time.Now()
		signed := awaitSigned(h, int64(b.N))
		b.ReportMetric(float64(signed.Sub(at).Milliseconds()), "ms-until-signed")
		b.ReportMetric(float64(behindNow(h)), "unindexed")
	})
}

func crowd(b *testing.B, h *ledgertest.House) {
	var n atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range 512 {
		wg.Go(func() {
			for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
				disclose(b, h, i)
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// awaitSigned returns the time at which so many entries were under a checkpoint.
func awaitSigned(h *ledgertest.House, size int64) time.Time {
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for {
		var last ledger.Checkpoint
		h.Read(func(ctx context.Context, r db.Reader) (err error) {
			last, err = h.Ledger.Latest(ctx, r)
			if errors.Is(err, ledger.ErrNoCheckpoint) {
				return nil
			}
			return err
		})
		if last.Size >= size {
			return time.Now()
		}
		<-poll.C
	}
}

func behindNow(h *ledgertest.House) (behind int64) {
	h.Read(func(ctx context.Context, r db.Reader) error {
		page, err := h.Ledger.Search(ctx, r, ledger.Query{Org: "o1", Limit: 1})
		behind = page.Behind
		return err
	})
	return behind
}

// BenchmarkOneCaller is one caller who waits for each entry.
func BenchmarkOneCaller(b *testing.B) {
	engines(b, func(b *testing.B, engine db.Engine) {
		h := ledgertest.Start(b, ledgertest.Prepared.On(b, engine))
		var took []time.Duration
		for i := range int64(b.N) {
			start := time.Now()
			disclose(b, h, i)
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	})
}

// BenchmarkCatchUp is how fast what waits is placed and signed, and then
// indexed: in blocks of 512 entries, and in blocks of one.
func BenchmarkCatchUp(b *testing.B) {
	for _, perBlock := range []int{512, 1} {
		b.Run(fmt.Sprintf("blocksOf%d", perBlock), func(b *testing.B) {
			engines(b, func(b *testing.B, engine db.Engine) { catchUp(b, engine, perBlock) })
		})
	}
}

func catchUp(b *testing.B, engine db.Engine, perBlock int) {
	key, err := ledgertest.NewKey()
	if err != nil {
		b.Fatal(err)
	}
	h := ledgertest.Open(b, ledgertest.Prepared.On(b, engine), key)
	fill(b, h, b.N, perBlock)
	b.ResetTimer()
	h.Run()
	signed := make(chan time.Time, 1)
	start := time.Now()
	go func() { signed <- awaitSigned(h, int64(b.N)) }()
	h.Settle()
	b.StopTimer()
	placing := (<-signed).Sub(start).Seconds()
	b.ReportMetric(float64(b.N)/placing, "placed/s")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "indexed/s")
}

func fill(b *testing.B, h *ledgertest.House, entries, perBlock int) {
	for done := 0; done < entries; {
		err := h.Store.Write(context.Background(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
			for rows := 0; rows < 200 && done < entries; rows++ {
				var left []any
				for range min(perBlock, entries-done) {
					p, err := ledger.Encode(disclosure(int64(done)))
					if err != nil {
						return err
					}
					left = append(left, p)
					done++
				}
				if err := h.Ledger.BeforeCommit(ctx, w, left); err != nil {
					return err
				}
			}
			return nil
		}})
		if err != nil {
			b.Fatal(err)
		}
	}
}
