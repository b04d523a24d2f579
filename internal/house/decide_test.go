package house_test

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/staff"
)

// decided is an answer of the gate.
type decided struct {
	Decision    string
	Rule        fault.Text
	Conditions  []struct{ Name string }
	Obligations []struct {
		Kind, Text, Serial string
		Fields             []string
	}
	Until   time.Time
	Account string
}

func (a decided) unmet() []string {
	names := []string{}
	for _, c := range a.Conditions {
		names = append(names, c.Name)
	}
	return names
}

func (a decided) obliges(kind string) bool {
	for _, o := range a.Obligations {
		if o.Kind == kind {
			return true
		}
	}
	return false
}

type fields = map[string]any

// asker is a foreign system that may ask.
func asker(t *testing.T, h *housetest.House, code string) (source string, machine *housetest.Caller) {
	t.Helper()
	id, key := connected(t, h, code, "decisions")
	machine = h.Nobody()
	machine.Token = key
	return id, machine
}

// texts reads pairs of texts.
func texts(t *testing.T, h *housetest.House, question string) (all [][2]string) {
	t.Helper()
	err := h.Store.Read(t.Context(), func(r db.Reader) error {
		rows, err := r.Query(t.Context(), question)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var pair [2]string
			if err := rows.Scan(&pair[0], &pair[1]); err != nil {
				return err
			}
			all = append(all, pair)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func numberOf(t *testing.T, h *housetest.House, person string) string {
	t.Helper()
	var names map[string]staff.Name
	err := h.Store.Read(t.Context(), func(r db.Reader) (err error) {
		names, err = staff.Names(t.Context(), r, h.Birth.Org, []string{person}, h.Time.Now())
		return err
	})
	if err != nil || names[person].Number == "" {
		t.Fatalf("%s: %v", person, err)
	}
	return names[person].Number
}

// thisOne is a question as our own door would be asked it by a person who came in by
// choice.
func thisOne(number, action, purpose string, object fields) fields {
	return fields{
		"person": fields{"number": number}, "action": action, "object": object, "purpose": purpose,
		"place": fields{"ip": "127.0.0.1", "terminal": "ward-3", "strong": true, "stepped": true},
	}
}

// doors are the addresses at which our own door is asked what others ask the gate.
var doors = []struct {
	action, kind string
	method, path string
	body         any
}{
	{"open", "patient", "GET", "/api/patients/{patient}", nil},
	{"open", "document", "GET", "/api/documents/{document}", nil},
	{"open", "result", "GET", "/api/patients/{patient}/observations", nil},
	{"open", "order", "GET", "/api/patients/{patient}/orders", nil},
	{"amend", "document", "POST", "/api/documents/{document}/versions", fields{"base": 77, "reason": "更正原因", "sections": []section{{"a", "甲", "内容"}}}},
	{"sign", "document", "POST", "/api/documents/{document}/signatures", fields{"version": 77}},
	{"request", "patient", "POST", "/api/patients/{patient}/requisitions", fields{"kind": "nothing", "department": "nowhere"}},
}

func TestOthersAreAnsweredWhatTheDoorTellsThatVeryPerson(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, machine := asker(t, h, "emr")
		patients := texts(t, h, "SELECT id, org FROM patient_patient ORDER BY id")
		documents := texts(t, h, "SELECT id, patient FROM record_document ORDER BY id")
		signedIn, numbers := map[string]*housetest.Caller{}, map[string]string{}
		allowed, refused := 0, 0
		rapid.Check(t, func(rt *rapid.T) {
			who := rapid.SampledFrom(h.People()).Draw(rt, "person")
			door := rapid.SampledFrom(doors).Draw(rt, "door")
			purpose := rapid.SampledFrom([]string{"care", "care", "quality", "coding", "management", "supervision", "operation"}).Draw(rt, "purpose")
			of := rapid.SampledFrom(documents).Draw(rt, "document")
			document, patient := of[0], of[1]
			if rapid.Bool().Draw(rt, "any patient") && door.kind != "document" {
				patient = rapid.SampledFrom(patients).Draw(rt, "patient")[0]
			}
			if rapid.IntRange(0, 9).Draw(rt, "absent") == 0 {
				patient, document = "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAV"
			}
			caller := signedIn[who.Person]
			if caller == nil {
				caller = h.SignIn(who)
				signedIn[who.Person], numbers[who.Person] = caller, numberOf(t, h, who.Person)
			}
			caller.Purpose = "care"
			switch rapid.IntRange(0, 5).Draw(rt, "before") {
			case 0:
				caller.Ask("POST", "/api/patients/"+patient+"/stated-reason", fields{"choice": "handover"})
			case 1:
				caller.Ask("POST", "/api/patients/"+patient+"/break-glass", fields{"choice": "emergency-consult", "words": "夜间急会诊"})
			}
			caller.Purpose = purpose
			object := fields{"kind": door.kind, "patient": patient}
			if door.kind == "document" {
				object = fields{"kind": door.kind, "document": document}
			}
			var a decided
			machine.Must("POST", "/api/decide", thisOne(numbers[who.Person], door.action, purpose, object), http.StatusOK, &a)
			h.Time.Advance(time.Second)
			path := strings.NewReplacer("{patient}", patient, "{document}", document).Replace(door.path)
			status, answer := caller.Ask(door.method, path, door.body)
			var p housetest.Problem
			if status >= 400 {
				if err := json.Unmarshal(answer, &p); err != nil {
					rt.Fatal(err)
				}
			}
			if yes := p.Code != "act.refused" && p.Code != "act.absent"; (a.Decision == "allow") != yes {
				rt.Fatalf("%s %s for %s as %v: the gate says %+v, the door %d %s", door.action, door.kind, purpose, who.Roles, a, status, answer)
			}
			if p.Code != "act.refused" {
				allowed++
				return
			}
			refused++
			unmet := []string{}
			for _, c := range p.Extra.Conditions {
				if !c.Met {
					unmet = append(unmet, c.Name)
				}
			}
			way := map[string]string{"stated-reason": "reason", "break-glass": "break-glass", "ask": "approval"}[p.Extra.Way]
			if way == "" {
				way = "refuse"
			}
			if way != a.Decision || !slices.Equal(unmet, a.unmet()) {
				rt.Fatalf("%s %s for %s as %v: the gate says %+v, the door %s", door.action, door.kind, purpose, who.Roles, a, answer)
			}
		})
		if allowed == 0 || refused == 0 {
			t.Errorf("%d allowed, %d refused: nothing was compared", allowed, refused)
		}
		verifyClean(t, h)
	})
}

// ask asks one question and wants an answer.
func ask(machine *housetest.Caller, question fields) (a decided) {
	machine.Must("POST", "/api/decide", question, http.StatusOK, &a)
	return a
}

func TestWhoAndWhatIsNotKnownIsRefusedAndNotTold(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, machine := asker(t, h, "emr")
		s := setScene(t, h)
		number := numberOf(t, h, s.doctor.Who.Person)
		mine := fields{"kind": "document", "patient": s.number}
		if a := ask(machine, thisOne(number, "open", "care", mine)); a.Decision != "allow" || a.Rule.ZH == "" || a.Rule.EN == "" || !a.obliges("mark") {
			t.Fatalf("his own patient, by the record number: %+v", a)
		}
		nobody := ask(machine, thisOne("nobody", "open", "care", mine))
		if nobody.Decision != "refuse" || !slices.Equal(nobody.unmet(), []string{"person"}) {
			t.Errorf("nobody: %+v", nobody)
		}
		for what, q := range map[string]fields{
			"action":  thisOne(number, "devour", "care", mine),
			"purpose": thisOne(number, "open", "curiosity", mine),
			"person":  {"person": fields{"account": "unheard-of"}, "action": "open", "object": mine},
		} {
			if a := ask(machine, q); a.Decision != "refuse" || !slices.Equal(a.unmet(), []string{what}) || a.Rule.ZH == "" {
				t.Errorf("%s: %+v", what, a)
			}
		}

		stranger := h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department })
		theirs := numberOf(t, h, stranger.Person)
		there := ask(machine, thisOne(theirs, "open", "care", mine))
		absent := ask(machine, thisOne(theirs, "open", "care", fields{"kind": "document", "patient": "M-NONE"}))
		if there.Decision == "allow" || there.Decision != absent.Decision || there.Rule != absent.Rule || !slices.Equal(there.unmet(), absent.unmet()) {
			t.Errorf("there %+v, absent %+v", there, absent)
		}
		other := ask(machine, thisOne(number, "open", "care", fields{"kind": "document", "document": s.document.ID, "patient": "M-NONE"}))
		if other.Decision == "allow" {
			t.Errorf("a document said to be of somebody else: %+v", other)
		}

		var account struct {
			Items []struct{ ID, Person string }
		}
		h.SignIn(h.Pick("security-administrator", nil)).Must("GET", "/api/accounts?limit=200", nil, http.StatusOK, &account)
		for _, one := range account.Items {
			if one.Person == s.doctor.Who.Person {
				h.SignIn(h.Pick("security-administrator", nil)).Must("POST", "/api/accounts/"+one.ID+"/lock", fields{"why": "inquiry"}, http.StatusNoContent, nil)
			}
		}
		if locked := ask(machine, thisOne(number, "open", "care", mine)); locked.Decision != "refuse" || locked.Rule != nobody.Rule || !slices.Equal(locked.unmet(), nobody.unmet()) {
			t.Errorf("whose account is locked: %+v", locked)
		}
	})
}

