package act

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/medward/medward/internal/ledger"
)

// nobodies counts the refusals of those who did not say who they are, so that a
// scanner at the gate cannot fill the ledger.
type nobodies struct {
	door *Door
	mu   sync.Mutex
	seen map[string]int // verb and network
}

// maxNobodies bounds how many kinds of refusal are told apart between flushes.
const maxNobodies = 256

func newNobodies(d *Door) *nobodies { return &nobodies{door: d, seen: map[string]int{}} }

func (n *nobodies) count(verb, ip string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	key := verb + " " + ip
	if _, known := n.seen[key]; !known && len(n.seen) >= maxNobodies {
		key = verb + " "
	}
	n.seen[key]++
}

// FlushNobodies writes what was refused to nobody in particular since the last
// flush into the ledger, one entry for each verb and address.
func (d *Door) FlushNobodies(ctx context.Context, org string) error {
	d.nobodies.mu.Lock()
	seen := d.nobodies.seen
	d.nobodies.seen = map[string]int{}
	d.nobodies.mu.Unlock()
	for _, key := range slices.Sorted(maps.Keys(seen)) {
		verb, ip, _ := strings.Cut(key, " ")
		now := d.clock.Now()
		err := d.account(ctx, ledger.Entry{
			ID: newActID(now), At: now.UnixMicro(), Org: org, Verb: verb, Outcome: ledger.Refused,
			Actor: ledger.Actor{Kind: Anonymous, ID: Anonymous, IP: ip}, N: seen[key],
			Why: ledger.Why{Conditions: []string{"identity"}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
