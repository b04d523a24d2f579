package consent_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/patient"
)

func (h *hospital) historyForm() consent.Template {
	h.T.Helper()
	t, err := h.room.Publish(h.as("affairs"), consent.Template{
		Kind: consent.Agreement, Name: fault.Text{ZH: "外院病历调阅授权书"}, Text: fault.Text{ZH: "本人同意本次就诊期间调阅本人在其他医疗机构的病历。"},
		Scope: consent.Scope{Purposes: []string{consent.History}}, Givers: []string{consent.ByPatient, consent.ByGuardian}, Forms: []string{consent.Written, consent.Electronic},
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return t
}

func (h *hospital) encounter() string {
	h.T.Helper()
	var id string
	h.look(func(r db.Reader) error {
		known, err := h.patients.Find(h.T.Context(), r, acttest.Org, h.patient)
		id = known.Encounters[0].ID
		return err
	})
	return id
}

func (h *hospital) look(fn func(r db.Reader) error) {
	h.T.Helper()
	if err := h.Door.Desk("consent").Look(h.T.Context(), fn); err != nil {
		h.T.Fatal(err)
	}
}

func (h *hospital) opened() string {
	h.T.Helper()
	var by map[string]string
	h.look(func(r db.Reader) (err error) {
		by, err = h.room.Opened(h.T.Context(), r, acttest.Org, []string{h.patient, h.other}, h.Clock.Now())
		return err
	})
	if by[h.other] != "" {
		h.T.Error("it opens another patient")
	}
	return by[h.patient]
}

func (h *hospital) discharge() {
	h.T.Helper()
	encounter := h.encounter()
	err := h.Door.Desk("patient").Do(h.Feed("his"), "patient.discharge", func(ctx context.Context, w *act.Work) error {
		return h.patients.DischargeIn(ctx, w, encounter, w.Now())
	})
	if err != nil {
		h.T.Fatal(err)
	}
}

func TestAnAuthorisationIsForOneEncounterAndEndsWithIt(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		g := h.giving(h.historyForm())
		if _, err := h.room.Give(h.as("chen"), g); fault.From(err).Code.Name != "consent.input" {
			t.Errorf("without an encounter: %v", err)
		}
		g.Encounter, g.Form = h.encounter(), consent.Electronic
		rec := h.give(g)
		if e := h.Last(); e.Note["encounter"] != g.Encounter || e.Note["way"] != consent.BySignature {
			t.Errorf("%+v", e.Note)
		}
		if h.opened() != rec.ID {
			t.Fatal("it opens nothing")
		}
		h.discharge()
		if h.opened() != "" {
			t.Error("it outlives its encounter")
		}
	})
}

func TestAnAuthorisationEndsWithItsTimeOrItsWithdrawal(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		g := h.giving(h.historyForm())
		g.Encounter, g.Until = h.encounter(), h.Clock.Now().Add(time.Hour)
		h.give(g)
		h.Clock.Advance(time.Hour)
		if h.opened() != "" {
			t.Error("it outlives its time")
		}
		g.Until = h.Clock.Now().Add(time.Hour)
		rec := h.give(g)
		if h.opened() != rec.ID {
			t.Fatal("it opens nothing")
		}
		if _, err := h.room.Withdraw(h.as("chen"), rec.ID, consent.Withdrawing{Relation: consent.ByPatient}); err != nil {
			t.Fatal(err)
		}
		if h.opened() != "" {
			t.Error("it outlives its withdrawal")
		}
	})
}

func TestAFormForHistoryStandsAloneAndIsSigned(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		of := consent.Template{
			Kind: consent.Agreement, Name: fault.Text{ZH: "授权书"}, Text: fault.Text{ZH: "本人同意。"}, Scope: consent.Scope{Purposes: []string{consent.History, "research"}},
			Givers: []string{consent.ByPatient}, Forms: []string{consent.Written},
		}
		if _, err := h.room.Publish(h.as("affairs"), of); fault.From(err).Code.Name != "consent.input" {
			t.Errorf("with another purpose: %v", err)
		}
		of.Scope.Purposes, of.Forms = []string{consent.SensitiveRecord}, []string{consent.Verbal}
		if _, err := h.room.Publish(h.as("affairs"), of); fault.From(err).Code.Name != "consent.input" {
			t.Errorf("said only: %v", err)
		}
	})
}

