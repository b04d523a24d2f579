package patient_test

import (
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

// stranger is a patient of surgery who was discharged long ago.
func (w *ward) stranger() string {
	w.T.Helper()
	id := w.register(w.as("su"), person("旧患者"))
	stay := w.admit(w.as("su"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.surgery, Attending: w.ids["gu"]})
	w.must(w.room.Discharge(w.as("gu"), stay, time.Time{}))
	w.Clock.Advance(30 * day)
	return id
}

// excused lets somebody have stated a reason to open everybody.
func (w *ward) excused(name string) {
	w.Door.Ties(func(_ ctx, _ db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
		found := map[string][]policy.Tie{}
		for _, id := range patients {
			if actor.ID == w.ids[name] {
				found[id] = []policy.Tie{{Kind: policy.TieReason, ID: "reason", Role: "care", Since: at, Until: at.Add(time.Hour)}}
			}
		}
		return found, nil
	})
}

func TestNobodyReachesAStrangerByAdmittingHimToHisOwnWard(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id := w.stranger()
		w.onShift("he", w.cardiology, 12*time.Hour)
		w.wantSeen("discharged", id, []string{"gu", "he", "zhou"})
		encounter := w.admit(w.as("he"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology})
		if e := w.Last(); wrote(e)["patient_word"] != 1 {
			t.Errorf("%+v", e)
		}
		w.wantSeen("admitted by one nurse", id, []string{"he", "zhou"})
		if err := w.room.ConfirmAdmission(w.as("he"), encounter); !errors.Is(err, act.ErrRefused) {
			t.Errorf("she confirmed her own admission: %v", err)
		}
		if err := w.room.ConfirmAdmission(w.as("ma"), encounter); !errors.Is(err, act.ErrRefused) {
			t.Errorf("confirmed by another department: %v", err)
		}
		w.must(w.room.ConfirmAdmission(w.as("zhou"), encounter))
		w.wantSeen("confirmed", id, []string{"he", "zhou"}, "he", "zhou")
		if err := w.room.ConfirmAdmission(w.as("zhou"), encounter); codeOf(err) != "patient.nothing-to-confirm" {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestAnAdmissionByOnePersonNeverStopsCare(t *testing.T) {
	both(t, func(_ *testing.T, w *ward) {
		id := w.stranger()
		w.onShift("zhou", w.cardiology, 12*time.Hour)
		w.onShift("he", w.cardiology, 12*time.Hour)
		w.admit(w.as("he"), patient.Admission{Patient: id, Kind: patient.Emergency, Department: w.cardiology, Attending: w.ids["chen"]})
		w.wantSeen("the colleague on shift, the doctor who was named", id, []string{"chen", "he", "lin", "zhou"}, "chen", "zhou")
		w.excused("he")
		w.wantSeen("a stated reason", id, []string{"he"}, "he")
	})
}

func TestEmergencyRegistrationGivesTheTeamOnShift(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		fresh := w.register(w.as("zhou"), person("留观患者"))
		w.admit(w.as("zhou"), patient.Admission{Patient: fresh, Kind: patient.Emergency, Department: w.cardiology})
		w.read(func(r db.Reader) error {
			lying, err := w.room.Lying(t.Context(), r, acttest.Org, w.cardiology, nil)
			if len(lying) != 1 || lying[0] != fresh {
				t.Errorf("who lies in the emergency department: %v", lying)
			}
			return err
		})
		old := w.stranger()
		w.admit(w.as("he"), patient.Admission{Patient: old, Kind: patient.Emergency, Department: w.cardiology})
		w.onShift("lin", w.cardiology, 12*time.Hour)
		w.wantSeen("a returning patient, by one nurse", old, []string{"he", "lin"}, "lin")
		w.Clock.Advance(12 * time.Hour)
		w.wantSeen("after the shift", old, []string{"he", "lin"})
	})
}

func TestASourceConfirmsAnAdmission(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		p, err := w.room.Prepare(acttest.Org, patient.Registration{Demographics: person("李四").Demographics, Source: "his"})
		w.must(err)
		feed := func(verb string, fn func(work *act.Work) error) {
			t.Helper()
			w.must(w.Door.Desk("patient").Do(w.feed(), verb, func(_ ctx, work *act.Work) error { return fn(work) }))
		}
		feed("patient.register", func(work *act.Work) error { return w.room.RegisterIn(t.Context(), work, p) })
		w.admit(w.as("he"), patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: w.cardiology})
		w.wantSeen("by hand", p.ID(), []string{"he"})
		feed("patient.admit", func(work *act.Work) error {
			_, err := w.room.AdmitIn(t.Context(), work, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: w.cardiology, Source: "his"})
			return err
		})
		w.wantSeen("and by the feed", p.ID(), []string{"he"}, "he")
	})
}

func TestAForgedConfirmationGivesNothing(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id := w.stranger()
		w.admit(w.as("he"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology})
		w.Behind("UPDATE patient_word SET confirmed = since, confirmed_by = person")
		if _, err := w.room.View(w.as("he"), id); !errors.Is(err, act.ErrUndecided) && !errors.Is(err, db.ErrForged) {
			t.Errorf("%v", err)
		}
	})
}

func TestWhileASourceIsSilentAReasonOpensBeyondTheDepartment(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		p, err := w.room.Prepare(acttest.Org, patient.Registration{Demographics: person("李四").Demographics, Source: "his"})
		w.must(err)
		w.must(w.Door.Desk("patient").Do(w.feed(), "patient.admit", func(_ ctx, work *act.Work) error {
			if err := w.room.RegisterIn(t.Context(), work, p); err != nil {
				return err
			}
			_, err := w.room.AdmitIn(t.Context(), work, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: w.cardiology, Source: "his"})
			return err
		}))
		other, _ := w.inpatient("王五")
		quietFrom := w.Clock.Now().Add(4 * time.Hour)
		w.room.Sources(func(_ ctx, _ db.Reader, _ string, at time.Time) ([]string, error) {
			if at.Before(quietFrom) {
				return nil, nil
			}
			return []string{"his"}, nil
		})
		w.excused("gu")
		w.wantSeen("the source speaks", p.ID(), []string{"gu", "ma"})
		w.Clock.Advance(4 * time.Hour)
		w.wantSeen("the source is silent", p.ID(), []string{"gu", "ma"}, "gu")
		w.wantSeen("of a patient whom nobody feeds", other, []string{"gu"})
	})
}
