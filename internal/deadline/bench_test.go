package deadline_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/schema/schematest"
)

// BenchmarkTick measures a look at a house where nothing has happened since the last one: the
// numbers of encounters differ by ten, and the time must not.
func BenchmarkTick(b *testing.B) {
	for _, encounters := range []int{200, 2000} {
		b.Run(fmt.Sprint(encounters), func(b *testing.B) {
			o := open(acttest.New(b, schematest.Prepared.On(b, db.SQLite), nil))
			o.require(named("first-course", "admission-record")...)
			o.crowd(encounters)
			o.tick()
			for b.Loop() {
				if err := o.room.Tick(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// crowd brings many patients, fifty to an act.
func (o *ward) crowd(n int) {
	feed := o.Feed("his")
	for from := 0; from < n; from += 50 {
		var some []*patient.Prepared
		for i := range 50 {
			p, err := o.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: fmt.Sprintf("患者%d", from+i), Sex: "male", BirthDate: "1960-03-02"}, Level: 1, Source: "his"})
			if err != nil {
				o.T.Fatal(err)
			}
			some = append(some, p)
		}
		err := o.Door.Desk("patient").Do(feed, "patient.admit", func(ctx context.Context, w *act.Work) error {
			for _, p := range some {
				if err := o.patients.RegisterIn(ctx, w, p); err != nil {
					return err
				}
				if _, err := o.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: o.department, Attending: o.people["chen"], Source: "his"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			o.T.Fatal(err)
		}
	}
}
