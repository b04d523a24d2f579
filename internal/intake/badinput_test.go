package intake_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/schema/schematest"
)

func onSQLite(t *testing.T) *house {
	t.Helper()
	return newHouse(t, schematest.Prepared.On(t, db.SQLite))
}

func TestAnInputOverTheLimitIsRefusedNamingIt(t *testing.T) {
	h := onSQLite(t)
	path := filepath.Join(t.TempDir(), "huge.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 200<<20); err != nil {
		t.Fatal(err)
	}
	report, err := h.intake.Import(h.operator(), intake.Input{Paths: []string{path}}, nil)
	if err != nil || report.Refused() != 1 || !strings.Contains(report.Files[0].Findings[0].Say.EN, "64 MiB") {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestWhatCannotBeReadIsQuarantinedWithItsRule(t *testing.T) {
	for name, c := range map[string]struct{ text, rule, element string }{
		"truncated JSON":     {`{"resourceType":"Patient","name":[{"text":"张`, "fhir.json.truncated", ""},
		"JSON bomb":          {strings.Repeat(`{"a":[`, 5000), "fhir.limit.depth", ""},
		"XML":                {`<Patient xmlns="http://hl7.org/fhir"/>`, "fhir.xml", ""},
		"UTF-16":             {"\xFF\xFE{\x00}\x00", "fhir.encoding", ""},
		"not text at all":    {"\x00\x01\x02\x03", "intake.unknown-kind", ""},
		"empty":              {"", "fhir.empty", ""},
		"no resource":        {`{"a":1}`, "fhir.resource-type", ""},
		"truncated message":  {"MSH|^~\\&|HIS|M|||2026", "hl7v2.type-missing", "MSH-9"},
		"no patient":         {message(msh("ADT^A01", "1"), "EVN|A01|20260301"), "intake.no-patient", "PID-3"},
		"unsupported type":   {message(msh("BAR^P01", "1"), pid("M1", "王", "1960")), "intake.unsupported-type", "MSH-9"},
		"wrong encoding":     {message(msh("ADT^A01", "1"), "EVN|A01|20260301", pid("M1", "\xCD\xF5\xD0\xE3", "19600302")), "hl7v2.charset-mismatch", "MSH-18"},
		"born tomorrow week": {message(msh("ADT^A28", "1"), pid("M1", "王", "20260309")), "intake.future-date", "PID-7"},
		"nobody among two":   {message(msh("ADT^A28", "1"), pid("M1", "王", "1960"), "PID|2||||李"), "intake.no-patient", "PID-3"},
		"name of 500":        {message(msh("ADT^A28", "1"), pid("M1", strings.Repeat("王", 500), "1960")), "intake.name-length", "PID-5"},
	} {
		t.Run(name, func(t *testing.T) {
			h := onSQLite(t)
			h.T = t
			report := h.importText("a", "x", c.text)
			if report.Total.Quarantined != 1 || report.Total.Created != 0 {
				t.Fatalf("%+v\n%s", report.Total, told(report))
			}
			page, _, err := h.intake.Quarantine(h.operator(), "", "", 10)
			if err != nil || len(page) != 1 {
				t.Fatalf("%d quarantined, %v", len(page), err)
			}
			found := false
			for _, f := range page[0].Findings {
				found = found || f.Rule == c.rule && strings.HasPrefix(f.Element, c.element)
			}
			if !found {
				t.Errorf("want %s at %s among\n%s", c.rule, c.element, told(report))
			}
			opened, err := h.intake.Open(h.clerk(), page[0].ID)
			if err != nil || page[0].Size != int64(len(c.text)) || opened.Content != strings.ToValidUTF8(c.text, "�") {
				t.Errorf("the bytes are not kept as they came: %d of %d, %v", page[0].Size, len(c.text), err)
			}
		})
	}
}

func TestANameOf500CharactersNamesItsElement(t *testing.T) {
	h := onSQLite(t)
	report := h.importText("a", "x.json", bundleOf(t, "collection", fhirPatient(strings.Repeat("王", 500), birthday), fhirPatient("李雷", birthday)))
	h.mustCount(report, intake.Counts{Read: 2, Created: 1, Quarantined: 1})
	h.mustTell(report, intake.Fatal, "intake.name-length", "Patient.name[0]")
}

func TestADateInTheFutureIsAFinding(t *testing.T) {
	h := onSQLite(t)
	report := h.importText("a", "x.json", bundleOf(t, "collection", fhirPatient("李雷", birthday), fhirObservation(1, "718-7", "2031-01-01T00:00:00Z", 1)))
	h.mustCount(report, intake.Counts{Read: 2, Created: 2})
	h.mustTell(report, intake.Warning, "intake.future-date", "Observation.effective")
}

func TestADuplicatePatientGoesToReview(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		number := identifier("NNCHN", "11010519600302002X")
		h.importText("a", "1.json", bundleOf(t, "transaction", fhirPatient("王秀英", birthday, number)))
		report := h.importText("a", "2.json", bundleOf(t, "transaction", fhirPatient("王秀兰", "1961-01-01", number)))
		h.mustCount(report, intake.Counts{Read: 1, Created: 1})
		h.mustTell(report, intake.Warning, "intake.duplicate", "Patient")
		both := h.importText("b", "3.json", bundleOf(t, "collection", fhirPatient("赵敏", "1990-05-05"), fhirPatient("赵敏", "1990-05-05")))
		h.mustTell(both, intake.Warning, "intake.duplicate", "Patient")
		page, _, err := h.intake.Reviews(h.clerk(), "", "", 10)
		if err != nil || len(page) < 2 || page[0].Kind != intake.Duplicate || page[0].Proposed.Name != "王秀英" {
			t.Errorf("reviews: %+v, %v", page, err)
		}
	})
}

