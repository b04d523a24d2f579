package intake_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/patient"
)

const doctor = "D-100^周^明远"

func admission(control string) string {
	return message(msh("ADT^A01^ADT_A01", control), "EVN|A01|20260228090000|||op-7", pid("M0001", "王^秀英", "19600302"), pv1("V1", doctor), "AL1|1||^青霉素")
}

func (h *house) stays(t *testing.T, id string) []patient.Encounter {
	t.Helper()
	d := h.Person("p-clerk", nil, 3, "records-clerk")
	a := act.From(d)
	a.Purpose = "coding"
	view, err := h.patients.View(act.With(d, a), id)
	if err != nil {
		t.Fatal(err)
	}
	return view.Encounters
}

func TestAnAdmissionGivesTheAttendingHisPatientAndADischargeEndsIt(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		doctor, department := h.hospital()
		h.mustCount(h.importText("his", "a.hl7", admission("1")), intake.Counts{Read: 1, Created: 1})
		id, d := h.onlyPatient()
		if d.Name != "王秀英" || d.Sex != "female" || d.BirthDate != birthday || d.RecordNumber != "M0001" || d.Phone != "13800000000" || len(d.Allergies) != 1 {
			t.Errorf("demographics: %+v", d)
		}
		ctx := h.Person(doctor, []string{department}, 3, "attending")
		view, err := h.patients.View(ctx, id)
		if err != nil {
			t.Fatalf("the attending is refused: %v", err)
		}
		stay := view.Encounters[0]
		if stay.Department != department || stay.Ward != "0301" || stay.Bed != "12-3" || !stay.Since.Equal(time.Date(2026, 2, 28, 1, 0, 0, 0, time.UTC)) {
			t.Errorf("encounter: %+v", stay)
		}

		moved := strings.Replace(message(msh("ADT^A02", "2"), "EVN|A02|20260301090000", pid("M0001", "王^秀英", "19600302"), pv1("V1", "D-100^周^明远")), "12^3", "14^1", 1)
		h.mustCount(h.importText("his", "b.hl7", moved), intake.Counts{Read: 1, Updated: 1})
		left := message(msh("ADT^A03", "3"), "EVN|A03|20260301100000", pid("M0001", "王^秀英", "19600302"), pv1("V1", "D-100^周^明远"))
		h.mustCount(h.importText("his", "c.hl7", left), intake.Counts{Read: 1, Updated: 1})
		if got := h.stays(t, id); len(got) != 1 || got[0].Bed != "14-1" || !got[0].Until.Equal(time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)) {
			t.Errorf("after transfer and discharge: %+v", got)
		}
		undone := message(msh("ADT^A13", "4"), "EVN|A13|20260301110000", pid("M0001", "王^秀英", "19600302"), pv1("V1", "D-100^周^明远"))
		h.mustCount(h.importText("his", "d.hl7", undone), intake.Counts{Read: 1, Updated: 1})
		if got := h.stays(t, id); !got[0].Open() {
			t.Errorf("after the discharge was cancelled: %+v", got)
		}
		before := h.rowCounts()
		h.mustCount(h.importText("his", "all.hl7", admission("1")+moved+left+undone), intake.Counts{Read: 4, Unchanged: 4})
		after := h.rowCounts()
		if before["patient_encounter"] != after["patient_encounter"] || before["intake_entry"] != after["intake_entry"] || before["intake_raw"] != after["intake_raw"] {
			t.Errorf("messages that were taken before changed something: %v, %v", before, after)
		}
	})
}

func TestMessagesOfOneFileBuildOnOneAnother(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		file := admission("1") +
			message(msh("ADT^A08", "2"), "EVN|A08|20260301090000", strings.Replace(pid("M0001", "王^秀英", "19600302"), "13800000000", "13911111111", 1), pv1("V1", doctor)) +
			message(msh("ADT^A01", "3"), "EVN|A01|20260301090000", pid("M0002", "李^雷", "19800101"), pv1("V2", doctor)) +
			message(msh("ADT^A03", "4"), "EVN|A03|20260301100000", pid("M0001", "王^秀英", "19600302"), pv1("V1", doctor))
		h.mustCount(h.importText("his", "a.hl7", file), intake.Counts{Read: 4, Created: 2, Updated: 2})
		if n := h.Count("patient_patient"); n != 2 {
			t.Errorf("%d patients", n)
		}
	})
}

