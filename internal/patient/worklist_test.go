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

func (w *ward) purposed(purpose, name string) ctx { return acttest.For(w.as(name), purpose) }

func TestAWorklistGivesARecordForItsPurposeOnly(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		if w.opensFor("coding", "bai", id) || w.opensFor("quality", "hao", id) {
			t.Fatal("a record under way is open to the offices")
		}
		item, err := w.room.PutOnWorklist(w.purposed("coding", "wen"), patient.Assignment{Patient: id, Task: patient.Coding, Person: w.ids["bai"], Due: w.Clock.Now().Add(2 * day)})
		w.must(err)
		if e := w.Last(); e.Verb != "patient.put-on-worklist" || wrote(e)["patient_worklist"] != 1 || wrote(e)["patient_relation"] != 1 {
			t.Errorf("%+v", e)
		}
		if !w.opensFor("coding", "bai", id) || w.opensFor("coding", "min", id) || w.opensFor("quality", "bai", id) || w.opens("bai", id) {
			t.Error("the item gives more or less than its purpose to its person")
		}
		w.must(w.room.Reassign(w.purposed("coding", "wen"), item, w.ids["min"]))
		if w.opensFor("coding", "bai", id) || !w.opensFor("coding", "min", id) {
			t.Error("handed on")
		}
		w.must(w.room.TakeOffWorklist(w.purposed("coding", "min"), item))
		if w.opensFor("coding", "min", id) {
			t.Error("what is done stays open")
		}
		if err := w.room.TakeOffWorklist(w.purposed("coding", "min"), item); codeOf(err) != "patient.item-ended" {
			t.Errorf("twice: %v", err)
		}
		w.must(second(w.room.PutOnWorklist(w.purposed("quality", "fang"), patient.Assignment{Patient: id, Task: patient.Quality, Person: w.ids["hao"], Due: w.Clock.Now().Add(day)})))
		w.Clock.Advance(8*day - time.Second)
		if !w.opensFor("quality", "hao", id) || w.opensFor("quality", "fang", id) {
			t.Error("within a week of its day")
		}
		w.Clock.Advance(time.Second)
		if w.opensFor("quality", "hao", id) {
			t.Error("an item outlives its end")
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestAnItemRestrictedToAnEncounterOutlivesTheDischarge(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, encounter := w.inpatient("李四")
		due := w.Clock.Now().Add(30 * day)
		item := patient.Assignment{Patient: id, Encounter: encounter, Task: patient.Quality, Person: w.ids["hao"], Due: due}
		w.must(second(w.room.PutOnWorklist(w.purposed("quality", "fang"), item)))
		w.must(w.room.Discharge(w.as("chen"), encounter, time.Time{}))
		page, err := w.room.Worklist(w.purposed("quality", "hao"), patient.WorklistQuery{})
		if err != nil || len(page.Items) != 1 || !page.Items[0].Due.Equal(due) || page.Items[0].Called != "李四" {
			t.Errorf("%+v %v", page, err)
		}
		for name, relation := range w.team(id) {
			if name == "hao" && !relation.Until.Equal(due.Add(7*day)) {
				t.Errorf("the discharge moved the end of an item to %s", relation.Until)
			}
		}
	})
}

func TestNobodyPutsARecordOnHisOwnWorklist(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		own := patient.Assignment{Patient: id, Task: patient.Coding, Person: w.ids["wen"], Due: w.Clock.Now().Add(day)}
		if _, err := w.room.PutOnWorklist(w.purposed("coding", "wen"), own); !errors.Is(err, act.ErrRefused) {
			t.Errorf("for himself: %v", err)
		}
		for name, purpose := range map[string]string{"bai": "coding", "chen": "care", "hao": "coding", "wen": "quality"} {
			in := own
			in.Person = w.ids["min"]
			if _, err := w.room.PutOnWorklist(w.purposed(purpose, name), in); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s for %s: %v", name, purpose, err)
			}
		}
		own.Person = w.ids["bai"]
		item, err := w.room.PutOnWorklist(w.purposed("coding", "wen"), own)
		w.must(err)
		if err := w.room.Reassign(w.purposed("coding", "wen"), item, w.ids["wen"]); !errors.Is(err, act.ErrRefused) {
			t.Errorf("handed on to himself: %v", err)
		}
		if err := w.room.TakeOffWorklist(w.purposed("coding", "min"), item); !errors.Is(err, act.ErrRefused) {
			t.Errorf("another coder ended it: %v", err)
		}
	})
}

