package staff_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/web"
)

// call sends a request as whoever acts in ctx and reads the answer.
func call(ctx context.Context, t *testing.T, h http.Handler, method, path, body string) (int, map[string]any) {
	t.Helper()
	req := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	var answer map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%s %s: %d %q", method, path, w.Code, w.Body)
	}
	return w.Code, answer
}

func TestAHospitalIsSetUpOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := web.New("test")
		o.room.Routes(s)
		h := s.Handler()
		must := func(want int, method, path, body string) map[string]any {
			t.Helper()
			status, answer := call(o.admin, t, h, method, path, body)
			if status != want {
				t.Fatalf("%s %s: %d %v", method, path, status, answer)
			}
			return answer
		}
		ward := must(201, "POST", "/api/departments", `{"code":"0301","nameZh":"心血管内科","nameEn":"Cardiology","kind":"clinical"}`)
		chen := must(201, "POST", "/api/persons", `{"number":"10023","nameZh":"陈雅琴","nameEn":"Chen Yaqin","category":"employee","phone":"13900001234"}`)
		post := "/api/persons/" + chen["id"].(string) + "/appointments"
		until := o.Clock.Now().Add(24 * time.Hour).Format(time.RFC3339)
		made := must(201, "POST", post, `{"role":"attending","department":"`+ward["id"].(string)+`","titleZh":"主治医师","until":"`+until+`"}`)
		if made["live"] != true || made["until"] != until {
			t.Errorf("appointed: %v", made)
		}
		seen := must(200, "GET", "/api/persons/"+chen["id"].(string), "")
		if seen["phone"] != "13900001234" || len(seen["appointments"].([]any)) != 1 {
			t.Errorf("viewed: %v", seen)
		}
		listed := must(200, "GET", "/api/persons?role=attending", "")
		if items := listed["items"].([]any); len(items) != 1 || items[0].(map[string]any)["phone"] != nil || listed["count"].(map[string]any)["n"] != 1.0 {
			t.Errorf("listed: %v", listed)
		}
		if items := must(200, "GET", "/api/departments", "")["items"].([]any); len(items) != 1 {
			t.Errorf("departments: %v", items)
		}
		must(200, "POST", "/api/appointments/"+made["id"].(string)+"/end", "")
		if items := must(200, "GET", "/api/persons?role=attending", "")["items"].([]any); len(items) != 0 {
			t.Errorf("after the end: %v", items)
		}
	})
}

func TestBadInputNamesTheFieldAndTheRemedy(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := web.New("test")
		o.room.Routes(s)
		chen := o.person("10023", "陈雅琴", "Chen Yaqin")
		long := strings.Repeat("长", 81)
		for path, c := range map[string]struct {
			body   string
			fields []string
		}{
			"/api/departments": {`{"code":" ","nameZh":"` + long + `","kind":"ward"}`, []string{"code", "nameZh", "kind"}},
			"/api/persons":     {`{"number":"1","nameZh":"","category":"friend","phone":"call me"}`, []string{"nameZh", "category", "phone"}},
			"/api/persons/" + chen.ID + "/appointments":  {`{"role":"boss","department":"","until":"0001-01-01T00:00:00Z"}`, []string{"role", "department", "until"}},
			"/api/persons/" + chen.ID + "/appointments?": {`{"role":"nurse","department":"nowhere","until":"2026-12-31T00:00:00Z"}`, []string{"department"}},
		} {
			status, answer := call(o.admin, t, s.Handler(), "POST", path, c.body)
			var fields []string
			list, _ := answer["fields"].([]any)
			for _, f := range list {
				fields = append(fields, f.(map[string]any)["path"].(string))
				if f.(map[string]any)["problem"] == "" {
					t.Errorf("%s: %v has no remedy", path, f)
				}
			}
			if status != 422 || !slices.Equal(fields, c.fields) {
				t.Errorf("%s: %d %v", path, status, answer)
			}
		}
		if n := o.Count("staff_appointment"); n != 0 {
			t.Errorf("%d appointments", n)
		}
	})
}

func TestNobodyGetsNothing(t *testing.T) {
	bodies := map[string]string{
		"addDepartment": `{"code":"1","nameZh":"某科","kind":"clinical"}`,
		"addPerson":     `{"number":"1","nameZh":"某人","category":"employee"}`,
		"appoint":       `{"role":"nurse","department":"d","until":"2026-12-31T00:00:00Z"}`,

		"beginStay":          `{"kind":"leave","department":"d","until":"2026-12-31T00:00:00Z"}`,
		"moveStay":           `{"until":"2026-12-31T00:00:00Z"}`,
		"recordTraining":     `{"course":"保密","until":"2026-12-31T00:00:00Z"}`,
		"leave":              `{"kind":"resigned"}`,
		"addLine":            `{"kind":"key","what":"钥匙","role":"chief"}`,
		"publishUndertaking": `{"code":"x","titleZh":"甲","titleEn":"a","textZh":"甲","textEn":"a","periodDays":1}`,
		"addQualification":   `{"kind":"title","number":"1","since":"2020-01-01T00:00:00Z","until":"2026-12-31T00:00:00Z"}`,
		"requireLicence":     `{"role":"nurse","kind":"nurse-licence"}`,
		"addVendor":          `{"code":"x","name":"某公司"}`,
		"fileAgreement":      `{"scope":"维护","until":"2026-12-31T00:00:00Z","file":"AA==","privacy":true}`,
		"previewRoster":      "工号,姓名,类别,状态\n",
		"applyRoster":        "工号,姓名,类别,状态\n",
		"proposeAuthorities": `{"items":[{"permission":"role:nurse","authorises":"d","implements":"e"}]}`,
		"settleAuthorities":  `{"ids":["x"],"agree":true}`,
	}
	both(t, func(t *testing.T, o *office) {
		s := web.New("test")
		o.room.Routes(s)
		chen := o.person("10023", "陈雅琴", "Chen Yaqin")
		before := len(o.Entries())
		for _, op := range s.Ops() {
			path := strings.ReplaceAll(op.Path, "{id}", chen.ID)
			if op.ID == "applyRoster" {
				path += "?digest=x"
			}
			if status, answer := call(t.Context(), t, s.Handler(), op.Method, path, bodies[op.ID]); status != 401 || answer["code"] != "act.nobody" {
				t.Errorf("%s %s: %d %v", op.Method, path, status, answer)
			}
		}
		if after := len(o.Entries()); after != before || o.Count("staff_person") != 1 {
			t.Errorf("%d new entries, %d people", after-before, o.Count("staff_person"))
		}
	})
}
