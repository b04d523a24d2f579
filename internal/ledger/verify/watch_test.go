package verify_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger/ledgertest"
	"github.com/medward/medward/internal/ledger/verify"
)

func watching(h *ledgertest.House) *verify.Watch {
	return verify.NewWatch(h.Store, verify.Options{MAC: ledgertest.MAC}, []string{"ledgertest_bed"})
}

func look(t *testing.T, w *verify.Watch) verify.Look {
	t.Helper()
	seen, err := w.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func told(seen verify.Look) string {
	var all []string
	for _, d := range seen.Differences {
		all = append(all, fmt.Sprintf("%s %s", d.Kind, d.Key))
	}
	return strings.Join(all, ", ")
}

func TestAWatchNamesWhatWasDoneBehindTheHouse(t *testing.T) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			at := ledgertest.Prepared.On(t, engine)
			h := ledgertest.Start(t, at)
			live(h, 40)
			w := watching(h)
			before := look(t, w)
			if len(before.Differences) > 0 || before.Rows == 0 || len(before.Folds[0].Digest) != 32 {
				t.Fatalf("a house that nobody touched: %+v", before)
			}
			liveOn(h)
			if grown := look(t, w); len(grown.Differences) > 0 {
				t.Fatalf("what the house wrote since: %s", told(grown))
			}
			if again := look(t, watching(h)); len(again.Differences) > 0 || !bytes.Equal(again.Folds[0].Digest, look(t, w).Folds[0].Digest) {
				t.Errorf("a watch that begins now sees something else: %+v", again)
			}
			for _, done := range []struct{ statement, kind string }{
				{"UPDATE ledgertest_bed SET patient = 'nobody' WHERE id = (SELECT MIN(id) FROM ledgertest_bed)", "row-altered"},
				{"DELETE FROM ledgertest_bed WHERE id = (SELECT MAX(id) FROM ledgertest_bed)", "row-missing"},
				{"INSERT INTO ledgertest_bed (org, id, patient, version) VALUES ('o', 'slipped', 'p', 1)", "row-inserted"},
			} {
				seen := look(t, w)
				if err := ledgertest.Raw(t.Context(), at, done.statement); err != nil {
					t.Fatal(err)
				}
				now := look(t, w)
				if len(now.Differences) != len(seen.Differences)+1 || !strings.Contains(told(now), done.kind) || bytes.Equal(now.Folds[0].Digest, seen.Folds[0].Digest) {
					t.Errorf("%s: %s", done.statement, told(now))
				}
			}
			if err := ledgertest.Raw(t.Context(), at, "DROP TABLE ledgertest_bed"); err != nil {
				t.Fatal(err)
			}
			if gone := look(t, w); told(gone) != "table-unreadable " {
				t.Errorf("without the table: %s", told(gone))
			}
		})
	}
}

func fill(b *testing.B, h *ledgertest.House, beds int) {
	const together = 250
	for first := 0; first < beds; first += together {
		h.Act(func(ctx context.Context, w db.Writer) error {
			for i := range together {
				bed := ledgertest.Bed{Org: "o1", ID: fmt.Sprintf("bed%06d", first+i), Patient: "p1", Content: []byte("sealed")}
				if err := ledgertest.Beds.Insert(ctx, w, &bed); err != nil {
					return err
				}
			}
			return nil
		})
	}
	h.Settle()
	b.ResetTimer()
}

// BenchmarkWatch is a look at 20,000 rows when nothing was written since the last.
func BenchmarkWatch(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(string(engine), func(b *testing.B) {
			const beds = 20_000
			h := ledgertest.Start(b, ledgertest.Prepared.On(b, engine))
			fill(b, h, beds)
			w := watching(h)
			for b.Loop() {
				seen, err := w.Look(b.Context())
				if err != nil || len(seen.Differences) > 0 || seen.Rows != beds {
					b.Fatalf("%d rows, %s: %v", seen.Rows, told(seen), err)
				}
			}
			b.ReportMetric(float64(beds*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
