package intake_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/intake"
)

func known(value string) object {
	return object{"system": "urn:hospital:person", "value": value}
}

func phoned(p object, phone string) object {
	p["telecom"] = []object{{"system": "phone", "value": phone}}
	return p
}

func (h *house) handIn(text, unless string) intake.HandedIn {
	h.T.Helper()
	got, err := h.intake.HandIn(h.operator(), []byte(text), unless)
	if err != nil {
		h.T.Fatal(err)
	}
	return got
}

func (h *house) replace(in intake.Replacing) intake.Replaced {
	h.T.Helper()
	got, err := h.intake.Replace(h.operator(), in)
	if err != nil {
		h.T.Fatal(err)
	}
	return got
}

func TestAPatientIsCreatedUnlessTheSourceBroughtHim(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		const by = "identifier=urn:hospital:person|7"
		first := h.handIn(asJSON(t, fhirPatient("王秀兰", "1950-03-01", known("7"))), by)
		if len(first.Entries) != 1 || first.Entries[0].Object == "" || first.Entries[0].Before || first.Entries[0].Version != 1 {
			t.Fatalf("%+v", first.Entries)
		}
		again := h.handIn(asJSON(t, phoned(fhirPatient("王秀兰", "1950-03-01", known("7")), "13800000000")), by)
		if again.Entries[0].Object != first.Entries[0].Object || !again.Entries[0].Before {
			t.Errorf("%+v after %+v", again.Entries, first.Entries)
		}
		h.handIn(asJSON(t, phoned(fhirPatient("李建国", "1961-01-01", known("7")), "13900000000")), "")
		twice := h.handIn(asJSON(t, phoned(fhirPatient("王秀兰", "1950-03-01", known("7")), "13700000000")), by)
		if twice.Entries[0].Object != "" || !twice.Entries[0].Ambiguous() {
			t.Errorf("%+v", twice.Entries)
		}
		wrong := h.handIn(asJSON(t, fhirPatient("赵一", "1950-03-01", known("8"))), "name=王")
		if wrong.Entries[0].Object != "" || wrong.Counts.Quarantined != 1 {
			t.Errorf("by a name: %+v", wrong)
		}
	})
}

func TestWhatComesLaterFindsThePatientWhomTheSourceBrought(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		one := h.handIn(asJSON(t, fhirPatient("王秀兰", "1950-03-01", known("7"))), "").Entries[0].Object
		stay := fhirEncounter(1, "2026-03-01T08:00:00+08:00")
		stay["subject"], stay["identifier"] = object{"reference": "Patient/" + one}, []object{{"system": "urn:hospital:stay", "value": "S-1"}}
		visit := h.handIn(asJSON(t, stay), "identifier=urn:hospital:stay|S-1").Entries[0]
		if visit.Object == "" || visit.Kept {
			t.Fatalf("%+v", visit)
		}
		result := fhirObservation(1, "718-7", "2026-03-01T09:00:00+08:00", 98)
		result["subject"], result["encounter"] = object{"reference": "Patient?identifier=urn:hospital:person|7"}, object{"reference": "Encounter?identifier=urn:hospital:stay|S-1"}
		got := h.handIn(bundleOf(t, "transaction", result), "")
		if len(got.Entries) != 1 || got.Entries[0].Object == "" || got.Entries[0].Kept || got.Counts.Quarantined != 0 {
			t.Fatalf("%+v", got)
		}
		if ids := h.ids("SELECT patient || ' ' || encounter FROM record_observation"); !slices.Equal(ids, []string{one + " " + visit.Object}) {
			t.Errorf("%v, want those of %s and %s", ids, one, visit.Object)
		}
		stranger := fhirObservation(1, "718-7", "2026-03-01T09:00:00+08:00", 99)
		stranger["subject"] = object{"reference": "Patient/" + h.elsewhere()}
		kept := h.handIn(asJSON(t, stranger), "")
		if !kept.Entries[0].Kept {
			t.Errorf("a patient of somebody else: %+v", kept.Entries)
		}
	})
}

func TestAPatientIsReplacedInTheVersionThatWasSeen(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		one := h.handIn(asJSON(t, phoned(fhirPatient("王秀兰", "1950-03-01", known("7")), "13800000000")), "").Entries[0].Object
		raw := []byte(asJSON(t, phoned(fhirPatient("王秀兰", "1950-03-01", known("7")), "13900000000")))
		got := h.replace(intake.Replacing{Raw: raw, Object: one, Version: 1})
		if !got.Changed || got.Version != 2 || got.Refused {
			t.Fatalf("%+v", got)
		}
		if _, err := h.intake.Replace(h.operator(), intake.Replacing{Raw: raw, Object: one, Version: 1}); faulttest.Code(err) != "intake.stale" {
			t.Errorf("another version was there: %v", err)
		}
		if same := h.replace(intake.Replacing{Raw: raw, Object: one, Version: 2}); same.Changed || same.Version != 2 {
			t.Errorf("the same again: %+v", same)
		}
		renamed := []byte(asJSON(t, phoned(fhirPatient("王秀莲", "1950-03-01", known("7")), "13900000000")))
		for range 2 {
			asked := h.replace(intake.Replacing{Raw: renamed, Object: one, Version: 2})
			if asked.Changed || asked.Refused || !slices.ContainsFunc(asked.Findings, func(f intake.Finding) bool { return f.Rule == "intake.identity-change" }) {
				t.Errorf("a new name: %+v", asked)
			}
		}
		if n := h.Count("intake_review WHERE kind = 'identity'"); n != 1 {
			t.Errorf("%d reviews", n)
		}
		byNumber := h.replace(intake.Replacing{Raw: raw, If: "identifier=urn:hospital:person|7", Version: 2})
		if byNumber.Object != one || byNumber.Created {
			t.Errorf("%+v", byNumber)
		}
		fresh := h.replace(intake.Replacing{Raw: []byte(asJSON(t, fhirPatient("李建国", "1961-01-01", known("9")))), If: "identifier=urn:hospital:person|9"})
		if !fresh.Created || fresh.Object == one || fresh.Version != 1 {
			t.Errorf("%+v", fresh)
		}
		if bad := h.replace(intake.Replacing{Raw: []byte(`{"resourceType":"Patient","gender":"purple"}`), Object: one, Version: 2}); !bad.Refused || len(bad.Findings) == 0 {
			t.Errorf("%+v", bad)
		}
		masked := []byte(`{"resourceType":"Patient","name":[{"text":"王秀兰"}],"meta":{"security":[{"code":"MASKED"}]}}`)
		if bad := h.replace(intake.Replacing{Raw: masked, Object: one, Version: 2}); !bad.Refused {
			t.Errorf("what was masked was written back: %+v", bad)
		}
		for _, id := range []string{h.elsewhere(), "01JZZZZZZZZZZZZZZZZZZZZZZZ"} {
			if _, err := h.intake.Replace(h.operator(), intake.Replacing{Raw: raw, Object: id, Version: 1}); !errors.Is(err, act.ErrRefused) && !errors.Is(err, act.ErrAbsent) {
				t.Errorf("%s: %v", id, err)
			}
		}
	})
}

// elsewhere is a patient whom another source brought.
func (h *house) elsewhere() string {
	h.T.Helper()
	h.importText("elsewhere", "p.json", asJSON(h.T, fhirPatient("孙桂芳", "1944-04-04")))
	return h.ids("SELECT p.id FROM patient_patient p JOIN source_source s ON s.org = p.org AND s.id = p.source WHERE s.code = 'elsewhere'")[0]
}
