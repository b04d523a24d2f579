package patient_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/patient"
)

// numbered lays a patient with a record number in cardiology.
func (w *ward) numbered(name, number string) string {
	w.T.Helper()
	in := person(name)
	in.RecordNumber = number
	id := w.register(w.as("zhou"), in)
	w.admit(w.as("zhou"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology, Attending: w.ids["chen"]})
	return id
}

func (w *ward) list(planned time.Time) []patient.PlannedOperation {
	return []patient.PlannedOperation{
		{Number: "S1", RecordNumber: "ZY1001", Planned: planned, Performers: []patient.Called{
			{Person: "gu", Role: "surgeon"}, {Person: "rong", Role: "anaesthetist"}, {Person: "ma", Role: "scrub-nurse"}, {Person: "su", Role: "circulating-nurse"},
		}},
		{Number: "S2", RecordNumber: "ZY9999", Planned: planned, Performers: []patient.Called{{Person: "gu", Role: "surgeon"}}},
		{Number: "S3", RecordNumber: "ZY1001", Planned: planned, Performers: []patient.Called{{Person: "nobody", Role: "surgeon"}}},
		{Number: "S4", RecordNumber: "ZY1001", Planned: planned, Performers: []patient.Called{{Person: "gu", Role: "attending"}}},
		{RecordNumber: "ZY1001", Planned: planned, Performers: []patient.Called{{Person: "gu", Role: "surgeon"}}},
	}
}

func TestAnOperationListBringsThoseWhoOperate(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id := w.numbered("李四", "ZY1001")
		planned := w.Clock.Now().Add(3 * day)
		before := w.Count("patient_requisition")
		lines, err := w.room.PreviewOperations(w.as("su"), w.surgery, w.list(planned))
		w.must(err)
		if w.Count("patient_requisition") != before {
			t.Error("a preview planned something")
		}
		for i, want := range []string{"", "recordNumber", "performers[0].person", "performers[0].role", "number"} {
			got := ""
			if found := fields(lines[i].Problem); len(found) > 0 {
				got = found[0]
			}
			if got != want || lines[i].Line != i+1 {
				t.Errorf("line %d: %q, want %q", i+1, got, want)
			}
		}
		if lines[0].Called != "李*" {
			t.Errorf("the patient of a line is called %q", lines[0].Called)
		}
		theatre := []string{"gu", "ma", "rong", "su"}
		w.wantSeen("previewed", id, theatre)
		lines, err = w.room.PlanOperations(w.as("su"), w.surgery, w.list(planned))
		w.must(err)
		if lines[0].Requisition == "" || lines[1].Requisition != "" || lines[1].Problem == nil {
			t.Errorf("%+v", lines)
		}
		w.wantSeen("planned; who made the list is given nothing", id, theatre, "gu", "ma", "rong")

		later := planned.Add(2 * day)
		moved := w.list(later)[:1]
		moved[0].Performers = moved[0].Performers[1:]
		lines, err = w.room.PlanOperations(w.as("su"), w.surgery, moved)
		w.must(err)
		if !lines[0].Known || w.Count("patient_requisition") != before+1 {
			t.Errorf("a list that came again planned another operation: %+v", lines)
		}
		w.wantSeen("moved, with another surgeon", id, theatre, "ma", "rong")
		w.must(w.room.Answer(w.as("rong"), lines[0].Requisition))
		w.Clock.Advance(3*day - time.Second)
		w.wantSeen("within three days", id, theatre, "ma", "rong")
		w.Clock.Advance(time.Second)
		w.wantSeen("three days after the operation", id, theatre)
	})
}

func TestAnOperationThatNobodyReportedEndsByItself(t *testing.T) {
	both(t, func(_ *testing.T, w *ward) {
		id := w.numbered("李四", "ZY1001")
		w.must(second(w.room.PlanOperations(w.as("su"), w.surgery, w.list(w.Clock.Now().Add(day))[:1])))
		w.Clock.Advance(8*day - time.Second)
		w.wantSeen("within a week of the operation", id, []string{"gu"}, "gu")
		w.Clock.Advance(time.Second)
		w.wantSeen("a week after the operation", id, []string{"gu"})
	})
}

