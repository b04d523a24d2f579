package accesslog_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/schema/schematest"
)

const (
	dayLines    = 300_000
	dayPatients = 2_000
	dayPeople   = 400
)

// aDay is a day of a large hospital: every person looks at patients of his own and now
// and then at others.
func (h *hospital) aDay(lines int) []string {
	h.T.Helper()
	for i := range dayPeople {
		name := fmt.Sprintf("p%d", i)
		h.roles[name] = "attending"
		h.hire(name, "attending", h.wards["ward-3"])
		h.accounts["a-"+name] = h.people[name]
	}
	for i := range dayPatients {
		h.bring("患者", fmt.Sprintf("MR-D%d", i), "ward-5", fmt.Sprintf("p%d", i%dayPeople))
	}
	h.Clock.Advance(24 * time.Hour)
	zone := time.FixedZone("", 8*3600)
	var parts []string
	var b strings.Builder
	b.WriteString(header)
	for i := range lines {
		at := acttest.Morning.Add(time.Duration(i) * (24 * time.Hour / time.Duration(lines))).In(zone)
		person := (i * 7919) % dayPeople
		patient := person + dayPeople*((i/3)%(dayPatients/dayPeople))
		if i%50 == 0 {
			patient = (i * 37) % dayPatients
		}
		fmt.Fprintf(&b, "%d,%s,a-p%d,,MR-D%d,D-%d,查看,W3-%d,10.1.2.%d,成功\n", i+1, at.Format(time.DateTime), person, patient, i, i%40, i%200)
		if b.Len() > 2<<20 {
			parts = append(parts, b.String())
			b.Reset()
		}
	}
	return append(parts, b.String())
}

func benchmarkDay(b *testing.B, engine db.Engine) {
	if engine == db.Postgres && os.Getenv(dbtest.ClusterVariable) == "" {
		b.Skip("needs a cluster: " + dbtest.ClusterVariable)
	}
	h := open(acttest.New(b, schematest.Prepared.On(b, engine), nil))
	h.mapped()
	parts := h.aDay(dayLines)
	b.ResetTimer()
	for b.Loop() {
		began := time.Now()
		run, err := h.room.Begin(h.as("sys"), "his", time.Time{})
		if err != nil {
			b.Fatal(err)
		}
		for i, part := range parts {
			if _, err := h.room.Receive(h.as("sys"), run.ID, i, []byte(part)); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(time.Since(began).Seconds(), "receive-s")
		if _, err := h.room.Finish(h.as("sys"), run.ID); err != nil {
			b.Fatal(err)
		}
		if err := h.jobs.Settle(b.Context()); err != nil {
			b.Fatal(err)
		}
		if run, _, _, err = h.room.ViewRun(h.as("sys"), run.ID); err != nil || run.State != accesslog.Done {
			b.Fatalf("%+v: %v", run, err)
		}
		b.ReportMetric(float64(run.Lines)/time.Since(began).Seconds(), "lines/s")
		b.ReportMetric(float64(h.Count("accesslog_event")), "rows")
		b.Logf("%+v", run.Tally)
	}
}

func BenchmarkADayOfLinesOnSQLite(b *testing.B)   { benchmarkDay(b, db.SQLite) }
func BenchmarkADayOfLinesOnPostgres(b *testing.B) { benchmarkDay(b, db.Postgres) }
