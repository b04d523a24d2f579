package hl7v2

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// samples holds messages that nobody on this project wrote; see its README.
const samples = "../../../shared/samples/hl7v2"

// refused are the sample files with a message whose header cannot be read as sent,
// and the rule that says so.
var refused = map[string]Rule{
	"Lyme_WithBadDelimiters.txt":         RuleDelimitersRepeated,
	"src_test_resources_sample_unix.hl7": RuleDelimitersRepeated,
	"src_test_resources_sample_win.hl7":  RuleDelimitersRepeated,
}

func TestForeignSamples(t *testing.T) {
	if _, err := os.Stat(samples); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("samples are required in CI: %v", err)
		}
		t.Logf("SKIPPED 1 test: no samples at %s", samples)
		t.Skip()
	}
	var count struct{ files, messages, parsed, clean, usable, fields, bytes int }
	rules := make(map[Rule]int)
	kinds := make(map[string]int)
	err := filepath.WalkDir(samples, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := filepath.Base(path)
		count.files++
		count.bytes += len(file)
		raws, problems := Split(file)
		for _, p := range problems {
			rules[p.Rule]++
		}
		if want := bytes.Count(normal(file), []byte("\nMSH|")); len(raws) != want {
			t.Errorf("%s: %d messages, %d lines begin with MSH", name, len(raws), want)
		}
		if len(raws) == 0 && !bytes.HasPrefix(file, []byte("[SOM]")) {
			t.Errorf("%s: no message: %v", name, problems)
		}
		for _, raw := range raws {
			count.messages++
			m, err := Parse(raw.Bytes)
			if err != nil {
				p := err.(*Problem)
				rules[p.Rule]++
				if expected(name) != p.Rule {
					t.Errorf("%s line %d: %v", name, raw.Line, err)
				}
				continue
			}
			if expected(name) != "" {
				t.Errorf("%s line %d was accepted, want %s", name, raw.Line, expected(name))
			}
			count.parsed++
			count.fields += compareWithLines(t, name, m)
			if !bytes.Equal(m.Bytes(), raw.Bytes) {
				t.Errorf("%s line %d: not written back as read", name, raw.Line)
			}
			kinds[m.Header().Type]++
			found := Check(m)
			usable := true
			for _, p := range found {
				rules[p.Rule]++
				usable = usable && p.Severity != SeverityError
			}
			if usable {
				count.usable++
			}
			if len(found) == 0 {
				count.clean++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d bytes, %d messages: %d parsed and written back identical, %d without error, %d without any finding; %d fields compared",
		count.files, count.bytes, count.messages, count.parsed, count.usable, count.clean, count.fields)
	t.Logf("types: %v", kinds)
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		t.Logf("%6d %s", rules[rule], rule)
	}
}

func expected(name string) Rule {
	for ending, rule := range refused {
		if strings.HasSuffix(name, ending) {
			return rule
		}
	}
	return ""
}

// normal gives every line of a file a leading LF and no mark, for counting.
func normal(file []byte) []byte {
	file = bytes.TrimPrefix(file, utf8BOM)
	return append([]byte("\n"), bytes.ReplaceAll(file, []byte("\r"), []byte("\n"))...)
}

// compareWithLines holds every field against a plain cut of the text, for these files
// are UTF-8, and returns how many it compared.
func compareWithLines(t *testing.T, name string, m *Message) int {
	compared := 0
	for i, s := range m.Segments() {
		pieces := strings.Split(string(s.Bytes()), "|")
		first := 1
		if i == 0 {
			first = 2
		}
		for n, piece := range pieces[1:] {
			compared++
			if got := s.Field(first + n).Raw(); s.Name() != "" && got != piece {
				t.Errorf("%s segment %d: field %d is %q, want %q", name, i+1, first+n, got, piece)
			}
		}
	}
	return compared
}
