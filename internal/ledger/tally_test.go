package ledger_test

import (
	"maps"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/ledger/ledgertest"
)

func TestATallyCountsWhatWasDoneAndRefusedHere(t *testing.T) {
	running(t, func(t *testing.T, h *ledgertest.House) {
		all := history(h)
		for _, actor := range []string{"", "person2"} {
			from := all[0].At
			want := map[string]ledger.Tally{}
			for _, e := range all {
				if e.Org != all[1].Org || e.At < from || e.Outcome == ledger.Reported || actor != "" && e.Actor.ID != actor {
					continue
				}
				one := want[e.Verb]
				one.Verb, one.Patient = e.Verb, true
				if e.Outcome == ledger.Done {
					one.Done++
				} else {
					one.Refused++
				}
				want[e.Verb] = one
			}
			got := map[string]ledger.Tally{}
			err := h.Store.Read(t.Context(), func(r db.Reader) error {
				tallies, err := h.Ledger.Tallies(t.Context(), r, all[1].Org, actor, time.UnixMicro(from))
				for _, one := range tallies {
					got[one.Verb] = one
				}
				return err
			})
			if err != nil || !maps.Equal(got, want) {
				t.Errorf("of %q: %v, not %v (%v)", actor, got, want, err)
			}
		}
	})
}
