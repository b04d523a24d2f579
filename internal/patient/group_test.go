package patient_test

import (
	"slices"
	"testing"

	"github.com/medward/medward/internal/patient"
)

func TestAMedicalGroupTakesThePatientInWithItsLead(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		w.appoint("chen", "chief", w.cardiology, "一组")
		w.appoint("lin", "resident", w.cardiology, "一组")
		w.appoint("he", "nurse", w.cardiology, "二组")
		w.appoint("gu", "attending", w.surgery, "一组")
		id := w.register(w.as("zhou"), person("李四"))
		in := patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology, Group: "三组"}
		if _, err := w.room.Admit(w.as("zhou"), in); !slices.Equal(fields(err), []string{"group"}) {
			t.Errorf("a group that is not there: %v", err)
		}
		in.Group = "一组"
		encounter := w.admit(w.as("zhou"), in)
		team := w.team(id)
		if len(team) != 2 || team["chen"].Role != "attending" || team["lin"].Role != "resident" {
			t.Errorf("%+v", team)
		}
		w.must(w.room.Transfer(w.as("chen"), encounter, patient.Admission{Department: w.surgery, Group: "一组"}))
		if team := w.team(id); team["gu"].Role != "attending" || !team["chen"].Until.Equal(w.Clock.Now().Add(patient.After)) {
			t.Errorf("moved to a group of another department: %+v", team)
		}
	})
}

func TestNobodyTakesAReturningPatientIntoHisOwnGroupForHimself(t *testing.T) {
	both(t, func(_ *testing.T, w *ward) {
		w.appoint("chen", "chief", w.cardiology, "一组")
		w.appoint("lin", "resident", w.cardiology, "一组")
		id := w.stranger()
		w.admit(w.as("lin"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology, Group: "一组"})
		w.wantSeen("admitted by the resident", id, []string{"chen", "lin"}, "chen")
	})
}
