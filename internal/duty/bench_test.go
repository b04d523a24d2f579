package duty_test

import (
	"context"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/schema/schematest"
)

// crowded is a hospital with many open tasks, of which lin has 40.
func crowded(b *testing.B, tasks int) *hospital {
	b.Helper()
	h := open(acttest.New(b, schematest.Prepared.On(b, db.SQLite), nil))
	const atOnce = 100
	for done := 0; done < tasks; done += atOnce {
		h.in(func(ctx context.Context, w *act.Work) error {
			for i := range atOnce {
				to := duty.To{Role: "technician", Department: h.departments["surgery"]}
				if n := done + i; n%(tasks/40) == 0 {
					to = duty.To{Person: h.id("lin")}
				}
				if _, err := h.room.OpenIn(ctx, w, duty.Opening{Kind: checkup, To: to}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return h
}

func BenchmarkBell(b *testing.B) {
	h := crowded(b, 20000)
	ctx := h.as("lin")
	for b.Loop() {
		if n, err := h.room.CountWaiting(ctx); err != nil || n.Todo != 40 {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkInboxPage(b *testing.B) {
	h := crowded(b, 20000)
	ctx := h.as("lin")
	for b.Loop() {
		if page, err := h.room.Inbox(ctx, duty.InboxFilter{Box: duty.BoxTodo}, "", 20); err != nil || len(page.Items) != 20 {
			b.Fatal(len(page.Items), err)
		}
	}
}

func BenchmarkIdleTick(b *testing.B) {
	h := crowded(b, 20000)
	for b.Loop() {
		h.tick()
	}
}

// BenchmarkClocks strikes 400 clocks in each round: marked late, and climbed.
func BenchmarkClocks(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		h := crowded(b, 400)
		h.Clock.Advance(9 * 24 * time.Hour)
		b.StartTimer()
		h.tick()
		if n := h.Count("duty_step"); n < 1200 {
			b.Fatalf("%d steps of 400 tasks", n)
		}
	}
	b.ReportMetric(float64(400*b.N)/b.Elapsed().Seconds(), "clocks/s")
}
