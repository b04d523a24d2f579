package access

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Freeze takes from somebody, for a time, what leads him beyond the patients of his
// work: his stated reasons, his grants, and locating by number. He was refused too often
// beyond his scope (C-102). It never takes the patients whom he treats, nor the
// break-glass. Its row is keyed.
type Freeze struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Person    string    `db:"person"`
	Refused   int       `db:"refused"` // patients, or other things, that were refused to him
	Since     time.Time `db:"since"`
	Until     time.Time `db:"until"`
	Settled   time.Time `db:"settled"` // when somebody last decided about it
	SettledBy string    `db:"settled_by"`
	Lifted    time.Time `db:"lifted"` // before its time
	Words     []byte    `db:"words"`  // of the decision, sealed
	MAC       []byte    `db:"mac"`
}

// End is when the freeze stops to count.
func (f Freeze) End() time.Time {
	if f.Lifted.IsZero() {
		return f.Until
	}
	return f.Lifted
}

func (f Freeze) live(at time.Time) bool { return f.Lifted.IsZero() && f.Until.After(at) }

// States of a freeze.
const (
	FreezeLive   = "live"
	FreezeLifted = "lifted"
	FreezeOver   = "over"
)

func (f Freeze) state(at time.Time) string {
	switch {
	case !f.Lifted.IsZero():
		return FreezeLifted
	case f.live(at):
		return FreezeLive
	}
	return FreezeOver
}

func (f Freeze) tie() policy.Tie {
	return policy.Tie{Kind: policy.TieFreeze, ID: f.ID, Source: "access", Since: f.Since, Until: f.Until}
}

func (f Freeze) object() policy.Object {
	return policy.Object{Kind: "Bar", ID: f.ID, Org: f.Org, Concerns: f.Person}
}

// reaching are the verbs by which somebody gets to what a record says.
var reaching = []string{
	"patient.view", "patient.locate", "record.list", "record.view", "record.versions", "record.observations", "record.orders", "record.attachment", "record.print",
	"access.state-reason",
}

// beyondScope reports whether a refusal for these conditions says that somebody reached
// for what is not his, and not that the moment, the place or a paper was wrong.
func beyondScope(conditions []string) bool {
	return slices.ContainsFunc(conditions, func(c string) bool {
		switch c {
		case policy.ConditionRole, policy.ConditionRelation, policy.ConditionDepartment, policy.ConditionLevel:
			return true
		}
		return false
	})
}

// withoutExtra leaves, of what ties somebody who is frozen, what his work brings, and
// the freeze itself.
func withoutExtra(ties []policy.Tie, freeze policy.Tie) []policy.Tie {
	ties = slices.DeleteFunc(ties, func(t policy.Tie) bool { return t.Kind == policy.TieReason || t.Kind == policy.TieGrant })
	return append(ties, freeze)
}

// checkFreezing holds to their bounds what an organisation sets of freezes.
func checkFreezing(e *fault.Error, l policy.Limits) *fault.Error {
	if l.FreezeAfter != 0 && (l.FreezeAfter < policy.MinFreezeAfter || l.FreezeAfter > policy.MaxFreezeAfter) {
		e = e.At("limits.freezeAfter", fault.Text{ZH: "越权冻结的次数为 3 至 100，0 表示默认", EN: "3 to 100 refusals freeze, 0 for as delivered"})
	}
	if l.FreezeMinutes != 0 && (l.FreezeMinutes < policy.MinFreezeMinutes || l.FreezeMinutes > policy.MaxFreezeMinutes) {
		e = e.At("limits.freezeMinutes", fault.Text{ZH: "计数时段为 5 至 1440 分钟，0 表示默认", EN: "refusals are counted within 5 to 1440 minutes, 0 for as delivered"})
	}
	if l.FreezeHours < 0 || l.FreezeHours > policy.MaxFreezeHours {
		e = e.At("limits.freezeHours", fault.Text{ZH: "冻结为 1 至 72 小时，0 表示默认", EN: "a freeze lasts 1 to 72 hours, 0 for as delivered"})
	}
	return e
}
