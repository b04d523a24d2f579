package feed_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/feed"
	"github.com/medward/medward/kit/cda"
)

// written is a document of WS/T 500 about an invented patient.
func written(t *testing.T, number, text string) string {
	t.Helper()
	made := cda.TimeOf(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC))
	d, err := cda.Build(cda.Draft{
		Kind: "C0034",
		Header: cda.Header{
			ID: cda.II{Extension: number}, Time: made, Set: cda.II{Root: cda.RootDocument, Extension: number}, Version: "1",
			Patients:  []cda.Patient{{IDs: []cda.II{{Root: cda.RootRecord, Extension: "M1"}}, Name: "李四", Birth: cda.TimeOf(time.Date(1960, 3, 2, 0, 0, 0, 0, time.UTC))}},
			Authors:   []cda.Participant{{Time: cda.Interval{Value: made}, Name: "外院医师"}},
			Custodian: cda.Organization{Name: "测试医院"}, Legal: &cda.Participant{Name: "外院主任"},
		},
		Parts: []cda.DraftPart{{Section: "10154-3", Text: []string{text}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// leaveAt leaves a file that was written at a moment of the room's clock.
func (o *office) leaveAt(name, text string, at time.Time) {
	o.T.Helper()
	o.leave(name, text)
	if err := os.Chtimes(filepath.Join(o.folder, name), at, at); err != nil {
		o.T.Fatal(err)
	}
}

func TestDocumentsAreTakenFromAFolderAsTheyCome(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("emr")
		in := feed.Writing{Feed: "emr-documents", Source: "emr", Shape: feed.Documents, Mapping: feed.Mapping{Connection: "drop", Table: "*.xml", Fields: map[string]feed.Rule{}}}
		wrong := in
		wrong.Mapping.Table = "people.csv"
		if _, err := o.room.SetMapping(o.as("sys"), wrong); err == nil {
			t.Error("a list was taken for documents")
		}
		o.mapped(in)
		if run := o.runs("emr-documents"); run.State != feed.Done || run.Tally.Rows != 0 {
			t.Errorf("an empty folder: %+v", run)
		}
		before := o.Clock.Now().Add(-time.Minute)
		o.leaveAt("a.xml", written(t, "D-1", "胸痛三天"), before)
		o.leaveAt("b.xml", `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><ClinicalDocument xmlns="urn:hl7-org:v3">&a;</ClinicalDocument>`, before)
		o.leaveAt("c.xml", "<half", o.Clock.Now().Add(time.Minute))
		if err := os.Symlink("/etc/hostname", filepath.Join(o.folder, "d.xml")); err != nil {
			t.Fatal(err)
		}
		tried, err := o.room.Try(o.as("sys"), in)
		if err != nil || tried.Tally.Fresh != 2 || o.Count("record_document") != 0 || strings.Contains(tried.Samples[0].Values["file"], "xml") {
			t.Fatalf("%+v: %v", tried, err)
		}
		run := o.runs("emr-documents")
		o.mustCount(run, 2, 0, 0, 0, 0)
		if got := o.findings(run); !strings.HasPrefix(got, "b.xml:set-aside:") {
			t.Errorf("%s", got)
		}
		if documents := o.Count("record_document"); documents != 1 || run.Theirs != run.Ours {
			t.Errorf("%d documents", documents)
		}
		if err := os.Remove(filepath.Join(o.folder, "b.xml")); err != nil {
			t.Fatal(err)
		}
		o.leaveAt("a.xml", strings.Replace(written(t, "D-1", "胸痛四天"), `<versionNumber value="1"`, `<versionNumber value="2"`, 1), before.Add(time.Second))
		o.leaveAt("c.xml", written(t, "D-2", "发热"), before)
		o.mustCount(o.runs("emr-documents"), 1, 1, 0, 0, 1)
		if documents := o.Count("record_document"); documents != 2 {
			t.Errorf("%d documents", documents)
		}
		o.mustCount(o.runs("emr-documents"), 0, 0, 2, 0, 0)
	})
}
