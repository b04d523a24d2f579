package record

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// ConsentRule says which kinds of sensitive history are saved with the patient's written
// consent only (B-016). One proposes it and another agrees; the newest that was agreed to
// holds. It takes protection away as well as giving it, so its row is keyed.
type ConsentRule struct {
	Org        string          `db:"org,key"`
	ID         string          `db:"id,key"`
	Kinds      []SensitiveKind `db:"kinds,json"` // none: nothing needs it any more
	State      string          `db:"state"`      // as of what two persons change: [staff.Proposed] and so on
	Proposed   time.Time       `db:"proposed"`
	ProposedBy string          `db:"proposed_by"`
	Settled    time.Time       `db:"settled"`
	SettledBy  string          `db:"settled_by"`
	MAC        []byte          `db:"mac"`
}

var consentRules = db.Define[ConsentRule]("record_consent_rule")

// needs reports whether one of some kinds is saved with consent only.
func (c ConsentRule) needs(kinds []SensitiveKind) bool {
	return slices.ContainsFunc(kinds, func(k SensitiveKind) bool { return slices.Contains(c.Kinds, k) })
}
