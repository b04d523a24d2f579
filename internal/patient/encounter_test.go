package patient_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/patient"
)

func TestAnAdmissionRelatesTheTeam(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		e := w.Last()
		if e.Verb != "patient.admit" || wrote(e)["patient_encounter"] != 1 || wrote(e)["patient_relation"] != 2 {
			t.Errorf("%+v", e)
		}
		team := w.team(id)
		if len(team) != 2 || team["chen"].Role != "attending" || team["lin"].Role != "resident" || team["lin"].Encounter != encounter || team["lin"].Source != "admission" {
			t.Errorf("%+v", team)
		}
		for name, want := range map[string]bool{"chen": true, "lin": true, "zhou": true, "he": true, "gu": false, "ma": false} {
			if w.opens(name, id) != want {
				t.Errorf("%s: %v", name, !want)
			}
		}
	})
}

func TestWhatCannotBeAdmittedNamesTheField(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id := w.register(w.as("zhou"), person("李四"))
		good := patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology}
		for want, change := range map[string]func(*patient.Admission){
			"kind":           func(a *patient.Admission) { a.Kind = "daycare" },
			"level":          func(a *patient.Admission) { a.Level = 6 },
			"since":          func(a *patient.Admission) { a.Since = w.Clock.Now().Add(2 * time.Hour) },
			"until":          func(a *patient.Admission) { a.Since, a.Until = w.Clock.Now(), w.Clock.Now().Add(-time.Second) },
			"ward":           func(a *patient.Admission) { a.Ward = "3\x00" },
			"attending":      func(a *patient.Admission) { a.Attending = "nobody" },
			"team[1].person": func(a *patient.Admission) { a.Team = []patient.Member{{Person: w.ids["lin"]}, {Person: "nobody"}} },
		} {
			in := good
			change(&in)
			if _, err := w.room.Admit(w.as("zhou"), in); codeOf(err) != "patient.invalid" || !slices.Equal(fields(err), []string{want}) {
				t.Errorf("%s: %v", want, err)
			}
		}
		if _, err := w.room.Admit(w.as("ma"), good); !errors.Is(err, act.ErrRefused) {
			t.Errorf("into another department: %v", err)
		}
		if n := w.Count("patient_encounter") + w.Count("patient_relation"); n != 0 {
			t.Errorf("%d rows were written", n)
		}
	})
}

func TestNobodyBecomesTheTreatingDoctorOfAReturningPatientByNamingHimself(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		himself := func(who string, id string) {
			w.admit(w.as(who), patient.Admission{Patient: id, Kind: patient.Outpatient, Department: map[string]string{"chen": w.cardiology, "gu": w.surgery}[who], Attending: w.ids[who]})
		}
		fresh := w.register(w.as("gu"), person("新来者"))
		himself("gu", fresh)
		if !w.opens("gu", fresh) {
			t.Error("a doctor cannot open the new patient whom he registered and admitted")
		}
		known, stay := w.inpatient("李四")
		if err := w.room.Discharge(w.as("chen"), stay, time.Time{}); err != nil {
			t.Fatal(err)
		}
		himself("gu", known)
		if w.opens("gu", known) {
			t.Error("a doctor opened somebody else's patient by admitting him to himself")
		}
		for _, check := range w.room.Checks() {
			if f := check.Ask(t.Context()); f.Verdict != "met" {
				t.Errorf("%s: %+v", check.ID, f)
			}
		}
		w.admit(w.as("ma"), patient.Admission{Patient: known, Kind: patient.Outpatient, Department: w.surgery, Attending: w.ids["gu"]})
		if !w.opens("gu", known) {
			t.Error("the doctor whom the nurse named cannot open the patient")
		}
	})
}

func TestAVisitToAClinicDoesNotTakeThePatientFromHisBed(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		w.Clock.Advance(time.Hour)
		visit := w.admit(w.as("ma"), patient.Admission{Patient: id, Kind: patient.Outpatient, Department: w.surgery})
		if !w.opens("he", id) || w.opens("ma", id) {
			t.Error("the ward lost its patient to the clinic")
		}
		if err := w.room.Discharge(w.as("chen"), visit, time.Time{}); !errors.Is(err, act.ErrRefused) && err != nil {
			t.Error(err)
		}
	})
}

func TestADischargeEndsTheRelationsAWeekLater(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		w.Clock.Advance(3 * day)
		for _, at := range []time.Time{acttest.Morning.Add(-time.Minute), w.Clock.Now().Add(2 * time.Hour)} {
			if err := w.room.Discharge(w.as("chen"), encounter, at); !slices.Equal(fields(err), []string{"until"}) {
				t.Errorf("discharged at %s: %v", at, err)
			}
		}
		if err := w.room.Discharge(w.as("gu"), encounter, time.Time{}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("by another department: %v", err)
		}
		if err := w.room.Discharge(w.as("chen"), encounter, time.Time{}); err != nil {
			t.Fatal(err)
		}
		if e := w.Last(); e.Verb != "patient.discharge" || wrote(e)["patient_encounter"] != 1 || wrote(e)["patient_relation"] != 2 {
			t.Errorf("%+v", e)
		}
		if w.opens("he", id) || !w.opens("chen", id) {
			t.Error("the ward still opens, or the team cannot finish the record")
		}
		if err := w.room.Discharge(w.as("chen"), encounter, time.Time{}); codeOf(err) != "patient.encounter-closed" {
			t.Errorf("twice: %v", err)
		}
		w.Clock.Advance(patient.After - time.Microsecond)
		if !w.opens("lin", id) {
			t.Error("the relation ended early")
		}
		w.Clock.Advance(time.Microsecond)
		if w.opens("lin", id) || w.opens("chen", id) {
			t.Error("the relation outlives its end")
		}
	})
}

func TestALongStayKeepsItsTeam(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		w.Clock.Advance(200 * day)
		if !w.opens("lin", id) {
			t.Fatal("after 200 days in the ward the team cannot open its patient")
		}
		to := patient.Admission{Department: w.cardiology, Bed: "12", Attending: w.ids["chen"]}
		if err := w.room.Transfer(w.as("chen"), encounter, to); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(300 * day)
		if !w.opens("lin", id) || !w.opens("chen", id) {
			t.Error("a move within the ward did not keep the team")
		}
		w.Clock.Advance(100 * day)
		if w.opens("lin", id) {
			t.Error("a relation without any news of its encounter for more than a year")
		}
		visit := w.register(w.as("zhou"), person("王五"))
		w.admit(w.as("zhou"), patient.Admission{Patient: visit, Kind: patient.Outpatient, Department: w.cardiology, Attending: w.ids["chen"]})
		w.Clock.Advance(patient.OpenEnded)
		if w.opens("chen", visit) {
			t.Error("a visit that nobody closed keeps its relation beyond 90 days")
		}
	})
}

func TestATransferHandsThePatientOver(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		consultant, err := w.room.Relate(w.as("chen"), patient.Relation{Patient: id, Person: w.ids["he"], Role: "consultant", Encounter: encounter, Until: w.Clock.Now().Add(30 * day)})
		if err != nil || consultant == "" {
			t.Fatal(err)
		}
		for want, to := range map[string]patient.Admission{
			"department": {}, "department ": {Department: "nowhere"}, "kind": {Kind: "x", Department: w.surgery}, "attending": {Department: w.surgery, Attending: "nobody"},
		} {
			if err := w.room.Transfer(w.as("chen"), encounter, to); len(fields(err)) != 1 || fields(err)[0]+" " != want+" " && fields(err)[0]+" " != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		before := w.team(id)
		to := patient.Admission{Department: w.surgery, Ward: "外三", Attending: w.ids["gu"], Team: []patient.Member{{Person: w.ids["lin"], Role: "resident"}}}
		if err := w.room.Transfer(w.as("chen"), encounter, to); err != nil {
			t.Fatal(err)
		}
		soon := w.Clock.Now().Add(patient.After)
		team := w.team(id)
		if !team["chen"].Until.Equal(soon) || !team["he"].Until.Equal(soon) {
			t.Errorf("the old team ends at %s and %s", team["chen"].Until, team["he"].Until)
		}
		if !team["gu"].Until.After(soon.Add(day)) || team["gu"].Role != "attending" || team["lin"].ID != before["lin"].ID || !team["lin"].Until.After(soon.Add(day)) {
			t.Errorf("the new team: %+v", team)
		}
		if !w.opens("ma", id) || w.opens("zhou", id) {
			t.Error("the patient is not in the new ward, or still in the old one")
		}
		// A move within the new ward does not bring the old team back.
		if err := w.room.Transfer(w.as("gu"), encounter, patient.Admission{Department: w.surgery, Bed: "2"}); err != nil {
			t.Fatal(err)
		}
		if again := w.team(id); !again["chen"].Until.Equal(soon) || again["gu"].ID != team["gu"].ID {
			t.Errorf("after a move of bed: %+v", again)
		}
		v, err := w.room.View(w.as("gu"), id)
		if err != nil || v.Encounters[0].Bed != "2" || v.Encounters[0].Attending != w.ids["gu"] {
			t.Errorf("%+v %v", v, err)
		}
		w.Clock.Advance(patient.After)
		if w.opens("chen", id) || !w.opens("gu", id) || !w.opens("lin", id) {
			t.Error("a week after the transfer")
		}
	})
}

func TestNobodyTransfersAPatientToHimself(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		if err := w.room.Transfer(w.as("lin"), encounter, patient.Admission{Department: w.cardiology, Attending: w.ids["lin"]}); err != nil {
			t.Fatal(err)
		}
		if team := w.team(id); team["lin"].Role != "resident" {
			t.Errorf("a resident made himself the attending: %+v", team)
		}
	})
}

func TestADischargeTakenBackGivesTheTeamBack(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		var id, encounter string
		do := func(verb string, fn func(work *act.Work) error) {
			t.Helper()
			if err := w.Door.Desk("patient").Do(w.feed(), verb, func(_ ctx, work *act.Work) error { return fn(work) }); err != nil {
				t.Fatal(err)
			}
		}
		p, err := w.room.Prepare(acttest.Org, patient.Registration{Demographics: person("李四").Demographics, Source: "his"})
		if err != nil {
			t.Fatal(err)
		}
		do("patient.admit", func(work *act.Work) error {
			if err := w.room.RegisterIn(t.Context(), work, p); err != nil {
				return err
			}
			id = p.ID()
			encounter, err = w.room.AdmitIn(t.Context(), work, patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology, Attending: w.ids["chen"], Source: "his"})
			return err
		})
		w.Clock.Advance(2 * day)
		do("patient.discharge", func(work *act.Work) error { return w.room.DischargeIn(t.Context(), work, encounter, time.Time{}) })
		do("patient.discharge", func(work *act.Work) error { return w.room.ReopenIn(t.Context(), work, encounter) })
		w.Clock.Advance(patient.After + day)
		if !w.opens("chen", id) || !w.opens("he", id) {
			t.Error("a discharge that was taken back ended the relation all the same")
		}
	})
}
