package fhir_test

import (
	"path/filepath"
	"testing"

	"github.com/medward/medward/kit/fhir"
)

func corpora(b *testing.B) map[string][][]byte {
	sets := map[string][][]byte{"synthetic": {syntheticBundle(500)}}
	files, err := filepath.Glob(samples + "/synthea-r4-bundles/*.json")
	if err != nil {
		b.Fatal(err)
	}
	if len(files) == 0 {
		b.Log("SKIPPED: synthea bundles are absent")
	}
	for _, file := range files {
		sets["synthea"] = append(sets["synthea"], readFile(b, file))
	}
	return sets
}

// measure runs work on every bundle of a corpus and reports MB/s and entries/s.
func measure(b *testing.B, work func(*fhir.Input)) {
	for name, bundles := range corpora(b) {
		b.Run(name, func(b *testing.B) {
			size, entries := 0, 0
			for _, raw := range bundles {
				size += len(raw)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, raw := range bundles {
					in, _, err := fhir.OpenBytes(raw, fhir.Limits{})
					if err != nil {
						b.Fatal(err)
					}
					entries += len(in.Entries)
					work(in)
				}
			}
			b.ReportMetric(float64(entries)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

func BenchmarkOpen(b *testing.B) { measure(b, func(*fhir.Input) {}) }

func BenchmarkOpenDigestCheck(b *testing.B) {
	measure(b, func(in *fhir.Input) {
		in.Digest()
		for _, e := range in.Entries {
			fhir.Check(e)
		}
	})
}

// BenchmarkImport is all an importer does here: open, digest, check, resolve
// every reference and read a typed view.
func BenchmarkImport(b *testing.B) {
	measure(b, func(in *fhir.Input) {
		in.Digest()
		for _, e := range in.Entries {
			fhir.Check(e)
			for _, l := range e.References() {
				in.Resolve(e, l.Text)
			}
			readView(e)
		}
	})
}

func readView(e *fhir.Entry) {
	switch e.Type {
	case "Patient":
		fhir.ReadPatient(e)
	case "Encounter":
		fhir.ReadEncounter(e)
	case "Observation":
		fhir.ReadObservation(e)
	case "Condition":
		fhir.ReadCondition(e)
	case "DiagnosticReport":
		fhir.ReadDiagnosticReport(e)
	case "MedicationRequest":
		fhir.ReadMedicationRequest(e)
	case "Procedure":
		fhir.ReadProcedure(e)
	}
}

func BenchmarkNarrative(b *testing.B) {
	markup := div("<table><tr><th>项目</th><td>4.1 mmol/L</td></tr></table><p>病情<b>平稳</b></p>")
	b.SetBytes(int64(len(markup)))
	for b.Loop() {
		fhir.Narrative(markup)
	}
}
