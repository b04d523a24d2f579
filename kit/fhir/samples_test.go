package fhir_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/kit/fhir"
)

const samples = "../../../shared/samples/fhir"

// needSamples skips loudly without the shared samples, and fails in CI.
func needSamples(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(samples); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("shared FHIR samples are absent")
	}
	t.Log("SKIPPED 1: shared FHIR samples are absent")
	t.SkipNow()
}

func sampleFiles(t testing.TB) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(samples, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// refusedSamples are no FHIR at all: a list of search indexes and the database
// envelope around a resource.
var refusedSamples = map[string]fhir.Code{
	"DocumentReference-example-relatesTo-code-transforms.indexes.json": fhir.CodeNotObject,
	"ResourceWrapperNoVersion.json":                                    fhir.CodeNoResourceType,
}

// faultySamples break R4: a fullUrl given twice, series without modality and
// instances without SOP class, an Encounter as performer.
var faultySamples = map[string]bool{
	"InvalidCompartmentDefinition.json": true,
	"SmartPatientA.json":                true,
	"Observation-clinical-gender.json":  true,
}

type tally map[string]int

func (c tally) log(t *testing.T, title string) {
	t.Helper()
	keys := make([]string, 0, len(c))
	for k := range c {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	lines := make([]string, len(keys))
	for i, k := range keys {
		lines[i] = fmt.Sprintf("%6d %s", c[k], k)
	}
	t.Logf("%s\n%s", title, strings.Join(lines, "\n"))
}

func TestEverySampleOpensOrIsRefusedWithAName(t *testing.T) {
	needSamples(t)
	outcomes, faults := tally{}, tally{}
	for _, file := range sampleFiles(t) {
		raw := readFile(t, file)
		in, problems, err := fhir.OpenBytes(raw, fhir.Limits{})
		var refusal *fhir.Refusal
		switch {
		case errors.As(err, &refusal):
			outcomes["refused "+string(refusal.Problem.Code)]++
			if want := refusedSamples[filepath.Base(file)]; refusal.Problem.Code != want &&
				(refusal.Problem.Code != fhir.CodeXML || filepath.Ext(file) != ".xml") {
				t.Errorf("%s: %v", file, err)
			}
			if len(in.Raw) != len(raw) || refusal.Problem.Remedy.Zh == "" {
				t.Errorf("%s: refused without its bytes or a remedy", file)
			}
			continue
		case err != nil:
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, e := range in.Entries {
			problems = append(problems, fhir.Check(e)...)
		}
		worst := fhir.Severity(0)
		for _, p := range problems {
			worst = max(worst, p.Severity)
			faults[p.Severity.String()+" "+string(p.Code)]++
			if p.Severity >= fhir.Error {
				t.Logf("%s: %v", filepath.Base(file), p)
			}
		}
		if faulty := faultySamples[filepath.Base(file)]; (worst == fhir.Error) != faulty {
			t.Errorf("%s: worst problem %s, faulty by R4 %t", file, worst, faulty)
		}
		if worst == 0 {
			outcomes["opened, no problem"]++
		} else {
			outcomes["opened, "+worst.String()]++
		}
	}
	outcomes.log(t, "outcomes by file")
	faults.log(t, "problems by code")
}

func TestSyntheaBundlesOpenAndResolve(t *testing.T) {
	needSamples(t)
	files, err := filepath.Glob(samples + "/synthea-r4-bundles/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var bytes, entries, links int
	start := time.Now()
	for _, file := range files {
		raw := readFile(t, file)
		in, problems, err := fhir.OpenBytes(raw, fhir.Limits{})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, e := range in.Entries {
			problems = append(problems, fhir.Check(e)...)
			for _, l := range e.References() {
				if _, ok := in.Resolve(e, l.Text); l.Kind == fhir.RefUUID && !ok {
					t.Errorf("%s: %s does not resolve", file, l.Path)
				}
				links++
			}
		}
		for _, p := range problems {
			t.Errorf("%s entry %d: %v", filepath.Base(file), p.Entry, p)
		}
		bytes += len(raw)
		entries += len(in.Entries)
	}
	took := time.Since(start).Seconds()
	t.Logf("%d bundles, %d entries, %d references; opened, checked and resolved at %.1f MB/s, %.0f entries/s",
		len(files), entries, links, float64(bytes)/1e6/took, float64(entries)/took)
	if len(files) != 15 {
		t.Errorf("%d of 15 bundles present", len(files))
	}
}
