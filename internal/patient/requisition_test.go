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

func (w *ward) ask(name string, in patient.Asking) string {
	w.T.Helper()
	made, err := w.room.Ask(w.as(name), in)
	if err != nil {
		w.T.Fatal(err)
	}
	return made
}

func (w *ward) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// see reports who of some may open a patient, in the order of their names.
func (w *ward) see(id string, names ...string) []string {
	w.T.Helper()
	return slices.DeleteFunc(names, func(name string) bool { return !w.opens(name, id) })
}

func (w *ward) wantSeen(when, id string, asked []string, want ...string) {
	w.T.Helper()
	if got := w.see(id, slices.Clone(asked)...); !slices.Equal(got, want) {
		w.T.Errorf("%s: %v open the patient, want %v", when, got, want)
	}
}

func TestARequestGivesThePatientToWhoeverIsOnShiftInThePerformingDepartment(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		radiology := []string{"rong", "song", "xu"}
		w.onShift("xu", w.radiology, 12*time.Hour)
		w.wantSeen("before anything was asked", id, radiology)
		asked := w.ask("lin", patient.Asking{Patient: id, Kind: patient.Imaging, Department: w.radiology})
		if e := w.Last(); e.Verb != "patient.ask" || wrote(e)["patient_requisition"] != 1 || e.Outcome != ledger.Done {
			t.Errorf("%+v", e)
		}
		w.wantSeen("asked", id, radiology, "xu")
		v, err := w.room.View(w.as("xu"), id)
		if err != nil || v.Tie == nil || v.Tie.Kind != "task" || v.Tie.ID != asked || v.Tie.Source != "requisition" || !v.Tie.Until.Equal(w.Clock.Now().Add(12*time.Hour)) {
			t.Errorf("what explains the access: %+v %v", v, err)
		}
		w.Clock.Advance(12 * time.Hour)
		w.wantSeen("after the shift", id, radiology)
		w.onShift("song", w.radiology, 80*day)
		w.wantSeen("on the next shift", id, radiology, "song")
		w.must(w.room.Answer(w.as("song"), asked))
		w.Clock.Advance(3*day - time.Second)
		w.wantSeen("within three days of the result", id, radiology, "song")
		w.Clock.Advance(time.Second)
		w.wantSeen("three days after the result", id, radiology)

		w.ask("lin", patient.Asking{Patient: id, Encounter: encounter, Kind: patient.Imaging, Department: w.radiology})
		w.Clock.Advance(30*day - time.Second)
		w.wantSeen("never answered, within its time", id, radiology, "song")
		w.Clock.Advance(time.Second)
		w.wantSeen("never answered", id, radiology)
	})
}

func TestWhoeverAsksIsGivenNothing(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		w.must(w.room.Transfer(w.as("chen"), encounter, patient.Admission{Department: w.surgery, Attending: w.ids["gu"]}))
		w.onShift("gu", w.radiology, 300*day)
		asked := w.ask("gu", patient.Asking{Patient: id, Kind: patient.Imaging, Department: w.radiology, Performers: []patient.Called{{Person: w.ids["gu"], Role: "reporter"}}})
		w.must(w.room.Discharge(w.as("gu"), encounter, time.Time{}))
		w.Clock.Advance(patient.After)
		if w.opens("gu", id) {
			t.Error("a doctor keeps a patient by asking himself for something")
		}
		gu := act.From(w.as("gu"))
		gu.Departments = append(gu.Departments, w.radiology)
		if err := w.room.TakeOn(act.With(t.Context(), gu), asked); !errors.Is(err, act.ErrRefused) {
			t.Errorf("took on his own: %v", err)
		}
		if err := w.room.Answer(act.With(t.Context(), gu), asked); err != nil {
			t.Fatal(err)
		}
		if w.opens("gu", id) {
			t.Error("a doctor got a patient back by reporting his own result")
		}
		if _, err := w.room.Ask(w.as("xu"), patient.Asking{Patient: id, Kind: patient.Imaging, Department: w.radiology}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a stranger asked: %v", err)
		}
	})
}

