package cda_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the tables anew from the element lists")

// elementID is how a data element, or an element of the data set of the front page,
// is written.
var elementID = regexp.MustCompile(`^(DE\d\d\.\d\d\.\d{3}\.\d\d|HDSD\d\d\.\d\d\.\d{3})$`)

// TestTablesSayWhatTheElementListsSay holds the embedded tables to the lists they were
// made from; with -update it makes them.
func TestTablesSayWhatTheElementListsSay(t *testing.T) {
	needSamples(t)
	for name, rows := range map[string][][]string{
		"kinds.csv": kindRows(t), "sections.csv": sectionRows(t), "elements.csv": elementRows(t), "names.csv": nameRows(t), "headers.csv": headerRows(t),
	} {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("tables", name)
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(readFile(t, path), b.Bytes()) {
			t.Errorf("%s differs from the element lists: go generate ./kit/cda", name)
		}
	}
}

type docLine struct{ kind, dataset, title, sections string }

var docPattern = regexp.MustCompile(`^(C\d{4}) \S+ (\S+) (\S+) \| (.*)$`)

func docLines(t *testing.T) []docLine {
	var all []docLine
	for line := range strings.Lines(string(readFile(t, filepath.Join(samples, "wst500-elements", "docs.txt")))) {
		if m := docPattern.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			all = append(all, docLine{m[1], m[2], m[3], m[4]})
		}
	}
	return all
}

func kindRows(t *testing.T) [][]string {
	rows := [][]string{{"kind", "title", "dataset"}}
	for _, d := range docLines(t) {
		rows = append(rows, []string{d.kind, d.title, strings.ReplaceAll(d.dataset, "_", ".")})
	}
	return rows
}

func sectionRows(t *testing.T) [][]string {
	rows := [][]string{{"kind", "code", "name"}}
	for _, d := range docLines(t) {
		for part := range strings.SplitSeq(d.sections, " ; ") {
			code, name, _ := strings.Cut(strings.TrimSpace(part), " ")
			if code == "-" {
				code = ""
			}
			rows = append(rows, []string{d.kind, code, strings.TrimSuffix(tidy(name), "章节")})
		}
	}
	return rows
}

func elementRows(t *testing.T) [][]string {
	rows := [][]string{{"kind", "section", "element", "name", "type", "system", "unit"}}
	seen := map[string]bool{}
	for _, r := range listRows(t, "entries.csv") {
		section := r["section_loinc"]
		if section == "" {
			section = strings.TrimSuffix(tidy(r["section_name"]), "章节")
		}
		row := []string{r["doc"], section, r["de"], tidy(r["de_name"]), r["value_type"], r["value_codesystem"], r["unit"]}
		key := strings.Join(row[:5], "|")
		if r["element"] != "section" && elementID.MatchString(r["de"]) && !seen[key] {
			seen[key] = true
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows[1:], func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return rows
}

func nameRows(t *testing.T) [][]string {
	rows := [][]string{{"element", "name"}}
	for _, r := range listRows(t, "de_dictionary.csv") {
		if elementID.MatchString(r["de"]) {
			rows = append(rows, []string{r["de"], tidy(r["name_most_used"])})
		}
	}
	return rows
}

// headerRows are the identifiers that a kind of document gives its patient.
func headerRows(t *testing.T) [][]string {
	rows := [][]string{{"kind", "path", "root"}}
	for _, r := range listRows(t, "header.csv") {
		if path := r["path"]; path == "/recordTarget/patientRole/id" || path == "/recordTarget/patientRole/patient/id" {
			row := []string{r["doc"], strings.TrimPrefix(path, "/"), r["oid"]}
			if r["oid"] != "" && !slices.ContainsFunc(rows, func(x []string) bool { return slices.Equal(x, row) }) {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func listRows(t *testing.T, name string) []map[string]string {
	r := csv.NewReader(bytes.NewReader(readFile(t, filepath.Join(samples, "wst500-elements", name))))
	r.LazyQuotes = true
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[all[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }
