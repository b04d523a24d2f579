package template_test

import (
	"testing"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/template"
)

func BenchmarkJudge(b *testing.B) {
	all, err := template.Starters()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for _, c := range all {
			template.Judge(c)
		}
	}
}

// Opening a form reads a release and compares its digest.
func BenchmarkReleased(b *testing.B) {
	o := open(acttest.New(b, schematest.Prepared.On(b, db.SQLite), nil))
	all, err := template.Starters()
	if err != nil {
		b.Fatal(err)
	}
	o.released(all[0])
	at := o.Clock.Now()
	for b.Loop() {
		if _, err := o.used(all[0].Definition.Key, at); err != nil {
			b.Fatal(err)
		}
	}
}
