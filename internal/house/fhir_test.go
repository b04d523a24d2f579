package house_test

import (
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/house/housetest"
	r4 "github.com/medward/medward/kit/fhir"
)

// app is a program that speaks FHIR as somebody.
type app struct {
	t      *testing.T
	h      *housetest.House
	caller *housetest.Caller
}

// reply is what it was told.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// number is an identifier.
type number struct {
	System, Value string
	Hidden        *struct{ Extension []struct{ ValueCode string } } `json:"_value"`
}

// issue is one of an OperationOutcome.
type issue struct {
	Severity, Code, Diagnostics string
	Expression                  []string
	Details                     struct {
		Text   string
		Coding []struct{ System, Code string }
	}
}

// resource is any resource, as far as the tests read it.
type resource struct {
	ResourceType, ID, Status, DocStatus, Gender, BirthDate string
	Meta                                                   struct {
		VersionID, LastUpdated string
		Security, Tag          []struct{ Code string }
	}
	Type             json.RawMessage
	Total            *int
	Link             []struct{ Relation, URL string }
	Identifier       []number
	Subject, Patient struct{ Reference string }
	Content          []struct{ Attachment struct{ URL string } }
	Issue            []issue
	Signature        []struct {
		Extension []struct{ ValueBoolean bool }
		Data      []byte
	}
	Rest  []struct{ Resource []struct{ Type string } }
	Entry []struct {
		FullURL  string
		Resource json.RawMessage
		Search   struct{ Mode string }
	}
}

