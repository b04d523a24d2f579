package consent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/evidence"
)

func TestConsentsOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		at := "/api/patients/" + h.patient
		until := h.Clock.Now().AddDate(1, 0, 0).Format(time.RFC3339)
		status, form := h.ask("affairs", "POST", "/api/consent/forms",
			`{"kind":"consent","name":{"zh":"教学","en":"Teaching"},"text":{"zh":"同意","en":"I agree"},"scope":{"purposes":["teaching"]},"givers":["patient"],"forms":["written","verbal"]}`)
		if status != 201 {
			t.Fatalf("%d %v", status, form)
		}
		id := form["id"].(string)
		giver := `{"name":"李四","document":"id-card","number":"33"}`
		status, given := h.ask("chen", "POST", at+"/consents", `{"template":"`+id+`","relation":"patient","form":"written","until":"`+until+`","evidence":"`+proofText+`","giver":`+giver+`}`)
		if status != 201 || given["state"] != "in-force" {
			t.Fatalf("%d %v", status, given)
		}
		consentID := given["id"].(string)
		for _, c := range []struct {
			who, method, path, body string
			status                  int
		}{
			{"chen", "GET", at + "/consents", "", 200},
			{"", "GET", at + "/consents", "", 401},
			{"stranger", "GET", at + "/consents", "", 403},
			{"chen", "GET", "/api/consents/" + consentID, "", 200},
			{"chen", "GET", "/api/consents/nothing", "", 403},
			{"chen", "POST", at + "/consents", `{"template":"` + id + `","relation":"uncle","form":"sung","giver":` + giver + `}`, 422},
			{"chen", "POST", at + "/consents", `{"template":"` + id + `","relation":"relative","form":"written","until":"` + until + `","evidence":"zz","giver":` + giver + `}`, 422},
			{"chen", "POST", at + "/consents", `{"template":"nothing","relation":"patient","form":"written","until":"` + until + `","evidence":"` + proofText + `","giver":` + giver + `}`, 404},
			{"chen", "POST", at + "/consents", `{"template":"` + id + `","relation":"patient","form":"verbal","until":"` + until + `","giver":` + giver + `}`, 422},
			{"chen", "POST", at + "/consent-refusals", `{"template":"` + id + `","relation":"patient","form":"verbal","until":"` + until + `","giver":{"name":"李四","document":"id-card","number":"33","witness":"护士赵"}}`, 201},
			{"chen", "POST", at + "/notices", `{"template":"` + id + `","to":"patient","form":"written","acknowledged":true}`, 201},
			{"chen", "POST", at + "/notices", `{"template":"` + id + `","to":"patient","form":"electronic","acknowledged":true}`, 422},
			{"chen", "POST", at + "/guardians", `{"kind":"minor","born":"yesterday","who":` + giver + `,"evidence":"` + proofText + `"}`, 422},
			{"chen", "POST", at + "/guardians", `{"kind":"incapacity","until":"` + until + `","who":` + giver + `,"evidence":"` + proofText + `"}`, 201},
			{"clerk", "POST", "/api/consents/" + consentID + "/withdraw", `{"relation":"patient"}`, 409},
			{"clerk", "POST", "/api/consents/" + consentID + "/withdraw", `{"relation":"neighbour"}`, 422},
			{"chen", "GET", "/api/consent/forms", "", 200},
			{"chen", "GET", "/api/consent/forms/" + id + "/versions", "", 200},
			{"chen", "GET", "/api/consent/forms/nothing/versions", "", 404},
			{"affairs", "POST", "/api/consent/forms", `{"kind":"poem","name":{"zh":"","en":""},"text":{"zh":"","en":""},"forms":[]}`, 422},
			{"chen", "GET", "/api/consent/bases", "", 200},
			{"affairs", "POST", "/api/consent/exemptions", `{"basis":"wish","article":"","purpose":"fun","requester":"` + h.gao + `","facts":"","until":"2020-01-01T00:00:00Z"}`, 422},
			{"affairs", "POST", "/api/consent/exemptions", `{"basis":"audit","article":"第一条","purpose":"research","requester":"` + h.gao + `","facts":"事实","until":"` + until + `"}`, 201},
			{"affairs", "GET", "/api/consent/exemptions", "", 200},
			{"chen", "GET", "/api/consent/exemptions", "", 403},
			{"affairs", "POST", "/api/consent/exemptions/nothing/end", "", 404},
			{"affairs", "POST", "/api/consent/screen", `{"patients":["` + h.patient + `"],"purpose":"teaching"}`, 200},
			{"affairs", "POST", "/api/consent/screen", `{"patients":[],"purpose":"fun"}`, 422},
		} {
			if status, answer := h.ask(c.who, c.method, c.path, c.body); status != c.status {
				t.Errorf("%s %s %s %s: %d %v", c.who, c.method, c.path, c.body, status, answer)
			}
		}
	})
}

func TestEveryDemandHasALiveFigure(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		rec := h.give(h.giving(h.research()))
		for _, c := range h.room.Checks() {
			if f := c.Ask(t.Context()); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
		h.Clock.Advance(rec.Until.Sub(h.Clock.Now()))
		for _, c := range h.room.Checks() {
			if f := c.Ask(t.Context()); (f.Verdict == evidence.Met) == (c.ID == "consent.reviewed") {
				t.Errorf("%s a year on: %+v", c.ID, f)
			}
		}
		if all := strings.Join(evidence.Demands(h.room.Checks()), " "); all != "A-079 B-006 B-015 B-093 B-094 C-066 C-128" {
			t.Errorf("demands: %s", all)
		}
	})
}