func TestAChangedIdentityWaitsForAPerson(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		h.importText("his", "a.hl7", admission("1"))
		renamed := message(msh("ADT^A08", "2"), "EVN|A08|20260301090000", pid("M0001", "王^秀兰", "19600302"))
		report := h.importText("his", "b.hl7", renamed)
		h.mustTell(report, intake.Warning, "intake.identity-change", "PID")
		id, d := h.onlyPatient()
		if d.Name != "王秀英" {
			t.Fatalf("a feed renamed a patient to %s", d.Name)
		}
		page, _, err := h.intake.Reviews(h.clerk(), "", "", 10)
		if err != nil || len(page) != 1 || page[0].Kind != intake.Identity || page[0].Current.Name != "王秀英" || page[0].Proposed.Name != "王秀兰" {
			t.Fatalf("reviews: %+v, %v", page, err)
		}
		h.importText("his", "c.hl7", strings.Replace(renamed, "|2|", "|3|", 1))
		if n := h.Count("intake_review"); n != 1 {
			t.Errorf("the same question is asked %d times", n)
		}
		if err := h.intake.Decide(h.operator(), page[0].ID, intake.Accept); err == nil {
			t.Error("the operator decided who a patient is")
		}
		if err := h.intake.Decide(h.clerk(), page[0].ID, intake.Same); err == nil {
			t.Error("a change of identity was settled as a duplicate")
		}
		if err := h.intake.Decide(h.clerk(), page[0].ID, intake.Accept); err != nil {
			t.Fatal(err)
		}
		if d := h.who(id); d.Name != "王秀兰" || d.Phone != "13800000000" {
			t.Errorf("after the decision: %+v", d)
		}
		if err := h.intake.Decide(h.clerk(), page[0].ID, intake.Keep); err == nil {
			t.Error("a review was decided twice")
		}
	})
}

func TestAMergeAndAProbableDuplicateWaitForAPerson(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		h.importText("his", "a.hl7", admission("1"))
		twin := h.importText("his", "b.hl7", message(msh("ADT^A28", "2"), "EVN|A28|20260301090000", pid("M0009", "王^秀英", "19600302")))
		h.mustTell(twin, intake.Warning, "intake.duplicate", "PID")
		merged := h.importText("his", "c.hl7", message(msh("ADT^A40", "3"), "EVN|A40|20260301090000", pid("M0001", "王^秀英", "19600302"), "MRG|M0009^^^MINGZHOU^MR"))
		h.mustTell(merged, intake.Warning, "intake.merge", "MRG-1")
		page, _, err := h.intake.Reviews(h.clerk(), "", "", 10)
		if err != nil || len(page) != 2 || page[0].Kind != intake.Duplicate || page[1].Kind != intake.Merge || page[1].Other != page[0].Patient {
			t.Fatalf("reviews: %+v, %v", page, err)
		}
		if err := h.intake.Decide(h.clerk(), page[0].ID, intake.Different); err != nil {
			t.Error(err)
		}
		if n := h.Count("patient_patient"); n != 2 {
			t.Errorf("%d patients: a feed must not merge", n)
		}
	})
}

func TestARelationNeverBenefitsWhoReportsIt(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		person, department := h.hospital()
		own := strings.Replace(admission("1"), "op-7", "D-100", 1)
		report := h.importText("his", "a.hl7", own)
		h.mustTell(report, intake.Warning, "intake.attending-is-sender", "PV1-7")
		if n := h.Count("patient_relation"); n != 0 {
			t.Errorf("%d relations for who sent the admission", n)
		}
		id, _ := h.onlyPatient()
		if _, err := h.patients.View(h.Person(person, []string{department}, 3, "attending"), id); err == nil && h.Count("patient_relation") > 0 {
			t.Error("the sender opened the patient by his own message")
		}
	})
}

