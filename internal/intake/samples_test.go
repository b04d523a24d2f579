package intake_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/kit/hl7v2"
)

const samples = "../../../shared/samples"

func needSamples(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(samples); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("the shared samples are absent")
	}
	t.Log("SKIPPED 1: the shared samples are absent")
	t.SkipNow()
}

func (h *house) importSamples(folder string) intake.Report {
	h.T.Helper()
	report, err := h.intake.Import(h.operator(), intake.Input{Source: folder, Paths: []string{samples + "/" + folder}}, nil)
	if err != nil {
		h.T.Fatal(err)
	}
	tally := map[string]int{}
	for _, f := range report.Files {
		if f.State != intake.Done {
			h.T.Errorf("%s is left %s", f.Name, f.State)
		}
		if f.Counts.Quarantined > 0 && len(f.Findings) == 0 {
			h.T.Errorf("%s: %d quarantined without a reason", f.Name, f.Counts.Quarantined)
		}
		for _, finding := range f.Findings {
			tally[string(finding.Severity)+" "+finding.Rule] += finding.Times
		}
	}
	h.T.Logf("%s: %d files, %+v", folder, len(report.Files), report.Total)
	for _, rule := range slices.Sorted(maps.Keys(tally)) {
		h.T.Logf("%6d %s", tally[rule], rule)
	}
	return report
}

func TestEverySyntheaBundleIsTakenAndASecondRunChangesNothing(t *testing.T) {
	needSamples(t)
	both(t, func(t *testing.T, h *house) {
		report := h.importSamples("fhir/synthea-r4-bundles")
		if len(report.Files) != 15 || report.Total.Created != report.Total.Read || h.Count("patient_patient") != 15 {
			t.Errorf("%d files, %+v, %d patients", len(report.Files), report.Total, h.Count("patient_patient"))
		}
		before := h.rowCounts()
		again := h.importSamples("fhir/synthea-r4-bundles")
		if again.Total.Unchanged != report.Total.Read || !maps.Equal(before, h.rowCounts()) {
			t.Errorf("the second run: %+v", again.Total)
		}
	})
}

func TestEveryFHIRSampleIsTakenOrQuarantinedWithElementAndRule(t *testing.T) {
	needSamples(t)
	h := onSQLite(t)
	report := h.importSamples("fhir")
	if c := report.Total; c.Read != c.Created+c.Unchanged+c.Quarantined {
		t.Errorf("something was dropped: %+v", c)
	}
	page, _, err := h.intake.Quarantine(h.operator(), "", "", 200)
	if err != nil || len(page) == 0 {
		t.Fatalf("%d quarantined, %v", len(page), err)
	}
	for _, q := range page {
		for _, f := range q.Findings {
			if f.Rule == "" || f.Say.ZH == "" || f.Remedy.EN == "" {
				t.Errorf("%s is quarantined without a reason: %+v", q.Where, f)
			}
		}
	}
	before := h.rowCounts()
	if again := h.importSamples("fhir"); again.Total.Created != 0 || !maps.Equal(before, h.rowCounts()) {
		t.Errorf("the second run: %+v", again.Total)
	}
}

// wellFormed counts the messages of the types that are taken and break no rule of ER7.
func wellFormed(t *testing.T) int {
	t.Helper()
	n := 0
	for _, path := range sampleFiles(t, samples+"/hl7v2") {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cut, _ := hl7v2.Split(file)
		for _, raw := range cut {
			m, err := hl7v2.Parse(raw.Bytes)
			if err != nil || !slices.Contains([]string{"ADT", "ORU", "MDM", "ORM", "OMG", "OML", "OMI", "SIU"}, m.Header().Type) {
				continue
			}
			if !slices.ContainsFunc(hl7v2.Check(m), func(p hl7v2.Problem) bool { return p.Severity == hl7v2.SeverityError }) {
				n++
			}
		}
	}
	return n
}

func TestMostWellFormedMessagesAreTakenAndNoByteIsLost(t *testing.T) {
	needSamples(t)
	h := onSQLite(t)
	report := h.importSamples("hl7v2")
	taken := report.Total.Created + report.Total.Updated + report.Total.Unchanged
	all := wellFormed(t)
	t.Logf("%d of %d well-formed messages of the types that are taken were taken: %.1f %%", taken, all, 100*float64(taken)/float64(all))
	if 100*taken < 95*all {
		t.Errorf("only %d of %d", taken, all)
	}
	before := h.rowCounts()
	if again := h.importSamples("hl7v2"); again.Total.Created+again.Total.Updated != 0 || !maps.Equal(before, h.rowCounts()) {
		t.Errorf("the second run: %+v", again.Total)
	}
	if slices.ContainsFunc(report.Files, func(f intake.FileReport) bool {
		return strings.Contains(told(intake.Report{Files: []intake.FileReport{f}}), "intake.defect")
	}) {
		t.Error("an input made the program fail")
	}
	for _, check := range h.intake.Checks() {
		if f := check.Ask(t.Context()); f.Verdict != "met" && check.ID != "intake.scanner" { // the house of the tests has none
			t.Errorf("%s: %+v", check.ID, f)
		}
	}
}
