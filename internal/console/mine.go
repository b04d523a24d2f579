package console

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// myPeriod is how far back somebody's own use is counted.
const myPeriod = 30 * aDay

// Used is how often patients' information was used, and how often that was refused.
type Used struct {
	Done    int64
	Refused int64
	ByKind  map[policy.Use]int64 // done and refused
	Beyond  map[string]int64     // by verb: what led beyond one's own patients
}

// beyondOnesOwn are the verbs by which somebody reaches beyond the patients of his work.
var beyondOnesOwn = []string{"access.state-reason", "access.break-glass", "access.unmask", "access.request"}

func useIn(tallies []ledger.Tally) Used {
	u := Used{ByKind: map[policy.Use]int64{}, Beyond: map[string]int64{}}
	for _, t := range tallies {
		use, _ := policy.UseOf(t.Verb)
		if use == "" {
			continue
		}
		u.Done += t.Done
		u.Refused += t.Refused
		u.ByKind[use] += t.Done + t.Refused
		for _, verb := range beyondOnesOwn {
			if t.Verb == verb {
				u.Beyond[verb] = t.Done
			}
		}
	}
	return u
}

// PerThousand is how many of a thousand uses were refused.
func (u Used) PerThousand() float64 {
	if u.Done+u.Refused == 0 {
		return 0
	}
	return 1000 * float64(u.Refused) / float64(u.Done+u.Refused)
}

// Mine is what the ledger tells somebody of himself.
type Mine struct {
	From time.Time
	Used
	Refusals Lines // what was refused to him, newest first
}

// Mine discloses how the actor used patients' information within a month, and what of
// it was refused (D-054).
func (room *Room) Mine(ctx context.Context, after ledger.Cursor, limit int) (Mine, error) {
	var m Mine
	err := room.accounts.Disclose(ctx, "ledger.mine", func(ctx context.Context, r *act.Reading) error {
		me := r.Actor()
		if err := r.Permit(ctx, policy.Object{Kind: "Person", ID: me.ID, Org: me.Org, Concerns: me.ID}); err != nil {
			return err
		}
		m = Mine{From: r.Now().Add(-myPeriod)}
		tallies, err := room.ledger.Tallies(ctx, r, me.Org, me.ID, m.From)
		if err != nil {
			return err
		}
		m.Used = useIn(tallies)
		return room.search(ctx, r, ledger.Query{Actor: me.ID, Outcome: ledger.Refused, From: m.From, After: after, Limit: limit}, &m.Refusals)
	})
	return m, err
}
