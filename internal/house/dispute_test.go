package house_test

import (
	"net/http"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
)

// A dispute seal lists every document of the patient, and says what it cannot list.
func TestADisputeSealListsEveryDocument(t *testing.T) {
	h := housetest.Demo(t, db.SQLite)
	s := setScene(t, h)
	var documents struct {
		Items []document
		Count struct{ N int }
	}
	s.doctor.Must("GET", "/api/patients/"+s.patient+"/documents?limit=200", nil, http.StatusOK, &documents)
	affairs := h.SignIn(h.Pick("medical-affairs", nil))
	affairs.Purpose = "management"
	sealing := map[string]any{
		"kind": "dispute", "patient": s.patient, "words": "家属对诊疗过程有异议",
		"parties": []map[string]string{{"side": "hospital", "name": "周敏"}, {"side": "patient", "name": "李强"}},
	}
	var placed struct{ ID string }
	affairs.Must("POST", "/api/seals", sealing, http.StatusCreated, &placed)
	var seal struct {
		Documents []struct{ Document, State string }
	}
	affairs.Must("GET", "/api/seals/"+placed.ID, nil, http.StatusOK, &seal)
	if len(seal.Documents) != len(documents.Items) || len(seal.Documents) == 0 {
		t.Errorf("%d documents are on the list, the patient has %d", len(seal.Documents), len(documents.Items))
	}
	sealing["documents"] = []string{"no-such-document"}
	affairs.Refused("POST", "/api/seals", sealing, "access.input")
}