func TestAResultThatArrivesLateGivesThePatientBackToWhoeverWaits(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		asked := w.ask("lin", patient.Asking{Patient: id, Kind: patient.Pathology, Department: w.radiology})
		w.must(w.room.Discharge(w.as("chen"), encounter, time.Time{}))
		w.Clock.Advance(20 * day)
		team := []string{"chen", "he", "lin"}
		w.wantSeen("long discharged", id, team)
		w.must(w.room.Answer(w.as("xu"), asked))
		w.wantSeen("the result is there", id, team, "chen", "lin")
		if given := w.team(id); given["chen"].Source != "result" || given["chen"].GivenBy != w.ids["xu"] || given["lin"].Role != "requester" {
			t.Errorf("%+v", given)
		}
		w.Clock.Advance(patient.Late - time.Second)
		w.wantSeen("within its time", id, team, "chen", "lin")
		w.Clock.Advance(time.Second)
		w.wantSeen("a week after the result", id, team)
		if err := w.room.Answer(w.as("xu"), asked); codeOf(err) != "patient.requisition-closed" {
			t.Errorf("answered twice: %v", err)
		}
	})
}

func TestAConsultationIsTakenOnByAPersonAndEndsWithItsAnswer(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		asked := w.ask("chen", patient.Asking{Patient: id, Kind: patient.Consultation, Department: w.surgery})
		page, err := w.room.AskedOf(w.as("gu"), patient.AskedQuery{})
		if err != nil || len(page.Items) != 1 || page.Items[0].ID != asked || page.Items[0].Called == "李四" {
			t.Errorf("what waits for the department: %+v %v", page, err)
		}
		if err := w.room.TakeOn(w.as("xu"), asked); !errors.Is(err, act.ErrRefused) {
			t.Errorf("taken on by another department: %v", err)
		}
		w.must(w.room.TakeOn(w.as("gu"), asked))
		if given := w.team(id)["gu"]; given.Role != "consultant" || given.GivenBy != w.ids["chen"] || given.Source != "requisition" {
			t.Errorf("%+v", given)
		}
		if err := w.room.TakeOn(w.as("gu"), asked); codeOf(err) != "patient.requisition-taken" {
			t.Errorf("taken on twice: %v", err)
		}
		w.wantSeen("taken on", id, []string{"gu", "ma"}, "gu")
		w.must(w.room.Answer(w.as("gu"), asked))
		w.Clock.Advance(day - time.Second)
		w.wantSeen("within a day of the answer", id, []string{"gu"}, "gu")
		w.Clock.Advance(time.Second)
		w.wantSeen("a day after the answer", id, []string{"gu"})
		if err := w.room.TakeOn(w.as("gu"), asked); codeOf(err) != "patient.requisition-closed" {
			t.Errorf("taken on again: %v", err)
		}
	})
}

func TestAMeetingBringsItsMembersUntilItIsOver(t *testing.T) {
	both(t, func(_ *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		meeting := patient.Asking{Patient: id, Kind: patient.Meeting, Planned: w.Clock.Now().Add(2 * day), Performers: []patient.Called{{Person: w.ids["gu"], Role: "chair"}, {Person: w.ids["rong"], Role: "member"}}}
		w.ask("chen", meeting)
		members := []string{"gu", "ma", "rong"}
		w.wantSeen("planned", id, members, "gu", "rong")
		w.Clock.Advance(3*day - time.Second)
		w.wantSeen("within a day of the meeting", id, members, "gu", "rong")
		w.Clock.Advance(time.Second)
		w.wantSeen("over", id, members)

		meeting.Planned = w.Clock.Now().Add(day)
		off := w.ask("chen", meeting)
		w.must(w.room.CallOff(w.as("chen"), off))
		w.wantSeen("called off", id, members)
	})
}

