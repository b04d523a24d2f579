package house_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/privilege"
)

// incident is a finding as its list tells it.
type incident struct {
	ID, Kind, Table, Change, Person string
	Suspended                       bool
}

func foundBy(t *testing.T, watcher *housetest.Caller) []incident {
	t.Helper()
	var page struct{ Items []incident }
	watcher.Must("GET", "/api/privilege/findings", nil, http.StatusOK, &page)
	return page.Items
}

func TestTheHouseFindsWhatADatabaseAdministratorDidAlone(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		watcher := h.SignIn(h.Pick("auditor", nil))
		if err := h.Privilege.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found := foundBy(t, watcher); len(found) != 0 {
			t.Fatalf("in an untouched house: %+v", found)
		}
		victim := h.Pick("system-administrator", nil)
		d := signInAsDBA(t, h)
		d.run("UPDATE staff_appointment SET role = 'security-administrator' WHERE role = 'system-administrator' AND person = '" + victim.Person + "'")
		d.close()
		h.Time.Advance(5 * time.Minute)
		if err := h.Privilege.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		watcher = h.SignIn(h.Pick("auditor", nil))
		found := foundBy(t, watcher)
		if len(found) != 1 || found[0].Table != "staff_appointment" || found[0].Change != "" || found[0].Person != victim.Person || !found[0].Suspended {
			t.Fatalf("%+v", found)
		}
		if status, _ := h.Nobody().Ask("POST", "/api/session", map[string]any{"person": victim.Person, "bearer": true}); status < 400 {
			t.Errorf("the account that the forged row names signs in: %d", status)
		}
	})
}

func TestTheTablesOfPowerAreWatched(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		began := time.Now()
		if err := h.Privilege.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Logf("the first round of a demo house: %s", time.Since(began))
		rounds := struct {
			Tables []string
			Rounds []struct {
				Kind         string
				Tables, Rows int64
			}
		}{}
		h.SignIn(h.Pick("auditor", nil)).Must("GET", "/api/privilege/tables", nil, http.StatusOK, &rounds)
		if len(rounds.Rounds) != 1 || rounds.Rounds[0].Kind != privilege.Permissions || rounds.Rounds[0].Rows == 0 || rounds.Rounds[0].Tables < 20 {
			t.Errorf("%+v", rounds.Rounds)
		}
		if !slices.Contains(rounds.Tables, "record_document") || slices.Contains(rounds.Tables, "ledger_block") {
			t.Errorf("a change may name %v", rounds.Tables)
		}
	})
}
