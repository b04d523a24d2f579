package handover_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/handover"
	"github.com/medward/medward/internal/schema"
)

// BenchmarkExport makes an export of houses of two sizes and compares it. What is held in
// memory at most (peak-MB, beyond what the house holds anyway) must not grow with the house.
func BenchmarkExport(b *testing.B) {
	for _, documents := range []int{500, 5000} {
		b.Run(fmt.Sprintf("documents=%d", documents), func(b *testing.B) {
			at := dbtest.Place{Engine: db.SQLite, Path: filepath.Join(b.TempDir(), "house.db")}
			if err := schema.MigrateSQLite(b.Context(), at.Path); err != nil {
				b.Fatal(err)
			}
			h := open(acttest.New(b, at, nil))
			said := strings.Repeat("患者三天前活动后胸痛，休息后缓解。", 100)
			for range documents {
				must[string](b)(h.file(said))
			}
			_, partner := h.taker()
			for b.Loop() {
				c := h.opened(partner)
				must[handover.Case](b)(h.room.Approve(h.as("boss"), c.ID))
				peak, took := watched(h.run)
				must[handover.Case](b)(h.room.Release(h.as("head"), c.ID))
				seen := must[handover.Seen](b)(h.room.View(h.as("head"), c.ID))
				b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
				b.ReportMetric(float64(seen.Rows)/took.Seconds(), "rows/s")
				b.ReportMetric(float64(len(seen.Parts)), "parts")
				comparedPeak, _ := watched(func() { h.found(c.ID) })
				b.ReportMetric(float64(comparedPeak)/(1<<20), "compare-peak-MB")
				must[handover.Case](b)(h.room.Stop(h.as("boss"), c.ID))
			}
		})
	}
}

// watched runs fn and tells by how many bytes the living heap rose at most meanwhile.
func watched(fn func()) (peak uint64, took time.Duration) {
	living := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := living()
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		every := time.NewTicker(50 * time.Millisecond)
		defer every.Stop()
		for {
			select {
			case <-done:
				return
			case <-every.C:
				if now := living(); now > before {
					peak = max(peak, now-before)
				}
			}
		}
	})
	began := time.Now()
	fn()
	took = time.Since(began)
	close(done)
	watching.Wait()
	return peak, took
}