func (a app) ask(method, path, body string, headers ...string) reply {
	a.t.Helper()
	if !strings.HasPrefix(path, "http") {
		path = a.h.Server.URL + "/fhir" + path
	}
	req, err := http.NewRequestWithContext(a.t.Context(), method, path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Accept", "application/fhir+json")
	if a.caller.Token != "" {
		req.Header.Set("Authorization", "Bearer "+a.caller.Token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := a.h.Server.Client().Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	whole, err := io.ReadAll(res.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, whole}
}

// get asks and wants a resource of a kind that R4 finds nothing wrong with.
func (a app) get(path, kind string, headers ...string) resource {
	a.t.Helper()
	got := a.ask(http.MethodGet, path, "", headers...)
	if got.status != http.StatusOK {
		a.t.Fatalf("%s: %d %s", path, got.status, got.body)
	}
	return a.read(path, kind, got)
}

func (a app) read(path, kind string, got reply) resource {
	a.t.Helper()
	var r resource
	if err := json.Unmarshal(got.body, &r); err != nil || r.ResourceType != kind {
		a.t.Fatalf("%s: %v %s", path, err, got.body)
	}
	in, problems, err := r4.OpenBytes(got.body, r4.Limits{})
	if err != nil {
		a.t.Fatalf("%s: %v %v", path, err, problems)
	}
	for _, e := range in.Entries {
		problems = append(problems, r4.Check(e)...)
	}
	for _, p := range problems {
		if p.Severity == r4.Error || p.Code == r4.CodeUnknownElement {
			a.t.Errorf("%s: %+v", path, p)
		}
	}
	return r
}

// refused asks and wants an OperationOutcome of a status and a code.
func (a app) refused(method, path string, status int, code string, headers ...string) resource {
	a.t.Helper()
	got := a.ask(method, path, "", headers...)
	r := a.read(path, "OperationOutcome", got)
	if got.status != status || len(r.Issue) == 0 || r.Issue[0].Details.Coding[0].Code != code {
		a.t.Fatalf("%s: %d, want %d %s: %s", path, got.status, status, code, got.body)
	}
	return r
}

// every follows the links of a search to its end.
func (a app) every(path string) (all []resource) {
	a.t.Helper()
	for path != "" {
		page := a.get(path, "Bundle")
		path = ""
		for _, e := range page.Entry {
			var r resource
			if err := json.Unmarshal(e.Resource, &r); err != nil {
				a.t.Fatal(err)
			}
			all = append(all, r)
		}
		for _, l := range page.Link {
			if l.Relation == "next" {
				path = l.URL
			}
		}
	}
	return all
}

func idsOf(all []resource, kind string) (ids []string) {
	for _, r := range all {
		if r.ResourceType == kind {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// listed are the ids that the interface for people shows.
func listed(caller *housetest.Caller, path string) (ids []string) {
	for cursor := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		caller.Must("GET", path+"&cursor="+cursor, nil, http.StatusOK, &page)
		for _, i := range page.Items {
			ids = append(ids, i.ID)
		}
		if cursor = page.Next; cursor == "" {
			slices.Sort(ids)
			return ids
		}
	}
}

func TestAnAppReadsWhatItsPersonReadsOnTheScreen(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		a := app{t, h, s.doctor}

		if got := idsOf(a.every("/Patient?_count=3"), "Patient"); !slices.Equal(got, listed(s.doctor, "/api/patients?scope=all&limit=7")) {
			t.Errorf("patients: %v", got)
		}
		p := a.get("/Patient/"+s.patient, "Patient")
		if p.ID != s.patient || p.Identifier[0].Value != s.number || p.Meta.VersionID == "" {
			t.Errorf("%+v", p)
		}
		byNumber := a.get("/Patient?identifier=urn:oid:2.16.156.10011.1.13|"+url.QueryEscape(s.number), "Bundle")
		if byNumber.Total == nil || *byNumber.Total != 1 {
			t.Errorf("by the record number: %+v", byNumber)
		}
		for kind, path := range map[string]string{"DocumentReference": "documents", "Observation": "observations"} {
			found := idsOf(a.every("/"+kind+"?patient="+s.patient+"&_count=2"), kind)
			if want := listed(s.doctor, "/api/patients/"+s.patient+"/"+path+"?limit=200"); len(want) == 0 || !slices.Equal(found, want) {
				t.Errorf("%s: %v, on the screen %v", kind, found, want)
			}
			counted := a.get("/"+kind+"?patient=Patient/"+s.patient+"&_summary=count", "Bundle")
			if counted.Total == nil || *counted.Total != len(found) || len(counted.Entry) != 0 {
				t.Errorf("%s counted: %+v", kind, counted)
			}
			for _, id := range found {
				if one := a.get("/"+kind+"/"+id, kind); one.Subject.Reference != "Patient/"+s.patient {
					t.Errorf("%+v", one)
				}
			}
		}
		for _, e := range a.every("/Encounter?patient=" + s.patient) {
			if one := a.get("/Encounter/"+e.ID, "Encounter"); one.Status != e.Status {
				t.Errorf("%+v", one)
			}
		}
		var screen struct{ Allergies []string }
		s.doctor.Must("GET", "/api/patients/"+s.patient, nil, http.StatusOK, &screen)
		allergies := a.every("/AllergyIntolerance?patient=" + s.patient)
		if len(allergies) != len(screen.Allergies) {
			t.Errorf("allergies: %+v, on the screen %v", allergies, screen.Allergies)
		}
		for _, one := range allergies {
			a.get("/AllergyIntolerance/"+one.ID, "AllergyIntolerance")
		}
		all := a.every("/Patient/" + s.patient + "/$everything?_count=3")
		if !slices.Contains(idsOf(all, "DocumentReference"), s.document.ID) || len(idsOf(all, "Patient")) != 1 || len(idsOf(all, "Observation")) == 0 {
			t.Errorf("everything: %d resources", len(all))
		}
		verifyClean(t, h)
	})
}

func TestTheVersionsOfADocumentAndWhatTheySay(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		a := app{t, h, s.doctor}
		before := a.get("/DocumentReference/"+s.document.ID, "DocumentReference")
		correctAnError(t, s)
		after := a.ask(http.MethodGet, "/DocumentReference/"+s.document.ID, "")
		now := a.read("after", "DocumentReference", after)
		if now.Meta.VersionID == before.Meta.VersionID || after.header.Get("ETag") != `W/"`+now.Meta.VersionID+`"` || after.header.Get("Last-Modified") == "" {
			t.Errorf("%+v after %+v, %v", now.Meta, before.Meta, after.header)
		}
		if again := a.ask(http.MethodGet, "/DocumentReference/"+s.document.ID, "", "If-None-Match", after.header.Get("ETag")); again.status != http.StatusNotModified || len(again.body) > 0 {
			t.Errorf("%d %s", again.status, again.body)
		}
		versions := a.get("/DocumentReference/"+s.document.ID+"/_history", "Bundle")
		if versions.Total == nil || *versions.Total < 2 || len(versions.Entry) != *versions.Total {
			t.Errorf("%+v", versions)
		}
		first := a.get("/DocumentReference/"+s.document.ID+"/_history/1", "DocumentReference")
		if first.Meta.VersionID != "1" || first.Status != "superseded" {
			t.Errorf("%+v", first)
		}
		a.refused("GET", "/DocumentReference/"+s.document.ID+"/_history/99", http.StatusNotFound, "act.absent")

		said := a.ask(http.MethodGet, "/"+now.Content[0].Attachment.URL, "", "Accept", "text/plain")
		if said.status != http.StatusOK || said.header.Get("Content-Type") != "text/plain; charset=utf-8" || !strings.Contains(string(said.body), "补录青霉素过敏史") {
			t.Errorf("%d %v %s", said.status, said.header, said.body)
		}
		a.get("/"+now.Content[0].Attachment.URL, "Binary")
		p := a.get("/Provenance/"+s.document.ID+"-"+now.Meta.VersionID, "Provenance")
		if len(p.Signature) != 1 || !p.Signature[0].Extension[0].ValueBoolean || len(p.Signature[0].Data) == 0 {
			t.Errorf("%+v", p)
		}
		found := a.get("/Provenance?target=DocumentReference/"+s.document.ID, "Bundle")
		if len(found.Entry) != 1 || !strings.Contains(string(found.Entry[0].Resource), `"revision"`) {
			t.Errorf("%+v", found)
		}
	})
}

func TestARefusalIsToldInTheWordsOfTheStandardAndOfTheHouse(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		stranger := app{t, h, h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))}
		said := stranger.refused("GET", "/Patient/"+s.patient, http.StatusForbidden, "act.refused", "Accept-Language", "en")
		remedies := 0
		for _, i := range said.Issue[1:] {
			if i.Severity == "information" && i.Details.Text != "" && i.Diagnostics != "" {
				remedies++
			}
		}
		if said.Issue[0].Code != "forbidden" || remedies == 0 || !strings.ContainsAny(said.Issue[1].Diagnostics, "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("%+v", said)
		}
		for _, path := range []string{"/Encounter?patient=" + s.patient, "/Observation?patient=" + s.patient, "/DocumentReference?subject=Patient/" + s.patient, "/Patient/" + s.patient + "/$everything", "/Binary/" + s.document.ID, "/Provenance?target=DocumentReference/" + s.document.ID} {
			stranger.refused("GET", path, http.StatusForbidden, "act.refused")
		}
		hidden := stranger.get("/Patient?_id="+s.patient, "Bundle")
		if hidden.Total == nil || *hidden.Total != 0 || len(hidden.Entry) != 1 || hidden.Entry[0].Search.Mode != "outcome" {
			t.Errorf("%+v", hidden)
		}
		if counted := stranger.get("/Patient?identifier="+url.QueryEscape(s.number)+"&_summary=count", "Bundle"); *counted.Total != 0 {
			t.Errorf("a total tells of a stranger's patient: %+v", counted)
		}
		stranger.caller.Must("POST", "/api/patients/"+s.patient+"/break-glass", fields{"choice": "emergency-consult", "words": "夜间急会诊"}, http.StatusCreated, nil)
		stranger.get("/Patient/"+s.patient, "Patient")

		nobody := app{t, h, h.Nobody()}
		if got := nobody.refused("GET", "/Patient/"+s.patient, http.StatusUnauthorized, "act.nobody"); got.Issue[0].Code != "login" {
			t.Errorf("%+v", got)
		}
		nobody.refused("GET", "/Nothing/1", http.StatusUnauthorized, "act.nobody")
		a := app{t, h, s.doctor}
		a.refused("GET", "/Nothing/1", http.StatusNotFound, "fhir.kind")
		a.refused("GET", h.Server.URL+"/fhir", http.StatusNotFound, "fhir.kind")
		a.refused("DELETE", "/Patient/"+s.patient, http.StatusMethodNotAllowed, "fhir.method")
		a.refused("GET", "/Patient/"+s.patient, http.StatusNotAcceptable, "fhir.format", "Accept", "text/turtle")
		a.refused("GET", "/Observation", http.StatusBadRequest, "fhir.parameter")
		a.refused("GET", "/$export", http.StatusForbidden, "fhir.export")
		a.refused("GET", "/Patient?identifier=1&_cursor=none", http.StatusUnprocessableEntity, "web.cursor")
	})
}

