package inspection_test

import (
	"testing"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/inspection"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/schema/schematest"
)

// BenchmarkAnswer answers about a patient who was opened 200 times, proofs included.
func BenchmarkAnswer(b *testing.B) {
	delivered, err := policy.Default()
	if err != nil {
		b.Fatal(err)
	}
	rules, err := policy.NewShelf(delivered, acttest.Org)
	if err != nil {
		b.Fatal(err)
	}
	h := open(acttest.New(b, schematest.Prepared.On(b, db.SQLite), rules), rules)
	for range 200 {
		if err := h.look("chen", "attending"); err != nil {
			b.Fatal(err)
		}
	}
	draw := h.names(inspection.Patient, h.patient)
	for b.Loop() {
		h.answers(h.auditor(), draw.ID)
	}
}
