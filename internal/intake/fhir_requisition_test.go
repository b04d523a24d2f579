package intake_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
)

// requested is a patient in cardiology for whom imaging was asked of the department
// of the code 0501.
func requested(t testing.TB, status, authored string, more ...object) string {
	resources := append([]object{
		fhirPatient("王秀英", birthday, identifier("MR", "M0001")),
		fhirEncounter(1, "2026-02-27T09:00:00+08:00"),
		{"resourceType": "ServiceRequest", "status": status, "intent": "order", "subject": reference(1), "encounter": reference(2), "authoredOn": authored,
			"identifier": []object{{"value": "RIS-77"}}, "category": []object{coded("http://snomed.info/sct", "363679005", "Imaging")}, "code": object{"text": "胸部CT"},
			"performer": []object{{"type": "Organization", "identifier": object{"value": "0501"}, "display": "放射科"}}},
	}, more...)
	return bundleOf(t, "transaction", resources...)
}

// radiology adds the department that performs, with a doctor in it.
func (h *house) radiology() (doctor, department string) {
	h.T.Helper()
	admin := h.FirstStart()
	d, err := h.staff.AddDepartment(admin, staff.NewDepartment{Code: "0501", NameZH: "放射科", Kind: staff.Clinical})
	if err != nil {
		h.T.Fatal(err)
	}
	p, err := h.staff.AddPerson(admin, staff.NewPerson{Number: "R1", NameZH: "戎影", Category: staff.Employee})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID, d.ID
}

func TestARequestOfAFeedReachesTheDepartmentThatPerformsIt(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		doctor, department := h.radiology()
		h.importText("ris", "request.json", requested(t, "active", "2026-03-01T20:00:00+08:00"))
		id, _ := h.onlyPatient()
		there := h.Person(doctor, []string{department}, 3, "attending")
		if _, err := h.patients.View(there, id); !errors.Is(err, act.ErrRefused) {
			t.Fatalf("before it was taken on: %v", err)
		}
		asked := h.ids("SELECT id FROM patient_requisition WHERE department = '" + department + "' AND kind = 'imaging' AND number = 'RIS-77'")
		if len(asked) != 1 {
			t.Fatalf("requisitions: %v", asked)
		}
		if err := h.patients.TakeOn(there, asked[0]); err != nil {
			t.Fatal(err)
		}
		if _, err := h.patients.View(there, id); err != nil {
			t.Errorf("taken on: %v", err)
		}
		h.importText("ris", "result.json", bundleOf(t, "collection",
			fhirPatient("王秀英", birthday, identifier("MR", "M0001")),
			object{"resourceType": "DiagnosticReport", "status": "final", "code": object{"text": "胸部CT"}, "subject": reference(1), "conclusion": "未见异常", "issued": "2026-03-02T07:00:00+08:00",
				"basedOn": []object{{"type": "ServiceRequest", "identifier": object{"value": "RIS-77"}}}}))
		if open := h.ids("SELECT id FROM patient_requisition WHERE closed IS NULL"); len(open) != 0 {
			t.Errorf("the result answered nothing: %v", open)
		}
		h.Clock.Advance(3 * 24 * time.Hour)
		if _, err := h.patients.View(there, id); !errors.Is(err, act.ErrRefused) {
			t.Errorf("three days after the result: %v", err)
		}
	})
}

func TestWhatIsHistoryBringsNobody(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		h.radiology()
		for name, text := range map[string]string{
			"old.json":       requested(t, "active", "2026-01-01"),
			"completed.json": requested(t, "completed", "2026-03-01"),
			"draft.json":     requested(t, "draft", "2026-03-01"),
			"answered.json": requested(t, "active", "2026-03-01T20:00:00+08:00", object{
				"resourceType": "DiagnosticReport", "status": "final", "code": object{"text": "胸部CT"}, "subject": reference(1), "conclusion": "未见异常", "issued": "2026-03-01T21:00:00+08:00",
				"basedOn": []object{reference(3)}}),
		} {
			if report := h.importText("ris", name, text); len(h.ids("SELECT id FROM patient_requisition")) != 0 {
				t.Errorf("%s: %s", name, told(report))
			}
		}
		h.mustTell(h.importText("ris", "unknown.json", bundleOf(t, "transaction", fhirPatient("李四", birthday), object{
			"resourceType": "ServiceRequest", "status": "active", "intent": "order", "subject": reference(1), "authoredOn": "2026-03-01", "code": object{"text": "心电图"},
			"performer": []object{{"display": "别处"}}})), intake.Warning, "intake.performer-unknown", "ServiceRequest.performer")
	})
}

func TestAnOperationOfAFeedBringsWhoOperates(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		doctor, department := h.radiology()
		h.importText("his", "operation.json", bundleOf(t, "transaction",
			fhirPatient("王秀英", birthday, identifier("MR", "M0001")),
			fhirEncounter(1, "2026-02-27T09:00:00+08:00"),
			object{"resourceType": "Procedure", "status": "preparation", "subject": reference(1), "encounter": reference(2), "code": object{"text": "冠脉造影"},
				"performedDateTime": "2026-03-03T09:00:00+08:00", "performer": []object{{"actor": object{"identifier": object{"value": "R1"}}, "function": coded("http://snomed.info/sct", "304292004", "Surgeon")}}}))
		id, _ := h.onlyPatient()
		there := h.Person(doctor, []string{department}, 3, "attending")
		v, err := h.patients.View(there, id)
		if err != nil || !slices.ContainsFunc(v.Encounters[:1], func(e patient.Encounter) bool { return e.Open() }) {
			t.Fatalf("%+v %v", v, err)
		}
		if v.Tie.Kind != "task" || v.Tie.Role != "surgeon" {
			t.Errorf("what explains it: %+v", v.Tie)
		}
		h.Clock.Advance(9 * 24 * time.Hour)
		if _, err := h.patients.View(there, id); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a week after the operation: %v", err)
		}
	})
}

func TestASourceThatStoppedIsSilentUntilItIsHeardAgain(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		silent := func() (found []string) {
			if err := h.Store.Read(t.Context(), func(r db.Reader) (err error) {
				found, err = h.intake.Silent(t.Context(), r, acttest.Org, h.Clock.Now())
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return found
		}
		h.importText("once", "once.json", bundleOf(t, "transaction", fhirPatient("李四", birthday)))
		h.Clock.Advance(24 * time.Hour)
		if got := silent(); len(got) != 0 {
			t.Errorf("a single import is late: %v", got)
		}
		h.importText("his", "a.json", bundleOf(t, "transaction", fhirPatient("王五", birthday)))
		h.Clock.Advance(2 * time.Hour)
		h.importText("his", "b.json", bundleOf(t, "transaction", fhirPatient("赵六", birthday)))
		h.Clock.Advance(intake.SilentAfter - time.Second)
		if got := silent(); len(got) != 0 {
			t.Errorf("within its time: %v", got)
		}
		h.Clock.Advance(time.Minute)
		if got := silent(); len(got) != 1 {
			t.Errorf("silent for four hours: %v", got)
		}
		h.importText("his", "c.json", bundleOf(t, "transaction", fhirPatient("孙七", birthday)))
		h.Clock.Advance(time.Minute)
		if got := silent(); len(got) != 0 {
			t.Errorf("heard again: %v", got)
		}
		h.Clock.Advance(31 * 24 * time.Hour)
		if got := silent(); len(got) != 0 {
			t.Errorf("switched off a month ago: %v", got)
		}
	})
}
