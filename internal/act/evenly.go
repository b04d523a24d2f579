package act

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// How long a no took would tell what the words keep: whether something was there to
// be read, unwrapped, weighed. So a no leaves at the next of even steps, counted from
// when its asker arrived, by the machine's own clock: waiting is not dated, and the
// clock of the house may stand still.

// arrival is who acts, and since when he waits.
type arrival struct {
	actor Actor
	since time.Time
}

func arriving(actor Actor) arrival { return arrival{actor, time.Now()} } //nolint:forbidigo // see above

func (a arrival) waited() time.Duration { return time.Since(a.since) } //nolint:forbidigo // see above

// Evenly lets the answer leave at an even step although it is no refusal: for a
// question whose empty answer must not be told from one that hides something.
func (r *Reading) Evenly() { r.even = true }

// leave lets an answer go, at an even step if it says no. Whoever hung up does not
// wait, and the house's own work has nobody to tell anything.
func (d *Door) leave(ctx context.Context, even bool, err error) {
	asker, _ := ctx.Value(actorKey{}).(arrival)
	if d.step <= 0 || asker.actor.Kind != Person || !even && !saysNo(err) {
		return
	}
	waiting := time.NewTimer(d.step - asker.waited()%d.step)
	defer waiting.Stop()
	select {
	case <-waiting.C:
	case <-ctx.Done():
	}
}

// Step is between the moments at which a no leaves; zero when it leaves at once.
func (k *Desk) Step() time.Duration { return k.door.step }

func saysNo(err error) bool {
	if err == nil {
		return false
	}
	kind := fault.KindOf(err)
	return kind == fault.Refused || kind == fault.NotFound
}
