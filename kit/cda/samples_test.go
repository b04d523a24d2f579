package cda_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/medward/medward/kit/cda"
)

const samples = "../../../shared/samples"

// needSamples skips loudly without the shared samples, and fails in CI.
func needSamples(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(samples); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("shared samples are absent")
	}
	t.Log("SKIPPED 1: shared samples are absent")
	t.SkipNow()
}

// sampleFiles are the documents of a collection.
func sampleFiles(t testing.TB, collections ...string) []string {
	t.Helper()
	needSamples(t)
	var files []string
	for _, c := range collections {
		err := filepath.WalkDir(filepath.Join(samples, c), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
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

// refusedSamples are not CDA by their root: a ClinicalDocument in a namespace of its
// own.
var refusedSamples = map[string]cda.Rule{"validator_cda_example-xsi.xml": cda.RuleNotClinical}

// quarantinedSamples are opened and must not be filed: one without a body, and one
// whose template is that of another kind.
var quarantinedSamples = map[string]cda.Rule{
	"validator_cda_example.xml": cda.RuleNoBody,
	"C0003-HDSD00_03_01.xml":    cda.RuleTemplate,
}

// openSamples opens every sample that is CDA.
func openSamples(t *testing.T, do func(name string, raw []byte, d *cda.Document)) {
	t.Helper()
	for _, file := range sampleFiles(t, "cda", "wst500") {
		raw, name := readFile(t, file), filepath.Base(file)
		d, err := cda.Parse(raw, cda.Limits{})
		if refusal, refused := errors.AsType[*cda.Refusal](err); refused {
			if refusal.Finding.Rule != refusedSamples[name] {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		do(name, raw, d)
	}
}

func TestEverySampleIsWrittenBackByteForByte(t *testing.T) {
	n := 0
	openSamples(t, func(name string, raw []byte, d *cda.Document) {
		n++
		if back, err := d.Bytes(); err != nil || !bytes.Equal(back, raw) {
			t.Errorf("%s is written back differently (%v)", name, err)
		}
	})
	t.Logf("%d documents are written back byte for byte", n)
}

func TestEverySampleIsAcceptedOrQuarantinedByName(t *testing.T) {
	counts := map[string]int{}
	openSamples(t, func(name string, _ []byte, d *cda.Document) {
		refused := cda.Rule("")
		for _, f := range d.Check() {
			counts[f.Severity.String()+" "+string(f.Rule)]++
			if f.Severity == cda.Refuse {
				refused = f.Rule
			}
		}
		if refused != quarantinedSamples[name] {
			t.Errorf("%s is refused for %q", name, refused)
		}
	})
	t.Log(counts)
}

// TestNothingOfASampleIsDroppedFromWhatIsShown looks for every text and every value,
// name, number and unit of every sample in what a reader sees of it.
func TestNothingOfASampleIsDroppedFromWhatIsShown(t *testing.T) {
	looked, missing := 0, map[string]int{}
	openSamples(t, func(_ string, _ []byte, d *cda.Document) {
		shown := textOf(d.View())
		everyElement(d.Root(), func(e *cda.Element) {
			for _, said := range statements(e) {
				if said == "" {
					continue
				}
				looked++
				if name := e.Name.Local; !strings.Contains(shown, said) && name != "templateId" && (name != "id" || !statementClasses[e.Parent.Name.Local]) {
					missing[place(e)]++
				}
			}
		})
	})
	for where, n := range missing {
		if !unshown[where] {
			t.Errorf("%d times what %s says is not shown", n, where)
		}
	}
	t.Logf("looked for %d statements", looked)
}

// statementClasses are elements whose numbers and templates belong to the model, not
// to what a reader is told.
var statementClasses = map[string]bool{"observation": true, "organizer": true, "act": true, "procedure": true, "supply": true, "encounter": true, "substanceAdministration": true}

// unshown are places whose statements a reader does not see as such, by parent and
// name: the type, names of sections that stand as a title, and what was
// written as an attribute where the schema has text.
var unshown = map[string]bool{
	"ClinicalDocument/typeId": true, "section/code": true, "reference/seperatableInd": true,
	"name/family": true, "name/given": true, "name/suffix": true, "section/title": true, "ClinicalDocument/title": true, "representedCustodianOrganization/name": true,
	"nonXMLBody/text":         true, // an attachment
	"playingEntity/birthTime": true, // of another namespace: shown as it is written
}

func place(e *cda.Element) string {
	if e.Parent == nil {
		return e.Name.Local
	}
	return e.Parent.Name.Local + "/" + e.Name.Local
}

// statements are what an element itself says.
func statements(e *cda.Element) []string {
	var all []string
	for _, n := range e.Nodes {
		if n.Kind == cda.TextNode {
			all = append(all, strings.Join(strings.Fields(n.Text), " "))
		}
	}
	for _, name := range []string{"value", "displayName", "extension"} {
		said := strings.Join(strings.Fields(e.Attr(name)), " ")
		if at, err := cda.ParseTime(said); err == nil && name == "value" && !isNumber(e) {
			said = at.String()
		}
		if (e.Name.Local == "reference" && strings.HasPrefix(said, "#")) || said == "true" || said == "false" {
			continue // resolved, or told in words
		}
		all = append(all, said)
	}
	return all
}

// isNumber reports a value that is a number, not a time.
func isNumber(e *cda.Element) bool {
	for _, a := range e.Attrs {
		if a.Name.Local == "type" && (strings.Contains(a.Value, "TS")) {
			return false
		}
	}
	return !strings.Contains(strings.ToLower(place(e)), "time")
}
