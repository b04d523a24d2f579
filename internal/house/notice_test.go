package house_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/medward/medward/internal/house/housetest"
)

// What is done to somebody's account must reach him where he looks for his work.
func TestAnOwnerFindsInHisInboxWhatWasDoneToHisAccount(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		nurse, chief := h.Pick("nurse", nil), h.SignIn(h.Pick("security-administrator", nil))
		var accounts struct {
			Items []struct{ ID, Person string }
			Next  string
		}
		account := ""
		for path := "/api/accounts?limit=100"; account == ""; path = "/api/accounts?limit=100&cursor=" + accounts.Next {
			accounts.Next = ""
			chief.Must("GET", path, nil, http.StatusOK, &accounts)
			for _, a := range accounts.Items {
				if a.Person == nurse.Person {
					account = a.ID
				}
			}
			if accounts.Next == "" && account == "" {
				t.Fatal("the nurse has no account")
			}
		}
		chief.Must("POST", "/api/accounts/"+account+"/lock", map[string]string{"why": "inquiry"}, http.StatusNoContent, nil)
		if status, _ := h.Nobody().Ask("POST", "/api/session", map[string]any{"person": nurse.Person, "bearer": true}); status != http.StatusForbidden {
			t.Errorf("signing in to a locked account: %d", status)
		}
		chief.Must("POST", "/api/accounts/"+account+"/unlock", nil, http.StatusOK, nil)
		var inbox struct {
			Items []struct{ Kind string }
		}
		h.SignIn(nurse).Must("GET", "/api/duty/inbox", nil, http.StatusOK, &inbox)
		var told []string
		for _, task := range inbox.Items {
			told = append(told, task.Kind)
		}
		for _, want := range []string{"identity.told-locked", "identity.told-reset"} {
			if !slices.Contains(told, want) {
				t.Errorf("not told %s: %v", want, told)
			}
		}
	})
}
