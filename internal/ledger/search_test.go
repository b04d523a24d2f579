package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/ledger/ledgertest"
)

// history is entries of every sort, with what a search must find by looking at
// each of them.
func history(h *ledgertest.House) []ledger.Entry {
	var all []ledger.Entry
	for i := range 240 {
		e := h.Entry([]string{"record.view", "record.amend", "access.break-glass"}[i%3])
		e.Actor.ID = fmt.Sprint("person", i%5)
		e.Outcome = []string{ledger.Done, ledger.Done, ledger.Refused, ledger.Reported}[i%4]
		e.Objects = []ledger.Object{{Kind: "document", ID: fmt.Sprint("doc", i%11), Patient: fmt.Sprint("patient", i%7)}}
		if i%6 == 0 {
			e.Objects = append(e.Objects, ledger.Object{Kind: "document", ID: "shared", Patient: "patient0"})
			e.Why.Tie = &ledger.Tie{Kind: "break-glass", ID: "b1"}
		}
		if i%10 == 0 {
			e.Org = "o2"
		}
		if i%17 == 0 {
			e.At -= int64(time.Hour / time.Microsecond) // told to us late
		}
		all = append(all, e)
		h.Record(e)
	}
	h.Settle()
	return all
}

// matching is the plain meaning of a query.
func matching(all []ledger.Entry, q ledger.Query) []string {
	var found []ledger.Entry
	for _, e := range all {
		is := func(given, have string) bool { return given == "" || given == have }
		tie := ""
		if e.Why.Tie != nil {
			tie = e.Why.Tie.Kind
		}
		about := func(ok func(ledger.Object) bool) bool { return slices.ContainsFunc(e.Objects, ok) }
		switch {
		case e.Org != q.Org, !is(q.Actor, e.Actor.ID), !is(q.Outcome, e.Outcome), !is(q.Tie, tie),
			len(q.Verbs) > 0 && !slices.Contains(q.Verbs, e.Verb),
			q.Patient != "" && !about(func(o ledger.Object) bool { return o.Patient == q.Patient }),
			q.Object != "" && !about(func(o ledger.Object) bool { return o.Kind == q.Kind && o.ID == q.Object }),
			!q.From.IsZero() && e.At < q.From.UnixMicro(),
			!q.To.IsZero() && e.At >= q.To.UnixMicro():
			continue
		}
		found = append(found, e)
	}
	slices.SortStableFunc(found, func(a, b ledger.Entry) int { return int(b.At - a.At) })
	ids := make([]string, len(found))
	for i, e := range found {
		ids[i] = e.ID
	}
	return ids
}

func TestASearchFindsExactlyWhatMatchesNewestFirst(t *testing.T) {
	running(t, func(t *testing.T, h *ledgertest.House) {
		all := history(h)
		rapid.Check(t, func(rt *rapid.T) {
			one := func(label string, of ...string) string { return rapid.SampledFrom(append(of, "", "")).Draw(rt, label) }
			q := ledger.Query{
				Org: rapid.SampledFrom([]string{"o1", "o2", "o3"}).Draw(rt, "org"), Patient: one("patient", "patient0", "patient3"),
				Actor: one("actor", "person1", "person4"), Outcome: one("outcome", ledger.Done, ledger.Refused), Tie: one("tie", "break-glass"),
				Limit: rapid.IntRange(1, 60).Draw(rt, "limit"),
			}
			if q.Object = one("object", "shared", "doc3"); q.Object != "" {
				q.Kind = "document"
			}
			if rapid.Bool().Draw(rt, "by verb") {
				q.Verbs = []string{"record.view", "access.break-glass"}
			}
			if rapid.Bool().Draw(rt, "by time") {
				q.From = ledgertest.Noon.Add(40 * time.Millisecond)
				q.To = ledgertest.Noon.Add(200 * time.Millisecond)
			}
			want := matching(all, q)
			got, count := pages(h, q)
			if !slices.Equal(got, want) || count != int64(len(want)) {
				rt.Fatalf("query %+v\ncount %d\n got %v\nwant %v", q, count, got, want)
			}
		})
	})
}

// pages reads an answer to its end.
func pages(h *ledgertest.House, q ledger.Query) (ids []string, count int64) {
	for {
		var page ledger.Page
		h.Read(func(ctx context.Context, r db.Reader) (err error) {
			page, err = h.Ledger.Search(ctx, r, q)
			return err
		})
		if q.After == 0 {
			count = page.Count
		}
		for _, line := range page.Lines {
			ids = append(ids, line.ID)
		}
		if page.Next == 0 {
			return ids, count
		}
		q.After = page.Next
	}
}

func TestCountingStopsAtTheCap(t *testing.T) {
	h := ledgertest.Start(t, ledgertest.Prepared.On(t, db.SQLite))
	var batch []ledger.Entry
	for range ledger.CountCap + 100 {
		batch = append(batch, h.Entry("record.view"))
	}
	h.Record(batch...)
	h.Settle()
	h.Read(func(ctx context.Context, r db.Reader) error {
		page, err := h.Ledger.Search(ctx, r, ledger.Query{Org: "o1"})
		if page.Count != ledger.CountCap+1 || len(page.Lines) != ledger.DefaultPage || page.Behind != 0 {
			t.Errorf("count %d, %d lines, behind %d", page.Count, len(page.Lines), page.Behind)
		}
		return err
	})
}

func TestASearchThatCannotBeCarriedOutNamesTheField(t *testing.T) {
	h := ledgertest.Start(t, ledgertest.Prepared.On(t, db.SQLite))
	for _, q := range []ledger.Query{
		{Limit: ledger.MaxPage + 1}, {Object: "x"}, {Kind: "document"}, {After: -1}, {After: 77},
		{From: ledgertest.Noon, To: ledgertest.Noon},
	} {
		err := h.Store.Read(t.Context(), func(r db.Reader) error {
			_, err := h.Ledger.Search(t.Context(), r, q)
			return err
		})
		if !errors.Is(err, ledger.ErrQuery) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
