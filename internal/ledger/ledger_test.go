package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"github.com/transparency-dev/merkle/proof"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/ledger/ledgertest"
)

func onBoth(t *testing.T, fn func(t *testing.T, at dbtest.Place)) {
	t.Helper()
	ledgertest.Prepared.Both(t, fn)
}

func running(t *testing.T, fn func(t *testing.T, h *ledgertest.House)) {
	t.Helper()
	onBoth(t, func(t *testing.T, at dbtest.Place) { fn(t, ledgertest.Start(t, at)) })
}

// hasher is SM3 for the independent implementation.
type hasher struct{}

func sum(parts ...[]byte) []byte {
	h := sm3.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

func (hasher) EmptyRoot() []byte               { return sum() }
func (hasher) HashLeaf(b []byte) []byte        { return sum([]byte{0}, b) }
func (hasher) HashChildren(l, r []byte) []byte { return sum([]byte{1}, l, r) }
func (hasher) Size() int                       { return sm3.Size }

func TestAnEntryMustSayWhoWhatWhenAndWithWhatOutcome(t *testing.T) {
	whole := ledger.Entry{
		ID: id.New(ledgertest.Noon), At: ledgertest.Noon.UnixMicro(), Org: "o1", Verb: "record.view", Outcome: ledger.Done,
		Actor: ledger.Actor{Kind: "person", ID: "p1"},
	}
	if _, err := ledger.Encode(whole); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*ledger.Entry){
		"id":         func(e *ledger.Entry) { e.ID = "" },
		"at":         func(e *ledger.Entry) { e.At = 0 },
		"verb":       func(e *ledger.Entry) { e.Verb = "view" },
		"outcome":    func(e *ledger.Entry) { e.Outcome = "perhaps" },
		"actor.kind": func(e *ledger.Entry) { e.Actor.Kind = "" },
		"actor.id":   func(e *ledger.Entry) { e.Actor.ID = "" },
		"writes[0]":  func(e *ledger.Entry) { e.Writes = []ledger.Write{{Table: "t", Key: "k", Op: "insert"}} },
		"note.x":     func(e *ledger.Entry) { e.Note = map[string]string{"x": strings.Repeat("a name ", 100)} },
	} {
		e := whole
		spoil(&e)
		_, err := ledger.Encode(e)
		found, ok := errors.AsType[*fault.Error](err)
		if !ok || len(found.Fields) != 1 || found.Fields[0].Path != field {
			t.Errorf("without %s: %v", field, err)
		}
	}
}

func TestTwoEntriesThatSayTheSameHaveDifferentLeaves(t *testing.T) {
	e := ledger.Entry{ID: "x", At: 1, Verb: "a.b", Outcome: ledger.Done, Actor: ledger.Actor{Kind: "person", ID: "p"}}
	a, err1 := ledger.Encode(e)
	b, err2 := ledger.Encode(e)
	if err1 != nil || err2 != nil || string(a.Bytes()) == string(b.Bytes()) {
		t.Errorf("the same bytes twice: %s %v %v", a.Bytes(), err1, err2)
	}
}

func TestWhatIsRecordedIsPlacedSignedProvenAndFound(t *testing.T) {
	running(t, func(t *testing.T, h *ledgertest.House) {
		var ids []string
		for i := range 300 {
			e := h.Entry("record.view")
			e.Objects = []ledger.Object{{Kind: "document", ID: fmt.Sprint("doc", i), Patient: fmt.Sprint("patient", i%7)}}
			ids = append(ids, e.ID)
			h.Record(e)
		}
		h.Settle()
		last := h.Latest()
		if last.Size != 300 {
			t.Fatalf("checkpoint of %d entries", last.Size)
		}
		h.Read(func(ctx context.Context, r db.Reader) error {
			for _, i := range []int64{0, 1, 137, 255, 256, 299} {
				p, err := h.Ledger.Inclusion(ctx, r, i, last.Size)
				if err != nil {
					return err
				}
				if err := proof.VerifyInclusion(hasher{}, uint64(i), 300, hasher{}.HashLeaf(p.Entry), p.Path, last.Root[:]); err != nil {
					t.Errorf("position %d: %v", i, err)
				}
				if p.Checkpoint != last.Note {
					t.Errorf("position %d: no checkpoint with the proof", i)
				}
				found, err := h.Ledger.ByID(ctx, r, ids[i])
				if err != nil || found.Position != i || found.Entry.ID != ids[i] {
					t.Errorf("by id: position %d, %v", found.Position, err)
				}
			}
			return nil
		})
	})
}

