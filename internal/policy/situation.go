package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/fault"
)

// Situation is a request told by its facts, with nobody in it: what a rule is
// written about and a case tries.
type Situation struct {
	Roles     []string `json:"roles"` // of a member of staff
	Clearance int      `json:"clearance"`
	Verb      string   `json:"verb"`
	Kind      string   `json:"kind"`
	Purpose   string   `json:"purpose"`
	Level     int      `json:"level"`           // of the thing, 1 to 5
	Holds     []string `json:"holds,omitempty"` // facts that hold, by their names in the schema
	Lacks     []string `json:"lacks,omitempty"` // of the usual facts, those that do not
}

// usual are the facts of somebody who has signed in as he should, at home.
const usual = organisation | stepped | strong | bound | licensed

// FactNames returns the names of the facts that a situation may hold.
func FactNames() []string {
	var names []string
	for _, n := range slices.Concat(relationFacts, stateFacts) {
		names = append(names, n.name)
	}
	return names
}

// Judge answers a situation, or says which field of it is wrong.
func (b *Book) Judge(s Situation) (Decision, error) {
	f, err := b.factsTold(s)
	if err != nil {
		return Decision{}, err
	}
	a := b.work(f)
	return Decision{Allowed: a.allowed, Rules: a.rules, Refusal: a.refusal, Failed: a.failed}, a.failed
}

func (b *Book) factsTold(s Situation) (facts, error) {
	kinds, known := b.kinds[s.Verb]
	f := facts{verb: s.Verb, kind: s.Kind, roles: roleBits["person"], purpose: purposeNumber(s.Purpose), holds: usual}
	switch {
	case !known:
		return f, fmt.Errorf("verb: no verb %q", s.Verb)
	case !kinds[s.Kind]:
		return f, fmt.Errorf("kind: %s does not apply to %q", s.Verb, s.Kind)
	case f.purpose == 0 && s.Purpose != "":
		return f, fmt.Errorf("purpose: no purpose %q", s.Purpose)
	case min(s.Clearance, s.Level) < 0 || max(s.Clearance, s.Level) > highestLevel:
		return f, errors.New("level: levels are 0 to 5")
	}
	f.clearance, f.sensitivity = uint8(s.Clearance), uint8(s.Level) //nolint:gosec // 0 to 5
	for _, id := range s.Roles {
		if roleBits[id]&actorKinds["person"].may == 0 {
			return f, fmt.Errorf("roles: no role %q of staff", id)
		}
		f.roles |= roleBits[id]
	}
	holds, err := factsNamed(s.Holds)
	if err != nil {
		return f, err
	}
	lacks, err := factsNamed(s.Lacks)
	f.holds = (f.holds | holds) &^ lacks
	return f, err
}

func factsNamed(names []string) (fact, error) {
	var all fact
	for _, name := range names {
		bit := bitOf[name]
		if bit == 0 {
			return 0, fmt.Errorf("facts: no fact %q; one of %s", name, strings.Join(FactNames(), " "))
		}
		all |= bit
	}
	return all, nil
}

var bitOf = func() map[string]fact {
	bits := map[string]fact{}
	for _, n := range slices.Concat(relationFacts, stateFacts) {
		bits[n.name] = n.bit
	}
	return bits
}()

// Case is a situation whose answer is known beforehand (A-045, D-033).
type Case struct {
	Name    string `json:"name"`
	Expect  bool   `json:"expect"` // allowed
	Because string `json:"because,omitempty"`
	Situation
}

// Outcome is what became of a case.
type Outcome struct {
	Case    string   `json:"case"`
	Expect  bool     `json:"expect"`
	Allowed bool     `json:"allowed"`
	Passed  bool     `json:"passed"`
	Rules   []string `json:"rules,omitempty"`
	Wrong   string   `json:"wrong,omitempty"` // why it could not be asked
}

// Try answers cases. A case that names a rule (Because) passes by that rule only.
func (b *Book) Try(cases []Case) []Outcome {
	outcomes := make([]Outcome, len(cases))
	for i, c := range cases {
		d, err := b.Judge(c.Situation)
		o := Outcome{Case: c.Name, Expect: c.Expect, Allowed: d.Allowed, Rules: d.Rules}
		if err != nil {
			o.Wrong = err.Error()
		}
		o.Passed = err == nil && d.Allowed == c.Expect && (c.Because == "" || slices.ContainsFunc(d.Rules, func(rule string) bool {
			id, _, _ := strings.Cut(rule, "@")
			return id == c.Because
		}))
		outcomes[i] = o
	}
	return outcomes
}

// CareCases are the cases that every release must pass: care of one's own patients
// goes on whatever an organisation writes.
func CareCases() []Case {
	allowed := func(name fault.Text, s Situation) Case {
		s.Purpose, s.Level = "care", 2
		s.Holds = append(s.Holds, "department")
		return Case{Name: name.ZH + " · " + name.EN, Expect: true, Situation: s}
	}
	cases := []Case{
		allowed(fault.Text{ZH: "主管医师查看本组患者", EN: "the attending opens her patient"}, Situation{Roles: []string{"attending"}, Clearance: 3, Verb: "patient.view", Kind: "Patient", Holds: []string{"care", "lead"}}),
		allowed(fault.Text{ZH: "主管医师查看本组病历", EN: "the attending reads her patient's record"}, Situation{Roles: []string{"attending"}, Clearance: 3, Verb: "record.view", Kind: "Document", Holds: []string{"care", "lead", "signed"}}),
		allowed(fault.Text{ZH: "住院医师书写本组病历", EN: "the resident writes for her patient"}, Situation{Roles: []string{"resident"}, Clearance: 3, Verb: "record.file", Kind: "Document", Holds: []string{"care", "author"}}),
		allowed(fault.Text{ZH: "值班护士查看病区患者", EN: "the nurse on duty opens a patient of the ward"}, Situation{Roles: []string{"nurse"}, Clearance: 2, Verb: "patient.view", Kind: "Patient", Holds: []string{"duty"}}),
		allowed(fault.Text{ZH: "值班护士查看医嘱", EN: "the nurse on duty reads orders"}, Situation{Roles: []string{"nurse"}, Clearance: 2, Verb: "record.orders", Kind: "Patient", Holds: []string{"duty"}}),
		allowed(fault.Text{ZH: "急诊医师紧急调阅", EN: "a physician breaks the glass"}, Situation{Roles: []string{"resident"}, Clearance: 3, Verb: "access.break-glass", Kind: "Patient"}),
	}
	return cases
}
