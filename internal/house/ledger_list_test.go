package house

import (
	"reflect"
	"testing"
	"time"

	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/kit/calendar"
)

// The account leaves narrowed as the page shows it: several acts, and days of the
// hospital with the last one included.
func TestTheAccountLeavesAsThePageNarrowsIt(t *testing.T) {
	filter := map[string]string{
		"patient": "p", "actor": "a", "verb": "record.view,output.print", "outcome": "refused", "tie": "glass", "kind": "Document", "object": "d", "from": "2026-03-01", "to": "2026-03-02",
	}
	for _, name := range (&House{}).ledgerList().Filters {
		if filter[name] == "" {
			t.Errorf("the list is said to follow %q", name)
		}
	}
	got, err := ledgerQuery(filter)
	want := ledger.Query{
		Patient: "p", Actor: "a", Verbs: []string{"record.view", "output.print"}, Outcome: "refused", Tie: "glass", Kind: "Document", Object: "d",
		From: time.Date(2026, 3, 1, 0, 0, 0, 0, calendar.Zone), To: time.Date(2026, 3, 3, 0, 0, 0, 0, calendar.Zone),
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v: %v", got, err)
	}
	for _, name := range []string{"from", "to"} {
		if _, err := ledgerQuery(map[string]string{name: "someday"}); err == nil {
			t.Errorf("%s took a day that is none", name)
		}
	}
}
