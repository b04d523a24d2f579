package access

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Idle is a notice to the holder of a grant that it was not used for long: it ends by
// itself unless he uses it, or keeps it with words. Its row is keyed.
type Idle struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Grant   string    `db:"subject"`
	Person  string    `db:"person"`
	Days    int       `db:"days"` // without use, as the organisation had set it
	Used    time.Time `db:"used"` // last; zero: not within those days
	Noticed time.Time `db:"noticed"`
	Ends    time.Time `db:"ends"`
	Outcome string    `db:"outcome"`
	Closed  time.Time `db:"closed"`
	Words   []byte    `db:"words"` // why it is kept, sealed
	MAC     []byte    `db:"mac"`
}

// Outcomes of a notice; empty while it runs.
const (
	IdleKept  = "kept"
	IdleUsed  = "used"
	IdleEnded = "ended"
	IdleGone  = "gone" // the grant ended otherwise
)

// idleNotice is how long a holder has before a grant that he does not use ends.
const idleNotice = 7 * day

func (n *Idle) close(outcome string, at time.Time) { n.Outcome, n.Closed = outcome, at }

// checkIdling holds to its bounds what an organisation sets of unused grants.
func checkIdling(e *fault.Error, l policy.Limits) *fault.Error {
	if l.IdleDays != 0 && (l.IdleDays < policy.MinIdleDays || l.IdleDays > policy.MaxIdleDays) {
		e = e.At("limits.idleDays", fault.Text{ZH: "未使用的授权在 14 至 365 天后终止，0 表示默认", EN: "an unused grant ends after 14 to 365 days, 0 for as delivered"})
	}
	return e
}
