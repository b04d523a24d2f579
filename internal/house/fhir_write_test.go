package house_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/house/housetest"
)

const asFHIR = "application/fhir+json"

func onePatient(id, name, phone string) string {
	head := ""
	if id != "" {
		head = `"id":"` + id + `",`
	}
	return `{"resourceType":"Patient",` + head + `"name":[{"text":"` + name + `"}],"gender":"female","birthDate":"1971-05-06","telecom":[{"system":"phone","value":"` + phone + `"}],"identifier":[{"system":"urn:lis","value":"L-7"}]}`
}

func oneResult(subject string) string {
	return `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7"}],"text":"血红蛋白"},"subject":{"reference":"` + subject + `"},"effectiveDateTime":"2026-02-20T09:30:00+08:00","valueQuantity":{"value":98.50,"unit":"g/L"}}`
}

func TestAMachineUpdatesWhatItBroughtAndNothingElse(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		_, key := connected(t, h, "lis", "patients", "visits", "results")
		m := app{t, h, h.Nobody()}
		m.caller.Token = key
		send := func(method, path, body string, headers ...string) reply {
			return m.ask(method, path, body, append([]string{"Content-Type", asFHIR}, headers...)...)
		}
		made := send("POST", "/Patient", onePatient("", "钱多多", "13800000001"), "If-None-Exist", "identifier=urn:lis|L-7", "Prefer", "return=minimal")
		place := made.header.Get("Location")
		id := place[strings.LastIndex(place, "/")+1:]
		if made.status != http.StatusCreated || made.header.Get("ETag") != `W/"1"` || len(made.body) != 0 || id == "" {
			t.Fatalf("%d %v %s", made.status, made.header, made.body)
		}
		if again := send("POST", "/Patient", onePatient("", "钱多多", "13800000009"), "If-None-Exist", "identifier=urn:lis|L-7"); again.status != http.StatusOK || again.header.Get("Location") != place {
			t.Errorf("%d %v %s", again.status, again.header, again.body)
		}
		changed := send("PUT", "/Patient/"+id, onePatient(id, "钱多多", "13800000002"), "If-Match", `W/"1"`)
		if changed.status != http.StatusOK || changed.header.Get("ETag") != `W/"2"` {
			t.Fatalf("%d %v %s", changed.status, changed.header, changed.body)
		}
		for name, c := range map[string]struct {
			path, body, match string
			status            int
		}{
			"a version that is not the newest": {"/Patient/" + id, onePatient(id, "钱多多", "13800000003"), `W/"1"`, http.StatusPreconditionFailed},
			"no version":                       {"/Patient/" + id, onePatient(id, "钱多多", "13800000003"), "", http.StatusPreconditionFailed},
			"another id in the body":           {"/Patient/" + id, onePatient("01JZZZZZZZZZZZZZZZZZZZZZZZ", "钱多多", "1"), `W/"2"`, http.StatusBadRequest},
			"somebody else's patient":          {"/Patient/" + s.patient, onePatient(s.patient, "钱多多", "1"), `W/"1"`, http.StatusForbidden},
			"an id that there is not":          {"/Patient/01JZZZZZZZZZZZZZZZZZZZZZZZ", onePatient("01JZZZZZZZZZZZZZZZZZZZZZZZ", "钱多多", "1"), `W/"1"`, http.StatusForbidden},
			"a condition that is none":         {"/Patient?name=" + url.QueryEscape("钱"), onePatient("", "钱多多", "1"), "", http.StatusBadRequest},
			"a gender that there is not":       {"/Patient/" + id, strings.Replace(onePatient(id, "钱多多", "1"), "female", "purple", 1), `W/"2"`, http.StatusUnprocessableEntity},
		} {
			headers := []string{"If-Match", c.match}
			if c.match == "" {
				headers = nil
			}
			got := send("PUT", c.path, c.body, headers...)
			if m.read(name, "OperationOutcome", got); got.status != c.status {
				t.Errorf("%s: %d, want %d: %s", name, got.status, c.status, got.body)
			}
		}
		foreign, absent := send("PUT", "/Patient/"+s.patient, onePatient(s.patient, "钱", "1"), "If-Match", `W/"1"`), send("PUT", "/Patient/01JZZZZZZZZZZZZZZZZZZZZZZZ", onePatient("01JZZZZZZZZZZZZZZZZZZZZZZZ", "钱", "1"), "If-Match", `W/"1"`)
		if string(foreign.body) != string(absent.body) {
			t.Errorf("a stranger's is told from one that is not there:\n%s\n%s", foreign.body, absent.body)
		}
		renamed := send("PUT", "/Patient?identifier=urn:lis%7CL-7", onePatient("", "钱少少", "13800000002"), "If-Match", `W/"2"`)
		o := m.read("renamed", "OperationOutcome", renamed)
		if renamed.status != http.StatusOK || renamed.header.Get("ETag") != `W/"2"` || !slices.ContainsFunc(o.Issue, func(i issue) bool {
			return i.Severity == "warning" && i.Details.Coding[0].Code == "intake.identity-change"
		}) {
			t.Errorf("who somebody is waits for a person: %d %s", renamed.status, renamed.body)
		}
		for _, subject := range []string{"Patient/" + id, "Patient?identifier=urn:lis|L-7"} {
			if got := send("POST", "/Observation", oneResult(subject)); got.status != http.StatusCreated {
				t.Errorf("%s: %d %s", subject, got.status, got.body)
			}
		}
		if got := send("POST", "/Observation", oneResult("Patient/"+s.patient)); got.status != http.StatusAccepted {
			t.Errorf("about somebody else's patient: %d %s", got.status, got.body)
		}
		var reviews struct{ Items []struct{ Patient string } }
		h.SignIn(h.Pick("records-clerk", nil)).Must("GET", "/api/reviews", nil, http.StatusOK, &reviews)
		if !slices.ContainsFunc(reviews.Items, func(r struct{ Patient string }) bool { return r.Patient == id }) {
			t.Errorf("%+v", reviews)
		}
		verifyClean(t, h)
	})
}