func TestATransferLeavesThePatientToBothSides(t *testing.T) {
	both(t, func(_ *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		w.onShift("he", w.cardiology, 10*day)
		w.must(w.room.Transfer(w.as("chen"), encounter, patient.Admission{Department: w.surgery, Attending: w.ids["gu"]}))
		sides := []string{"chen", "gu", "he", "ma", "zhou"}
		w.wantSeen("transferred", id, sides, "chen", "gu", "he", "ma")
		w.Clock.Advance(day)
		w.wantSeen("a day later", id, sides, "chen", "gu", "ma")
		w.Clock.Advance(patient.After)
		w.wantSeen("a week later", id, sides, "gu", "ma")
	})
}

func TestAForgedRequisitionGivesNothingAndAlarms(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		w.onShift("xu", w.radiology, 300*day)
		w.ask("lin", patient.Asking{Patient: id, Kind: patient.Imaging, Department: w.surgery})
		w.Behind("UPDATE patient_requisition SET department = '" + w.radiology + "'")
		if _, err := w.room.View(w.as("xu"), id); !errors.Is(err, act.ErrUndecided) || len(w.Alarms()) == 0 {
			t.Errorf("%v, alarms %v", err, w.Alarms())
		}
		if !w.opens("chen", id) {
			t.Error("a forged requisition keeps the team from its patient")
		}
	})
}

func TestWhatCannotBeAskedNamesTheField(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		_, foreign := w.inpatient("王五")
		good := patient.Asking{Patient: id, Kind: patient.Imaging, Department: w.radiology}
		for want, change := range map[string]func(*patient.Asking){
			"kind":                 func(a *patient.Asking) { a.Kind = "hand-over" },
			"department":           func(a *patient.Asking) { a.Department = "" },
			"department ":          func(a *patient.Asking) { a.Department = "nowhere" },
			"encounter":            func(a *patient.Asking) { a.Encounter = foreign },
			"planned":              func(a *patient.Asking) { a.Kind = patient.Operation },
			"planned ":             func(a *patient.Asking) { a.Planned = w.Clock.Now().Add(91 * day) },
			"planned  ":            func(a *patient.Asking) { a.Planned = w.Clock.Now().Add(-25 * time.Hour) },
			"performers[0].role":   func(a *patient.Asking) { a.Performers = []patient.Called{{Person: w.ids["xu"], Role: "attending"}} },
			"performers[0].person": func(a *patient.Asking) { a.Performers = []patient.Called{{Person: "nobody", Role: "technician"}} },
		} {
			in := good
			change(&in)
			_, err := w.room.Ask(w.as("lin"), in)
			if got := fields(err); len(got) != 1 || !slices.Contains([]string{got[0], got[0] + " ", got[0] + "  "}, want) {
				t.Errorf("%s: %v", want, err)
			}
		}
		if w.Count("patient_requisition") != 0 {
			t.Error("something was asked")
		}
	})
}

func TestRequisitionsOfAPatientArePaged(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		var want []string
		for range 5 {
			w.Clock.Advance(time.Minute)
			want = append([]string{w.ask("lin", patient.Asking{Patient: id, Kind: patient.Laboratory, Department: w.radiology})}, want...)
		}
		var got []string
		q := patient.AskedQuery{Patient: id, Limit: 2}
		for {
			page, err := w.room.AskedOf(w.as("chen"), q)
			w.must(err)
			for _, one := range page.Items {
				got = append(got, one.ID)
				if one.Names[one.AskedBy].ZH != "lin" || one.Departments[one.Department].ZH != "放射科" {
					t.Errorf("%+v", one)
				}
			}
			if page.Next == "" {
				break
			}
			q.Cursor = page.Next
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		if _, err := w.room.AskedOf(w.as("gu"), patient.AskedQuery{Patient: id}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a stranger sees what was asked: %v", err)
		}
	})
}