func TestWhatIsMaskedIsNotToldAndSaysSo(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		masks := 0
		for _, role := range []string{"nurse", "technician", "pharmacist", "coder", "resident"} {
			for _, who := range h.People() {
				if !who.Is(role) {
					continue
				}
				caller := h.SignIn(who)
				var screen struct {
					IDNumber string
					Masks    []struct{ Field string }
				}
				status, body := caller.Ask("GET", "/api/patients/"+s.patient, nil)
				if status != http.StatusOK {
					continue
				}
				if err := json.Unmarshal(body, &screen); err != nil {
					t.Fatal(err)
				}
				got := app{t, h, caller}.ask(http.MethodGet, "/Patient/"+s.patient, "")
				p := app{t, h, caller}.read("patient", "Patient", got)
				hidden := slices.ContainsFunc(screen.Masks, func(m struct{ Field string }) bool { return m.Field == "idNumber" })
				told := slices.ContainsFunc(p.Identifier, func(i number) bool {
					return strings.HasSuffix(i.System, "1.3") && i.Value != ""
				})
				if hidden == told && screen.IDNumber != "" || strings.Contains(string(got.body), "****") {
					t.Errorf("%s: hidden %v, told %v: %s", role, hidden, told, got.body)
				}
				if hidden {
					masks++
				}
			}
		}
		if masks == 0 {
			t.Error("nobody is shown this patient with a mask: nothing was compared")
		}
	})
}

