package house_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/policy"
)

// homes are the tables of what a path names, by its beginning.
var homes = map[string]string{
	"/api/access-logs/findings/":   "accesslog_finding",
	"/api/access-logs/questions/":  "accesslog_question",
	"/api/access-logs/runs/":       "accesslog_run",
	"/api/accounts/":               "identity_account",
	"/api/agreements/":             "staff_agreement",
	"/api/amendment-notices/":      "amendment_notice",
	"/api/amendment-rules/":        "amendment_rules",
	"/api/amendments/":             "amendment_case",
	"/api/appointments/":           "staff_appointment",
	"/api/complaints/":             "amendment_complaint",
	"/api/suspicions/":             "amendment_suspicion",
	"/api/bars/":                   "access_bar",
	"/api/consent/exemptions/":     "consent_exemption",
	"/api/consent/forms/":          "consent_template",
	"/api/consent-codes/":          "consent_code",
	"/api/consent-rules/":          "record_consent_rule",
	"/api/consents/":               "consent_record",
	"/api/debarments/":             "debarment_debarment",
	"/api/debarments/hits/":        "debarment_hit",
	"/api/deadlines/dues/":         "deadline_due",
	"/api/deadlines/encounters/":   "patient_encounter",
	"/api/deadlines/sets/":         "deadline_set",
	"/api/decide/uses/":            "decide_use",
	"/api/documents/":              "record_document",
	"/api/drafts/":                 "record_draft",
	"/api/duty/channels/":          "duty_channel",
	"/api/duty/flows/":             "duty_flow",
	"/api/duty/roster/":            "duty_roster",
	"/api/duty/rules/":             "duty_rule",
	"/api/duty/tasks/":             "duty_task",
	"/api/encounters/":             "patient_encounter",
	"/api/exchange/packages/":      "exchange_package",
	"/api/exchange/partners/":      "exchange_partner",
	"/api/feeds/runs/":             "feed_run",
	"/api/freezes/":                "access_freeze",
	"/api/grant-requests/":         "access_request",
	"/api/important/":              "privilege_important",
	"/api/second-calls/":           "privilege_second",
	"/api/grant-exceptions/":       "access_exception",
	"/api/frames/":                 "access_frame",
	"/api/grants/":                 "access_grant",
	"/api/handovers/":              "handover_case",
	"/api/identity/departments/":   "staff_department",
	"/api/identity/faces/":         "identity_face",
	"/api/identity/factors/":       "identity_factor",
	"/api/identity/findings/":      "identity_finding",
	"/api/identity/links/":         "identity_link",
	"/api/identity/recoveries/":    "identity_recovery",
	"/api/identity/sessions/":      "identity_session",
	"/api/identity/ways/":          "identity_way",
	"/api/identity/windows/":       "identity_window",
	"/api/imports/":                "intake_batch",
	"/api/inspection/draws/":       "inspection_draw",
	"/api/ledger/entries/":         "ledger_line",
	"/api/lineage/documents/":      "record_document",
	"/api/lineage/patients/":       "patient_patient",
	"/api/lines/":                  "staff_line",
	"/api/output/channels/":        "output_channel",
	"/api/output/exports/":         "output_export",
	"/api/output/forwards/":        "output_forward",
	"/api/output/prints/":          "output_hold",
	"/api/output/profiles/":        "output_profile",
	"/api/output/stations/":        "output_station",
	"/api/orders/conflicts/":       "order_conflict",
	"/api/patients/":               "patient_patient",
	"/api/people/":                 "staff_person",
	"/api/persons/":                "staff_person",
	"/api/policy/releases/":        "access_release",
	"/api/privilege/changes/":      "privilege_change",
	"/api/privilege/checkouts/":    "privilege_checkout",
	"/api/privilege/envelopes/":    "privilege_envelope",
	"/api/privilege/findings/":     "privilege_finding",
	"/api/privilege/recordings/":   "privilege_recording",
	"/api/privilege/sessions/":     "privilege_session",
	"/api/qualifications/":         "staff_qualification",
	"/api/quarantine/":             "intake_quarantine",
	"/api/reasons/":                "access_reason",
	"/api/recipients/":             "recipient_recipient",
	"/api/recipients/findings/":    "recipient_finding",
	"/api/relations/":              "patient_relation",
	"/api/requisitions/":           "patient_requisition",
	"/api/retention/destructions/": "retention_destruction",
	"/api/retention/holds/":        "retention_hold",
	"/api/reviews/":                "intake_review",
	"/api/role-requests/":          "access_role_request",
	"/api/seals/":                  "access_seal",
	"/api/sharing/cases/":          "sharing_case",
	"/api/sharing/claim-tasks/":    "sharing_claim_task",
	"/api/apps/allowed/":           "source_allowance",
	"/api/sources/":                "source_source",
	"/api/stays/":                  "staff_stay",
	"/api/system-accounts/issues/": "sysaccount_issue",
	"/api/templates/":              "template_version",
	"/api/transmissions/":          "recipient_sending",
	"/api/undertakings/":           "staff_undertaking",
	"/api/vendors/":                "staff_vendor",
	"/api/worklist/":               "patient_worklist",
	"/fhir/$export-file/":          "output_export",
	"/fhir/$export-status/":        "output_export",
	"/fhir/AllergyIntolerance/":    "patient_patient",
	"/fhir/AuditEvent/":            "ledger_line",
	"/fhir/Binary/":                "record_document",
	"/fhir/Consent/":               "consent_record",
	"/fhir/DocumentReference/":     "record_document",
	"/fhir/Encounter/":             "patient_encounter",
	"/fhir/Location/":              "staff_department",
	"/fhir/Observation/":           "record_observation",
	"/fhir/Organization/":          "staff_department",
	"/fhir/Patient/":               "patient_patient",
	"/fhir/Practitioner/":          "staff_person",
	"/fhir/Provenance/":            "record_document",
	"/api/permissions/":            codes,
	"/api/output/verify/":          codes,
	"/api/sharing/verify/":         codes,
}

