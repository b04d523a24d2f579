package house_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/source"
)

const (
	programBack     = "https://app.example.org/back"
	programVerifier = "a-verifier-of-enough-characters-for-the-rule-of-it"
)

// viewerProgram registers a program that reads results of a patient for whoever allows it.
func viewerProgram(t *testing.T, h *housetest.House, scopes ...string) (id string) {
	t.Helper()
	owner, runs, judges := h.SignIn(h.Pick("technician", nil)), h.SignIn(h.Pick("system-administrator", nil)), h.SignIn(h.Pick("security-administrator", nil))
	var made struct {
		ID  string
		Rev int
	}
	runs.Must("POST", "/api/sources", fields{
		"code": "viewer", "nameZh": "检验趋势", "kinds": []string{"fhir"}, "owner": owner.Who.Person, "purpose": "查看检验趋势", "standard": "FHIR R4", "shapes": []string{"directory"},
		"networks": []string{"127.0.0.0/8"}, "perMinute": 600,
	}, http.StatusCreated, &made)
	id = made.ID
	runs.Must("PUT", "/api/sources/"+id+"/app", fields{"redirects": []string{programBack}, "scopes": scopes, "rev": made.Rev}, http.StatusOK, nil)
	owner.Must("POST", "/api/sources/"+id+"/agreement", fields{"words": "仅用于本院检验趋势", "since": h.Time.Now(), "until": h.Time.Now().AddDate(1, 0, 0)}, http.StatusCreated, nil)
	judges.Must("POST", "/api/sources/"+id+"/approve", nil, http.StatusOK, nil)
	runs.Must("POST", "/api/sources/"+id+"/begin", nil, http.StatusOK, nil)
	return id
}

// allowProgram is what a program gets when somebody says yes.
func allowProgram(t *testing.T, h *housetest.House, who *housetest.Caller, scope, patient string) (token, renewal string) {
	t.Helper()
	sum := sha256.Sum256([]byte(programVerifier))
	wanting := fields{
		"clientId": "viewer", "redirectUri": programBack, "responseType": "code", "scope": scope, "state": "s", "codeChallenge": base64.RawURLEncoding.EncodeToString(sum[:]),
		"codeChallengeMethod": "S256", "aud": h.Server.URL + "/fhir", "patient": patient,
	}
	var allowed struct{ Back string }
	who.Must("POST", "/api/apps/allow", wanting, http.StatusCreated, &allowed)
	back, err := url.Parse(allowed.Back)
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"grant_type": {source.ByCode}, "code": {back.Query().Get("code")}, "redirect_uri": {programBack}, "code_verifier": {programVerifier}, "client_id": {"viewer"}}
	res, err := h.Server.Client().PostForm(h.Server.URL+source.TokenPath, form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var given struct {
		Access  string `json:"access_token"`
		Renewal string `json:"refresh_token"`
		Patient string
	}
	if err := json.NewDecoder(res.Body).Decode(&given); err != nil || res.StatusCode != http.StatusOK || given.Patient != patient {
		t.Fatalf("%d %+v %v", res.StatusCode, given, err)
	}
	return given.Access, given.Renewal
}

