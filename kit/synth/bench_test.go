package synth

import (
	"io"
	"testing"
)

func BenchmarkNew320(b *testing.B)   { benchmarkNew(b, 320) }
func BenchmarkNew10000(b *testing.B) { benchmarkNew(b, 10_000) }

func benchmarkNew(b *testing.B, patients int) {
	b.ReportAllocs()
	for b.Loop() {
		h := New(1, Options{Patients: patients})
		if len(h.Patients) != patients {
			b.Fatalf("%d patients", len(h.Patients))
		}
	}
	b.ReportMetric(float64(patients)*float64(b.N)/b.Elapsed().Seconds(), "patients/s")
}

func BenchmarkEncode320(b *testing.B) {
	h := New(1, Options{})
	counted := &countingWriter{}
	if err := Encode(counted, h); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(counted.n)
	for b.Loop() {
		if err := Encode(io.Discard, h); err != nil {
			b.Fatal(err)
		}
	}
}

type countingWriter struct{ n int64 }

func (w *countingWriter) Write(p []byte) (int, error) {
	w.n += int64(len(p))
	return len(p), nil
}