// codes are the places in paths that hold no id.
const codes = ""

// told are the operations whose answer may tell, each with its reason.
var told = map[string]string{
	"unsealDocument":      "whoever may lift a seal is told of an absence; what is there waits for a second person, which the refusal says",
	"unseal":              "whoever may lift a seal is told of an absence; what is there waits for a second person, which the refusal says",
	"confirmSecond":       "whoever confirms sees every call in a list; his own is refused to him as his own",
	"approveRecipient":    "whoever approves sees every recipient in a list; one that he registered is refused to him as his own",
	"changeRecipient":     "a recipient is seen by whoever answers for it",
	"suspendRecipient":    "a recipient is seen by whoever answers for it",
	"appraiseDestruction": "whoever appraises sees every list; his own is refused to him as his own",
	"approveDestruction":  "whoever approves sees every list; his own is refused to him as his own",
	"witnessDestruction":  "whoever witnesses sees every list; his own is refused to him as his own",
	"settleDebarment":     "whoever settles sees the register; his own proposal is refused to him as his own",
	"judgeDebarmentHit":   "whoever judges sees every hit; one that stopped himself is refused to him as his own",
	"viewDeadlines":       "the records office sees every stay that has ended; one above its clearance is refused as that",
	"liftRetentionHold":   "whoever lifts sees every hold; his own is refused to him as his own",
	"endClaims":           "the insurance office sees its tasks in a list",
	"exportClaims":        "the insurance office sees its tasks in a list",
	"readClaims":          "the insurance office sees its tasks in a list",
	"releaseTemplate":     "a form definition is seen by everybody who works here; its author is refused his own",
	"endConsentExemption": "an exemption is of one patient or of none; the invented hospital's is of none, an absent one is answered as of one",
}

// sample is how many things of each kind are asked for: some are no stranger's.
const sample = 60

// A thing that does not exist must be answered as one that exists and is a stranger's:
// to every role, under every address that names one, in the same words and members.
func TestWhatIsAbsentIsAnsweredAsAStrangers(t *testing.T) {
	h := housetest.Demo(t, db.SQLite)
	s := setScene(t, h)
	askForGrants(t, h)
	l := &lookalike{h: h, scene: s, ids: map[string][]string{}, unlike: map[string]bool{}}
	for _, role := range policy.Roles() {
		for _, op := range h.Routes().Ops() {
			if op.Verb != "" && told[op.ID] == "" && l.as(role.ID) {
				l.compare(t, role.ID, op)
			}
		}
	}
	if l.compared < 1000 {
		t.Errorf("only %d answers were compared", l.compared)
	}
	t.Logf("%d answers compared; nothing to compare with in %v", l.compared, l.empty)
}

