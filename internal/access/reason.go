package access

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Kinds of reason. They are the kinds of the ties they give.
const (
	Stated = policy.TieReason
	Glass  = policy.TieGlass
	Unmask = policy.TieUnmask
)

// Verdicts of a review.
const (
	Proper   = "proper"
	Improper = "improper"
	Unclear  = "unclear"
)

// Reason is one person's reason to open one patient for a while.
type Reason struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Patient    string    `db:"patient"`
	Person     string    `db:"person"`
	Kind       string    `db:"kind"`
	Choice     string    `db:"choice"`
	Words      []byte    `db:"words"` // sealed
	Purpose    string    `db:"purpose"`
	Department string    `db:"department"` // of the patient when it was given
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`
	ReviewBy   time.Time `db:"review_by"` // of a break-glass
	Reviewer   string    `db:"reviewer"`
	Verdict    string    `db:"verdict"`
	ReviewedAt time.Time `db:"reviewed_at"`
	MAC        []byte    `db:"mac"`
}

// Choice is a reason that one click states.
type Choice struct {
	ID   string
	Kind string
	Name fault.Text
}

// Choices returns what may be chosen, in the order in which it is offered.
func Choices() []Choice {
	return []Choice{
		{"night-cover", Stated, fault.Text{ZH: "夜班代管", EN: "night cover"}},
		{"verbal-consult", Stated, fault.Text{ZH: "口头会诊", EN: "consultation asked for verbally"}},
		{"returning", Stated, fault.Text{ZH: "复诊", EN: "returning patient"}},
		{"handover", Stated, fault.Text{ZH: "交接班", EN: "handover"}},
		{"late-feed", Stated, fault.Text{ZH: "诊疗关系尚未同步", EN: "care relation not yet received"}},
		{"other", Stated, fault.Text{ZH: "其他（请说明）", EN: "other (say which)"}},
		{"call-family", Unmask, fault.Text{ZH: "联系患者或家属", EN: "to reach the patient or the family"}},
		{"verify-identity", Unmask, fault.Text{ZH: "核对身份", EN: "to check who it is"}},
		{"report", Unmask, fault.Text{ZH: "法定报告需要", EN: "for a report that the law asks for"}},
		{"other-unmask", Unmask, fault.Text{ZH: "其他（请说明）", EN: "other (say which)"}},
		{"resuscitation", Glass, fault.Text{ZH: "抢救", EN: "resuscitation"}},
		{"emergency-surgery", Glass, fault.Text{ZH: "急诊手术", EN: "emergency surgery"}},
		{"emergency-consult", Glass, fault.Text{ZH: "急会诊", EN: "emergency consultation"}},
		{"public-health", Glass, fault.Text{ZH: "突发公共卫生事件", EN: "public-health emergency"}},
		{"other-emergency", Glass, fault.Text{ZH: "其他紧急情况（请说明）", EN: "other emergency (say which)"}},
	}
}

const (
	// statedLife is how long a stated reason lasts at most.
	statedLife = policy.MaxReasonHours * time.Hour
	// glassLife is how long a break-glass lasts where nobody says otherwise.
	glassLife    = 4 * time.Hour
	longestGlass = policy.MaxGlassHours * time.Hour
	// unmaskLife is how long what is masked stays shown.
	unmaskLife = time.Hour

	maxWords = 500
)

// Asking is what somebody gives as his reason.
type Asking struct {
	Patient string
	Choice  string
	Words   string
	Hours   int // of a break-glass; the default when zero
}

func (a Asking) check(kind string, limits policy.Limits) error {
	e := errInvalid.With()
	known := false
	for _, c := range Choices() {
		known = known || c.ID == a.Choice && c.Kind == kind
	}
	if !known {
		e = e.At("choice", fault.Text{ZH: "请从列表中选择理由", EN: "choose a reason from the list"})
	}
	n := utf8.RuneCountInString(strings.TrimSpace(a.Words))
	if needsWords := kind == Glass || strings.HasPrefix(a.Choice, "other"); needsWords && n < 4 {
		e = e.At("words", fault.Text{ZH: "请用至少 4 个字说明", EN: "say in at least 4 characters why"})
	}
	if n > maxWords {
		e = e.At("words", fault.Text{ZH: "不得超过 500 个字", EN: "at most 500 characters"})
	}
	if kind == Glass && (a.Hours < 0 || a.Hours > limits.GlassHours) {
		n := itoa(limits.GlassHours)
		e = e.At("hours", fault.Text{ZH: "紧急调阅最长 " + n + " 小时", EN: "a break-glass lasts at most " + n + " hours"})
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

func (a Asking) life(kind string, limits policy.Limits) time.Duration {
	switch {
	case kind == Stated:
		return time.Duration(limits.ReasonHours) * time.Hour
	case kind == Unmask:
		return unmaskLife
	case a.Hours == 0:
		return min(glassLife, time.Duration(limits.GlassHours)*time.Hour)
	}
	return time.Duration(a.Hours) * time.Hour
}

func (r Reason) tie() policy.Tie {
	return policy.Tie{Kind: r.Kind, ID: r.ID, Role: r.Purpose, Source: "access", Since: r.Since, Until: r.Until}
}

// object is a reason as policy sees it, for its withdrawal and review.
func (r Reason) object() policy.Object {
	return policy.Object{Kind: "Access", ID: r.ID, Org: r.Org, Patient: r.Patient, Department: r.Department, Sensitivity: 1, Author: r.Person, Concerns: r.Person}
}

func place(id string) vault.Place {
	return vault.Place{Kind: "Reason", Object: id, Version: "1", Field: "words"}
}
