package house_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/schema"
)

// bodies are inputs that every operation would accept, so that a refusal is a
// refusal and not a complaint about the input.
var bodies = map[string]any{
	"addDepartment":    map[string]any{"code": "x1", "nameZh": "新科室", "kind": "clinical"},
	"addPerson":        map[string]any{"number": "x1", "nameZh": "新人", "category": "employee"},
	"appoint":          map[string]any{"role": "nurse", "department": "{department}", "until": "2027-01-01T00:00:00Z"},
	"registerPatient":  map[string]any{"name": "新患者", "sex": "female", "birthDate": "1990-01-01"},
	"locatePatient":    map[string]any{"identifier": "{number}"},
	"updatePatient":    map[string]any{"name": "改名", "sex": "female", "birthDate": "1990-01-01", "rev": 1},
	"admitPatient":     map[string]any{"kind": "inpatient", "department": "{department}"},
	"transferPatient":  map[string]any{"department": "{department}"},
	"dischargePatient": map[string]any{},
	"relate":           map[string]any{"person": "{person}", "role": "nurse", "until": "2026-03-09T00:00:00Z"},
	"fileDocument":     map[string]any{"kind": "C0038", "title": "记录", "sections": []section{{"a", "甲", "内容"}}},
	"amendDocument":    map[string]any{"base": 1, "reason": "更正原因", "sections": []section{{"a", "甲", "内容"}}},
	"signDocument":     map[string]any{"version": 1},
	"sealDocument":     map[string]any{"kind": "dispute"},
	"saveDraft":        map[string]any{"patient": "{patient}", "writing": map[string]any{"sections": []section{{"a", "甲", "内容"}}}},
	"stateReason":      map[string]any{"choice": "verbal-consult"},
	"breakGlass":       map[string]any{"choice": "emergency-consult", "words": "夜间急会诊"},
	"reviewReason":     map[string]any{"verdict": "proper"},
	"requestGrant": map[string]any{
		"scope": map[string]any{"patient": "{patient}", "verbs": []string{"patient.view"}, "purpose": "care", "until": "2026-03-05T00:00:00Z"}, "words": "术前会诊",
	},
	"approveGrant":       map[string]any{},
	"returnGrantRequest": map[string]any{"words": "请缩小范围"},
	"refuseGrant":        map[string]any{"words": "没有必要"},
	"extendGrant":        map[string]any{"until": "2026-03-05T00:00:00Z", "words": "仍需会诊"},
	"cloneGrant":         map[string]any{"until": "2026-03-05T00:00:00Z", "words": "另一位患者"},
	"setApprovalChain":   map[string]any{"purpose": "care", "steps": []any{map[string]any{"role": "medical-affairs"}}},
	"openGrantReview":    map[string]any{"name": "第一季度"},
	"decideGrantReviews": map[string]any{"verdicts": []any{map[string]any{"line": "x", "keep": true}}},
	"placeSeal":          map[string]any{"patient": "{patient}", "kind": "attention", "words": "网络舆情"},
	"listOnSeal":         map[string]any{"person": "{person}"},
	"addToSeal":          map[string]any{},
	"unseal":             map[string]any{"words": "舆情平息"},
	"bar":                map[string]any{"person": "{person}", "patient": "{patient}", "cause": "relative", "words": "亲属回避", "until": "2026-03-05T00:00:00Z"},
	"simulatePolicy":     map[string]any{},
	"signIn":             map[string]any{"name": "nobody", "password": "wrong"},
	"createAccount":      map[string]any{"person": "{person}", "name": "newname"},
	"changePassword":     map[string]any{"old": "a", "chosen": "b"},

	"beginStay":          map[string]any{"kind": "leave", "department": "{department}", "until": "2027-01-01T00:00:00Z"},
	"moveStay":           map[string]any{"until": "2027-01-01T00:00:00Z"},
	"recordTraining":     map[string]any{"course": "保密", "until": "2027-01-01T00:00:00Z"},
	"leave":              map[string]any{"kind": "resigned"},
	"addLine":            map[string]any{"kind": "key", "what": "钥匙", "role": "chief"},
	"publishUndertaking": map[string]any{"code": "x", "titleZh": "甲", "titleEn": "a", "textZh": "甲", "textEn": "a", "periodDays": 1},
	"addQualification":   map[string]any{"kind": "title", "number": "1", "since": "2020-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"},
	"requireLicence":     map[string]any{"role": "student", "kind": "title"},
	"addVendor":          map[string]any{"code": "x", "name": "某公司"},
	"fileAgreement":      map[string]any{"scope": "维护", "until": "2027-01-01T00:00:00Z", "file": "AA==", "privacy": true},

	"choosePurpose": map[string]any{"purpose": "care"},

	"setSignInRules":        map[string]any{"base": 0, "rules": identity.DefaultRules()},
	"stepUp":                map[string]any{"password": "a"},
	"enrolCodes":            map[string]any{},
	"confirmCodes":          map[string]any{"code": "123456"},
	"enrolPasskey":          map[string]any{},
	"confirmPasskey":        map[string]any{"ceremony": "x", "passkey": map[string]any{}},
	"signInByPasskey":       map[string]any{"ceremony": "x", "passkey": map[string]any{}},
	"lockAccount":           map[string]any{"why": "inquiry"},
	"reportLeak":            map[string]any{"password": "a"},
	"unlockScreen":          map[string]any{"password": "a"},
	"proveBrowser":          map[string]any{"signature": "AA=="},
	"askRecovery":           map[string]any{"why": "lost"},
	"disposeAccountFinding": map[string]any{"disposal": "explained"},
}