// askForGrants lets the attendings of two departments ask for something about patients
// there, and for a post, and state a reason, so that to everybody one of each is a
// stranger's.
func askForGrants(t *testing.T, h *housetest.House) {
	t.Helper()
	asked := map[string]bool{}
	for _, who := range h.People() {
		if !who.Is("attending") || asked[who.Department.ZH] || len(asked) == 2 {
			continue
		}
		asker := h.SignIn(who)
		var mine struct{ Items []struct{ ID string } }
		asker.Must("GET", "/api/patients?scope=mine", nil, http.StatusOK, &mine)
		if len(mine.Items) == 0 {
			continue
		}
		request := strings.ReplaceAll(asJSON(t, bodies["requestGrant"]), "{patient}", mine.Items[0].ID)
		asker.Must("POST", "/api/grant-requests", json.RawMessage(request), http.StatusCreated, nil)
		asker.Must("POST", "/api/patients/"+mine.Items[0].ID+"/stated-reason", map[string]any{"choice": "handover"}, http.StatusCreated, nil)
		post := map[string]any{"role": "chief", "department": departmentOf(t, asker, who), "until": h.Clock.Now().AddDate(1, 0, 0), "words": "晋升副主任医师"}
		asker.Must("POST", "/api/role-requests", post, http.StatusCreated, nil)
		asked[who.Department.ZH] = true
	}
	if len(asked) < 2 {
		t.Fatal("the invented hospital has no two departments whose attendings have patients")
	}
}

func departmentOf(t *testing.T, asker *housetest.Caller, who housetest.Colleague) string {
	t.Helper()
	var all struct {
		Items []struct {
			ID   string
			Name struct{ ZH string }
		}
	}
	asker.Must("GET", "/api/departments", nil, http.StatusOK, &all)
	for _, d := range all.Items {
		if d.Name.ZH == who.Department.ZH {
			return d.ID
		}
	}
	t.Fatalf("no department is called %s", who.Department.ZH)
	return ""
}

// lookalike compares answers.
type lookalike struct {
	h        *housetest.House
	scene    scene
	role     string
	caller   *housetest.Caller
	ids      map[string][]string // by table
	empty    []string            // tables of which the invented hospital has no row
	unlike   map[string]bool     // operations that were reported
	compared int
}

// as lets somebody of a role ask, whose account nobody has ended meanwhile.
func (l *lookalike) as(role string) bool {
	if l.role == role && l.caller != nil {
		return true
	}
	l.role, l.caller = role, nil
	for _, who := range l.h.People() {
		if !who.Is(role) {
			continue
		}
		if status, _ := l.h.Nobody().Ask("POST", "/api/session", map[string]any{"person": who.Person, "bearer": true}); status == http.StatusCreated {
			l.caller = l.h.SignIn(who)
			return true
		}
	}
	return false
}

// compare asks for what is absent and for things that exist, until one of those is
// answered alike: the others are not strangers'.
func (l *lookalike) compare(t *testing.T, role string, op web.Op) {
	t.Helper()
	table, inPath := home(t, op)
	if table == codes {
		return
	}
	absent := l.ask(t, op, id.New(l.h.Clock.Now()), inPath)
	var last answered
	for _, one := range l.idsOf(t, table) {
		there := l.ask(t, op, one, inPath)
		if there.status == http.StatusUnauthorized {
			l.caller = nil // what he did ended his session
			return
		}
		if !there.refused() && !absent.refused() {
			return // he may, and a stranger's is as absent to him as it is
		}
		if there.status < http.StatusBadRequest {
			continue // he may, so this is no stranger's
		}
		l.compared++
		if last = there; reflect.DeepEqual(there.words, absent.words) {
			return
		}
	}
	if last.status != 0 && !l.unlike[op.ID] {
		l.unlike[op.ID] = true
		t.Errorf("%s may tell by %s (%s)\nthere  %d %v\nabsent %d %v", role, op.ID, op.Verb, last.status, last.words, absent.status, absent.words)
	}
}

