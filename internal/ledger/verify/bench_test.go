package verify_test

import (
	"fmt"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/ledger/ledgertest"
)

// BenchmarkVerify is how fast a store of disclosures is verified.
func BenchmarkVerify(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(string(engine), func(b *testing.B) {
			const size, perBlock = 20_000, 200
			h := ledgertest.Start(b, ledgertest.Prepared.On(b, engine))
			for range size / perBlock {
				var batch []ledger.Entry
				for i := range perBlock {
					e := h.Entry("record.view")
					e.Objects = []ledger.Object{{Kind: "document", ID: fmt.Sprint("d", i), Patient: fmt.Sprint("p", i)}}
					batch = append(batch, e)
				}
				h.Record(batch...)
			}
			h.Settle()
			for b.Loop() {
				if r := verified(b, h, ""); !r.Consistent {
					b.Fatal(describe(r))
				}
			}
			b.ReportMetric(float64(size*b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}
