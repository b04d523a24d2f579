package staff_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/staff"
)

// BenchmarkStandingOf is what a session costs every two seconds.
func BenchmarkStandingOf(b *testing.B) {
	o := newOffice(acttest.New(b, schematest.Prepared.On(b, db.SQLite), nil))
	ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
	o.appoint(chen, ward, "attending", 300)
	o.publish(10, nil)
	for b.Loop() {
		err := o.Store.Read(b.Context(), func(r db.Reader) error {
			_, err := staff.StandingOf(b.Context(), r, acttest.Org, chen.ID, o.Time.Now())
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTakeRoster takes in a thousand people and says how many a second.
func BenchmarkTakeRoster(b *testing.B) {
	const people = 1000
	o := newOffice(acttest.New(b, schematest.Prepared.On(b, db.SQLite), nil))
	round := 0
	for b.Loop() {
		round++
		var text strings.Builder
		text.WriteString(rosterHead)
		for i := range people {
			fmt.Fprintf(&text, "%d-%05d,某人,,本院职工,,139%08d,在职\n", round, i, i)
		}
		plan, err := o.room.PreviewRoster(o.admin, []byte(text.String()))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := o.room.ApplyRoster(o.admin, []byte(text.String()), plan.Digest); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(people*round)/b.Elapsed().Seconds(), "people/s")
}
