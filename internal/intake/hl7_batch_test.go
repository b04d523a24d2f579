package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/intake"
)

// laboratoryOf is a message with n results about one patient.
func laboratoryOf(control, mrn, filler string, n int, value string) string {
	segments := []string{msh("ORU^R01", control), pid(mrn, "王^秀英", "19600302"), "OBR|1||" + filler + "|58410-2^血常规^LN|||20260228073000"}
	for i := range n {
		segments = append(segments, fmt.Sprintf("OBX|%d|NM|L%d^项目%d^99||%s|g/L||||||F", i+1, i, i, value))
	}
	return message(segments...)
}

func TestManyMessagesAboutOnePatientShareTheirActs(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		var file strings.Builder
		file.WriteString(admission("0"))
		for i := range 40 {
			file.WriteString(laboratoryOf(fmt.Sprint("r", i), "M0001", fmt.Sprint("F", i), 1, "98"))
		}
		file.WriteString(laboratoryOf("c", "M0001", "F7", 1, "89"))
		file.WriteString(message(msh("ADT^A08", "u"), "EVN|A08|20260301090000", strings.Replace(pid("M0001", "王^秀英", "19600302"), "13800000000", "13911111111", 1), pv1("V1", doctor)))
		before := h.Count("ledger_line") + h.Count("ledger_pending")
		h.mustCount(h.importText("his", "a.hl7", file.String()), intake.Counts{Read: 43, Created: 41, Updated: 2})
		if acts := h.Count("ledger_line") + h.Count("ledger_pending") - before; acts > 6 {
			t.Errorf("43 messages took %d entries of the ledger", acts)
		}
		if _, d := h.onlyPatient(); d.Phone != "13911111111" {
			t.Errorf("phone %q", d.Phone)
		}
		if n := len(h.ids("SELECT id FROM record_observation WHERE rev = 2")); n != 1 || h.Count("record_observation") != 40 {
			t.Errorf("%d corrected of %d", n, h.Count("record_observation"))
		}
		before = h.Count("intake_entry")
		h.mustCount(h.importText("his", "b.hl7", file.String()+laboratoryOf("again", "M0001", "F3", 1, "98")), intake.Counts{Read: 44, Unchanged: 44})
		if after := h.Count("intake_entry"); after != before+1 {
			t.Errorf("the second run wrote %d identities, want that of the new message", after-before)
		}
	})
}

func TestOneMessageThatFailsTakesNoOtherOfItsPatientWithIt(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		document := func(control, text string) string {
			return message(msh("MDM^T02", control), pid("M0001", "王^秀英", "19600302"), pv1("V1", doctor), "TXA|1|DS^出院小结|TX|20260301080000||||||||DOC-1", "OBX|1|TX|BODY^正文||"+text)
		}
		h.importText("his", "a.hl7", admission("1")+document("2", "诊断：冠心病"))
		h.Behind("UPDATE record_document SET state = 'signed'")
		file := laboratoryOf("3", "M0001", "F1", 2, "98") + document("4", "诊断：心肌梗死") + laboratoryOf("5", "M0001", "F1", 2, "89") +
			message(msh("ADT^A03", "6"), "EVN|A03|20260301100000", pid("M0001", "王^秀英", "19600302"), pv1("V1", doctor))
		report := h.importText("his", "b.hl7", file)
		h.mustCount(report, intake.Counts{Read: 4, Created: 1, Updated: 2, Quarantined: 1})
		h.mustTell(report, intake.Error, "act.refused", "")
		id, _ := h.onlyPatient()
		if stays := h.stays(t, id); len(stays) != 1 || stays[0].Open() {
			t.Errorf("after the discharge: %+v", stays)
		}
		if n := h.Count("record_version"); n != 1 {
			t.Errorf("a feed changed what is signed: %d versions", n)
		}
	})
}

func TestADocumentAndItsCorrectionInOneFileAreTwoVersions(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		document := func(trigger, control, text string) string {
			return message(msh("MDM^"+trigger, control), pid("M0001", "王^秀英", "19600302"), "TXA|1|DS^出院小结|TX|20260301080000||||||||DOC-1", "OBX|1|TX|BODY^正文||"+text)
		}
		file := document("T02", "1", "初稿") + document("T10", "2", "改稿") + document("T10", "3", "定稿")
		h.mustCount(h.importText("his", "a.hl7", file), intake.Counts{Read: 3, Created: 1, Updated: 2})
		if d, v := h.Count("record_document"), h.Count("record_version"); d != 1 || v != 3 {
			t.Errorf("%d documents, %d versions", d, v)
		}
	})
}