// matrix asks every route as somebody and returns the status of each operation.
func matrix(t *testing.T, h *housetest.House, as *housetest.Caller, s scene) map[string]int {
	t.Helper()
	names := strings.NewReplacer("{patient}", s.patient, "{number}", s.number, "{person}", s.doctor.Who.Person, "{department}", "nowhere")
	statuses := map[string]int{}
	ops := h.Routes().Ops()
	slices.SortStableFunc(ops, func(a, b web.Op) int { return slices.Index(leaving, a.ID) - slices.Index(leaving, b.ID) })
	for _, op := range ops {
		var body any
		if given, ok := bodies[op.ID]; ok {
			text, err := json.Marshal(given)
			if err != nil {
				t.Fatal(err)
			}
			body = json.RawMessage(names.Replace(string(text)))
		}
		status, _ := as.Ask(op.Method, address(op, s), body)
		statuses[op.ID] = status
	}
	return statuses
}

// leaving end the session that asks, and so come last.
var leaving = []string{"lockScreen", "signOut", "signOutEverywhere"}

var idPlace = regexp.MustCompile(`\{[a-z]+\}`)

func address(op web.Op, s scene) string {
	id := s.patient
	if strings.HasPrefix(op.Path, "/api/documents/") {
		id = s.document.ID
	}
	path := idPlace.ReplaceAllString(op.Path, id)
	switch op.ID {
	case "proveConsistency":
		path += "?from=1"
	case "dutyEvents", "streamOrderEvents":
		path += "?once=true"
	case "applyRoster":
		path += "?digest=x"
	}
	return path
}

func TestNobodyGetsAnythingFromAnyRoute(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		// What the scene ended is taken up by the clock of the house, and not by anybody.
		if err := errors.Join(h.Ledger.Settle(t.Context()), h.Access.FollowEnds(t.Context())); err != nil {
			t.Fatal(err)
		}
		rows := protectedRows(t, h)
		statuses := matrix(t, h, h.Nobody(), s)
		for _, op := range h.Routes().Ops() {
			if op.Open == "" && statuses[op.ID] != http.StatusUnauthorized {
				t.Errorf("%s %s: nobody was answered %d", op.Method, op.Path, statuses[op.ID])
			}
		}
		for table, count := range protectedRows(t, h) {
			if count != rows[table] {
				t.Errorf("nobody in particular changed %d rows of %s", count-rows[table], table)
			}
		}
	})
}

// content are the operations that tell or change what a record says or who a
// patient is.
func content(op web.Op) bool {
	room, _, _ := strings.Cut(op.Verb, ".")
	asksOfPatients := strings.HasPrefix(op.Path, "/api/patients/") || strings.HasPrefix(op.Path, "/api/consents/")
	return (room == "patient" || room == "record" || room == "access" || room == "consent" && asksOfPatients || strings.HasPrefix(op.Path, "/api/sharing/cases/")) && !slices.Contains(ownOnly, op.ID) && !slices.Contains(governing, op.ID)
}

// ownOnly answer with what belongs to whoever asks, or keep it, and with nothing else.
var ownOnly = []string{
	"listDrafts", "listMyReasons", "openDraft", "dropDraft", "saveDraft", "listGrantRequests", "listGrants", "listUnusedGrants", "listMyGrantReviews",
}

// governing tell or change who decides, or ask for something, and open nothing.
var governing = []string{"requestGrant", "listApprovalChains", "setApprovalChain", "listGrantReviews", "openGrantReview", "listSeals", "listRevocations", "listFreezes", "flagBreach", "seeConsentRule", "listSensitiveSavings", "listAdjustments", "seeResponsibility", "setStatement"}

