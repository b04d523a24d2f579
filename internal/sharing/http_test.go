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
			{"zhou", "POST", at + "/approve", "", 409},
			{"window", "GET", at + "/items", "", 403},
			{"law", "GET", at + "/items", "", 200},
			{"window", "POST", at + "/masking", `{"items":[]}`, 403},
			{"law", "POST", at + "/masking", `{"items":[{"document":"nothing","section":"a","disclosed":true,"ground":"ordered","words":"x"}]}`, 422},
			{"law", "POST", at + "/masking", `{"items":[{"document":"` + c.document + `","section":"a","disclosed":true,"ground":"unrelated","words":"x"}]}`, 422},
			{"law", "POST", at + "/masking", `{"items":[{"document":"` + c.document + `","section":"a","disclosed":true,"ground":"ordered","words":"法定文书列明"}]}`, 200},
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
		c.settles()
		c.billed(c.patient, c.encounter, "2型糖尿病")
		if _, err := c.room.ExportClaims(c.as("claims"), c.claimTask(c.insurer(), "outcome").ID); err != nil {
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
		if all := strings.Join(evidence.Demands(c.room.Checks()), " "); all != "A-102 A-104 A-105 A-106 A-118 A-119 B-064 B-065 B-067 B-068 B-069 B-070 B-071 B-072 B-073 B-074 B-090 B-095 D-050" {
			t.Errorf("demands: %s", all)
		}
	})
}

func TestAClaimTaskGoesItsWayOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		c.settles()
		c.billed(c.patient, c.encounter, "2型糖尿病")
		in := c.asking(c.insurer())
		asked, err := json.Marshal(map[string]any{
			"kind": in.Kind, "insurer": in.Insurer, "basis": in.Basis, "article": in.Article, "reviewer": in.Reviewer, "until": in.Until,
			"certificate": in.Certificate, "claims": in.Claims, "extras": []any{map[string]any{"field": "course", "words": "核对治疗"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		status, made := c.ask("billing", "POST", "/api/sharing/claim-tasks", string(asked))
		if status != 201 {
			t.Fatalf("%d %v", status, made)
		}
		at := "/api/sharing/claim-tasks/" + made["id"].(string)
		for _, s := range []struct {
			who, method, path, body string
			status                  int
		}{
			{"claims", "GET", "/api/sharing/claim-fields", "", 200},
			{"chen", "GET", "/api/sharing/claim-fields", "", 403},
			{"auditor", "GET", "/api/sharing/claim-tasks", "", 200},
			{"dba", "GET", "/api/sharing/claim-tasks", "", 403},
			{"", "GET", "/api/sharing/claim-tasks", "", 401},
			{"window", "POST", "/api/sharing/claim-tasks", string(asked), 403},
			{"billing", "POST", "/api/sharing/claim-tasks", strings.Replace(string(asked), "insurance-fund", "because", 1), 422},
			{"claims", "GET", at + "/rows", "", 403},
			{"claims", "POST", at + "/approve", `{}`, 403},
			{"night", "POST", at + "/approve", `{"extras":["called"]}`, 422},
			{"night", "POST", at + "/approve", `{"extras":[]}`, 200},
			{"night", "POST", at + "/approve", `{}`, 409},
			{"claims", "GET", at + "/rows", "", 200},
			{"night", "GET", at + "/rows", "", 403},
			{"claims", "POST", at + "/export", "", 201},
			{"auditor", "GET", at, "", 200},
			{"auditor", "POST", at + "/export", "", 403},
			{"claims", "GET", "/api/sharing/claim-tasks/nothing/rows", "", 403},
			{"billing", "POST", at + "/end", "", 200},
			{"billing", "POST", at + "/end", "", 409},
			{"claims", "GET", at + "/rows", "", 403},
		} {
			if status, answer := c.ask(s.who, s.method, s.path, s.body); status != s.status {
				t.Errorf("%s %s %s %s: %d %v", s.who, s.method, s.path, s.body, status, answer)
			}
		}
	})
}
