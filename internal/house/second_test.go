package house_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/medward/medward/internal/house/housetest"
)

// confirmedBySecond has an important operation refused to one person, and confirmed by the
// security administrator for just that operation.
func confirmedBySecond(t *testing.T, h *housetest.House, first *housetest.Caller, method, path string, body any) {
	t.Helper()
	status, answer := first.Ask(method, path, body)
	var refused struct {
		Code  string
		Extra struct{ Verb, Kind, Object, Said string }
	}
	if err := json.Unmarshal(answer, &refused); err != nil || status != http.StatusForbidden || refused.Code != "act.second-wanted" {
		t.Fatalf("%s %s is done by one person: %d %s", method, path, status, answer)
	}
	var call struct{ ID string }
	first.Must("POST", "/api/second-calls", map[string]any{
		"verb": refused.Extra.Verb, "kind": refused.Extra.Kind, "object": refused.Extra.Object, "said": refused.Extra.Said,
	}, http.StatusCreated, &call)
	first.Refused("POST", "/api/second-calls/"+call.ID+"/confirm", nil, "act.refused")
	h.SignIn(h.Pick("security-administrator", nil)).Must("POST", "/api/second-calls/"+call.ID+"/confirm", nil, http.StatusOK, nil)
}
