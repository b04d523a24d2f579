package deadline

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/calendar"
	"github.com/medward/medward/kit/cda"
)

// Event is what a limit is reckoned from.
type Event string

// The events that the house hears of.
const (
	Admission    Event = "admission"
	Discharge    Event = "discharge"
	TransferIn   Event = "transfer-in"
	Consultation Event = "consultation" // was asked for
	Operation    Event = "operation"    // was reported as done
	// Told is when what a document tells took place, as it says itself: whether it was
	// written in time is known, and not whether one is missing.
	Told Event = "told"
)

// Events are the events by which a requirement may be reckoned, in order.
func Events() []Event {
	return []Event{Admission, Discharge, TransferIn, Consultation, Operation, Told}
}

// Level is how ill a patient is, which says how often notes are due.
type Level string

// The levels (病情). Nobody who said otherwise is stable.
const (
	Stable   Level = "stable"
	Serious  Level = "serious"  // 病重
	Critical Level = "critical" // 病危
)

var levels = []Level{Stable, Serious, Critical}

// Requirement is one document that encounters must hold, and by when.
type Requirement struct {
	Key        string   `json:"key" pattern:"^[a-z][a-z0-9-]{1,39}$" maxLength:"40" example:"admission-record"`
	NameZH     string   `json:"nameZh" maxLength:"60"`
	NameEN     string   `json:"nameEn" maxLength:"80"`
	Kinds      []string `json:"kinds" nullable:"false" maxItems:"12" doc:"codes of WS/T 500; any of them meets it"`
	Encounters []string `json:"encounters" nullable:"false" maxItems:"3" doc:"kinds of encounter"`
	Event      Event    `json:"event" enum:"admission,discharge,transfer-in,consultation,operation,told"`
	Limit      string   `json:"limit,omitempty" maxLength:"8" doc:"such as 24h, 2wd (working days) or 1d; of what recurs empty" example:"24h"`
	// Every says how often it recurs, by how ill the patient is; a level that is missing
	// counts as stable.
	Every     map[Level]string `json:"every,omitempty" doc:"of what recurs: a limit since the last, by how ill the patient is"`
	Mandatory bool             `json:"mandatory"`
	Basis     string           `json:"basis" maxLength:"200" doc:"rule and article"`
	Local     bool             `json:"local" doc:"the number or the article must be compared with the hospital's own rules"`
}

// Recurs reports whether it is due again and again.
func (q Requirement) Recurs() bool { return len(q.Every) > 0 }

// every is how often it is due at a level.
func (q Requirement) every(l Level) calendar.Limit {
	text, said := q.Every[l]
	if !said {
		text = q.Every[Stable]
	}
	limit, _ := calendar.ParseLimit(text)
	return limit
}

const maxRequirements = 60

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9-]{1,39}$`)

func text(zh, en string) fault.Text { return fault.Text{ZH: zh, EN: en} }

// check names everything that is wrong with a list of requirements, each at its place.
func check(all []Requirement) error {
	e := errInput.With()
	if len(all) == 0 || len(all) > maxRequirements {
		e.At("requirements", text(fmt.Sprintf("应有 1 至 %d 项要求", maxRequirements), fmt.Sprintf("a set has 1 to %d requirements", maxRequirements)))
	}
	seen := map[string]bool{}
	for i, q := range all {
		at := func(field string) string { return fmt.Sprintf("requirements[%d].%s", i, field) }
		if !keyForm.MatchString(q.Key) || seen[q.Key] {
			e.At(at("key"), text("代码为小写字母、数字和连字符，不得重复", "a key is of small letters, digits and hyphens, and differs from the others"))
		}
		seen[q.Key] = true
		e.MustSay(at("nameZh"), q.NameZH, 60)
		e.MustSay(at("nameEn"), q.NameEN, 80)
		e.MustSay(at("basis"), q.Basis, 200)
		q.checkKinds(e, at)
		q.checkLimit(e, at)
	}
	return e.OrNil()
}

func (q Requirement) checkKinds(e *fault.Error, at func(string) string) {
	if len(q.Kinds) == 0 {
		e.At(at("kinds"), text("请填写文书种类代码", "say which kinds of document meet it"))
	}
	for _, kind := range q.Kinds {
		if _, known := cda.KindOf(kind); !known {
			e.At(at("kinds"), text("没有这个文书代码："+kind+"，应为 C0001 至 C0053", "there is no kind "+kind+"; use C0001 to C0053"))
		}
	}
	if len(q.Encounters) == 0 {
		e.At(at("encounters"), text("请选择就诊类别", "choose kinds of encounter"))
	}
	for _, kind := range q.Encounters {
		if kind != patient.Inpatient && kind != patient.Outpatient && kind != patient.Emergency {
			e.At(at("encounters"), text("就诊类别应为 inpatient、outpatient 或 emergency", "an encounter is inpatient, outpatient or emergency"))
		}
	}
	if !slices.Contains(Events(), q.Event) {
		e.At(at("event"), text("没有这种起算事件，或系统没有该事件的数据", "there is no such event, or the house does not hear of it"))
	}
}

func (q Requirement) checkLimit(e *fault.Error, at func(string) string) {
	wrong := text("时限应如 24h（小时）、1d（日）或 2wd（工作日）", "a limit is such as 24h (hours), 1d (days) or 2wd (working days)")
	if !q.Recurs() {
		if _, err := calendar.ParseLimit(q.Limit); err != nil {
			e.At(at("limit"), wrong)
		}
		return
	}
	if q.Limit != "" || q.Event != Admission {
		e.At(at("every"), text("周期要求自入院起算，不另设时限", "what recurs is reckoned from the admission and has no other limit"))
	}
	if _, said := q.Every[Stable]; !said {
		e.At(at("every"), text("请填写病情稳定时的周期", "say how often it is due for a stable patient"))
	}
	for _, level := range slices.Sorted(maps.Keys(q.Every)) {
		if _, err := calendar.ParseLimit(q.Every[level]); err != nil || !slices.Contains(levels, level) {
			e.At(at("every"), wrong)
		}
	}
}