func TestSearchesAreNarrowedAndWhatIsUnknownIsSaid(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		a := app{t, h, s.doctor}
		said := a.refused("GET", "/Observation?patient="+s.patient+"&colour=red", http.StatusBadRequest, "fhir.parameter")
		if len(said.Issue) != 2 || said.Issue[1].Expression[0] != "colour" {
			t.Errorf("%+v", said)
		}
		lenient := a.get("/Observation?patient="+s.patient+"&colour=red", "Bundle", "Prefer", "handling=lenient")
		last := lenient.Entry[len(lenient.Entry)-1]
		if last.Search.Mode != "outcome" || !strings.Contains(string(last.Resource), "colour") || strings.Contains(lenient.Link[0].URL, "colour") {
			t.Errorf("%+v", lenient)
		}
		whole := a.every("/DocumentReference?patient=" + s.patient)
		for _, split := range [][2]string{{"status=current", "status=superseded"}, {"period=ge2026-02-20", "period=lt2026-02-20"}, {"_lastUpdated=le2026-02-25", "_lastUpdated=gt2026-02-25"}} {
			one, other := a.every("/DocumentReference?patient="+s.patient+"&"+split[0]), a.every("/DocumentReference?patient="+s.patient+"&"+split[1])
			if len(one)+len(other) != len(whole) {
				t.Errorf("%v: %d and %d of %d", split, len(one), len(other), len(whole))
			}
		}
		if none := a.every("/DocumentReference?patient=" + s.patient + "&type=C9999"); len(none) != 0 {
			t.Errorf("%d of a type there is none of", len(none))
		}
		some := a.get("/Patient/"+s.patient+"?_elements=gender", "Patient")
		if some.Gender == "" || some.BirthDate != "" || len(some.Meta.Tag) == 0 {
			t.Errorf("%+v", some)
		}
		with := a.get("/Encounter?patient="+s.patient+"&_include=Encounter:patient", "Bundle")
		if last := with.Entry[len(with.Entry)-1]; last.Search.Mode != "include" || !strings.HasSuffix(last.FullURL, "/Patient/"+s.patient) {
			t.Errorf("%+v", with)
		}
		posted := a.ask(http.MethodPost, "/Encounter/_search", "patient="+s.patient, "Content-Type", "application/x-www-form-urlencoded")
		if b := a.read("posted", "Bundle", posted); len(b.Entry) != len(with.Entry)-1 {
			t.Errorf("%+v", b)
		}
	})
}

