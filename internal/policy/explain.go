package policy

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// explain works out the conditions of a refusal. Facts are settled one group
// after another; a group that leaves no permit possible is a condition that is
// not met, and is left open for those after it.
func (b *Book) explain(f facts, v verdict) *Refusal {
	for _, first := range []string{ConditionOrganisation, ConditionPurpose} {
		if stop := forbidden(v, first); stop != nil {
			return &Refusal{Conditions: stop}
		}
	}
	s := supposition{facts: f}
	permits := b.permits(s)
	if len(permits) == 0 {
		if stop := forbidden(v, ConditionRole); stop != nil {
			return &Refusal{Conditions: stop}
		}
		return &Refusal{Conditions: []Condition{unmet(ConditionRole, "", roleUnmet, b.rolesThatMay(f))}}
	}
	conditions := []Condition{met(ConditionRole, roleMet)}
	with := s
	with.purposeKnown = true
	if !anyPossible(with, permits) {
		return &Refusal{Conditions: append(conditions, unmet(ConditionPurpose, "", purposeUnmet, purposesThatServe(s, permits)))}
	}
	s = with
	conditions = append(conditions, met(ConditionPurpose, purposeMet))

	way := b.way(f)
	for _, g := range groupsOfFacts {
		with := g.settle(s)
		if !anyPossible(with, permits) {
			conditions = append(conditions, unmet(g.name, "", g.unmet, remedy(way, g.remedy)))
			continue
		}
		s = with
		if g.name != ConditionDepartment || f.holds&department != 0 {
			conditions = append(conditions, met(g.name, g.met))
		}
	}
	return &Refusal{Conditions: discreet(withForbids(conditions, v.forbids)), Way: way}
}

var groupsOfFacts = []struct {
	name       string
	settle     func(supposition) supposition
	met, unmet fault.Text
	remedy     fault.Text
}{
	{
		ConditionRelation,
		func(s supposition) supposition {
			return s.settle(care | lead | duty | task | reason | glass | grant | own | author | origin | charge | listed | work | silent | mandate | theatre | unmasked)
		},
		relationMet, relationUnmet, relationRemedy,
	},
	{
		ConditionDepartment,
		func(s supposition) supposition { return s.settle(department) },
		departmentMet, departmentUnmet, departmentRemedy,
	},
	{
		ConditionState,
		func(s supposition) supposition {
			return s.settle(signed | archived | discharged | sealed | unauthorised | disputed)
		},
		stateMet, stateUnmet, stateRemedy,
	},
	{
		ConditionLevel,
		func(s supposition) supposition { s.levelKnown = true; return s },
		levelMet, levelUnmet, levelRemedy,
	},
}

// discreet keeps state and level of an object from those who have nothing to do
// with it; what they lack is told anyway.
func discreet(conditions []Condition) []Condition {
	if !slices.ContainsFunc(conditions, func(c Condition) bool {
		return !c.Met && c.Rule == "" && (c.Name == ConditionRelation || c.Name == ConditionDepartment)
	}) {
		return conditions
	}
	return slices.DeleteFunc(conditions, func(c Condition) bool {
		return c.Name == ConditionState || c.Name == ConditionLevel
	})
}

func (b *Book) permits(s supposition) []*article {
	var permits []*article
	for _, a := range b.byVerb[s.verb] {
		if a.Effect == Permit && a.possibleUnder(&s) {
			permits = append(permits, a)
		}
	}
	return permits
}

func anyPossible(s supposition, permits []*article) bool {
	return slices.ContainsFunc(permits, func(a *article) bool { return a.possibleUnder(&s) })
}

// forbidden returns the conditions of one name that forbids stand for.
func forbidden(v verdict, name string) []Condition {
	var conditions []Condition
	for _, a := range v.forbids {
		if a.Condition == name {
			conditions = append(conditions, unmet(name, a.ID, a.Sentence, a.Remedy))
		}
	}
	return conditions
}

// rolesThatMay names the roles to turn to.
func (b *Book) rolesThatMay(f facts) fault.Text {
	var may roleSet
	for _, a := range b.byVerb[f.verb] {
		if a.Effect == Permit && (supposition{facts: facts{verb: f.verb, kind: f.kind, roles: a.roles, clearance: highestLevel}}).possible(a) {
			may |= a.roles
		}
	}
	var zh, en []string
	for _, r := range roles {
		if r.Person && may&roleBits[r.ID] != 0 {
			zh, en = append(zh, r.Name.ZH), append(en, r.Name.EN)
		}
	}
	if len(zh) == 0 {
		return roleRemedyNone
	}
	return fault.Text{
		ZH: "请由以下角色办理：" + strings.Join(zh, "、") + "。",
		EN: "Turn to: " + strings.Join(en, ", ") + ".",
	}
}

// purposesThatServe names the purposes under which the actor could go on.
func purposesThatServe(s supposition, permits []*article) fault.Text {
	var zh, en []string
	for i, p := range purposes {
		s.purposeKnown, s.purpose = true, uint8(i+1)
		if anyPossible(s, permits) {
			zh, en = append(zh, p.Name.ZH), append(en, p.Name.EN)
		}
	}
	return fault.Text{
		ZH: "如属实，请把使用目的改为：" + strings.Join(zh, "、") + "。",
		EN: "If it is true, change the purpose to: " + strings.Join(en, ", ") + ".",
	}
}

// withForbids lets a forbid speak in place of the general condition of its name.
func withForbids(conditions []Condition, forbids []*article) []Condition {
	for _, a := range forbids {
		conditions = slices.DeleteFunc(conditions, func(c Condition) bool { return c.Name == a.Condition && c.Rule == "" })
	}
	for _, a := range forbids {
		conditions = append(conditions, unmet(a.Condition, a.ID, a.Sentence, a.Remedy))
	}
	return conditions
}

// withLapsed adds that a tie which has run out, or not begun, would have been enough.
func (b *Book) withLapsed(refusal *Refusal, full facts, o *Object, ties []Tie, at time.Time) *Refusal {
	for _, t := range ties {
		if t.live(at) {
			continue
		}
		alive := full
		alive.holds |= tieFact(t, full, o)
		if alive != full && b.answer(alive).allowed {
			told := *refusal
			told.Conditions = append(slices.Clone(refusal.Conditions), unmet(ConditionTime, "", timeUnmet, remedy(refusal.Way, relationRemedy)))
			return &told
		}
	}
	return refusal
}

func failure() *Refusal {
	return &Refusal{Conditions: []Condition{unmet(ConditionFailure, "", failureUnmet, failureRemedy)}}
}

func met(name string, text fault.Text) Condition {
	return Condition{Name: name, Met: true, Text: text}
}

func unmet(name, rule string, text, remedy fault.Text) Condition {
	return Condition{Name: name, Text: text, Remedy: remedy, Rule: rule}
}
