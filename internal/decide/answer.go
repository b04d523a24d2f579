package decide

import (
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Decision is what a caller is told to do.
type Decision string

// Decisions.
const (
	Allow      Decision = "allow"
	Reason     Decision = "reason"      // after the person has stated a reason with us
	BreakGlass Decision = "break-glass" // after he has broken the glass with us
	Approval   Decision = "approval"    // after a grant that he asks for with us
	Refuse     Decision = "refuse"
)

// Answer is what is said to one question.
type Answer struct {
	Decision    Decision
	Rule        fault.Text         // in words: what allows it, or what stands in the way
	Conditions  []policy.Condition // that are not met
	Obligations []Obligation
	Until       time.Time
}

// Kinds of obligation.
const (
	Mask         = "mask"          // show the fields of a patient that it names in part only
	Mark         = "mark"          // put the text on whatever shows it
	Count        = "count"         // each time goes into the access log that the caller hands in
	SecondPerson = "second-person" // somebody else must countersign
	StepUp       = "step-up"       // the person shows again who he is, before
)

// Obligation is something without which an allowed action must not go on.
type Obligation struct {
	Kind   string
	Fields []string // of a mask
	Text   string   // of a mark
	Serial string   // of a mark: by which the account of this answer is found
}

// decisionOf says what remains open after a no.
func decisionOf(way policy.Rung) Decision {
	switch way {
	case policy.WayReason:
		return Reason
	case policy.WayGlass:
		return BreakGlass
	case policy.WayAsk:
		return Approval
	}
	return Refuse
}

// refused is the answer to a no of the rulebook.
func refused(d policy.Decision) Answer {
	a := Answer{Decision: Refuse}
	if d.Refusal == nil {
		return a
	}
	a.Decision, a.Conditions = decisionOf(d.Refusal.Way), d.Refusal.Unmet()
	a.Rule = inWords(a.Conditions)
	return a
}

func inWords(conditions []policy.Condition) fault.Text {
	zh, en := make([]string, len(conditions)), make([]string, len(conditions))
	for i, c := range conditions {
		zh[i], en[i] = c.Text.ZH, c.Text.EN
	}
	return fault.Text{ZH: strings.Join(zh, ""), EN: strings.Join(en, " ")}
}

// unknown is the answer about somebody or something that there is not, or not for the
// caller.
func unknown(name string, text, remedy fault.Text) Answer {
	return Answer{Decision: Refuse, Rule: text, Conditions: []policy.Condition{{Name: name, Text: text, Remedy: remedy}}}
}

// Names of conditions that are no conditions of a rule.
const (
	ConditionPerson = "person"
	ConditionObject = "object"
	ConditionAction = "action"
)

func nobody() Answer {
	return unknown(ConditionPerson,
		fault.Text{ZH: "在岗人员中没有此人，或其账号已停用。", EN: "Nobody at work here is known by this number or account, or the account is stopped."},
		fault.Text{ZH: "请核对工号或账号，或联系信息科。", EN: "Check the number or the account, or ask the IT department."})
}

func nothing() Answer {
	return unknown(ConditionObject,
		fault.Text{ZH: "没有找到该患者或内容。", EN: "No such patient or content was found."},
		fault.Text{ZH: "请核对编号。", EN: "Check the number."})
}

func noAction() Answer {
	return unknown(ConditionAction,
		fault.Text{ZH: "没有这种操作，或该操作不适用于此类内容。", EN: "There is no such action, or it does not apply to this kind of content."},
		fault.Text{ZH: "可用的操作见接口说明。", EN: "The description of the interface lists the actions."})
}

func noPurpose() Answer {
	return unknown(policy.ConditionPurpose,
		fault.Text{ZH: "没有这种使用目的。", EN: "There is no such purpose."},
		fault.Text{ZH: "可用的使用目的见接口说明。", EN: "The description of the interface lists the purposes."})
}
