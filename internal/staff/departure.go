package staff

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Departure says that somebody does not work here any longer. It takes all that
// he holds, so its row is keyed.
type Departure struct {
	Org      string        `db:"org,key"`
	ID       string        `db:"id,key"`
	Person   string        `db:"person"`
	Kind     DepartureKind `db:"kind"`
	At       time.Time     `db:"at"`
	Returned time.Time     `db:"returned"` // zero unless he came back
	Made     time.Time     `db:"made"`
	MadeBy   string        `db:"made_by"`
	MAC      []byte        `db:"mac"`
}

// DepartureKind is why somebody left.
type DepartureKind string

// The kinds of departure.
const (
	Resigned  DepartureKind = "resigned"  // 辞职、调出
	Retired   DepartureKind = "retired"   // 退休
	Expired   DepartureKind = "expired"   // 合同到期
	Dismissed DepartureKind = "dismissed" // 解除聘用
	Deceased  DepartureKind = "deceased"  // 去世
)

var departureKinds = []DepartureKind{Resigned, Retired, Expired, Dismissed, Deceased}

// Gone reports whether the person is away for good at a moment.
func (d Departure) Gone(at time.Time) bool {
	return !d.At.After(at) && (d.Returned.IsZero() || d.Returned.After(at))
}

// NewDeparture is what is asked for when somebody leaves. A zero At is now.
type NewDeparture struct {
	Person string
	Kind   DepartureKind
	At     time.Time
}

// earliest past moment for which a departure may be recorded is now: what was done
// until then was done with power.
func (n NewDeparture) check(now time.Time) error {
	e := errInput.With()
	if !slices.Contains(departureKinds, n.Kind) {
		e.At("kind", fault.Text{ZH: "应为 resigned、retired、expired、dismissed 或 deceased", EN: "must be resigned, retired, expired, dismissed or deceased"})
	}
	if n.At.Before(now) || n.At.Sub(now) > year {
		e.At("at", fault.Text{ZH: "应为现在或一年以内的时间", EN: "must be now or within a year"})
	}
	return e.OrNil()
}