func TestACorrectedResultReplacesTheFirst(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		person, department := h.hospital()
		h.importText("his", "a.hl7", admission("1"))
		result := func(control, value, state string) string {
			return message(msh("ORU^R01", control), pid("M0001", "王^秀英", "19600302"), pv1("V1", doctor), "OBR|1|P1|F1|58410-2^血常规^LN|||20260228073000",
				"OBX|1|NM|718-7^血红蛋白^LN||"+value+"|g/L|115-150|L|||"+state, "NTE|1||复查",
				"OBX|2|TX|IMP^印象||轻度贫血。", "OBX|3|TX|IMP^印象||建议复查。")
		}
		first := h.importText("lis-by-his", "r0.hl7", result("9", "98", "F"))
		h.mustCount(first, intake.Counts{Read: 1, Created: 1})
		if n := h.Count("patient_patient"); n != 2 {
			t.Fatalf("%d patients: another source has its own", n)
		}
		h.mustCount(h.importText("his", "r1.hl7", result("2", "98", "P")), intake.Counts{Read: 1, Created: 1})
		h.mustCount(h.importText("his", "r2.hl7", result("3", "89", "C")), intake.Counts{Read: 1, Updated: 1})
		h.mustCount(h.importText("his", "r3.hl7", result("4", "89", "C")), intake.Counts{Read: 1, Unchanged: 1})
		ctx := h.Person(person, []string{department}, 3, "attending")
		id := h.ids("SELECT patient FROM patient_encounter")[0]
		page, err := h.records.Observations(ctx, id, "loinc|718-7", "", 10)
		if err != nil || len(page.Items) != 1 {
			t.Fatalf("%d observations, %v", len(page.Items), err)
		}
		if o := page.Items[0]; o.Finding.Value != "89" || o.Finding.State != "corrected" || o.Finding.Note != "复查" || o.Rev != 2 || o.Department != department {
			t.Errorf("observation: %+v", o)
		}
		list, err := h.records.List(ctx, id, "", 10)
		if err != nil || len(list.Items) != 1 {
			t.Fatalf("%d documents, %v", len(list.Items), err)
		}
		v, err := h.records.View(ctx, list.Items[0].ID, 0)
		if err != nil || v.Content.Sections[0].Text != "轻度贫血。\n建议复查。" {
			t.Errorf("report: %+v, %v", v, err)
		}
	})
}

func TestAReplacedDocumentIsANewVersion(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		person, department := h.hospital()
		h.importText("his", "a.hl7", admission("1"))
		document := func(trigger, control, text string) string {
			return message(msh("MDM^"+trigger, control), "EVN|"+trigger+"|20260301", pid("M0001", "王^秀英", "19600302"), pv1("V1", doctor),
				"TXA|1|DS^出院小结|TX|20260301080000|||||D-100^周^明远|||DOC-1", "OBX|1|TX|BODY^正文||"+text)
		}
		h.mustCount(h.importText("his", "d1.hl7", document("T02", "2", "诊断：冠心病")), intake.Counts{Read: 1, Created: 1})
		h.mustCount(h.importText("his", "d2.hl7", document("T10", "3", "诊断：稳定型心绞痛")), intake.Counts{Read: 1, Updated: 1})
		ctx := h.Person(person, []string{department}, 3, "attending")
		id, _ := h.onlyPatient()
		list, err := h.records.List(ctx, id, "", 10)
		if err != nil || len(list.Items) != 1 || list.Items[0].Version != 2 || list.Items[0].Title != "出院小结" || list.Items[0].Author != person {
			t.Fatalf("documents: %+v, %v", list.Items, err)
		}
		old, err := h.records.View(ctx, list.Items[0].ID, 1)
		if err != nil || old.Content.Sections[0].Text != "诊断：冠心病" {
			t.Errorf("the first version: %+v, %v", old, err)
		}

		h.Behind("UPDATE record_document SET state = 'signed'")
		refused := h.importText("his", "d3.hl7", document("T10", "4", "诊断：心肌梗死"))
		h.mustCount(refused, intake.Counts{Read: 1, Quarantined: 1})
		h.mustTell(refused, intake.Error, "act.refused", "")
		if n := h.Count("record_version"); n != 2 {
			t.Errorf("a feed changed what is signed: %d versions", n)
		}
	})
}

func TestChineseInGB18030IsReadAndItsBytesAreKept(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		utf8 := strings.Replace(admission("1"), "UNICODE UTF-8", "GB 18030-2000", 1)
		raw, err := simplifiedchinese.GB18030.NewEncoder().String(utf8)
		if err != nil {
			t.Fatal(err)
		}
		h.mustCount(h.importText("his", "a.hl7", raw), intake.Counts{Read: 1, Created: 1})
		if _, d := h.onlyPatient(); d.Name != "王秀英" {
			t.Errorf("name %q", d.Name)
		}
	})
}