func TestReferencesThatLeadNowhereKeepTheResourceWhole(t *testing.T) {
	h := onSQLite(t)
	report := h.importText("a", "x.json", asJSON(t, with(fhirObservation(1, "718-7", morning, 1), object{"subject": object{"reference": "Patient/17"}})))
	h.mustCount(report, intake.Counts{Read: 1, Created: 1})
	h.mustTell(report, intake.Warning, "intake.patient-unresolved", "Observation")
	if n := h.Count("intake_resource"); n != 1 || h.Count("record_observation") != 0 {
		t.Errorf("%d kept whole", n)
	}
}

func TestACallerWhoHangsUpLeavesNothingHalfDone(t *testing.T) {
	h := onSQLite(t)
	ctx, hangUp := context.WithCancel(h.operator())
	hangUp()
	_, err := h.intake.Import(ctx, intake.Input{Reader: strings.NewReader(story(t)), Name: "x"}, nil)
	if !errors.Is(err, context.Canceled) || h.Count("patient_patient") != 0 {
		t.Errorf("%v, %d patients", err, h.Count("patient_patient"))
	}
}

func TestOnlyWhoMayImportsAndEveryRefusalIsInTheLedger(t *testing.T) {
	h := onSQLite(t)
	nurse := h.Person("n-1", []string{"d-1"}, 3, "nurse")
	if _, err := h.intake.Import(nurse, intake.Input{Reader: strings.NewReader(story(t)), Name: "x"}, nil); err == nil {
		t.Error("a nurse imported")
	}
	if last := h.Last(); last.Verb != "intake.import" || last.Outcome != "refused" {
		t.Errorf("last entry: %+v", last)
	}
	for _, try := range []func() error{
		func() error { _, _, err := h.intake.List(nurse, "", 10); return err },
		func() error { _, _, err := h.intake.Quarantine(nurse, "", "", 10); return err },
		func() error { _, _, err := h.intake.Reviews(nurse, "", "", 10); return err },
		func() error { _, _, err := h.intake.Reviews(h.operator(), "", "", 10); return err },
		func() error { _, _, err := h.intake.Reviews(acttest.For(h.clerk(), "care"), "", "", 10); return err },
	} {
		if err := try(); err == nil {
			t.Error("somebody saw what is not his")
		}
	}
}

func TestTheRoomShowsThatItKeepsItsPromises(t *testing.T) {
	h := onSQLite(t)
	h.hospital()
	h.importText("a", "x.json", story(t))
	h.importText("a", "y.json", "{")
	h.importText("a", "a.hl7", admission("1"))
	for _, check := range h.intake.Checks() {
		if f := check.Ask(t.Context()); f.Verdict != evidence.Met && check.ID != "intake.scanner" { // the house of the tests has none
			t.Errorf("%s: %+v", check.ID, f)
		}
	}
	h.Behind("UPDATE intake_entry SET raw = 'gone'")
	if f := h.intake.Checks()[0].Ask(t.Context()); f.Verdict != evidence.NotMet {
		t.Errorf("originals were removed and the check says %+v", f)
	}
}

func TestTwoImportsOfTheSameBytesAtOnceTakeThemOnce(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		text := story(t)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				_, err := h.intake.Import(h.operator(), intake.Input{Source: "a", Reader: strings.NewReader(text), Name: "x"}, nil)
				if err != nil && fault.KindOf(err) != fault.Conflict {
					t.Error(err)
				}
			})
		}
		all.Wait()
		h.mustCount(h.importText("a", "x", text), intake.Counts{Read: 8, Unchanged: 8})
		if n := h.Count("patient_patient"); n != 1 {
			t.Errorf("%d patients", n)
		}
	})
}
