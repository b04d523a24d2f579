package record_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/schema/schematest"
)

// cost is what something asks of the store: questions and changes, and on
// PostgreSQL round trips.
type cost struct{ questions, changes, trips int64 }

// costOf returns the least that something costs in some tries: the ledger works
// beside it over the same wire, and the first try prepares statements.
func (o *office) costOf(wire *dbtest.Wire, fn func()) cost {
	least := cost{1 << 30, 1 << 30, 1 << 30}
	for range 20 {
		var c cost
		ask := func() { c.questions, c.changes = o.Asked.During(fn) }
		if wire == nil {
			ask()
		} else {
			c.trips = wire.During(ask)
		}
		least = cost{min(least.questions, c.questions), min(least.changes, c.changes), min(least.trips, c.trips)}
	}
	return least
}

// asOtherRooms stands for the room of stated reasons, which asks the store once.
func asOtherRooms(ctx ctx, r db.Reader, _ act.Actor, _ []string, _ time.Time) (map[string][]policy.Tie, error) {
	rows, err := r.Query(ctx, "SELECT 1")
	if err != nil {
		return nil, err
	}
	rows.Close()
	return nil, nil
}

func TestReadingAndFilingAskLittle(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		at, wire := dbtest.Tap(t, at)
		o := newOffice(t, acttest.New(t, at, nil))
		o.Door.Ties(asOtherRooms)
		document := o.file(func(f *record.Filing) { f.Sign = true })
		trips := func(n int64) int64 {
			if at.Engine == db.SQLite {
				return 0
			}
			return n
		}
		for what, one := range map[string]struct {
			do   func()
			most cost
		}{
			"opening a document": {func() { o.view("chen", document, 0) }, cost{12, 0, trips(4)}},
			"filing a document":  {func() { o.file(nil) }, cost{9, 2, trips(4)}},
			"amending a document": {func() {
				base := o.view("lin", document, 0).Version
				if _, err := o.amend("lin", record.Amendment{Document: document, Base: base, Content: says(fmt.Sprint("改", base))}); err != nil {
					t.Fatal(err)
				}
			}, cost{12 + 12, 2, trips(4 + 7)}},
		} {
			c := o.costOf(wire, one.do)
			if c.questions > one.most.questions || c.changes > one.most.changes || c.trips > one.most.trips {
				t.Errorf("%s costs %+v, at most %+v is bearable", what, c, one.most)
			}
		}
	})
}

func BenchmarkView(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(string(engine), func(b *testing.B) {
			o := newOffice(b, acttest.New(b, schematest.Prepared.On(b, engine), nil))
			document := o.file(nil)
			for b.Loop() {
				o.view("chen", document, 0)
			}
		})
	}
}

func BenchmarkFile(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(string(engine), func(b *testing.B) {
			o := newOffice(b, acttest.New(b, schematest.Prepared.On(b, engine), nil))
			for b.Loop() {
				o.file(nil)
			}
		})
	}
}