func TestAMessageAboutSeveralPatientsIsTakenForEachOrForNone(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		group := func(mrn, name, value string) []string {
			return []string{pid(mrn, name, "19600302"), "OBR|1||F-" + mrn[:2] + "|718-7^血红蛋白^LN|||20260228073000", "OBX|1|NM|718-7^血红蛋白^LN||" + value + "|g/L||||||F"}
		}
		batch := func(control string, groups ...[]string) string {
			segments := []string{msh("ORU^R01", control)}
			for _, g := range groups {
				segments = append(segments, g...)
			}
			return message(segments...)
		}
		taken := batch("1", group("M1", "王^秀英", "98"), group("M2", "李^雷", "120"), group("M1", "王^秀英", "99"), group("M3", "韩^梅", "110"))
		h.mustCount(h.importText("lis", "a.hl7", taken), intake.Counts{Read: 1, Created: 1})
		if p, o := h.Count("patient_patient"), h.Count("record_observation"); p != 3 || o != 4 {
			t.Fatalf("%d patients, %d results", p, o)
		}
		h.mustCount(h.importText("lis", "b.hl7", batch("2", group("M2", "李^雷", "120"), group("M3", "韩^梅", "111"))), intake.Counts{Read: 1, Updated: 1})
		refused := h.importText("lis", "c.hl7", batch("3", group("M4", "赵^四", "98"), group("M5", strings.Repeat("长", 500), "98")))
		h.mustCount(refused, intake.Counts{Read: 1, Quarantined: 1})
		h.mustTell(refused, intake.Fatal, "intake.name-length", "PID-5")
		if p, o := h.Count("patient_patient"), h.Count("record_observation"); p != 3 || o != 4 {
			t.Errorf("half of a message was taken: %d patients, %d results", p, o)
		}
		known := batch("4", group("M1^^^MINGZHOU^MR~Z9", "王^秀英", "97"))
		h.mustCount(h.importText("lis", "d.hl7", known), intake.Counts{Read: 1, Updated: 1})
		unclear := h.importText("lis", "e.hl7", batch("5", group("M1", "王^秀英", "98"), group("Z9", "王^秀英", "98")))
		h.mustTell(unclear, intake.Error, "intake.many-patients", "PID[2]-3")
	})
}

func TestALongMessageAppearsAtOnceAndAfterACutGoesOn(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		long := laboratoryOf("1", "M0001", "F1", 440, "98")
		h.mustCount(h.importText("lis", "a.hl7", long), intake.Counts{Read: 1, Created: 1})
		if n := h.Count("record_observation"); n != 440 {
			t.Fatalf("%d results", n)
		}
		h.mustCount(h.importText("lis", "b.hl7", laboratoryOf("2", "M0001", "F1", 200, "89")), intake.Counts{Read: 1, Updated: 1})
		tooLong := h.importText("lis", "c.hl7", laboratoryOf("3", "M0001", "F2", 480, "98"))
		h.mustTell(tooLong, intake.Error, "intake.message-too-long", "MSH")

		h.Behind("DELETE FROM record_observation WHERE rev = 1")
		h.mustCount(h.importText("lis", "d.hl7", laboratoryOf("4", "M0001", "F1", 440, "89")), intake.Counts{Read: 1, Created: 1})
		if n := h.Count("record_observation"); n != 440 {
			t.Errorf("%d results: what was named and never filed must be filed", n)
		}
	})
}

func TestAnAttachmentIsKeptWithItsDocument(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		document := func(trigger, control, data string) string {
			return message(msh("MDM^"+trigger, control), pid("M0001", "王^秀英", "19600302"), "TXA|1|DS^出院小结|AP|20260301080000||||||||DOC-1",
				"OBX|1|ED|PDF^扫描件||HIS^AP^PDF^Base64^"+data, "OBX|2|ED|TXT^说明||HIS^TEXT^PLAIN^Base64^5Yid6K+K", "OBX|3|ED|BAD^坏||HIS^AP^PDF^Base64^%")
		}
		report := h.importText("his", "a.hl7", document("T02", "1", "JVBERi0xLjQ="))
		h.mustCount(report, intake.Counts{Read: 1, Created: 1})
		h.mustTell(report, intake.Warning, "intake.attachment-broken", "OBX[3]-5")
		h.mustCount(h.importText("his", "b.hl7", document("T10", "2", "JVBERi0xLjQ=")), intake.Counts{Read: 1, Unchanged: 1})
		h.mustCount(h.importText("his", "c.hl7", document("T10", "3", "JVBERi0xLjU=")), intake.Counts{Read: 1, Updated: 1})
		of := h.ids("SELECT id FROM record_document")[0]
		for version, want := range map[int]string{1: "%PDF-1.4", 2: "%PDF-1.5"} {
			err := h.Store.Read(t.Context(), func(r db.Reader) error {
				all, err := h.intake.AttachmentsOf(t.Context(), r, acttest.Org, of, version)
				if err != nil || len(all) != 1 || all[0].MediaType != "application/pdf" {
					t.Fatalf("version %d: %+v, %v", version, all, err)
				}
				content, err := h.intake.OpenAttachment(t.Context(), r, acttest.Org, all[0])
				if err != nil {
					return err
				}
				if string(content) != want {
					t.Errorf("version %d: %q", version, content)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		view, err := h.records.View(h.Person("p-head", nil, 5, "records-clerk"), of, 2)
		if err == nil && !strings.Contains(view.Content.Sections[1].Text, "初诊") {
			t.Errorf("sections: %+v", view.Content.Sections)
		}
	})
}