func TestProofsOfEverySizeVerifyIndependently(t *testing.T) {
	at := ledgertest.Prepared.On(t, db.SQLite)
	h := ledgertest.Start(t, at)
	var notes []ledger.Checkpoint
	for range 20 {
		var batch []ledger.Entry
		for range 15 {
			batch = append(batch, h.Entry("record.view"))
		}
		h.Record(batch...)
		h.Settle()
		notes = append(notes, h.Latest())
	}
	h.Read(func(ctx context.Context, r db.Reader) error {
		last := notes[len(notes)-1]
		for i, older := range notes {
			c, err := h.Ledger.Consistency(ctx, r, older.Size, last.Size)
			if err != nil {
				return err
			}
			if err := proof.VerifyConsistency(hasher{}, uint64(older.Size), uint64(last.Size), c.Path, older.Root[:], last.Root[:]); err != nil {
				t.Errorf("checkpoint %d: %v", i, err)
			}
			for _, position := range []int64{0, older.Size / 2, older.Size - 1} {
				p, err := h.Ledger.Inclusion(ctx, r, position, older.Size)
				if err != nil {
					return err
				}
				leaf := hasher{}.HashLeaf(p.Entry)
				if err := proof.VerifyInclusion(hasher{}, uint64(position), uint64(older.Size), leaf, p.Path, older.Root[:]); err != nil {
					t.Errorf("position %d of %d: %v", position, older.Size, err)
				}
				if len(p.Path) > 0 {
					p.Path[0][0] ^= 1
					if proof.VerifyInclusion(hasher{}, uint64(position), uint64(older.Size), leaf, p.Path, older.Root[:]) == nil {
						t.Error("a tampered proof was accepted")
					}
				}
			}
		}
		if _, err := h.Ledger.Inclusion(ctx, r, 300, 300); !errors.Is(err, ledger.ErrOutside) {
			t.Errorf("a proof beyond the tree: %v", err)
		}
		if _, err := h.Ledger.Inclusion(ctx, r, 3, 301); !errors.Is(err, ledger.ErrOutside) {
			t.Errorf("a proof beyond the tree: %v", err)
		}
		return nil
	})
}

func TestACheckpointOfAnotherKeyOrTextIsNotOpened(t *testing.T) {
	running(t, func(t *testing.T, h *ledgertest.House) {
		h.Record(h.Entry("record.view"))
		h.Settle()
		note := h.Latest().Note
		if _, err := ledger.OpenCheckpoint(note, h.Key.PublicKey()); err != nil {
			t.Fatal(err)
		}
		other, err := ledgertest.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.OpenCheckpoint(note, other.PublicKey()); err == nil {
			t.Error("another key's signature was accepted")
		}
		for i := range len(note) {
			spoilt := []byte(note)
			spoilt[i] ^= 1
			if c, err := ledger.OpenCheckpoint(string(spoilt), h.Key.PublicKey()); err == nil {
				t.Errorf("byte %d changed and still opened: %+v", i, c)
			}
		}
	})
}

func TestAForgedBlockIsNeverPlacedAndHoldsUpNobody(t *testing.T) {
	onBoth(t, func(t *testing.T, at dbtest.Place) {
		h := ledgertest.Start(t, at)
		h.Record(h.Entry("record.view"))
		h.Settle()
		forge(t, at, "'00000000000000000000000000'")
		h.Record(h.Entry("record.view"))
		h.Settle()
		if f := h.Alarmed(); f.Kind != "forged" || f.Block != "00000000000000000000000000" {
			t.Errorf("alarm %+v", f)
		}
		for range 3 {
			h.Record(h.Entry("record.view"))
			h.Settle()
		}
		if size := h.Latest().Size; size != 5 {
			t.Errorf("%d entries placed, want 5", size)
		}
		if n := len(h.Alarms()); n != 1 {
			t.Errorf("%d alarms of one block", n)
		}
	})
}

// forge inserts a block as somebody would who has the database but no key.
func forge(t *testing.T, at dbtest.Place, id string) {
	t.Helper()
	body := "X'0000000c7b226964223a2266616b65227d'"
	if at.Engine == db.Postgres {
		body = `'\x0000000c7b226964223a2266616b65227d'`
	}
	err := ledgertest.Raw(t.Context(), at,
		"INSERT INTO ledger_block (id, at, count, body, mac) VALUES ("+id+", 4102444800000000, 1, "+body+", "+body+")",
		"INSERT INTO ledger_pending (block) VALUES ("+id+")")
	if err != nil {
		t.Fatal(err)
	}
}

func TestABlockHandedInAgainIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, at dbtest.Place) {
		h := ledgertest.Start(t, at)
		h.Record(h.Entry("record.view"))
		h.Settle()
		if err := ledgertest.Raw(t.Context(), at, "INSERT INTO ledger_pending (block) SELECT block FROM ledger_place"); err != nil {
			t.Fatal(err)
		}
		h.Record(h.Entry("record.view"))
		h.Settle()
		if f := h.Alarmed(); f.Kind != "replayed" {
			t.Errorf("alarm %+v", f)
		}
		if size := h.Latest().Size; size != 2 {
			t.Errorf("%d entries", size)
		}
	})
}

func TestASequencerThatStartsAnewGoesOnFromTheSameTree(t *testing.T) {
	onBoth(t, func(t *testing.T, at dbtest.Place) {
		key, err := ledgertest.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		var before ledger.Checkpoint
		for round := range 4 {
			h := ledgertest.Open(t, at, key)
			for range 150 {
				h.Record(h.Entry("record.view"))
			}
			h.Run()
			h.Settle()
			h.Halt()
			last := h.Latest()
			if last.Size != int64(150*(round+1)) {
				t.Fatalf("round %d: %d entries", round, last.Size)
			}
			h.Read(func(ctx context.Context, r db.Reader) error {
				c, err := h.Ledger.Consistency(ctx, r, before.Size, last.Size)
				if err != nil {
					return err
				}
				if before.Size == 0 {
					return nil
				}
				return proof.VerifyConsistency(hasher{}, uint64(before.Size), uint64(last.Size), c.Path, before.Root[:], last.Root[:])
			})
			before = last
		}
	})
}

func TestNoCheckpointIsSignedOverAnAlteredTree(t *testing.T) {
	onBoth(t, func(t *testing.T, at dbtest.Place) {
		key, err := ledgertest.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		h := ledgertest.Open(t, at, key)
		h.Run()
		for range 10 {
			h.Record(h.Entry("record.view"))
		}
		h.Settle()
		h.Halt()
		swap := []string{
			drop(at, "ledger_place"),
			"UPDATE ledger_place SET first = 100 WHERE first = 3", "UPDATE ledger_place SET first = 3 WHERE first = 4",
			"UPDATE ledger_place SET first = 4 WHERE first = 100",
		}
		if err := ledgertest.Raw(t.Context(), at, swap...); err != nil {
			t.Fatal(err)
		}
		again := ledgertest.Open(t, at, key)
		again.Run()
		if f := again.Alarmed(); f.Kind != "forked" {
			t.Errorf("alarm %+v", f)
		}
		again.Record(again.Entry("record.view"))
		again.Halt()
		if size := again.Latest().Size; size != 10 {
			t.Errorf("a checkpoint of %d entries was signed", size)
		}
	})
}

// drop removes what makes a table's rows final, as an administrator could.
func drop(at dbtest.Place, table string) string {
	if at.Engine == db.Postgres {
		return "ALTER TABLE " + table + " DISABLE TRIGGER ALL"
	}
	return "DROP TRIGGER " + table + "_never_changes"
}

func TestTwoSequencersOfOneStoreMakeOneTree(t *testing.T) {
	onBoth(t, func(t *testing.T, at dbtest.Place) {
		key, err := ledgertest.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		one, two := ledgertest.Open(t, at, key), ledgertest.Open(t, at, key)
		one.Run()
		two.Run()
		var wg sync.WaitGroup
		for _, h := range []*ledgertest.House{one, two} {
			wg.Go(func() {
				for range 100 {
					h.Record(h.Entry("record.view"))
				}
			})
		}
		wg.Wait()
		one.Settle()
		one.Halt()
		two.Record(two.Entry("record.view"))
		two.Settle()
		if size := two.Latest().Size; size != 201 {
			t.Errorf("%d entries", size)
		}
		if found := append(one.Alarms(), two.Alarms()...); len(found) != 0 {
			t.Errorf("alarms: %+v", found)
		}
	})
}

