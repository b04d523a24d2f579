package patient_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
)

func TestRegisteringSealsEverythingAndIsAccountedFor(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		in := person("　陈秀英 ")
		in.IDNumber, in.Phone, in.Address, in.Staff = "11010119600302001X", "13800138000", "明州市西湖路", w.ids["he"]
		id := w.register(w.as("zhou"), in)
		e := w.Last()
		if e.Verb != "patient.register" || e.Outcome != ledger.Done || e.Objects[0].ID != id || wrote(e)["patient_patient"] != 1 || wrote(e)["vault_key"] != 1 {
			t.Errorf("%+v", e)
		}
		w.read(func(r db.Reader) error {
			rows, err := r.Query(t.Context(), "SELECT id_blind, phone_blind, sealed FROM patient_patient WHERE id = $1", id)
			if err != nil {
				return err
			}
			defer rows.Close()
			var number, phone string
			var sealed []byte
			rows.Next()
			if err := rows.Scan(&number, &phone, &sealed); err != nil {
				return err
			}
			for _, secret := range []string{"陈秀英", "11010119600302001X", "13800138000", "西湖路"} {
				if strings.Contains(number+phone+string(sealed), secret) {
					t.Errorf("%s lies open in the store", secret)
				}
			}
			return nil
		})
		if strings.Contains(w.Log.String(), "陈秀英") {
			t.Error("a name went into the log")
		}
		w.admit(w.as("zhou"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology, Attending: w.ids["chen"]})
		v, err := w.room.View(w.as("chen"), id)
		if err != nil || v.Name != "陈秀英" || v.Age != 66 || v.Rev != 1 || v.Level != 1 {
			t.Errorf("%+v %v", v, err)
		}
		if w.opens("he", id) {
			t.Error("a nurse opened herself as a patient")
		}
	})
}

func TestWhatCannotBeRegisteredNamesTheFieldAndWritesNothing(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		nobodys, high := person("王五"), person("王五")
		keys := w.Count("vault_key")
		nobodys.Staff, high.Level = "01J00000000000000000000000", 6
		for want, in := range map[string]patient.Registration{"name": {Demographics: patient.Demographics{Sex: "male", BirthDate: "1960"}}, "staff": nobodys, "level": high} {
			_, err := w.room.Register(w.as("zhou"), in)
			if codeOf(err) != "patient.invalid" || !slices.Equal(fields(err), []string{want}) {
				t.Errorf("%s: %v", want, err)
			}
		}
		if _, err := w.room.Register(acttest.For(w.as("zhou"), "research"), person("王五")); !errors.Is(err, act.ErrRefused) {
			t.Errorf("for research: %v", err)
		}
		if e := w.Last(); e.Outcome != ledger.Refused || w.Count("patient_patient") != 0 || w.Count("vault_key") != keys {
			t.Errorf("%d patients, %d keys, %+v", w.Count("patient_patient"), w.Count("vault_key"), e)
		}
	})
}

func TestNobodyIsRegisteredTwiceUnderOneNumber(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		first := person("李四")
		first.IDNumber, first.RecordNumber = "11010119600302001X", "ZY0012"
		w.register(w.as("zhou"), first)
		again := person("李 四")
		again.IDNumber, again.RecordNumber = "１１０１０１ 19600302 001x", "zy0012"
		_, err := w.room.Register(w.as("he"), again)
		if codeOf(err) != "patient.exists" || !slices.Equal(fields(err), []string{"idNumber", "recordNumber"}) {
			t.Errorf("%v %v", err, fields(err))
		}
		// "None" is not a number.
		for range 2 {
			unknown := person("无名氏")
			unknown.IDNumber, unknown.RecordNumber = "无", "—"
			w.register(w.as("zhou"), unknown)
		}
		// A number is of its organisation.
		other := elsewhere(w.as("zhou"))
		w.register(other, first)
		// Whom a feed brings may share one: a person decides.
		p, err := w.room.Prepare(acttest.Org, patient.Registration{Demographics: first.Demographics, Source: "his"})
		if err != nil {
			t.Fatal(err)
		}
		err = w.Door.Desk("patient").Do(w.feed(), "patient.register", func(ctx ctx, work *act.Work) error { return w.room.RegisterIn(ctx, work, p) })
		if err != nil {
			t.Error(err)
		}
		w.read(func(r db.Reader) error {
			same, err := w.room.Same(t.Context(), r, acttest.Org, first.Demographics)
			slices.Sort(same)
			if same = slices.Compact(same); len(same) != 2 {
				t.Errorf("%d patients of the number", len(same))
			}
			return err
		})
	})
}