// answered is what somebody was answered, every id in it written alike.
type answered struct {
	status int
	words  any
}

func (a answered) refused() bool { return a.status == http.StatusForbidden }

func (l *lookalike) ask(t *testing.T, op web.Op, one string, inPath bool) answered {
	t.Helper()
	path, patient := op.Path, l.scene.patient
	if inPath {
		path = idPlace.ReplaceAllString(op.Path, one)
	} else {
		patient = one
	}
	var body any
	if given, ok := bodies[op.ID]; ok {
		names := strings.NewReplacer("{patient}", patient, "{number}", l.scene.number, "{person}", l.scene.doctor.Who.Person, "{department}", "nowhere")
		body = json.RawMessage(names.Replace(asJSON(t, given)))
	}
	status, text := l.caller.Ask(op.Method, path, body)
	var whole map[string]any
	if err := json.Unmarshal(text, &whole); err != nil {
		return answered{status, string(text)}
	}
	delete(whole, "trace")
	return answered{status, unnamed(whole)}
}

func asJSON(t *testing.T, body any) string {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// unnamed writes every id alike.
func unnamed(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = unnamed(v[k])
		}
	case []any:
		for i := range v {
			v[i] = unnamed(v[i])
		}
	case string:
		if id.Valid(v) {
			return "an id"
		}
	}
	return v
}

// home is the table of what an operation names, and whether its path does or its body.
func home(t *testing.T, op web.Op) (table string, inPath bool) {
	t.Helper()
	if !strings.Contains(op.Path, "{") {
		if strings.Contains(asJSON(t, bodies[op.ID]), "{patient}") {
			return "patient_patient", false
		}
		return codes, false
	}
	for _, beginning := range slices.Backward(slices.Sorted(maps.Keys(homes))) {
		if strings.HasPrefix(op.Path, beginning) {
			return homes[beginning], true
		}
	}
	t.Errorf("%s: say in homes what it names", op.Path)
	return codes, false
}

func (l *lookalike) idsOf(t *testing.T, table string) []string {
	t.Helper()
	if found, known := l.ids[table]; known {
		return found
	}
	var found []string
	err := l.h.Store.Read(t.Context(), func(r db.Reader) error {
		rows, err := r.Query(t.Context(), "SELECT id FROM "+table+" ORDER BY id DESC LIMIT $1", int64(sample))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var one string
			if err := rows.Scan(&one); err != nil {
				return err
			}
			found = append(found, one)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	if l.ids[table] = found; len(found) == 0 {
		l.empty = append(l.empty, table)
	}
	return found
}

// Following what a refusal offers goes on as with a stranger's patient, up to where a
// stranger would be let in.
func TestTheWayOnFromWhatIsAbsentIsAStrangers(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))
		there := stranger.Refused("GET", "/api/documents/"+s.document.ID, nil, "act.refused")
		absent := stranger.Refused("GET", "/api/documents/"+id.New(h.Clock.Now().Add(-time.Hour)), nil, "act.refused")
		if absent.Extra.Way != there.Extra.Way || absent.Extra.Patient == "" {
			t.Fatalf("%+v", absent)
		}
		for _, path := range []string{"/api/patients/{id}", "/api/patients/{id}/documents", "/api/patients/{id}/observations"} {
			path = strings.ReplaceAll(path, "{id}", absent.Extra.Patient)
			if refused := stranger.Refused("GET", path, nil, "act.refused"); refused.Extra.Patient != absent.Extra.Patient {
				t.Errorf("%s: %+v", path, refused)
			}
		}
		glass := map[string]any{"choice": "emergency-consult", "words": "夜间急会诊"}
		stranger.Refused("POST", "/api/patients/"+absent.Extra.Patient+"/break-glass", glass, "act.absent")
		stranger.Must("POST", "/api/patients/"+there.Extra.Patient+"/break-glass", glass, http.StatusCreated, nil)
	})
}
