package house_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/kit/cda"
	"github.com/medward/medward/kit/hl7v2"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func TestTheDemoSourcesHoldWhatTheirMappingsRead(t *testing.T) {
	folder := t.TempDir()
	if err := house.DemoSources(folder, noon, 1, 2); err != nil {
		t.Fatal(err)
	}
	all, err := view.ReadConnections(filepath.Join(folder, "connections.json"))
	if err != nil || len(all) != 4 {
		t.Fatalf("%+v: %v", all, err)
	}
	documents, err := filepath.Glob(filepath.Join(folder, "documents", "*.xml"))
	if err != nil || len(documents) < 20 {
		t.Fatalf("%d documents: %v", len(documents), err)
	}
	for _, name := range documents {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := cda.Parse(raw, cda.Limits{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, f := range d.Check() {
			if f.Severity == cda.Refuse {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
	for _, mapping := range []string{"hr-departments", "hr-people", "his-patients", "his-visits", "his-requests", "his-operations", "his-orders", "his-stock", "branch-requests", "emr-documents"} {
		if _, err := os.Stat(filepath.Join(folder, mapping+".json")); err != nil {
			t.Error(err)
		}
	}
}

func TestTheDemoLaboratoryAsksAndAnswers(t *testing.T) {
	s := house.NewDemoStream(noon)
	for n := range 40 {
		messages, err := s.Messages(n, noon.Add(time.Duration(n)*time.Second))
		if err != nil || len(messages) != 3 {
			t.Fatalf("%d messages: %v", len(messages), err)
		}
		for _, raw := range messages {
			m, err := hl7v2.Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			if problems := hl7v2.Check(m); len(problems) > 0 {
				t.Errorf("%s: %+v", m.Header().Type, problems)
			}
		}
		asked, _ := hl7v2.Parse(messages[1])
		answered, _ := hl7v2.Parse(messages[2])
		if number := asked.Get("ORC-2.1").Text(); number == "" || number != answered.Get("ORC-2.1").Text() || asked.Get("PID-3.1").Text() != answered.Get("PID-3.1").Text() {
			t.Errorf("another test is answered than was asked for: %s", number)
		}
		if line := s.LogLine(n, noon); !strings.HasPrefix(line, "<134>1 2026-03-02T04:00:00Z pacs-01 ") || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%q", line)
		}
	}
}