func TestAProgramReadsWithinItsScopesAndItsPersonsRights(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		id := viewerProgram(t, h, "launch/patient", "online_access", "patient/Patient.r", "patient/Observation.rs", "user/Patient.rs", "user/Organization.rs")
		token, renewal := allowProgram(t, h, s.doctor, "launch/patient online_access patient/Patient.r patient/Observation.rs", s.patient)
		p := app{t, h, h.Nobody()}
		p.caller.Token = token
		if renewal == "" || p.get("/Patient/"+s.patient, "Patient").ID != s.patient {
			t.Error("the patient who was chosen")
		}
		seen := idsOf(p.every("/Observation?patient="+s.patient+"&_count=2"), "Observation")
		if own := idsOf(app{t, h, s.doctor}.every("/Observation?patient="+s.patient), "Observation"); len(own) == 0 || !slices.Equal(seen, own) {
			t.Errorf("%v, its person sees %v", seen, own)
		}
		everything := p.every("/Patient/" + s.patient + "/$everything")
		if len(idsOf(everything, "Observation")) == 0 || len(idsOf(everything, "DocumentReference"))+len(idsOf(everything, "Encounter"))+len(idsOf(everything, "AllergyIntolerance")) != 0 {
			t.Errorf("everything holds what was not allowed: %d resources", len(everything))
		}
		for _, path := range []string{"/DocumentReference?patient=" + s.patient, "/Binary/" + s.document.ID, "/Organization", "/Encounter?patient=" + s.patient} {
			p.refused("GET", path, http.StatusForbidden, "source.beyond-scope")
		}
		p.refused("GET", "/Patient?name=a", http.StatusForbidden, "source.beyond-scope")
		another := ""
		for _, one := range listed(s.doctor, "/api/patients?scope=all&limit=50") {
			if one != s.patient {
				another = one
			}
		}
		p.refused("GET", "/Patient/"+another, http.StatusForbidden, "act.refused")
		p.refused("GET", "/Observation?patient="+another, http.StatusForbidden, "act.refused")
		if status, _ := p.caller.Ask("GET", "/api/patients/"+s.patient, nil); status != http.StatusForbidden {
			t.Errorf("the interface for people: %d", status)
		}

		stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))
		p.caller.Token, _ = allowProgram(t, h, stranger, "launch/patient patient/Patient.r", s.patient)
		p.refused("GET", "/Patient/"+s.patient, http.StatusForbidden, "act.refused")

		p.caller.Token, _ = allowProgram(t, h, s.doctor, "user/Patient.rs user/Organization.rs", "")
		if found := idsOf(p.every("/Patient?_count=3"), "Patient"); !slices.Equal(found, listed(s.doctor, "/api/patients?scope=all&limit=7")) {
			t.Errorf("of its person's patients: %v", found)
		}
		p.get("/Organization", "Bundle")
		s.doctor.Must("DELETE", "/api/session", nil, http.StatusNoContent, nil)
		if got := p.ask("GET", "/Organization", ""); got.status != http.StatusUnauthorized {
			t.Errorf("signed out: %d", got.status)
		}
		runs := h.SignIn(h.Pick("system-administrator", nil))
		runs.Must("POST", "/api/sources/"+id+"/suspend", fields{"words": "泄露"}, http.StatusOK, nil)
		if got := p.ask("GET", "/Organization", ""); got.status != http.StatusForbidden {
			t.Errorf("suspended: %d", got.status)
		}
		verifyClean(t, h)
	})
}

func TestProgramsAreToldHowTheyAreLetIn(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		got := app{t, h, h.Nobody()}.ask("GET", "/.well-known/smart-configuration", "")
		var said struct {
			Authorize  string   `json:"authorization_endpoint"`
			Token      string   `json:"token_endpoint"`
			Challenges []string `json:"code_challenge_methods_supported"`
			Algorithms []string `json:"token_endpoint_auth_signing_alg_values_supported"`
			Scopes     []string `json:"scopes_supported"`
			Able       []string `json:"capabilities"`
		}
		if err := json.Unmarshal(got.body, &said); err != nil || got.header.Get("Content-Type") != "application/json" || said.Token != h.Server.URL+"/oauth/token" || said.Authorize != h.Server.URL+"/authorize" {
			t.Fatalf("%s %v", got.body, err)
		}
		if !slices.Equal(said.Challenges, []string{"S256"}) || !slices.Equal(said.Algorithms, []string{"ES384", "RS384"}) || !slices.Contains(said.Able, "permission-v2") {
			t.Errorf("%+v", said)
		}
		for _, scope := range said.Scopes {
			if strings.HasPrefix(scope, "system/") && strings.Contains(scope, "Patient") {
				t.Errorf("offers %s", scope)
			}
		}
		got = app{t, h, h.Nobody()}.ask("GET", "/metadata", "")
		if !strings.Contains(string(got.body), "SMART-on-FHIR") || !strings.Contains(string(got.body), "/.well-known/smart-configuration") {
			t.Errorf("%s", got.body)
		}
	})
}

func TestASessionThatIsIdleEndsItsPrograms(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		viewerProgram(t, h, "launch/patient", "patient/Patient.r")
		p := app{t, h, h.Nobody()}
		for range 4 {
			p.caller.Token, _ = allowProgram(t, h, s.doctor, "launch/patient patient/Patient.r", s.patient)
			h.Time.Advance(4 * time.Minute)
			p.get("/Patient/"+s.patient, "Patient")
		}
		p.caller.Token, _ = allowProgram(t, h, s.doctor, "launch/patient patient/Patient.r", s.patient)
		s.doctor.Must("POST", "/api/identity/lock", nil, http.StatusNoContent, nil)
		if got := p.ask("GET", "/Patient/"+s.patient, ""); got.status != http.StatusUnauthorized {
			t.Errorf("the screen is locked: %d", got.status)
		}
	})
}
