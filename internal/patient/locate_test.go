package patient_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
)

func TestAnExactIdentifierGivesAMaskedCardHoweverItIsTyped(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		in := person("陈秀英")
		in.IDNumber, in.Phone, in.RecordNumber = "11010119600302001X", "138 0013 8000", "ZY-0012"
		id := w.register(w.as("zhou"), in)
		w.admit(w.as("zhou"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology})
		want := patient.Card{ID: id, Name: "陈**", Sex: "female", Born: "1960", Department: w.cardiology, Open: true}
		for _, typed := range []string{
			"11010119600302001x", "１１０１０１１９６００３０２００１Ｘ", " 110101 19600302 001X ", "13800138000", "+86 138-0013-8000", "　ｚｙ－００１２　",
		} {
			cards, err := w.room.Locate(w.as("gu"), typed)
			if err != nil || !slices.Equal(cards, []patient.Card{want}) {
				t.Errorf("%q: %+v %v", typed, cards, err)
			}
			if e := w.Last(); e.Verb != "patient.locate" || e.Objects[1].ID != id || e.Objects[1].Patient != id {
				t.Errorf("%+v", e)
			}
		}
		for _, typed := range []string{"1101011960030200", "陈秀英", "陈秀", "", "001", "无无无无", "\x00\x00\x00\x001"} {
			cards, err := w.room.Locate(w.as("gu"), typed)
			if len(cards) > 0 || err != nil && !slices.Equal(fields(err), []string{"identifier"}) {
				t.Errorf("%q: %+v %v", typed, cards, err)
			}
		}
		if cards, err := w.room.Locate(elsewhere(w.as("gu")), "ZY-0012"); err != nil || len(cards) > 0 {
			t.Errorf("from elsewhere: %+v %v", cards, err)
		}
		if _, err := w.room.Locate(acttest.For(w.as("gu"), "research"), "ZY-0012"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("for research: %v", err)
		}
		if e := w.Last(); e.Outcome != ledger.Refused {
			t.Errorf("%+v", e)
		}
		if w.opens("gu", id) {
			t.Error("a card opened the patient")
		}
	})
}

func TestEverybodyWithAPhoneNumberIsLocated(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		for _, name := range []string{"李父", "李子"} {
			in := person(name)
			in.Phone = "13800138000"
			w.register(w.as("zhou"), in)
		}
		if cards, err := w.room.Locate(w.as("gu"), "13800138000"); err != nil || len(cards) != 2 {
			t.Errorf("%+v %v", cards, err)
		}
	})
}