var digits = regexp.MustCompile(`[0-9]{6}`)

func TestAPatientAuthorisesByTheCodeThatHeWasSent(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		form, encounter := h.historyForm(), h.encounter()
		if _, err := h.room.SendCode(h.as("chen"), h.patient, encounter, form.ID); fault.From(err).Code.Name != "consent.no-phone" {
			t.Fatalf("without a telephone: %v", err)
		}
		h.patient = h.bringWith("赵六", func(d *patient.Demographics) { d.Phone = "13800001234" })
		encounter = h.encounter()
		if _, err := h.room.SendCode(h.as("stranger"), h.patient, encounter, form.ID); fault.From(err).Code != act.ErrRefused {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := h.room.SendCode(h.as("chen"), h.patient, encounter, h.research().ID); fault.From(err).Code.Name != "consent.input" {
			t.Errorf("on another form: %v", err)
		}
		c, err := h.room.SendCode(h.as("chen"), h.patient, encounter, form.ID)
		if err != nil || h.sentTo != "13800001234" {
			t.Fatalf("%q %v", h.sentTo, err)
		}
		said := digits.FindString(h.sent)
		wrong := "000000"
		if said == wrong {
			wrong = "000001"
		}
		if _, err := h.room.ConfirmCode(h.as("chen"), c.ID, wrong); fault.From(err).Code.Name != "consent.code-wrong" {
			t.Errorf("a wrong one: %v", err)
		}
		if h.opened() != "" {
			t.Error("a wrong code opens")
		}
		rec, err := h.room.ConfirmCode(h.as("chen"), c.ID, said)
		if err != nil {
			t.Fatal(err)
		}
		if e := h.Last(); e.Note["way"] != consent.ByCode || e.Note["encounter"] != encounter {
			t.Errorf("%+v", e.Note)
		}
		if h.opened() != rec.ID {
			t.Error("it opens nothing")
		}
		if _, err := h.room.ConfirmCode(h.as("chen"), c.ID, said); fault.From(err).Code.Name != "consent.code-over" {
			t.Errorf("used twice: %v", err)
		}
	})
}

func TestACodeEndsAfterThreeWrongOnesAndAfterTenMinutes(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		form := h.historyForm()
		h.patient = h.bringWith("赵六", func(d *patient.Demographics) { d.Phone = "13800001234" })
		send := func() (string, string) {
			c, err := h.room.SendCode(h.as("chen"), h.patient, h.encounter(), form.ID)
			if err != nil {
				t.Fatal(err)
			}
			return c.ID, digits.FindString(h.sent)
		}
		code, said := send()
		for _, guess := range []string{"000000", "000001", "000002", "000003"} {
			if guess != said {
				_, _ = h.room.ConfirmCode(h.as("chen"), code, guess) // three of them count
			}
		}
		if _, err := h.room.ConfirmCode(h.as("chen"), code, said); fault.From(err).Code.Name != "consent.code-over" {
			t.Errorf("guessed: %v", err)
		}
		code, said = send()
		h.Clock.Advance(10 * time.Minute)
		if _, err := h.room.ConfirmCode(h.as("chen"), code, said); fault.From(err).Code.Name != "consent.code-over" {
			t.Errorf("after ten minutes: %v", err)
		}
		for range 3 {
			send()
		}
		if _, err := h.room.SendCode(h.as("chen"), h.patient, h.encounter(), form.ID); fault.From(err).Code.Name != "consent.codes-used-up" {
			t.Errorf("a sixth within a day: %v", err)
		}
	})
}
