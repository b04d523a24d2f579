package intake_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/intake"
)

func orderOf(control, number, status, department string) string {
	return message(msh("ORM^O01", "O"+number+status), pid("M0001", "王^秀英", "19600302"), "ORC|"+control+"|"+number+"|^"+department+"||"+status+"||||20260301080000|||"+doctor,
		"OBR|1|"+number+"||24648-8^胸部CT^LN||||||||||||||||||||RAD")
}

func (h *house) openRequests(kind string) int {
	h.T.Helper()
	return len(h.ids("SELECT id FROM patient_requisition WHERE closed IS NULL AND kind = '" + kind + "'"))
}

func TestAnOrderReachesTheDepartmentThatPerformsItUntilItIsDoneOrCalledOff(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		_, department := h.radiology()
		h.mustCount(h.importText("his", "a.hl7", orderOf("NW", "Q1", "SC", "0501")+orderOf("NW", "Q2", "SC", "0501")), intake.Counts{Read: 2, Created: 2})
		asked := h.ids("SELECT id FROM patient_requisition WHERE kind = 'imaging' AND asked_by <> '' AND department = '" + department + "'")
		if len(asked) != 2 || len(h.ids("SELECT id FROM patient_patient")) != 1 {
			t.Fatalf("requisitions: %v", asked)
		}
		h.mustCount(h.importText("his", "b.hl7", orderOf("SC", "Q1", "CM", "0501")+orderOf("CA", "Q2", "CA", "0501")), intake.Counts{Read: 2, Updated: 2})
		if n := h.openRequests("imaging"); n != 0 {
			t.Errorf("%d are open", n)
		}
		nobody := h.importText("his", "c.hl7", orderOf("NW", "Q3", "SC", "9999"))
		if len(nobody.Files[0].Findings) == 0 || nobody.Files[0].Findings[0].Rule != "intake.performer-unknown" || h.openRequests("imaging") != 0 {
			t.Errorf("of a department that is not here: %+v", nobody.Files[0])
		}
		h.importText("his", "d.hl7", strings.ReplaceAll(orderOf("NW", "Q4", "SC", "0501"), "20260301080000|||", "20250101080000|||"))
		if n := h.openRequests("imaging"); n != 0 {
			t.Error("what is history brings somebody")
		}
	})
}

func operationOf(trigger, number, at, extra string) string {
	return message(msh("SIU^"+trigger, trigger+number+at), "SCH|"+number+"|||||||387713003|||^^^"+at+extra, pid("M0001", "王^秀英", "19600302"),
		"AIS|1||^腹腔镜探查", "AIL|1||0301", "AIP|1||"+doctor+"|304292004", "AIP|2||R1^戎^影|88189002")
}

func TestAnOperationThatIsPlannedBringsItsTeamAndOneThatIsCalledOffLetsThemGo(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		surgeon, _ := h.hospital()
		h.radiology()
		h.mustCount(h.importText("his", "a.hl7", operationOf("S12", "O1", "20260304080000", "")), intake.Counts{Read: 1, Created: 1})
		id, _ := h.onlyPatient()
		at := h.Person(surgeon, []string{"elsewhere"}, 3, "attending")
		if _, err := h.patients.View(at, id); err != nil {
			t.Errorf("the surgeon: %v", err)
		}
		if roles := h.ids("SELECT role FROM patient_performer ORDER BY role"); strings.Join(roles, " ") != "anaesthetist surgeon" {
			t.Errorf("%v", roles)
		}
		h.mustCount(h.importText("his", "b.hl7", operationOf("S13", "O1", "20260305080000", "")), intake.Counts{Read: 1, Created: 1})
		if n := h.openRequests("operation"); n != 1 {
			t.Errorf("%d operations after one was put off", n)
		}
		h.mustCount(h.importText("his", "c.hl7", operationOf("S15", "O1", "20260305080000", "")), intake.Counts{Read: 1, Updated: 1})
		h.Clock.Advance(4 * 24 * time.Hour)
		if _, err := h.patients.View(at, id); !errors.Is(err, act.ErrRefused) || h.openRequests("operation") != 0 {
			t.Errorf("after it was called off: %v", err)
		}
		far := h.importText("his", "d.hl7", operationOf("S12", "O9", "20990304080000", ""))
		if findings := far.Files[0].Findings; len(findings) == 0 || findings[0].Rule != "intake.planned-far" || h.openRequests("operation") != 0 {
			t.Errorf("%+v", far.Files[0])
		}
	})
}

func TestNobodyIsBroughtByAnOrderThatHeHandsIn(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		own := message(strings.Replace(msh("SIU^S12", "own"), "|HIS|", "|D-100|", 1), "SCH|O1|||||||387713003|||^^^20260304080000", pid("M0001", "王^秀英", "19600302"), "AIP|1||"+doctor+"|304292004")
		report := h.importText("his", "a.hl7", own)
		if len(h.ids("SELECT id FROM patient_performer")) != 0 || !strings.Contains(report.Files[0].Findings[0].Rule, "attending-is-sender") {
			t.Errorf("%+v", report.Files[0].Findings)
		}
	})
}
