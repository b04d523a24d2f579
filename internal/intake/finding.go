package intake

import (
	"cmp"
	"errors"
	"strings"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/fhir"
	"github.com/medward/medward/kit/hl7v2"
)

// Severity says what a finding means for what it was found in.
type Severity string

// The severities.
const (
	Warning Severity = "warning" // taken, worth a look
	Error   Severity = "error"   // quarantined: the entry or message
	Fatal   Severity = "fatal"   // quarantined: the whole input
)

// Finding is something about an input that a person should know. It never quotes
// what an element holds.
type Finding struct {
	Severity Severity   `json:"severity"`
	Rule     string     `json:"rule" example:"fhir.required"`
	Where    string     `json:"where,omitempty" doc:"the entry or message" example:"entry 12"`
	Element  string     `json:"element,omitempty" example:"Patient.name[0].family"`
	Say      fault.Text `json:"say"`
	Remedy   fault.Text `json:"remedy"`
	Times    int        `json:"times" doc:"how often a warning was found; where names the first place"`
}

// rule is a rule of this room, under its code.
type rule struct {
	code               string
	zh, en             string
	remedyZH, remedyEN string
}

func (r rule) found(s Severity, element string) Finding {
	return Finding{
		Severity: s, Rule: r.code, Element: element,
		Say: fault.Text{ZH: r.zh, EN: r.en}, Remedy: fault.Text{ZH: r.remedyZH, EN: r.remedyEN},
	}
}

func (r rule) warning(element string) Finding { return r.found(Warning, element) }
func (r rule) error(element string) Finding   { return r.found(Error, element) }
func (r rule) fatal(element string) Finding   { return r.found(Fatal, element) }

// narrativeRules are about text for people, of which what is active is dropped:
// no reason to refuse what the resource says.
const narrativeRules = "fhir.narrative."

func fromFHIR(p fhir.Problem) Finding {
	f := Finding{
		Severity: Warning, Rule: string(p.Code), Element: p.Path,
		Say: fault.Text{ZH: p.Rule.Zh, EN: p.Rule.En}, Remedy: fault.Text{ZH: p.Remedy.Zh, EN: p.Remedy.En},
	}
	switch p.Severity {
	case fhir.Error:
		f.Severity = Error
	case fhir.Fatal:
		f.Severity = Fatal
	}
	if strings.HasPrefix(f.Rule, narrativeRules) {
		f.Severity = Warning
	}
	return f
}

func fromHL7(p hl7v2.Problem) Finding {
	f := Finding{
		Severity: Warning, Rule: string(p.Rule), Element: p.At.String(),
		Say: fault.Text{ZH: p.ZH, EN: p.EN}, Remedy: fault.Text{ZH: p.RemedyZH, EN: p.RemedyEN},
	}
	if p.Severity == hl7v2.SeverityError {
		f.Severity = Error
	}
	return f
}

// fromFault tells why the house did not take something. elements names the
// foreign element of each field of ours.
func fromFault(err error, elements map[string]string) []Finding {
	if errors.Is(err, db.ErrExists) || errors.Is(err, db.ErrGone) {
		return []Finding{ruleCollision.error("")}
	}
	e := fault.From(err)
	say := fault.Text{ZH: e.Message("zh"), EN: e.Message("en")}
	if len(e.Fields) == 0 {
		return []Finding{{Severity: Error, Rule: e.Code.Name, Say: say, Remedy: remedyRetry}}
	}
	var found []Finding
	for _, field := range e.Fields {
		found = append(found, Finding{
			Severity: Error, Rule: e.Code.Name, Element: cmp.Or(elements[field.Path], field.Path), Say: field.Problem, Remedy: remedySource,
		})
	}
	return found
}

var (
	remedySource = fault.Text{ZH: "请在来源系统更正后重新发送。", EN: "Correct it in the sending system and send it again."}
	remedyRetry  = fault.Text{ZH: "处理原因后在隔离区重试。", EN: "Remove the cause and retry it from the quarantine."}
)

// worst returns the finding that weighs most, the first of its weight.
func worst(found []Finding) Finding {
	weight := map[Severity]int{Warning: 1, Error: 2, Fatal: 3}
	var w Finding
	for _, f := range found {
		if weight[f.Severity] > weight[w.Severity] {
			w = f
		}
	}
	return w
}

// refuses reports whether something may not be taken as it is.
func refuses(found []Finding) bool {
	s := worst(found).Severity
	return s == Error || s == Fatal
}

func at(where string, found []Finding) []Finding {
	for i := range found {
		if found[i].Where == "" {
			found[i].Where = where
		}
	}
	return found
}
