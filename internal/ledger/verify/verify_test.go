package verify_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/ledger/ledgertest"
	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/internal/schema"
)

func verified(t testing.TB, h *ledgertest.House, outside string) verify.Report {
	t.Helper()
	r, err := verify.Run(context.Background(), h.Store, verify.Options{
		PublicKey: h.Key.PublicKey(), MAC: ledgertest.MAC, Outside: outside, Upkeep: schema.Upkeep,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func describe(r verify.Report) string {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "\n  %s %s %s @%d–%d: %s", f.Kind, f.Table, f.Key, f.Position, f.End, f.Text.EN)
	}
	return b.String()
}

// live fills a house: beds come, change and go, and are looked at.
func live(h *ledgertest.House, acts int) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range acts {
		bed := ledgertest.Bed{Org: "o1", ID: fmt.Sprintf("bed/%03d", i), Patient: fmt.Sprint("p", i%9), Content: fmt.Append(nil, "sealed ", i)}
		h.Act(func(ctx context.Context, w db.Writer) error { return ledgertest.Beds.Insert(ctx, w, &bed) })
		switch random.IntN(4) {
		case 0:
			bed.Version++
			h.Act(func(ctx context.Context, w db.Writer) error { return ledgertest.Beds.Update(ctx, w, &bed) })
		case 1:
			if i%5 == 0 {
				h.Act(func(ctx context.Context, w db.Writer) error { return ledgertest.Beds.Delete(ctx, w, &bed) })
			}
		case 2:
			e := h.Entry("record.view")
			e.Objects = []ledger.Object{{Kind: "document", ID: fmt.Sprint("d", i), Patient: bed.Patient}, {Kind: "document", ID: "d0", Patient: "p0"}}
			h.Record(e)
		case 3:
			h.Record(h.Entry("record.list"), h.Entry("record.list"))
		}
		if i%40 == 39 {
			h.Settle()
		}
	}
	h.Settle()
}

func TestAnUntouchedStoreIsConsistentAndUnaltered(t *testing.T) {
	ledgertest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		h := ledgertest.Start(t, at)
		if r := verified(t, h, ""); !r.Consistent || r.Size != 0 {
			t.Errorf("an empty store: %+v", r)
		}
		live(h, 200)
		outside := h.Latest()
		liveOn(h)
		r := verified(t, h, outside.Note)
		if !r.Consistent || !r.UnalteredSince.Equal(outside.At) {
			t.Fatalf("%+v%s", r, describe(r))
		}
		if r.Size < 300 || r.Rows < 150 || r.Tables == 0 || r.Unsigned != 0 {
			t.Errorf("looked at too little: %+v", r)
		}
		root := h.Latest().Root
		if string(r.Root) != string(root[:]) {
			t.Errorf("root %x, want %x", r.Root, root)
		}
		if r := verified(t, h, ""); !r.Consistent || !r.UnalteredSince.IsZero() {
			t.Errorf("without a checkpoint from outside it said more than it can know: %+v", r)
		}
	})
}

func liveOn(h *ledgertest.House) {
	for i := range 10 {
		bed := ledgertest.Bed{Org: "o2", ID: fmt.Sprint(i), Patient: "p"}
		h.Act(func(ctx context.Context, w db.Writer) error { return ledgertest.Beds.Insert(ctx, w, &bed) })
	}
	h.Settle()
}

func TestWhatChangesWhileItRunsIsNotReported(t *testing.T) {
	ledgertest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		h := ledgertest.Start(t, at)
		live(h, 60)
		var wg sync.WaitGroup
		stop := make(chan struct{})
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						if err := h.Try(touch); err != nil && !errors.Is(err, db.ErrNone) {
							t.Error(err)
						}
					}
				}
			})
		}
		for range 5 {
			if r := verified(t, h, ""); !r.Consistent {
				t.Errorf("a living store was called inconsistent:%s", describe(r))
			}
		}
		close(stop)
		wg.Wait()
	})
}

func touch(ctx context.Context, w db.Writer) error {
	beds, err := ledgertest.Beds.Select(ctx, w, "WHERE org = $1 ORDER BY version, id LIMIT 3", "o1")
	if err != nil || len(beds) == 0 {
		return err
	}
	beds[0].Version++
	return ledgertest.Beds.Update(ctx, w, &beds[0])
}

