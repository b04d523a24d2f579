package patient_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
)

func TestARelationIsGivenByTheWardUntilItsEnd(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		until := w.Clock.Now().Add(10 * day)
		relation, err := w.room.Relate(w.as("chen"), patient.Relation{Patient: id, Person: w.ids["gu"], Kind: "task", Role: "consultant", Encounter: encounter, Until: until, Source: "forged source"})
		if err != nil {
			t.Fatal(err)
		}
		if e := w.Last(); e.Verb != "patient.relate" || wrote(e)["patient_relation"] != 1 {
			t.Errorf("%+v", e)
		}
		if given := w.team(id)["gu"]; given.Source != "request" || given.GivenBy != w.ids["chen"] || !given.Until.Equal(until) {
			t.Errorf("%+v", given)
		}
		if !w.opens("gu", id) {
			t.Error("the consultant cannot open the patient")
		}
		if err := w.room.EndRelation(w.as("zhou"), relation); err != nil {
			t.Fatal(err)
		}
		if w.opens("gu", id) {
			t.Error("a relation outlives its end by the same moment")
		}
		if err := w.room.EndRelation(w.as("zhou"), "nothing"); !errors.Is(err, act.ErrRefused) || w.Last().Note["found"] != "no" {
			t.Error(err)
		}
	})
}

func TestNobodyGivesHimselfARelation(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		for name, in := range map[string]patient.Relation{
			"zhou": {Patient: id, Person: w.ids["zhou"], Role: "nurse", Until: w.Clock.Now().Add(day)}, // for herself
			"lin":  {Patient: id, Person: w.ids["he"], Role: "nurse", Until: w.Clock.Now().Add(day)},   // not hers to give
			"gu":   {Patient: id, Person: w.ids["ma"], Role: "nurse", Until: w.Clock.Now().Add(day)},   // of another department
		} {
			if _, err := w.room.Relate(w.as(name), in); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s: %v", name, err)
			}
			if e := w.Last(); e.Outcome != ledger.Refused || e.Actor.ID != w.ids[name] {
				t.Errorf("%s: the refusal is not in the ledger: %+v", name, e)
			}
		}
		own := w.team(id)["chen"].ID
		if err := w.room.EndRelation(w.as("chen"), own); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the attending left by himself: %v", err)
		}
		if w.Count("patient_relation") != 2 {
			t.Error("a relation was written")
		}
	})
}

func TestARelationThatCannotBeNamesTheField(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		_, foreign := w.inpatient("王五")
		good := patient.Relation{Patient: id, Person: w.ids["he"], Role: "nurse", Until: w.Clock.Now().Add(day)}
		for want, change := range map[string]func(*patient.Relation){
			"until":     func(r *patient.Relation) { r.Until = time.Time{} },
			"until ":    func(r *patient.Relation) { r.Until = w.Clock.Now() },
			"until  ":   func(r *patient.Relation) { r.Until = w.Clock.Now().Add(367 * day) },
			"kind":      func(r *patient.Relation) { r.Kind = "glass" },
			"role":      func(r *patient.Relation) { r.Role = "" },
			"person":    func(r *patient.Relation) { r.Person = "" },
			"person ":   func(r *patient.Relation) { r.Person = "nobody" },
			"encounter": func(r *patient.Relation) { r.Encounter = foreign },
		} {
			in := good
			change(&in)
			_, err := w.room.Relate(w.as("zhou"), in)
			if got := fields(err); len(got) != 1 || !slices.Contains([]string{got[0], got[0] + " ", got[0] + "  "}, want) {
				t.Errorf("%s: %v", want, err)
			}
		}
	})
}

func TestARelationWrittenBehindTheHouseGivesNothingAndAlarms(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		other, _ := w.inpatient("王五")
		w.Behind("UPDATE patient_relation SET person = '" + w.ids["gu"] + "' WHERE patient = '" + id + "' AND role = 'resident'")
		_, err := w.room.View(w.as("gu"), id)
		if !errors.Is(err, act.ErrUndecided) || len(w.Alarms()) == 0 {
			t.Errorf("%v, alarms %v", err, w.Alarms())
		}
		if e := w.Last(); e.Outcome != ledger.Refused || e.Actor.ID != w.ids["gu"] {
			t.Errorf("%+v", e)
		}
		if !w.opens("chen", other) {
			t.Error("a forged row about one patient keeps the team from another")
		}
	})
}

func TestARelationPushedBeyondItsEndGivesNothing(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		if err := w.room.Discharge(w.as("chen"), encounter, time.Time{}); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(patient.After + time.Hour)
		w.Behind("UPDATE patient_relation SET until = until + 86400000000 WHERE role = 'attending'")
		if _, err := w.room.View(w.as("chen"), id); !errors.Is(err, act.ErrUndecided) {
			t.Errorf("%v", err)
		}
	})
}

func TestEveryCheckOfTheRoomCanFail(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		w.ask("chen", patient.Asking{Patient: id, Kind: patient.Consultation, Performers: []patient.Called{{Person: w.ids["gu"], Role: "consultant"}}})
		w.must(second(w.room.PutOnWorklist(w.purposed("coding", "wen"), patient.Assignment{Patient: id, Task: patient.Coding, Person: w.ids["bai"], Due: w.Clock.Now().Add(day)})))
		w.admit(w.as("he"), patient.Admission{Patient: id, Kind: patient.Outpatient, Department: w.cardiology})
		verdicts := func() map[string]string {
			found := map[string]string{}
			for _, c := range w.room.Checks() {
				found[c.ID] = string(c.Ask(t.Context()).Verdict)
			}
			return found
		}
		for id, verdict := range verdicts() {
			if verdict != "met" {
				t.Errorf("%s: %s", id, verdict)
			}
		}
		for check, harm := range map[string]string{
			"patient.relations-end":               "UPDATE patient_relation SET until = until + 31622400000000",
			"patient.relations-never-for-oneself": "UPDATE patient_relation SET given_by = person, encounter = ''",
			"patient.requisitions-end":            "UPDATE patient_requisition SET until = until + 31622400000000",
			"patient.requisitions-known":          "UPDATE patient_performer SET person = 'nobody'",
			"patient.work-by-item":                "UPDATE patient_worklist SET person = 'nobody'",
			"patient.admissions-by-two":           "UPDATE patient_word SET confirmed_by = person",
			"patient.sealed":                      "DELETE FROM vault_key",
		} {
			w.Behind(harm)
			if verdicts()[check] != "not-met" {
				t.Errorf("%s does not notice %s", check, harm)
			}
		}
	})
}