func TestACallerMakesAnAnswerStricterAndNeverWider(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, machine := asker(t, h, "emr")
		s := setScene(t, h)
		number := numberOf(t, h, s.doctor.Who.Person)
		departments := texts(t, h, "SELECT code, id FROM staff_department ORDER BY code")
		for _, d := range departments {
			for _, who := range []string{number, numberOf(t, h, h.Pick("nurse", nil).Person), numberOf(t, h, h.Pick("technician", nil).Person)} {
				for _, action := range []string{"open", "write", "print"} {
					plain := ask(machine, thisOne(who, action, "care", fields{"kind": "document", "patient": s.patient}))
					claimed := ask(machine, thisOne(who, action, "care", fields{"kind": "document", "patient": s.patient, "department": d[0]}))
					if claimed.Decision == "allow" && plain.Decision != "allow" {
						t.Errorf("%s of %s: a claimed department opens what was closed", action, who)
					}
					h.Time.Advance(time.Second)
				}
			}
		}
		at := func(level int) decided {
			return ask(machine, thisOne(number, "copy", "care", fields{"kind": "document", "patient": s.patient, "sensitivity": level}))
		}
		if low, high := at(0), at(5); low.Decision != "allow" || high.Decision == "allow" {
			t.Errorf("copied at the level we know %+v, at level 5 %+v", low, high)
		}
	})
}

