package intake_test

import (
	"maps"
	"testing"
)

func TestEveryClinicalSampleIsTakenOrQuarantinedWithElementAndRule(t *testing.T) {
	needSamples(t)
	both(t, func(t *testing.T, h *house) {
		for _, folder := range []string{"wst500", "cda"} {
			report := h.importSamples(folder)
			for _, f := range report.Files {
				if f.Kind != "cda" {
					t.Errorf("%s is taken for %s", f.Name, f.Kind)
				}
				if c := f.Counts; c.Read != 1 || c.Created+c.Updated+c.Unchanged+c.Quarantined != 1 {
					t.Errorf("%s: %+v", f.Name, c)
				}
			}
			before := h.rowCounts()
			again := h.importSamples(folder)
			if again.Total.Created+again.Total.Updated != 0 || again.Total.Quarantined != report.Total.Quarantined || !maps.Equal(before, h.rowCounts()) {
				t.Errorf("the second run: %+v", again.Total)
			}
		}
		page, _, err := h.intake.Quarantine(h.operator(), "", "", 200)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range page {
			for _, f := range q.Findings {
				if f.Severity != "warning" {
					t.Logf("%s: %s at %s", q.File, f.Rule, f.Element)
				}
				if f.Rule == "" || f.Element == "" || f.Say.ZH == "" || f.Remedy.EN == "" {
					t.Errorf("%s is quarantined without element, rule or remedy: %+v", q.File, f)
				}
			}
		}
	})
}
