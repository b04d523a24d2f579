package intake_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
)

type object = map[string]any

func urn(n int) string { return fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", n) }

func reference(n int) object { return object{"reference": urn(n)} }

func asJSON(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// bundleOf packs resources under urn(1), urn(2) … in their order.
func bundleOf(t testing.TB, kind string, resources ...object) string {
	t.Helper()
	entries := make([]object, len(resources))
	for i, r := range resources {
		entries[i] = object{"fullUrl": urn(i + 1), "resource": r}
		if kind == "transaction" || kind == "batch" {
			entries[i]["request"] = object{"method": "POST", "url": r["resourceType"]}
		}
	}
	return asJSON(t, object{"resourceType": "Bundle", "type": kind, "entry": entries})
}

func fhirPatient(name, born string, identifiers ...object) object {
	p := object{"resourceType": "Patient", "name": []object{{"use": "official", "text": name}}, "gender": "female", "birthDate": born}
	if len(identifiers) > 0 {
		p["identifier"] = identifiers
	}
	return p
}

func identifier(kind, value string) object {
	return object{"type": object{"coding": []object{{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": kind}}}, "value": value}
}

func coded(system, code, display string) object {
	return object{"coding": []object{{"system": system, "code": code, "display": display}}, "text": display}
}

func fhirEncounter(patient int, since string) object {
	return object{
		"resourceType": "Encounter", "status": "in-progress", "class": object{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
		"subject": reference(patient), "period": object{"start": since}, "serviceType": coded("urn:hospital", "0301", "心血管内科"),
		"participant": []object{{
			"type":       []object{coded("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "ATND", "attender")},
			"individual": object{"identifier": object{"value": "D-100"}, "display": "周明远"},
		}},
	}
}

func fhirObservation(patient int, code, at string, value float64) object {
	return object{
		"resourceType": "Observation", "status": "final", "code": coded("http://loinc.org", code, "血红蛋白"), "subject": reference(patient),
		"effectiveDateTime": at, "valueQuantity": object{"value": value, "unit": "g/L"},
	}
}

func fhirComposition(patient int, at, div string) object {
	return object{
		"resourceType": "Composition", "status": "final", "type": coded("http://loinc.org", "34133-9", "病历概要"), "subject": reference(patient),
		"date": at, "author": []object{{"display": "周明远"}}, "title": "病历概要",
		"section": []object{{"title": "主诉", "code": coded("http://loinc.org", "10154-3", "主诉"), "text": object{"status": "generated", "div": `<div xmlns="http://www.w3.org/1999/xhtml">` + div + `</div>`}}},
	}
}

// hospital adds a department with an attending physician, and returns his id.
func (h *house) hospital() (doctor, department string) {
	h.T.Helper()
	ctx := h.FirstStart()
	d, err := h.staff.AddDepartment(ctx, staff.NewDepartment{Code: "0301", NameZH: "心血管内科", NameEN: "Cardiology", Kind: staff.Clinical})
	if err != nil {
		h.T.Fatal(err)
	}
	p, err := h.staff.AddPerson(ctx, staff.NewPerson{Number: "D-100", NameZH: "周明远", NameEN: "Zhou Mingyuan", Category: staff.Employee})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID, d.ID
}

func (h *house) importText(source, name, text string) intake.Report {
	h.T.Helper()
	h.Clock.Advance(time.Second)
	report, err := h.intake.Import(h.operator(), intake.Input{Source: source, Name: name, Reader: strings.NewReader(text)}, nil)
	if err != nil {
		h.T.Fatal(err)
	}
	return report
}

// mustCount checks what became of an import.
func (h *house) mustCount(r intake.Report, want intake.Counts) {
	h.T.Helper()
	if r.Total != want {
		h.T.Fatalf("counts %+v, want %+v; findings %s", r.Total, want, told(r))
	}
}

func told(r intake.Report) string {
	var all []string
	for _, f := range r.Files {
		for _, finding := range f.Findings {
			all = append(all, fmt.Sprintf("%s %s at %s %s ×%d", finding.Severity, finding.Rule, finding.Where, finding.Element, finding.Times))
		}
	}
	return strings.Join(all, "\n")
}

// mustTell checks that a rule was reported about an element.
func (h *house) mustTell(r intake.Report, severity intake.Severity, rule, element string) {
	h.T.Helper()
	for _, f := range r.Files {
		for _, finding := range f.Findings {
			if finding.Severity == severity && finding.Rule == rule && strings.HasPrefix(finding.Element, element) {
				if finding.Say.ZH == "" || finding.Say.EN == "" || finding.Remedy.ZH == "" {
					h.T.Errorf("%s says too little: %+v", rule, finding)
				}
				return
			}
		}
	}
	h.T.Errorf("no %s %s at %s among\n%s", severity, rule, element, told(r))
}

// ids reads one column of ids.
func (h *house) ids(sql string, args ...any) []string {
	h.T.Helper()
	var all []string
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		rows, err := r.Query(h.T.Context(), sql, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			all = append(all, id)
		}
		return rows.Err()
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return all
}

// onlyPatient is the one patient there is.
func (h *house) onlyPatient() (string, patient.Demographics) {
	h.T.Helper()
	found := h.ids("SELECT id FROM patient_patient")
	if len(found) != 1 {
		h.T.Fatalf("%d patients, want 1", len(found))
	}
	return found[0], h.who(found[0])
}

func (h *house) who(id string) (d patient.Demographics) {
	h.T.Helper()
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		facts, err := h.patients.FactsOf(h.T.Context(), r, acttest.Org, id)
		d = facts.Demographics
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return d
}

// rowCounts are the rows of every table that an import writes, but for the runs.
func (h *house) rowCounts() map[string]int64 {
	counts := map[string]int64{}
	for _, table := range []string{
		"patient_patient", "patient_encounter", "patient_relation", "record_document", "record_version", "record_observation", "record_order",
		"source_source", "intake_file", "intake_raw", "intake_entry", "intake_resource", "intake_quarantine", "intake_review", "vault_key",
	} {
		counts[table] = h.Count(table)
	}
	return counts
}

// message joins the segments of an HL7 v2 message.
func message(segments ...string) string { return strings.Join(segments, "\r") + "\r" }

func msh(kind, control string) string {
	return "MSH|^~\\&|HIS|MINGZHOU|MEDWARD|MINGZHOU|20260301080000||" + kind + "|" + control + "|P|2.5.1||||||UNICODE UTF-8"
}

func pid(mrn, name, born string) string {
	return "PID|1||" + mrn + "^^^MINGZHOU^MR||" + name + "||" + born + "|F|||中山路1号^^明州市||13800000000"
}

func pv1(visit, doctor string) string {
	return "PV1|1|I|0301^12^3|||" + "|" + doctor + "|||0301|||||||||" + visit + "|||||||||||||||||||||||||20260228090000"
}

const birthday = "1960-03-02"

var morning = acttest.Morning.Format(time.RFC3339)

func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sampleFiles are the files below a folder.
func sampleFiles(t testing.TB, folder string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