func TestAnAnswerIsOnTheAccountAndEndsWithItsTie(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		source, machine := asker(t, h, "emr")
		s := setScene(t, h)
		stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))
		question := thisOne(numberOf(t, h, stranger.Who.Person), "open", "care", fields{"kind": "document", "patient": s.patient})
		if a := ask(machine, question); a.Decision != "break-glass" {
			t.Fatalf("a stranger: %+v", a)
		}
		stranger.Must("POST", "/api/patients/"+s.patient+"/break-glass", fields{"choice": "emergency-consult", "words": "夜间急会诊", "hours": 1}, http.StatusCreated, nil)
		over := h.Time.Now().Add(time.Hour)
		h.Time.Advance(59*time.Minute + 50*time.Second)
		a := ask(machine, question)
		if a.Decision != "allow" || a.Until.After(over) || !a.Until.After(h.Time.Now()) {
			t.Errorf("%s before its end: %+v", over, a)
		}
		entry := entryOf(t, h, a.Account)
		if entry.Verb != "decide.ask" || entry.Actor.ID != source || entry.Note["answers-00"] != "1.2.open.allow" || entry.Note["purpose"] != "care" {
			t.Errorf("%+v", entry)
		}
		if len(entry.Objects) != 3 || entry.Objects[1].ID != stranger.Who.Person || entry.Objects[2].Patient != s.patient {
			t.Errorf("%+v", entry.Objects)
		}
		h.Time.Advance(11 * time.Second)
		if a := ask(machine, question); a.Decision != "break-glass" {
			t.Errorf("after its end: %+v", a)
		}
	})
}

// accounted is an entry of the ledger as the console shows it.
type accounted struct {
	Verb    string
	Actor   struct{ Kind, ID string }
	Objects []struct{ Kind, ID, Patient string }
	Note    map[string]string
}

func entryOf(t *testing.T, h *housetest.House, id string) accounted {
	t.Helper()
	if err := h.Ledger.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	var seen struct{ Entry accounted }
	h.SignIn(h.Pick("auditor", nil)).Must("GET", "/api/ledger/entries/"+id, nil, http.StatusOK, &seen)
	return seen.Entry
}

