package intake_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/kit/cda"
)

// FuzzImportFHIR holds that whatever is handed in is taken or set aside whole,
// and that a second run changes nothing.
func FuzzImportFHIR(f *testing.F) {
	f.Add([]byte(story(f)))
	f.Add([]byte(bundleOf(f, "collection", fhirPatient("李雷", birthday), object{"resourceType": "Observation", "status": "final", "subject": reference(1)})))
	f.Add([]byte(bundleOf(f, "batch", fhirPatient("", ""), fhirObservation(1, "718-7", "2031", 1))))
	f.Add([]byte(`{"resourceType":"Patient"}` + "\n" + `{"resourceType":"Patient","id":1}` + "\n{"))
	f.Add([]byte(`{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"GET","url":"Patient"}},null]}`))
	h := fuzzHouse(f)
	as := h.operator()
	f.Fuzz(func(t *testing.T, raw []byte) { takeTwice(as, t, h, raw) })
}

// FuzzImportHL7 holds the same for messages.
func FuzzImportHL7(f *testing.F) {
	f.Add([]byte(admission("1")))
	f.Add([]byte(admission("1") + message(msh("ADT^A03", "2"), "EVN|A03|20260301", pid("M0001", "王^秀英", "19600302"), pv1("V1", doctor))))
	f.Add([]byte(message(msh("ORU^R01", "3"), pid("M2", "a~b^c", "1960"), "OBR|1||F1|X^Y", "OBX|1|TX|X||a\\.br\\b", "OBX|2|SN|Z||>^5", "NTE|||n")))
	f.Add([]byte(message(msh("MDM^T02", "4"), pid("M2", "王", "1960"), "TXA|1|DS||||||||||||D1", "OBX|1|TX|B||x")))
	f.Add([]byte(message(msh("ADT^A40", "5"), pid("M2", "王", "1960"), "MRG|M0001^^^MINGZHOU^MR") + "rest"))
	f.Add([]byte(message(msh("ORU^R01", "6"), pid("M2", "王", "1960"), "OBR|1||F1|X", "OBX|1|NM|X||1", pid("M3~M4", "李", "1960"), "OBR|1||F1|X", "OBX|1|ED|X||^AP^PDF^Base64^JVBERg==", pid("M2", "王", "1960"), "OBX|2|NM|Y||2")))
	f.Add([]byte(admission("7") + message(msh("MDM^T02", "8"), pid("M0001", "王^秀英", "1960"), "TXA|1|DS||||||||||||D1", "OBX|1|TX|B||x") + message(msh("MDM^T10", "9"), pid("M0001", "王", "1961"), "TXA|1|DS||||||||||||D1", "OBX|1|ED|B||^TEXT^HTML^A^<b>y</b>")))
	h := fuzzHouse(f)
	as := h.operator()
	f.Fuzz(func(t *testing.T, raw []byte) { takeTwice(as, t, h, raw) })
}

// FuzzImportClinical holds the same for clinical documents.
func FuzzImportClinical(f *testing.F) {
	f.Add([]byte(clinicalText(f, nil)))
	f.Add([]byte(clinicalText(f, complaint("胸痛4天", "D-2", "2"))))
	f.Add([]byte(clinicalText(f, func(d *cda.Draft) { d.Header.Related = []cda.Related{{Kind: "RPLC", IDs: []cda.II{d.Header.ID}}} })))
	f.Add([]byte(clinicalText(f, nil, "</section>", `<text><table><tr><th>a</th></tr><tr><td colspan="2">b</td></tr></table></text></section>`)))
	f.Add([]byte("\xFF\xFE<\x00C\x00l\x00"))
	h := fuzzHouse(f)
	as := h.operator()
	f.Fuzz(func(t *testing.T, raw []byte) { takeTwice(as, t, h, raw) })
}

func takeTwice(as context.Context, t *testing.T, h *house, raw []byte) {
	t.Helper()
	in := func() intake.Input { return intake.Input{Reader: bytes.NewReader(raw), Name: "x"} }
	first, err := h.intake.Import(as, in(), nil)
	if err != nil {
		t.Fatal(err)
	}
	c := first.Total
	if c.Read != c.Created+c.Updated+c.Unchanged+c.Quarantined || c.Read == 0 && len(raw) == 0 {
		t.Fatalf("something was dropped: %+v", c)
	}
	if slices.ContainsFunc(first.Files[0].Findings, func(f intake.Finding) bool { return f.Rule == "intake.defect" || f.Rule == "house.unforeseen" }) {
		t.Fatalf("the program failed: %s", told(first))
	}
	second, err := h.intake.Import(as, in(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := second.Total; s.Read != c.Read || s.Created+s.Updated != 0 || s.Quarantined != c.Quarantined {
		t.Fatalf("first %+v, then %+v", c, s)
	}
}
