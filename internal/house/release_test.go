package house_test

import (
	"net/http"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
)

const noReasonsHere = `@id("local.no-reasons") @zh("本院不用自述理由。") @en("No stated reasons here.")
@remedy_zh("请申请授权。") @remedy_en("Ask for a grant.")
forbid (principal in Role::"clinician", action == Action::"access.state-reason", resource);`

// A release that one process was told to date, and then to take back, is obeyed by
// every other once it has looked, which each does every second.
func TestAReleaseReachesEveryProcess(t *testing.T) {
	h := housetest.Demo(t, db.Postgres)
	s := setScene(t, h)
	other := h.Beside()
	administrator, affairs := h.SignIn(h.Pick("security-administrator", nil)), h.SignIn(h.Pick("medical-affairs", nil))
	states := func(at *housetest.House) (int, string) {
		status, body := s.doctor.At(at).Ask("POST", "/api/patients/"+s.patient+"/stated-reason", map[string]any{"choice": "handover"})
		return status, string(body)
	}
	var rel struct {
		ID  string
		Rev int
	}
	administrator.Must("POST", "/api/policy/releases", map[string]any{"title": "停用自述理由", "rules": noReasonsHere}, http.StatusCreated, &rel)
	var tried struct {
		Passed  bool
		Release struct{ Rev int }
	}
	path := "/api/policy/releases/" + rel.ID
	administrator.Must("POST", path+"/try", map[string]any{"rev": rel.Rev}, http.StatusOK, &tried)
	if !tried.Passed {
		t.Fatal("the trial did not pass")
	}
	affairs.Must("POST", path+"/review", map[string]any{"rev": tried.Release.Rev, "agree": true}, http.StatusOK, &rel)
	administrator.Must("POST", path+"/date", map[string]any{"rev": rel.Rev, "reviewBy": h.Time.Now().AddDate(0, 6, 0)}, http.StatusOK, nil)
	if err := other.Access.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	for where, at := range map[string]*housetest.House{"here": h, "there": other} {
		if status, body := states(at); status != http.StatusForbidden {
			t.Errorf("dated, %s: %d %s", where, status, body)
		}
	}
	affairs.Must("POST", "/api/policy/roll-back", map[string]any{"words": "误伤夜班"}, http.StatusCreated, nil)
	if err := other.Access.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	for where, at := range map[string]*housetest.House{"here": h, "there": other} {
		if status, body := states(at); status >= http.StatusBadRequest {
			t.Errorf("rolled back, %s: %d %s", where, status, body)
		}
	}
}