func TestWrongRolesGetNoContentFromAnyRoute(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		s.doctor.Must("POST", "/api/patients/"+s.patient+"/stated-reason", map[string]any{"choice": "handover"}, http.StatusCreated, nil)
		for _, role := range []string{"dba", "system-administrator", "security-administrator", "auditor", "discipline", "president", "researcher"} {
			rows := protectedRows(t, h, "patient_", "record_", "access_reason", "access_grant", "access_seal", "access_bar", "access_glass")
			caller := h.SignIn(h.Pick(role, nil))
			statuses := matrix(t, h, caller, s)
			for _, op := range h.Routes().Ops() {
				if content(op) && op.ID != "listReasons" && statuses[op.ID] < 400 {
					t.Errorf("%s: %s %s answered %d", role, op.Method, op.Path, statuses[op.ID])
				}
			}
			var reasons struct{ Items []any }
			if status, answer := caller.Ask("GET", "/api/reasons", nil); status == http.StatusOK {
				if err := json.Unmarshal(answer, &reasons); err != nil || len(reasons.Items) > 0 {
					t.Errorf("%s was shown %d reasons of others", role, len(reasons.Items))
				}
			}
			for table, count := range protectedRows(t, h, "patient_", "record_", "access_reason", "access_grant", "access_seal", "access_bar", "access_glass") {
				if count != rows[table] {
					t.Errorf("%s changed %d rows of %s", role, count-rows[table], table)
				}
			}
		}
	})
}

func TestAnotherDepartmentGetsNoContentByID(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))
		// The two ways that are meant to open something are left out.
		before := map[string]any{"stateReason": bodies["stateReason"], "breakGlass": bodies["breakGlass"]}
		bodies["stateReason"], bodies["breakGlass"] = map[string]any{"choice": "none"}, map[string]any{"choice": "none"}
		statuses := matrix(t, h, stranger, s)
		maps.Copy(bodies, before)
		for _, op := range h.Routes().Ops() {
			if content(op) && strings.Contains(op.Path, "{id}") && statuses[op.ID] < 400 {
				t.Errorf("%s %s answered %d", op.Method, op.Path, statuses[op.ID])
			}
		}
	})
}

func TestAnEndedAppointmentGetsNothing(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		h.Time.Advance(4 * 365 * 24 * time.Hour)
		for _, role := range []string{"resident", "chief", "medical-affairs", "auditor", "security-administrator"} {
			status, _ := h.Nobody().Ask("POST", "/api/session", map[string]any{"person": h.Pick(role, nil).Person, "bearer": true})
			if status < 400 {
				t.Errorf("%s: signed in three years after the appointment ended", role)
			}
		}
		for op, status := range matrix(t, h, s.doctor, s) {
			if status < 400 && !slices.Contains([]string{"listReasonChoices", "listGrantChoices", "ledgerKey", "listDemoPeople", "listOfferedWays", "beginFace", "fhirMetadata", "fhirSmartConfiguration", "oauthKeys", "openidConfiguration"}, op) {
				t.Errorf("%s answered %d to a session that is over", op, status)
			}
		}
	})
}

// protectedRows counts the rows of every protected table whose name begins with
// one of the prefixes, or of all without them.
func protectedRows(t *testing.T, h *housetest.House, prefixes ...string) map[string]int64 {
	t.Helper()
	counts := map[string]int64{}
	err := h.Store.Read(t.Context(), func(r db.Reader) error {
		for _, table := range db.Tables() {
			if table.Class != db.Protected || slices.Contains(schema.Upkeep, table.Name) {
				continue
			}
			if len(prefixes) > 0 && !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(table.Name, p) }) {
				continue
			}
			rows, err := r.Query(t.Context(), "SELECT COUNT(*) FROM "+table.Name)
			if err != nil {
				return err
			}
			var n int64
			rows.Next()
			err = rows.Scan(&n)
			rows.Close()
			if err != nil {
				return err
			}
			counts[table.Name] = n
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func TestEveryPlaceInAPathIsBound(t *testing.T) {
	h := housetest.Demo(t, db.SQLite)
	s := h.Routes()
	for path, item := range s.API.OpenAPI().Paths {
		for _, place := range idPlace.FindAllString(path, -1) {
			for _, op := range []any{item.Get, item.Post, item.Put, item.Delete} {
				text, err := json.Marshal(op)
				if err != nil {
					t.Fatal(err)
				}
				if string(text) != "null" && !strings.Contains(string(text), `"name":"`+strings.Trim(place, "{}")+`"`) {
					t.Errorf("%s: %s is not bound to anything", path, place)
				}
			}
		}
	}
}