func TestARollbackOfTheWholeStoreIsFoundAgainstAnOutsideCheckpoint(t *testing.T) {
	at := ledgertest.Prepared.On(t, db.SQLite)
	key, err := ledgertest.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	h := ledgertest.Open(t, at, key)
	h.Run()
	live(h, 50)
	old := dbtest.Place{Engine: db.SQLite, Path: at.Path + ".old"}
	if err := ledgertest.Raw(t.Context(), at, "VACUUM INTO '"+old.Path+"'"); err != nil {
		t.Fatal(err)
	}
	liveOn(h)
	outside := h.Latest()
	back := ledgertest.Open(t, old, key)
	if r := verified(t, back, ""); !r.Consistent {
		t.Fatalf("by itself the old store is consistent:%s", describe(r))
	}
	r := verified(t, back, outside.Note)
	if !has(r, func(f verify.Finding) bool { return f.Kind == verify.RolledBack }) || !r.UnalteredSince.IsZero() {
		t.Errorf("the rollback was not found:%s", describe(r))
	}
}

func TestAStoreThatWentAnotherWayIsFoundAgainstAnOutsideCheckpoint(t *testing.T) {
	at := ledgertest.Prepared.On(t, db.SQLite)
	key, err := ledgertest.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	h := ledgertest.Open(t, at, key)
	h.Run()
	live(h, 30)
	old := dbtest.Place{Engine: db.SQLite, Path: at.Path + ".old"}
	if err := ledgertest.Raw(t.Context(), at, "VACUUM INTO '"+old.Path+"'"); err != nil {
		t.Fatal(err)
	}
	liveOn(h)
	outside := h.Latest()
	fork := ledgertest.Open(t, old, key)
	fork.Clock.Advance(time.Hour) // the lease of the house that was copied has run out
	fork.Run()
	for range 3 {
		for range 10 {
			fork.Record(fork.Entry("record.list"))
		}
		fork.Settle()
	}
	r := verified(t, fork, outside.Note)
	if r.Consistent || !has(r, func(f verify.Finding) bool { return f.Kind == verify.CheckpointMismatch }) {
		t.Errorf("the other history was not found:%s", describe(r))
	}
}

func TestBlocksThatWaitAreCheckedToo(t *testing.T) {
	ledgertest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		key, err := ledgertest.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		h := ledgertest.Open(t, at, key)
		h.Run()
		h.Record(h.Entry("record.view"))
		h.Settle()
		h.Halt()
		h.Record(h.Entry("record.view"))
		h.Act(func(ctx context.Context, w db.Writer) error {
			return ledgertest.Beds.Insert(ctx, w, &ledgertest.Bed{Org: "o1", ID: "b"})
		})
		if r := verified(t, h, ""); !r.Consistent || r.Waiting != 2 {
			t.Fatalf("%+v%s", r, describe(r))
		}
		for _, statement := range []string{
			"INSERT INTO ledger_block (id, at, count, body, mac) SELECT 'forged', at, count, body, mac FROM ledger_block WHERE id IN (SELECT block FROM ledger_place)",
			"INSERT INTO ledger_pending (block) VALUES ('forged')",
			"INSERT INTO ledger_pending (block) VALUES ('gone')",
			"INSERT INTO ledger_pending (block) SELECT block FROM ledger_place",
			"INSERT INTO ledger_block (id, at, count, body, mac) SELECT 'slipped in', at, count, body, mac FROM ledger_block WHERE id IN (SELECT block FROM ledger_place)",
		} {
			if err := ledgertest.Raw(t.Context(), at, statement); err != nil {
				t.Fatal(err)
			}
		}
		r := verified(t, h, "")
		for _, kind := range []verify.Kind{verify.BlockForged, verify.BlockMissing, verify.BlockReplayed, verify.BlockUnplaced} {
			if !has(r, func(f verify.Finding) bool { return f.Kind == kind }) {
				t.Errorf("%s was not found:%s", kind, describe(r))
			}
		}
		if len(r.Findings) != 4 {
			t.Errorf("more was found than was done:%s", describe(r))
		}
	})
}

func TestACheckpointOfAStrangerIsNotTaken(t *testing.T) {
	h := ledgertest.Start(t, ledgertest.Prepared.On(t, db.SQLite))
	live(h, 5)
	other, err := ledgertest.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	_, err = verify.Run(t.Context(), h.Store, verify.Options{PublicKey: other.PublicKey(), Outside: h.Latest().Note, Upkeep: schema.Upkeep})
	if err == nil {
		t.Error("a checkpoint of another key was taken")
	}
}

func has(r verify.Report, is func(verify.Finding) bool) bool {
	return slices.ContainsFunc(r.Findings, is)
}