func TestABatchIsAnsweredInItsOrderAsOneByOne(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, machine := asker(t, h, "emr")
		patients := texts(t, h, "SELECT id, org FROM patient_patient ORDER BY id")
		people := h.People()
		place := fields{"ip": "127.0.0.1", "terminal": "ward-3", "strong": true, "stepped": true}
		var questions []fields
		for i := range 200 {
			questions = append(questions, fields{
				"person": fields{"number": numberOf(t, h, people[i%len(people)].Person)}, "action": []string{"open", "print", "search"}[i%3],
				"object": fields{"kind": []string{"document", "document", "patient"}[i%3], "patient": patients[i%len(patients)][0]},
			})
		}
		var all struct {
			Answers []decided
			Account string
		}
		machine.Must("POST", "/api/decide/batch", fields{"purpose": "care", "place": place, "questions": questions}, http.StatusOK, &all)
		if len(all.Answers) != len(questions) {
			t.Fatalf("%d answers", len(all.Answers))
		}
		entry := entryOf(t, h, all.Account)
		var words []string
		for i := range 32 {
			words = append(words, strings.Fields(entry.Note["answers-"+string(rune('0'+i/10))+string(rune('0'+i%10))])...)
		}
		if len(words) != len(questions) {
			t.Errorf("the account tells of %d answers", len(words))
		}
		for i := 0; i < len(questions); i += 17 {
			q := questions[i]
			q["purpose"], q["place"] = "care", place
			one := ask(machine, q)
			if got := all.Answers[i]; got.Decision != one.Decision || got.Rule != one.Rule || !slices.Equal(got.unmet(), one.unmet()) {
				t.Errorf("question %d: together %+v, alone %+v", i, got, one)
			}
			if i < len(words) && !strings.HasSuffix(words[i], "."+one.Decision) {
				t.Errorf("question %d: the account says %s of %s", i, words[i], one.Decision)
			}
		}
		if status, answer := machine.Ask("POST", "/api/decide/batch", fields{"questions": append(questions, questions[0])}); status != http.StatusUnprocessableEntity {
			t.Errorf("201 questions: %d %s", status, answer)
		}
	})
}

func TestOnlyWhomItWasAgreedWithMayAsk(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		question := thisOne(numberOf(t, h, s.doctor.Who.Person), "open", "care", fields{"kind": "patient", "patient": s.patient})
		_, key := connected(t, h, "lis", "results")
		machine := h.Nobody()
		machine.Token = key
		machine.Refused("POST", "/api/decide", question, "source.path")
		s.doctor.Refused("POST", "/api/decide", question, "act.refused")
		h.Nobody().Refused("POST", "/api/decide", question, "act.nobody")
		for _, check := range h.Decisions.Checks() {
			if f := check.Ask(t.Context()); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", check.ID, f)
			}
		}
	})
}

func TestAnAccountOfTheCallerNamesAPerson(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, machine := asker(t, h, "emr")
		s := setScene(t, h)
		runs := h.SignIn(h.Pick("system-administrator", nil))
		runs.Must("POST", "/api/system-accounts/mapping", fields{"source": "emr", "mapping": fields{
			"fields": fields{"account": "account", "staff": "staff"}, "apart": ";", "alive": []string{},
		}}, http.StatusOK, nil)
		list := "account,staff\nzhang.emr," + numberOf(t, h, s.doctor.Who.Person) + "\n"
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.Server.URL+"/api/system-accounts/take?source=emr", strings.NewReader(list))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/octet-stream")
		req.Header.Set("Authorization", "Bearer "+runs.Token)
		res, err := h.Server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		answer, _ := io.ReadAll(res.Body)
		if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%v %d %s", err, res.StatusCode, answer)
		}
		q := thisOne("", "open", "care", fields{"kind": "patient", "patient": s.patient})
		q["person"] = fields{"account": "zhang.emr"}
		if a := ask(machine, q); a.Decision != "allow" {
			t.Errorf("by his account: %+v", a)
		}
		_, another := asker(t, h, "his")
		if a := ask(another, q); a.Decision != "refuse" || !slices.Equal(a.unmet(), []string{"person"}) {
			t.Errorf("by the account of another system: %+v", a)
		}
	})
}
