package house_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/kit/cda"
)

// admissionRecord is a document of WS/T 500 about an invented patient.
func admissionRecord(t *testing.T) string {
	t.Helper()
	made := cda.TimeOf(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	d, err := cda.Build(cda.Draft{
		Kind: "C0034",
		Header: cda.Header{
			ID: cda.II{Extension: "D-1"}, Time: made, Set: cda.II{Root: cda.RootDocument, Extension: "S-1"}, Version: "1",
			Patients:  []cda.Patient{{IDs: []cda.II{{Root: cda.RootRecord, Extension: "CDA-1"}}, Name: "测试患者", Birth: cda.TimeOf(time.Date(1960, 3, 2, 0, 0, 0, 0, time.UTC))}},
			Authors:   []cda.Participant{{Time: cda.Interval{Value: made}, Name: "外院医师"}},
			Custodian: cda.Organization{Name: "测试医院"}, Legal: &cda.Participant{Name: "外院主任"},
		},
		Parts: []cda.DraftPart{{Section: "10154-3", Text: []string{"胸痛3天"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestASourceBoundToTheStandardHandsInItsKindsOnly(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		owner, runs, judges := h.SignIn(h.Pick("technician", nil)), h.SignIn(h.Pick("system-administrator", nil)), h.SignIn(h.Pick("security-administrator", nil))
		var made struct{ ID, Secret string }
		runs.Must("POST", "/api/sources", map[string]any{
			"code": "emr", "nameZh": "电子病历", "kinds": []string{"rest"}, "owner": owner.Who.Person, "purpose": "病历共享文档", "standard": "WS/T 500-2016",
			"shapes": []string{"patients", "documents"}, "networks": []string{"127.0.0.0/8"}, "perMinute": 600,
		}, http.StatusCreated, &made)
		at := "/api/sources/" + made.ID
		owner.Must("POST", at+"/agreement", map[string]any{"words": "仅用于共享文档", "since": h.Time.Now(), "until": h.Time.Now().AddDate(1, 0, 0)}, http.StatusCreated, nil)
		judges.Must("POST", at+"/approve", nil, http.StatusOK, nil)
		runs.Must("POST", at+"/keys", map[string]any{"kind": "bearer", "until": h.Time.Now().AddDate(0, 6, 0)}, http.StatusCreated, &made)
		runs.Must("POST", at+"/begin", nil, http.StatusOK, nil)

		text := admissionRecord(t)
		if status, total, answer := hand(t, h, made.Secret, "", text); status != http.StatusOK || total["created"] != 1 {
			t.Fatalf("%d %s", status, answer)
		}
		if _, total, answer := hand(t, h, made.Secret, "", text); total["unchanged"] != 1 {
			t.Errorf("sent again: %s", answer)
		}
		foreign := strings.NewReplacer(`code="C0034"`, `code="34133-9"`, cda.KindSystem, cda.LOINC, `extension="S-1"`, `extension="S-2"`).Replace(text)
		if status, total, answer := hand(t, h, made.Secret, "", foreign); status != http.StatusOK || total["quarantined"] != 1 || !strings.Contains(answer, "intake.standard") {
			t.Errorf("a kind of no standard: %d %s", status, answer)
		}
	})
}
