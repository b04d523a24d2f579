package record_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

// emergency is a department that is on the list, with a nurse he, her colleague xu and
// a doctor zhou.
type emergency struct {
	*office
	ward string
	zhou string
}

func (o *office) opensEmergency() *emergency {
	o.T.Helper()
	room := staff.New(staff.Options{Desk: o.Door.Desk("staff"), Vault: o.Vault})
	made, err := room.AddDepartment(o.FirstStart(), staff.NewDepartment{Code: "emergency", NameZH: "急诊科", Kind: staff.Clinical})
	if err != nil {
		o.T.Fatal(err)
	}
	hired, err := room.AddPerson(o.FirstStart(), staff.NewPerson{Number: "N-zhou", NameZH: "周", Category: staff.Employee})
	if err == nil {
		_, err = room.Appoint(o.FirstStart(), staff.NewAppointment{Person: hired.ID, Role: "attending", Department: made.ID, Until: o.Clock.Now().Add(365 * day)})
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return &emergency{o, made.ID, hired.ID}
}

func (e *emergency) nurse(name string) ctx { return e.Person(name, []string{e.ward}, 3, "nurse") }

// returns brings the patient back a month after his discharge, by what one nurse says.
func (e *emergency) returns(attending string) (encounter string) {
	e.T.Helper()
	e.discharge()
	e.Clock.Advance(30 * day)
	encounter, err := e.patients.Admit(e.nurse("he"), patient.Admission{Patient: e.patient, Kind: patient.Emergency, Department: e.ward, Attending: attending})
	if err != nil {
		e.T.Fatal(err)
	}
	return encounter
}

func (o *office) writes(who ctx, encounter string) (string, error) {
	return o.room.File(who, record.Filing{Patient: o.patient, Encounter: encounter, Kind: "C0038", Title: "护理记录", Content: says("体温正常")})
}

// excuse lets somebody have stated a reason to open everybody.
func (o *office) excuse(person string) {
	o.Door.Ties(func(_ ctx, _ db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
		given := map[string][]policy.Tie{}
		for _, id := range patients {
			if actor.ID == person {
				given[id] = []policy.Tie{{Kind: policy.TieReason, ID: "reason", Role: "care", Since: at, Until: at.Add(time.Hour)}}
			}
		}
		return given, nil
	})
}

func TestWhoAdmittedOnHerOwnWordWritesByAStatedReasonUntilItIsConfirmed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		before := o.file(nil)
		e := o.opensEmergency()
		he := e.nurse("he")
		encounter := e.returns("")
		_, err := o.writes(he, encounter)
		o.refused(err, "record.file")
		if remedy := fmt.Sprint(fault.From(err).Detail); !strings.Contains(remedy, "理由") {
			t.Errorf("what would help is not said: %s", remedy)
		}
		if _, _, err := o.room.SaveDraft(he, record.Draft{Patient: o.patient, Writing: record.Writing{Encounter: encounter, Kind: "C0038", Title: "护理记录", Sections: says("体温").Sections}}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a draft of what could not be filed: %v", err)
		}

		o.excuse("he")
		id, err := o.writes(he, encounter)
		if err != nil {
			t.Fatalf("by a stated reason: %v", err)
		}
		if told := o.Last(); told.Why.Tie == nil || told.Why.Tie.Kind != policy.TieReason || told.Note["unconfirmed"] != "he" {
			t.Errorf("what is told of it: %+v, %v", told.Why, told.Note)
		}

		o.excuse("nobody")
		if _, err := o.room.View(he, before, 0); !errors.Is(err, act.ErrRefused) {
			t.Errorf("what was written before is open: %v", err)
		}
		if _, err := o.room.View(e.nurse("xu"), id, 0); !errors.Is(err, act.ErrRefused) {
			t.Errorf("what was written during it is open to the ward: %v", err)
		}
		if err := o.patients.ConfirmAdmission(e.nurse("xu"), encounter); err != nil {
			t.Fatal(err)
		}
		if _, err := o.writes(he, encounter); err != nil {
			t.Errorf("once it is confirmed: %v", err)
		}
		if told := o.Last(); told.Note["unconfirmed"] != "" {
			t.Errorf("it is still called unconfirmed: %v", told.Note)
		}
	})
}

func TestAnAdmissionThatNobodyConfirmedKeepsNoTeamFromWriting(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		e := o.opensEmergency()
		encounter := e.returns(e.zhou)
		if _, err := o.writes(e.Person(e.zhou, []string{e.ward}, 4, "attending"), encounter); err != nil {
			t.Errorf("the doctor whom she named: %v", err)
		}
	})
}