func TestTwoAtOnceCannotRegisterOneNumber(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		in := person("李四")
		in.IDNumber = "11010119600302001X"
		var all sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			all.Go(func() { _, errs[i] = w.room.Register(w.as("zhou"), in) })
		}
		all.Wait()
		refused := 0
		for _, err := range errs {
			if codeOf(err) == "patient.exists" {
				refused++
			}
		}
		if refused != len(errs)-1 || w.Count("patient_patient") != 1 {
			t.Errorf("%d refused, %d registered: %v", refused, w.Count("patient_patient"), errs)
		}
	})
}

func TestAnUpdateKeepsWhatSomebodyElseWroteMeanwhile(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		id, _ := w.inpatient("李四")
		changed := person("李四").Demographics
		changed.Allergies = []string{"青霉素"}
		if err := w.room.Update(w.as("lin"), id, 1, changed); err != nil {
			t.Fatal(err)
		}
		if e := w.Last(); e.Verb != "patient.update" || wrote(e)["patient_patient"] != 1 {
			t.Errorf("%+v", e)
		}
		stale := person("李四").Demographics
		if err := w.room.Update(w.as("chen"), id, 1, stale); codeOf(err) != "patient.changed" {
			t.Errorf("over somebody else's change: %v", err)
		}
		if err := w.room.Update(w.as("gu"), id, 2, stale); !errors.Is(err, act.ErrRefused) {
			t.Errorf("by another department: %v", err)
		}
		if e := w.Last(); e.Outcome != ledger.Refused || e.Objects[0].ID != id {
			t.Errorf("%+v", e)
		}
		for _, unknown := range []string{"01J00000000000000000000000", ""} {
			if err := w.room.Update(w.as("chen"), unknown, 1, stale); !errors.Is(err, act.ErrRefused) || w.Last().Note["found"] != "no" {
				t.Errorf("%q: %v", unknown, err)
			}
		}
		if err := w.room.Update(elsewhere(w.as("chen")), id, 2, stale); !errors.Is(err, act.ErrRefused) || w.Last().Note["found"] != "no" {
			t.Errorf("from elsewhere: %v", err)
		}
		v, err := w.room.View(w.as("chen"), id)
		if err != nil || v.Rev != 2 || !slices.Equal(v.Allergies, []string{"青霉素"}) {
			t.Errorf("%+v %v", v, err)
		}
	})
}

func TestAPersonNeedNotInventWhatTheFeedDidNotKnow(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		d := patient.Demographics{Name: "李四", Sex: "unknown"}
		p, err := w.room.Prepare(acttest.Org, patient.Registration{Demographics: d, Source: "his"})
		if err != nil {
			t.Fatal(err)
		}
		err = w.Door.Desk("patient").Do(w.feed(), "patient.register", func(ctx ctx, work *act.Work) error {
			if err := w.room.RegisterIn(ctx, work, p); err != nil {
				return err
			}
			_, err := w.room.AdmitIn(ctx, work, patient.Admission{Patient: p.ID(), Kind: patient.Emergency, Department: w.cardiology, Attending: w.ids["chen"], Source: "his"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		d.Allergies = []string{"青霉素"}
		if err := w.room.Update(w.as("chen"), p.ID(), 1, d); err != nil {
			t.Errorf("%v %v", err, fields(err))
		}
	})
}