func TestAnOperationListIsMadeByTheTheatreAboutPatientsWhoAreHere(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id := w.numbered("李四", "ZY1001")
		list := w.list(w.Clock.Now().Add(day))[:1]
		for _, name := range []string{"ma", "chen", "xu"} {
			if _, err := w.room.PreviewOperations(w.as(name), w.surgery, list); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s: %v", name, err)
			}
		}
		v, err := w.room.View(w.as("chen"), id)
		w.must(err)
		w.must(w.room.Discharge(w.as("chen"), v.Encounters[0].ID, time.Time{}))
		lines, err := w.room.PlanOperations(w.as("su"), w.surgery, list)
		w.must(err)
		if !slices.Equal(fields(lines[0].Problem), []string{"recordNumber"}) || w.opens("gu", id) {
			t.Errorf("a patient who has gone was planned: %+v", lines)
		}
		for want, list := range map[string][]patient.PlannedOperation{"operations": nil, "operations ": slices.Repeat(list, 201)} {
			if _, err := w.room.PreviewOperations(w.as("su"), w.surgery, list); len(fields(err)) != 1 || fields(err)[0] != "operations" {
				t.Errorf("%s: %v", want, err)
			}
		}
	})
}

func TestTheListOpensAllLevelsAboutTheTimeOfTheOperation(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		in := person("王五")
		in.RecordNumber, in.Level = "ZY2002", 5
		id := w.register(w.as("zhou"), in)
		w.admit(w.as("zhou"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology, Attending: w.ids["chen"]})
		planned := w.Clock.Now().Add(3 * day)
		list := w.list(planned)[:1]
		list[0].RecordNumber = "ZY2002"
		made, err := w.room.PlanOperations(w.as("su"), w.surgery, list)
		w.must(err)
		for _, moment := range []struct {
			what  string
			at    time.Time
			opens bool
		}{
			{"two days before", planned.Add(-day - time.Second), false},
			{"from the day before", planned.Add(-day), true},
			{"at the operation", planned, true},
			{"until a day after", planned.Add(day - time.Second), true},
			{"then no more", planned.Add(day), false},
		} {
			w.Clock.Advance(moment.at.Sub(w.Clock.Now()))
			for _, named := range []string{"gu", "rong", "ma"} {
				if w.opens(named, id) != moment.opens {
					t.Errorf("%s: %s", moment.what, named)
				}
			}
			if w.opens("su", id) {
				t.Errorf("%s: who made the list and names herself opens the patient", moment.what)
			}
		}
		if made[0].Problem != nil {
			t.Error(made[0].Problem)
		}
	})
}

func TestAnOperationThatWasCalledOffOrIsOnNoListOpensNoHighLevel(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		in := person("王五")
		in.RecordNumber, in.Level = "ZY2002", 5
		id := w.register(w.as("zhou"), in)
		w.admit(w.as("zhou"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology, Attending: w.ids["chen"]})
		planned := w.Clock.Now().Add(time.Hour)
		_, err := w.room.Ask(w.as("chen"), patient.Asking{Patient: id, Kind: patient.Operation, Department: w.surgery, Planned: planned, Performers: []patient.Called{{Person: w.ids["gu"], Role: "surgeon"}}})
		w.must(err)
		if w.opens("gu", id) {
			t.Error("an operation that only the ward asked for opens level 5")
		}
		list := w.list(planned)[:1]
		list[0].RecordNumber, list[0].Performers = "ZY2002", list[0].Performers[:2]
		made, err := w.room.PlanOperations(w.as("su"), w.surgery, list)
		w.must(err)
		if !w.opens("rong", id) {
			t.Error("the anaesthetist on the list is shut out")
		}
		w.Clock.Advance(time.Second)
		w.must(w.room.TakeOn(w.as("ma"), made[0].Requisition))
		if w.opens("ma", id) {
			t.Error("who took it on in the department, and is not on the list, opens level 5")
		}
		w.must(w.room.CallOff(w.as("su"), made[0].Requisition))
		if w.opens("rong", id) {
			t.Error("it opens after it was called off")
		}
	})
}