func TestTheSameIsToldInXMLAndSmaller(t *testing.T) {
	h := housetest.Demo(t, db.SQLite)
	s := setScene(t, h)
	a := app{t, h, s.doctor}
	for _, path := range []string{"/Patient/" + s.patient, "/Encounter?patient=" + s.patient, "/DocumentReference?patient=" + s.patient, "/Provenance/" + s.document.ID, "/metadata", "/Nothing"} {
		got := a.ask(http.MethodGet, path, "", "Accept", "application/fhir+xml")
		if !strings.HasPrefix(got.header.Get("Content-Type"), "application/fhir+xml") {
			t.Errorf("%s: %v", path, got.header)
		}
		for d := xml.NewDecoder(strings.NewReader(string(got.body))); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v\n%s", path, err, got.body)
			}
			if element, begins := token.(xml.StartElement); begins && element.Name.Space != "http://hl7.org/fhir" {
				t.Fatalf("%s: %+v", path, element)
			}
		}
	}
	zipped := a.ask(http.MethodGet, "/DocumentReference?patient="+s.patient, "", "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(strings.NewReader(string(zipped.body)))
	if err != nil || zipped.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("%v %v", err, zipped.header)
	}
	if whole, err := io.ReadAll(z); err != nil || !json.Valid(whole) {
		t.Errorf("%v %s", err, whole)
	}
}

func TestTheAccountIsReadAsAuditEvents(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		app{t, h, s.doctor}.get("/Patient/"+s.patient, "Patient")
		if err := h.Ledger.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		auditor := app{t, h, h.SignIn(h.Pick("auditor", nil))}
		found := auditor.get("/AuditEvent?patient="+s.patient+"&agent=Practitioner/"+s.doctor.Who.Person+"&subtype=patient.view&_count=1", "Bundle")
		if len(found.Entry) != 1 {
			t.Fatalf("%+v", found)
		}
		var e resource
		if err := json.Unmarshal(found.Entry[0].Resource, &e); err != nil {
			t.Fatal(err)
		}
		one := auditor.ask(http.MethodGet, "/AuditEvent/"+e.ID, "")
		auditor.read("event", "AuditEvent", one)
		for _, want := range []string{`"Practitioner/` + s.doctor.Who.Person, `"Patient/` + s.patient, `"outcome":"0"`, `"patient.view"`} {
			if !strings.Contains(string(one.body), want) {
				t.Errorf("%s is missing: %s", want, one.body)
			}
		}
		app{t, h, s.doctor}.refused("GET", "/AuditEvent", http.StatusForbidden, "act.refused")
	})
}

func TestPeopleAndDepartmentsAreFound(t *testing.T) {
	h := housetest.Demo(t, db.SQLite)
	a := app{t, h, h.SignIn(h.Pick("security-administrator", nil))}
	people := a.every("/Practitioner?_count=5")
	if len(people) < 10 {
		t.Fatalf("%d people", len(people))
	}
	one := a.get("/Practitioner/"+people[0].ID, "Practitioner")
	if found := a.get("/Practitioner?identifier="+one.Identifier[0].Value, "Bundle"); len(found.Entry) != 1 {
		t.Errorf("by the staff number: %+v", found)
	}
	if roles := a.every("/PractitionerRole?practitioner=" + one.ID); len(roles) == 0 {
		t.Error("nobody without an appointment works here")
	}
	departments := a.every("/Organization?_count=2")
	if len(departments) < 3 || a.get("/Organization/"+departments[1].ID, "Organization").ID != departments[1].ID {
		t.Errorf("%d departments", len(departments))
	}
}

func TestWhatCanBeAskedIsToldAndShown(t *testing.T) {
	h := housetest.Demo(t, db.SQLite)
	statement := app{t, h, h.Nobody()}.get("/metadata", "CapabilityStatement")
	if len(statement.Rest) != 1 || len(statement.Rest[0].Resource) < 10 {
		t.Errorf("%+v", statement)
	}
	for _, check := range h.FHIR.Checks() {
		if f := check.Ask(t.Context()); f.Verdict != evidence.Met {
			t.Errorf("%s: %+v", check.ID, f)
		}
	}
}

