package intake_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/kit/cda"
)

func engines(b *testing.B, fn func(b *testing.B, h *house)) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(string(engine), func(b *testing.B) { fn(b, newHouse(b, schematest.Prepared.On(b, engine))) })
	}
}

// run lets the clock of a bench go, as that of a hospital does.
func (h *house) run(b *testing.B) {
	ticker, done := time.NewTicker(time.Millisecond), make(chan struct{})
	var ticking sync.WaitGroup
	ticking.Go(func() {
		last := time.Now()
		for {
			select {
			case at := <-ticker.C:
				h.Clock.Advance(at.Sub(last))
				last = at
			case <-done:
				return
			}
		}
	})
	b.Cleanup(func() {
		ticker.Stop()
		close(done)
		ticking.Wait()
	})
}

// recordOf is a transaction bundle of 160 resources about one patient.
func recordOf(t testing.TB, n int) string {
	resources := []object{fhirPatient(fmt.Sprintf("患者%d", n), fmt.Sprintf("19%02d-%02d-%02d", n%90, n%12+1, n%28+1), identifier("MR", fmt.Sprintf("M%06d", n)))}
	for range 10 {
		resources = append(resources, fhirEncounter(1, "2026-02-27T09:00:00+08:00"))
	}
	for i := range 110 {
		resources = append(resources, with(fhirObservation(1, "718-7", "2026-02-28T07:30:00+08:00", float64(i)), object{"encounter": reference(2 + i%10)}))
	}
	for i := range 24 {
		resources = append(resources, object{"resourceType": "Condition", "subject": reference(1), "encounter": reference(2 + i%10), "code": coded("http://snomed.info/sct", "44054006", "2型糖尿病")})
	}
	for i := range 15 {
		resources = append(resources, with(fhirComposition(1, "2026-02-28", "<p>"+strings.Repeat("患者一般情况可。", 40)+"</p>"), object{"encounter": reference(2 + i%10)}))
	}
	return bundleOf(t, "transaction", resources...)
}

// BenchmarkImportFHIR imports transaction bundles of 160 resources: parsed,
// checked, sealed, durable and accounted for.
func BenchmarkImportFHIR(b *testing.B) {
	engines(b, func(b *testing.B, h *house) {
		h.hospital()
		h.run(b)
		dir, made := b.TempDir(), 0
		for made < b.N || made < 20 {
			write(b, dir, fmt.Sprintf("%06d.json", made), recordOf(b, made))
			made++
		}
		b.ResetTimer()
		report, err := h.intake.Import(h.operator(), intake.Input{Source: "bench", Paths: []string{dir}}, nil)
		b.StopTimer()
		if err != nil || report.Total.Created != 160*made {
			b.Fatalf("%+v, %v\n%s", report.Total, err, told(report))
		}
		b.ReportMetric(float64(report.Total.Read)/b.Elapsed().Seconds(), "resources/s")
	})
}

// dayOf is what happens to one patient: admitted, updated, six results,
// discharged.
func dayOf(n int) string {
	who := pid(fmt.Sprintf("M%06d", n), fmt.Sprintf("患者^%d", n), fmt.Sprintf("19%02d%02d%02d", n%90, n%12+1, n%28+1))
	visit := pv1(fmt.Sprintf("V%06d", n), doctor)
	control := func(k int) string { return fmt.Sprintf("%d-%d", n, k) }
	return message(msh("ADT^A01", control(1)), "EVN|A01|20260228090000", who, visit) +
		message(msh("ADT^A08", control(2)), "EVN|A08|20260228100000", strings.Replace(who, "中山路1号", "解放路2号", 1), visit) +
		message(msh("ORU^R01", control(3)), who, visit, "OBR|1||F"+control(3)+"|58410-2^血常规^LN|||20260228073000",
			"OBX|1|NM|718-7^血红蛋白^LN||98|g/L|115-150|L|||F", "OBX|2|NM|6690-2^白细胞^LN||6.1|10*9/L|3.5-9.5||||F", "OBX|3|NM|777-3^血小板^LN||210|10*9/L|125-350||||F") +
		message(msh("ADT^A03", control(4)), "EVN|A03|20260301090000", who, visit)
}

// BenchmarkImportHL7 imports files of messages, one patient's after another as
// wards send them: interleaved.
func BenchmarkImportHL7(b *testing.B) {
	engines(b, func(b *testing.B, h *house) {
		h.hospital()
		h.run(b)
		dir, patients := b.TempDir(), max(400, b.N)
		steps := [4]strings.Builder{}
		for n := range patients {
			day := strings.Split(strings.TrimPrefix(dayOf(n), "MSH|"), "\rMSH|")
			for i, m := range day {
				steps[i].WriteString("MSH|" + strings.TrimSuffix(m, "\r") + "\r")
			}
		}
		for i := range steps {
			write(b, dir, fmt.Sprintf("%d.hl7", i), steps[i].String())
		}
		b.ResetTimer()
		report, err := h.intake.Import(h.operator(), intake.Input{Source: "bench", Paths: []string{dir}}, nil)
		b.StopTimer()
		if err != nil || report.Total.Read != 4*patients || report.Total.Quarantined != 0 {
			b.Fatalf("%+v, %v\n%s", report.Total, err, told(report))
		}
		b.ReportMetric(float64(report.Total.Read)/b.Elapsed().Seconds(), "messages/s")
	})
}

// BenchmarkImportClinical imports a folder of 200 admission records about 50 patients.
func BenchmarkImportClinical(b *testing.B) {
	const documents = 200
	engines(b, func(b *testing.B, h *house) {
		h.hospital()
		h.run(b)
		read := 0
		for b.Loop() {
			b.StopTimer()
			folder := b.TempDir()
			for n := range documents {
				write(b, folder, fmt.Sprintf("%03d.xml", n), clinicalText(b, func(d *cda.Draft) {
					number := fmt.Sprintf("%d-%d", read, n)
					p := &d.Header.Patients[0]
					p.IDs, p.NationalIDs = []cda.II{{Root: cda.RootRecord, Extension: fmt.Sprintf("C%d-%d", read, n%50)}}, nil
					p.Name, d.Header.ID.Extension, d.Header.Set.Extension = fmt.Sprintf("患者%d", n%50), number, number
				}))
			}
			b.StartTimer()
			report, err := h.intake.Import(h.operator(), intake.Input{Source: "emr", Paths: []string{folder}}, nil)
			if err != nil || report.Total.Created != documents {
				b.Fatalf("%+v, %v\n%s", report.Total, err, told(report))
			}
			read += documents
		}
		b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "documents/s")
	})
}
