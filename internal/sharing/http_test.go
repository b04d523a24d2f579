package sharing_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/evidence"
)

func TestACaseGoesItsWayOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		presented, err := json.Marshal(papersFor("court").Presented)
		if err != nil {
			t.Fatal(err)
		}
		body := `{"patient":"` + c.patient + `","kind":"court","agency":"明州市人民法院","basis":"民事诉讼法","names":["赵法官","钱书记员"],"presented":` + string(presented) + `}`
		status, made := c.ask("window", "POST", "/api/sharing/cases", body)
		if status != 201 {
			t.Fatalf("%d %v", status, made)
		}
		at := "/api/sharing/cases/" + made["id"].(string)
		until := c.Clock.Now().Add(24 * time.Hour).Format(time.RFC3339)
		for _, s := range []struct {
			who, method, path, body string
			status                  int
		}{
			{"window", "GET", "/api/sharing/kinds", "", 200},
			{"window", "GET", "/api/sharing/cases", "", 200},
			{"chen", "GET", "/api/sharing/cases", "", 403},
			{"", "GET", "/api/sharing/cases", "", 401},
			{"window", "POST", "/api/sharing/cases", `{"patient":"` + c.patient + `","kind":"reporter","basis":"","names":[],"presented":[]}`, 422},
			{"window", "POST", "/api/sharing/cases", strings.Replace(body, c.patient, "nobody", 1), 404},
			{"window", "POST", "/api/sharing/cases", strings.Replace(body, proofText, "07", 1), 422},
			{"window", "POST", "/api/sharing/cases", strings.Replace(body, "明州市人民法院", "", 1), 422},
			{"window", "POST", at + "/check", "", 200},
			{"window", "POST", at + "/check", "", 409},
			{"colleague", "POST", at + "/check", "", 200},
			{"window", "POST", at + "/scope", `{"scope":{"forms":["C0034"],"from":"someday","copies":true},"assistant":"` + c.people["helper"] + `","until":"` + until + `"}`, 422},
			{"window", "POST", at + "/scope", `{"scope":{"forms":["C0034"],"copies":true},"assistant":"nobody","until":"` + until + `"}`, 422},
			{"window", "POST", at + "/scope", `{"scope":{"forms":["C0034"],"copies":true},"assistant":"` + c.people["helper"] + `","until":"` + until + `"}`, 200},
			{"window", "POST", at + "/approve", "", 403},
			{"zhou", "POST", at + "/approve", "", 200},
			{"zhou", "POST", at + "/confirm", "", 409},
			{"helper", "POST", at + "/hand-over", `{"manner":"posted","documents":[]}`, 422},
			{"helper", "POST", at + "/hand-over", `{"manner":"copied","medium":"纸质","documents":["` + c.document + `"]}`, 422},
			{"helper", "POST", at + "/hand-over", `{"manner":"copied","medium":"纸质","documents":["nothing"],"receipt":"` + proofText + `"}`, 403},
			{"helper", "POST", at + "/hand-over", `{"manner":"copied","medium":"纸质","documents":["` + c.document + `"],"receipt":"` + proofText + `"}`, 201},
			{"helper", "POST", at + "/return", `{"handover":"nothing","outcome":"returned"}`, 404},
			{"helper", "POST", at + "/return", `{"handover":"nothing","outcome":"lost"}`, 422},
			{"dba", "GET", at, "", 403},
			{"window", "GET", at, "", 200},
			{"zhou", "POST", at + "/refuse", `{"words":""}`, 422},
			{"window", "POST", at + "/close", "", 200},
		} {
			if status, answer := c.ask(s.who, s.method, s.path, s.body); status != s.status {
				t.Errorf("%s %s %s %s: %d %v", s.who, s.method, s.path, s.body, status, answer)
			}
		}
	})
}

func TestEveryDemandHasALiveFigure(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.approved("court", "zhou")
		in := c.handing()
		in.ReturnBy = c.Clock.Now().Add(24 * time.Hour)
		if _, err := c.room.HandOver(c.as("helper"), made.ID, in); err != nil {
			t.Fatal(err)
		}
		for _, check := range c.room.Checks() {
			if f := check.Ask(t.Context()); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", check.ID, f)
			}
		}
		c.Clock.Advance(25 * time.Hour)
		for _, check := range c.room.Checks() {
			if f := check.Ask(t.Context()); (f.Verdict == evidence.Met) == (check.ID == "sharing.returned") {
				t.Errorf("%s a day on: %+v", check.ID, f)
			}
		}
		if all := strings.Join(evidence.Demands(c.room.Checks()), " "); all != "A-105 A-106 A-118 B-064 B-065 B-067 B-068 B-069 B-070 B-071 B-072 B-073 B-074 B-095 D-050" {
			t.Errorf("demands: %s", all)
		}
	})
}