func TestASearchIsOrderedAndBringsWhatLeadsToIt(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		a := app{t, h, s.doctor}
		of := "?patient=" + s.patient
		up, down := idsInOrder(a.every("/DocumentReference"+of+"&_sort=period&_count=2")), idsInOrder(a.every("/DocumentReference"+of+"&_sort=-period,_id&_count=3"))
		if len(up) < 3 || len(up) != len(down) || up[0] == down[0] {
			t.Errorf("%v\n%v", up, down)
		}
		first := a.get("/DocumentReference"+of+"&_sort=period&_count=2", "Bundle")
		if first.Total == nil || *first.Total != len(up) || len(first.Entry) != 2 {
			t.Errorf("%+v", first)
		}
		counted := a.get("/DocumentReference"+of+"&_count=1&_total=accurate", "Bundle")
		if counted.Total == nil || *counted.Total != len(up) {
			t.Errorf("%+v", counted.Total)
		}
		if none := a.get("/DocumentReference"+of+"&_total=none", "Bundle"); none.Total != nil {
			t.Errorf("%d", *none.Total)
		}
		modes := func(path string) (kinds []string) {
			for _, e := range a.get(path, "Bundle").Entry {
				if e.Search.Mode == "include" {
					parts := strings.Split(e.FullURL, "/")
					kinds = append(kinds, parts[len(parts)-2])
				}
			}
			slices.Sort(kinds)
			return slices.Compact(kinds)
		}
		if got := modes("/DocumentReference" + of + "&_include=DocumentReference:encounter&_include=DocumentReference:subject&_include=DocumentReference:custodian"); !slices.Equal(got, []string{"Encounter", "Organization", "Patient"}) {
			t.Errorf("included: %v", got)
		}
		if got := modes("/DocumentReference?_id=" + s.document.ID + "&_revinclude=Provenance:target"); !slices.Equal(got, []string{"Provenance"}) {
			t.Errorf("leads to a document: %v", got)
		}
		if got := modes("/Patient?_id=" + s.patient + "&_revinclude=Encounter:patient&_revinclude=Observation:subject"); !slices.Equal(got, []string{"Encounter", "Observation"}) {
			t.Errorf("leads to a patient: %v", got)
		}
		short := a.get("/DocumentReference"+of+"&_summary=true&_count=1", "Bundle")
		if strings.Contains(string(short.Entry[0].Resource), "custodian") || !strings.Contains(string(short.Entry[0].Resource), "SUBSETTED") {
			t.Errorf("%s", short.Entry[0].Resource)
		}
		a.refused("GET", "/DocumentReference"+of+"&_sort=colour", http.StatusBadRequest, "fhir.parameter")
		a.refused("GET", "/DocumentReference"+of+"&_include=DocumentReference:colour", http.StatusBadRequest, "fhir.parameter")
		a.refused("GET", "/Patient?_id="+strings.Repeat("01JZZZZZZZZZZZZZZZZZZZZZZZ,", 300), http.StatusBadRequest, "fhir.parameter")
		long := a.ask("POST", "/Patient/_search", "_id="+strings.Repeat("1,", 9999)+"1", "Content-Type", "application/x-www-form-urlencoded")
		if long.status != http.StatusBadRequest {
			t.Errorf("10,000 ids: %d", long.status)
		}

		stranger := app{t, h, h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))}
		hidden, absent := stranger.get("/Patient?_id="+s.patient+"&_revinclude=Observation:patient", "Bundle"), stranger.get("/Patient?_id=01JZZZZZZZZZZZZZZZZZZZZZZZ&_revinclude=Observation:patient", "Bundle")
		if *hidden.Total != 0 || *absent.Total != 0 || len(hidden.Entry) != 1 || string(hidden.Entry[0].Resource) != string(absent.Entry[0].Resource) {
			t.Errorf("%+v\n%+v", hidden, absent)
		}
	})
}

func idsInOrder(all []resource) (ids []string) {
	for _, r := range all {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestPagesOfOtherSitesCallOnlyWhereAProgramIsRegistered(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		a := app{t, h, s.doctor}
		for _, origin := range []string{"https://elsewhere.example", "null"} {
			got := a.ask(http.MethodOptions, "/Patient/1", "", "Origin", origin, "Access-Control-Request-Method", "GET")
			if got.status != http.StatusForbidden || got.header.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s: %d %v", origin, got.status, got.header)
			}
			if got := a.ask(http.MethodGet, "/Patient/"+s.patient, "", "Origin", origin); got.status != http.StatusForbidden {
				t.Errorf("%s reads: %d", origin, got.status)
			}
		}
		if got := a.ask(http.MethodGet, "/Patient/"+s.patient, "", "Origin", h.Server.URL); got.status != http.StatusOK {
			t.Errorf("our own page: %d", got.status)
		}
	})
}