func TestOfTwoActsOnOneRowTheFirstHasTheLowerPlace(t *testing.T) {
	running(t, func(t *testing.T, h *ledgertest.House) {
		h.Act(func(ctx context.Context, w db.Writer) error {
			return ledgertest.Beds.Insert(ctx, w, &ledgertest.Bed{Org: "o1", ID: "bed"})
		})
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 10 {
					if err := h.Try(next); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		h.Settle()
		digests := map[string]int64{}
		h.Read(func(ctx context.Context, r db.Reader) error {
			for position := range int64(81) {
				p, err := h.Ledger.At(ctx, r, position)
				if err != nil {
					return err
				}
				digests[string(p.Entry.Writes[0].Digest)] = position
			}
			return nil
		})
		if len(digests) != 81 {
			t.Fatalf("%d different rows accounted for", len(digests))
		}
		var final ledger.Placed
		h.Read(func(ctx context.Context, r db.Reader) (err error) {
			final, err = h.Ledger.At(ctx, r, 80)
			return err
		})
		h.Act(func(ctx context.Context, w db.Writer) error {
			bed, err := ledgertest.Beds.Get(ctx, w, "o1", "bed")
			if err != nil {
				return err
			}
			if bed.Version != 80 {
				t.Errorf("version %d", bed.Version)
			}
			return ledgertest.Beds.Update(ctx, w, &bed)
		})
		h.Settle()
		h.Read(func(ctx context.Context, r db.Reader) error {
			same, err := h.Ledger.At(ctx, r, 81)
			if string(same.Entry.Writes[0].Digest) != string(final.Entry.Writes[0].Digest) {
				t.Error("the last place is not that of the last act")
			}
			return err
		})
	})
}

func next(ctx context.Context, w db.Writer) error {
	bed, err := ledgertest.Beds.Get(ctx, w, "o1", "bed")
	if err != nil {
		return err
	}
	bed.Version++
	return ledgertest.Beds.Update(ctx, w, &bed)
}

func TestLandedKnowsEveryEntryOfABlock(t *testing.T) {
	onBoth(t, func(t *testing.T, at dbtest.Place) {
		key, err := ledgertest.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		h := ledgertest.Open(t, at, key)
		entries := []ledger.Entry{h.Entry("a.b"), h.Entry("a.b"), h.Entry("a.b")}
		h.Record(entries...)
		landed := func(id string) (yes bool) {
			h.Read(func(ctx context.Context, r db.Reader) (err error) {
				yes, err = ledger.Landed(ctx, r, id)
				return err
			})
			return yes
		}
		check := func(when string) {
			for i, e := range entries {
				if !landed(e.ID) {
					t.Errorf("%s: entry %d is not known to have landed", when, i)
				}
			}
			if landed(id.New(ledgertest.Noon)) {
				t.Errorf("%s: what never happened has landed", when)
			}
		}
		check("before it is placed")
		h.Run()
		h.Settle()
		check("once it is indexed")
	})
}

func TestTopIsTheHighestTimePlacedOrNot(t *testing.T) {
	onBoth(t, func(t *testing.T, at dbtest.Place) {
		key, err := ledgertest.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		h := ledgertest.Open(t, at, key)
		top := func() (top time.Time) {
			h.Read(func(ctx context.Context, r db.Reader) (err error) {
				top, err = h.Ledger.Top(ctx, r)
				return err
			})
			return top
		}
		if !top().IsZero() {
			t.Errorf("an empty ledger has time %v", top())
		}
		ahead := h.Entry("a.b")
		ahead.At = ledgertest.Noon.Add(time.Hour).UnixMicro()
		h.Record(ahead)
		h.Record(h.Entry("a.b"))
		if want := ledgertest.Noon.Add(time.Hour); !top().Equal(want) {
			t.Errorf("waiting: %v, want %v", top(), want)
		}
		h.Run()
		h.Settle()
		if want := ledgertest.Noon.Add(time.Hour); !top().Equal(want) {
			t.Errorf("placed: %v, want %v", top(), want)
		}
		forge(t, at, "'0000000000000000000000000F'")
		if want := ledgertest.Noon.Add(time.Hour); !top().Equal(want) {
			t.Errorf("with a forged block: %v, want %v", top(), want)
		}
	})
}

func TestAnActThatFailedLeavesNoEntry(t *testing.T) {
	running(t, func(t *testing.T, h *ledgertest.House) {
		broke := errors.New("a rule said no")
		err := h.Try(func(context.Context, db.Writer) error { return broke })
		if !errors.Is(err, broke) {
			t.Fatal(err)
		}
		h.Record(h.Entry("a.b"))
		h.Settle()
		if size := h.Latest().Size; size != 1 {
			t.Errorf("%d entries", size)
		}
	})
}

func TestManyCallersAtOnceLoseNothing(t *testing.T) {
	running(t, func(t *testing.T, h *ledgertest.House) {
		const callers, each = 16, 20
		var wg sync.WaitGroup
		for range callers {
			wg.Go(func() {
				for range each {
					h.Record(h.Entry("record.view"))
				}
			})
		}
		wg.Wait()
		h.Settle()
		if size := h.Latest().Size; size != callers*each {
			t.Errorf("%d entries, want %d", size, callers*each)
		}
	})
}