func TestWhatCannotBePutOnAWorklistNamesTheField(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		_, foreign := w.inpatient("王五")
		good := patient.Assignment{Patient: id, Task: patient.Coding, Person: w.ids["bai"], Due: w.Clock.Now().Add(day)}
		for want, change := range map[string]func(*patient.Assignment){
			"task":      func(a *patient.Assignment) { a.Task = "reading" },
			"task ":     func(a *patient.Assignment) { a.Task = patient.Quality },
			"person":    func(a *patient.Assignment) { a.Person = "" },
			"person ":   func(a *patient.Assignment) { a.Person = "nobody" },
			"due":       func(a *patient.Assignment) { a.Due = w.Clock.Now() },
			"until":     func(a *patient.Assignment) { a.Until = w.Clock.Now() },
			"until ":    func(a *patient.Assignment) { a.Until = w.Clock.Now().Add(93 * day) },
			"encounter": func(a *patient.Assignment) { a.Encounter = foreign },
		} {
			in := good
			change(&in)
			_, err := w.room.PutOnWorklist(w.purposed("coding", "wen"), in)
			if got := fields(err); len(got) != 1 || !slices.Contains([]string{got[0], got[0] + " "}, want) {
				t.Errorf("%s: %v", want, err)
			}
		}
	})
}

func TestAWorklistIsPagedByDayAndNamesOnlyOnesOwn(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		var want []string
		for i := range 5 {
			id, _ := w.inpatient("李四")
			item, err := w.room.PutOnWorklist(w.purposed("coding", "wen"), patient.Assignment{Patient: id, Task: patient.Filing, Person: w.ids["bai"], Due: w.Clock.Now().Add(time.Duration(9-i) * day)})
			w.must(err)
			want = append([]string{item}, want...)
		}
		for _, reader := range []struct {
			name     string
			everyone bool
			called   string
		}{{"bai", false, "李四"}, {"wen", true, "李*"}} {
			var got []string
			q := patient.WorklistQuery{Everyone: reader.everyone, Limit: 2}
			for {
				page, err := w.room.Worklist(w.purposed("coding", reader.name), q)
				w.must(err)
				for _, one := range page.Items {
					got = append(got, one.ID)
					if one.Called != reader.called || one.Name.ZH != "bai" {
						t.Errorf("%s sees %q of %q", reader.name, one.Called, one.Name.ZH)
					}
				}
				if page.Next == "" {
					break
				}
				q.Cursor = page.Next
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", reader.name, got, want)
			}
		}
		if page, err := w.room.Worklist(w.purposed("coding", "min"), patient.WorklistQuery{}); err != nil || len(page.Items) != 0 {
			t.Errorf("another's list: %+v %v", page, err)
		}
		if _, err := w.room.Worklist(w.as("chen"), patient.WorklistQuery{Everyone: true}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a doctor sees the office's list: %v", err)
		}
	})
}

func TestAForgedItemGivesNothing(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		w.must(second(w.room.PutOnWorklist(w.purposed("coding", "wen"), patient.Assignment{Patient: id, Task: patient.Coding, Person: w.ids["bai"], Due: w.Clock.Now().Add(day)})))
		w.Behind("UPDATE patient_worklist SET person = '" + w.ids["min"] + "'")
		if w.opensFor("coding", "min", id) {
			t.Error("an item that was forged gives the record")
		}
		w.Behind("UPDATE patient_relation SET person = '" + w.ids["min"] + "' WHERE kind = 'work'")
		if _, err := w.room.View(w.purposed("coding", "min"), id); !errors.Is(err, act.ErrUndecided) {
			t.Errorf("a relation that was forged: %v", err)
		}
	})
}
