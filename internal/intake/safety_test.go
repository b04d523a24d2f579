package intake_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/vault"
)

const acting = "%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"

func encoded(content string) string { return base64.StdEncoding.EncodeToString([]byte(content)) }

// scanned has whatever is a message carry a scan.
func scanned(control, content string) string {
	return message(msh("MDM^T02", control), pid("M1", "李四", "1960"), "TXA|1|CN|TX|20260302093000||||||||D"+control+"|||||LA",
		"OBX|1|TX|T^主诉||头痛||||||F", "OBX|2|ED|P^扫描件||HIS^AP^PDF^Base64^"+encoded(content)+"||||||F")
}

func TestWhatCouldActIsKeptApartWhateverCarriesIt(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		clinical := func(content string) string {
			return clinicalText(t, nil, "</text>", "</text><entry><observationMedia classCode='OBS' moodCode='EVN'><value mediaType='application/pdf' representation='B64'>"+encoded(content)+"</value></observationMedia></entry>")
		}
		h.mustCount(h.importText("his", "good.hl7", scanned("1", "%PDF-1.4 <</Type/Catalog>>")), intake.Counts{Read: 1, Created: 1})
		h.mustCount(h.importText("his", "good.xml", clinical("%PDF-1.4 <</Type/Catalog>>")), intake.Counts{Read: 1, Created: 1})
		for name, text := range map[string]string{
			"bad.hl7": scanned("2", acting), "bad.xml": clinical(acting), "doc.json": referenced(t, acting),
			"script.xml": clinicalText(t, nil, "</text>", "<paragraph><script xmlns='http://www.w3.org/1999/xhtml'>x()</script></paragraph></text>"),
		} {
			report := h.importText("his", name, text)
			h.mustTell(report, intake.Error, "intake.active-content", "")
			if beside := report.Total.Created + report.Total.Updated; report.Total.Quarantined != 1 || beside > 0 && name != "doc.json" || beside > 1 {
				t.Errorf("%s: %+v\n%s", name, report.Total, told(report))
			}
		}
		for _, c := range h.intake.Checks() {
			if f := c.Ask(t.Context()); c.ID == "intake.active-content" && (f.Verdict != evidence.Met || !strings.Contains(f.Detail.EN, "4 pieces kept apart")) {
				t.Errorf("%+v", f)
			} else if c.ID == "intake.scanner" && f.Verdict != evidence.NotMet {
				t.Errorf("no scanner is connected: %+v", f)
			}
		}
	})
}

// referenced is a document in FHIR that carries a file.
func referenced(t *testing.T, content string) string {
	t.Helper()
	text, err := json.Marshal(object{"resourceType": "Bundle", "type": "collection", "entry": []any{
		object{"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001", "resource": object{"resourceType": "Patient", "id": "1", "identifier": []any{object{"system": "urn:x", "value": "9"}}, "name": []any{object{"text": "王五"}}, "gender": "male", "birthDate": "1960-03-02"}},
		object{"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000002", "resource": object{
			"resourceType": "DocumentReference", "status": "current", "subject": object{"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}, "type": object{"text": "报告"},
			"content": []any{object{"attachment": object{"contentType": "application/pdf", "data": encoded(content)}}},
		}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// scanner says what a scanner of the house would.
type scanner func(raw []byte) (bool, error)

func (s scanner) Scan(_ context.Context, raw []byte) (bool, error) { return s(raw) }

func TestNothingIsTakenWhileTheScannerIsAway(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		blobs, err := vault.OpenBlobFolder(t.TempDir(), h.Time)
		if err != nil {
			t.Fatal(err)
		}
		away := true
		h.intake = intake.New(intake.Options{
			Door: h.Door, Vault: h.Vault, Blobs: blobs, Patients: h.patients, Records: h.records, Sources: h.sources,
			Scanner: scanner(func(raw []byte) (bool, error) {
				if away {
					return false, errors.New("connection refused")
				}
				return bytes.Contains(raw, []byte("EICAR")), nil
			}),
		})
		report := h.importText("his", "a.hl7", scanned("1", "%PDF-1.4"))
		h.mustTell(report, intake.Error, "intake.unscanned", "")
		h.mustCount(report, intake.Counts{Read: 1, Quarantined: 1})
		away = false
		h.mustCount(h.importText("his", "a.hl7", scanned("2", "%PDF-1.4")), intake.Counts{Read: 1, Created: 1})
		infected := h.importText("his", "b.hl7", scanned("3", "%PDF-1.4 EICAR"))
		h.mustTell(infected, intake.Error, "intake.infected", "")
		h.mustCount(infected, intake.Counts{Read: 1, Quarantined: 1})
		for _, c := range h.intake.Checks() {
			if f := c.Ask(t.Context()); c.ID == "intake.scanner" && f.Verdict != evidence.Met {
				t.Errorf("%+v", f)
			}
		}
	})
}

func TestADocumentOfAnotherHouseMustBeWhole(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		for name, c := range map[string]struct {
			raw  string
			rule string
		}{
			"no signature":  {clinicalText(t, nil, "legalAuthenticator", "authenticator", "/legalAuthenticator", "/authenticator"), "intake.incomplete.signature"},
			"no document":   {"病历", "intake.incomplete.document"},
			"no attachment": {clinicalText(t, nil, "</text>", "</text><entry><observationMedia classCode='OBS' moodCode='EVN'><value mediaType='application/pdf'><reference value='scan.pdf'/></value></observationMedia></entry>"), "intake.incomplete.attachment"},
			"no complaint":  {clinicalText(t, nil, `code="10154-3"`, `code="99999-9"`), "intake.incomplete.section"},
		} {
			s, err := h.intake.Screen(t.Context(), []byte(c.raw))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, f := range s.Missing {
				found = found || f.Rule == c.rule && f.Remedy.ZH != ""
			}
			if !found {
				t.Errorf("%s: %+v", name, s.Missing)
			}
		}
	})
}