// firstVisit is a transaction: somebody new who was seen, with what was measured.
const firstVisit = `{"resourceType":"Bundle","type":"transaction","entry":[
{"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0","request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient","name":[{"text":"钱多多"}],"gender":"female","birthDate":"1971-05-06","identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"value":"F0042"}]}},
{"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e1","request":{"method":"POST","url":"Encounter"},"resource":{"resourceType":"Encounter","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"subject":{"reference":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"},"period":{"start":"2026-02-20T09:00:00+08:00","end":"2026-02-20T10:00:00+08:00"}}},
{"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e2","request":{"method":"POST","url":"Observation"},"resource":{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7"}],"text":"血红蛋白"},"subject":{"reference":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"},"encounter":{"reference":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e1"},"effectiveDateTime":"2026-02-20T09:30:00+08:00","valueQuantity":{"value":98.50,"unit":"g/L"}}}]}`

// responded are the answers to the entries of a bundle.
func responded(t *testing.T, got reply) (all []struct{ Status, Location string }) {
	t.Helper()
	var b struct {
		Type  string
		Entry []struct {
			Response struct{ Status, Location string }
		}
	}
	if err := json.Unmarshal(got.body, &b); err != nil || got.status != http.StatusOK || b.Type != "transaction-response" {
		t.Fatalf("%v %d %s", err, got.status, got.body)
	}
	for _, e := range b.Entry {
		all = append(all, e.Response)
	}
	return all
}

func TestWhatAMachineHandsInIsReadByWhoMay(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, key := connected(t, h, "lis", "patients", "visits", "results")
		machine := app{t, h, h.Nobody()}
		machine.caller.Token = key
		hand := func(body string) reply {
			return machine.ask(http.MethodPost, h.Server.URL+"/fhir", body, "Content-Type", "application/fhir+json")
		}
		made := responded(t, hand(firstVisit))
		if len(made) != 3 {
			t.Fatalf("%+v", made)
		}
		for i, kind := range []string{"Patient/", "Encounter/", "Observation/"} {
			if made[i].Status != "201 Created" || !strings.HasPrefix(made[i].Location, kind) {
				t.Errorf("%+v", made[i])
			}
		}
		h.Time.Advance(1e9)
		again := responded(t, machine.ask(http.MethodPost, "/", firstVisit, "Content-Type", "application/fhir+json"))
		for i := range made {
			if again[i].Location != made[i].Location || again[i].Status != "200 OK" {
				t.Errorf("handed in again: %+v, the first time %+v", again[i], made[i])
			}
		}

		stranger := app{t, h, h.SignIn(h.Pick("resident", nil))}
		stranger.refused("GET", "/"+made[0].Location, http.StatusForbidden, "act.refused")
		stranger.caller.Must("POST", "/api/patients/"+strings.TrimPrefix(made[0].Location, "Patient/")+"/break-glass", fields{"choice": "emergency-consult", "words": "夜间急会诊"}, http.StatusCreated, nil)
		if p := stranger.get("/"+made[0].Location, "Patient"); p.BirthDate != "1971-05-06" {
			t.Errorf("%+v", p)
		}
		if o := stranger.ask(http.MethodGet, "/"+made[2].Location, ""); !strings.Contains(string(o.body), `"value":98.50,"unit":"g/L"`) || !strings.Contains(string(o.body), made[0].Location) || !strings.Contains(string(o.body), made[1].Location) {
			t.Errorf("%s", o.body)
		}
		if found := stranger.every("/Observation?" + url.Values{"patient": {made[0].Location}, "code": {"http://loinc.org|718-7"}}.Encode()); len(found) != 1 {
			t.Errorf("%+v", found)
		}

		broken := hand(strings.Replace(firstVisit, `"status":"final"`, `"status":"perhaps"`, 1))
		o := machine.read("broken", "OperationOutcome", broken)
		if broken.status != http.StatusUnprocessableEntity || !slices.ContainsFunc(o.Issue, func(i issue) bool {
			return slices.ContainsFunc(i.Expression, func(e string) bool { return strings.HasSuffix(e, "status") }) && i.Details.Text != ""
		}) {
			t.Errorf("%d %s", broken.status, broken.body)
		}
		machine.refused("GET", "/"+made[0].Location, http.StatusForbidden, "source.path")
		if refused := stranger.ask(http.MethodPost, h.Server.URL+"/fhir", firstVisit, "Content-Type", "application/fhir+json"); refused.status != http.StatusForbidden {
			t.Errorf("%d %s", refused.status, refused.body)
		}
		verifyClean(t, h)
	})
}
