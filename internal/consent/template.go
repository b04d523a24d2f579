package consent

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Kinds of template.
const (
	Agreement = "consent" // somebody agrees or refuses
	Notice    = "notice"  // somebody is told
)

// Who may give a consent.
const (
	ByPatient  = "patient"
	ByGuardian = "guardian"
	ByRelative = "relative" // a near relative, where the patient cannot (Civil Code, article 1219)
)

// Forms of a consent.
const (
	Written    = "written"
	Electronic = "electronic"
	Verbal     = "verbal" // before a witness
)

// Purposes outside the house, beside those of [policy.Purposes].
const (
	Commercial  = "commercial"  // companies, advertisers, insurers
	Institution = "institution" // another hospital reads

	SensitiveRecord = "sensitive-record" // a sensitive history is kept (B-016)
	History         = "outside-history"  // what came from other institutions is read, during one encounter (C-069)
)

// Scope is what a consent is for.
type Scope struct {
	Purposes   []string `json:"purposes" maxItems:"12"`
	Categories []string `json:"categories,omitempty" maxItems:"40" doc:"kinds of document by their codes; all when empty"`
	Recipients []string `json:"recipients,omitempty" maxItems:"20" doc:"named institutions; this one only when empty"`
}

func (s Scope) serves(purpose, recipient string) bool {
	return slices.Contains(s.Purposes, purpose) && (recipient == "" || slices.Contains(s.Recipients, recipient))
}

func (s Scope) holds(category string) bool {
	return len(s.Categories) == 0 || category != "" && slices.Contains(s.Categories, category)
}

// within reports whether a scope asks for nothing beyond another.
func (s Scope) within(of Scope) bool {
	for _, p := range s.Purposes {
		if !slices.Contains(of.Purposes, p) {
			return false
		}
	}
	for _, r := range s.Recipients {
		if !slices.Contains(of.Recipients, r) {
			return false
		}
	}
	if len(of.Categories) == 0 {
		return true
	}
	return len(s.Categories) > 0 && !slices.ContainsFunc(s.Categories, func(c string) bool { return !slices.Contains(of.Categories, c) })
}

func (s Scope) check(e *fault.Error) {
	if len(s.Purposes) == 0 || len(s.Purposes) > 12 || slices.ContainsFunc(s.Purposes, func(p string) bool { return !knownPurpose(p) }) {
		e.At("scope.purposes", fault.Text{ZH: "请从用途列表中选择至少一项", EN: "choose at least one purpose from the list"})
	}
	if s.forHistory() && len(s.Purposes) > 1 {
		e.At("scope.purposes", fault.Text{ZH: "外院病历调阅授权只对一次就诊有效，请单独成一份", EN: "the authorisation for the history of other institutions is for one encounter, and stands on a form of its own"})
	}
	for path, list := range map[string][]string{"scope.categories": s.Categories, "scope.recipients": s.Recipients} {
		if len(list) > 40 {
			e.At(path, fault.Text{ZH: "最多 40 项", EN: "at most 40"})
		}
		for _, one := range list {
			e.MustSay(path, one, maxName)
		}
	}
}

func knownPurpose(id string) bool {
	return slices.Contains([]string{Commercial, Institution, SensitiveRecord, History}, id) || slices.ContainsFunc(policy.Purposes(), func(p policy.Purpose) bool { return p.ID == id })
}

// Template is a form of consent or a notice, in versions that never change.
type Template struct {
	Org     string     `db:"org,key"`
	ID      string     `db:"id,key"`
	Version int        `db:"version,key"` // from 1
	Kind    string     `db:"kind"`
	Name    fault.Text `db:"name,json"`
	Text    fault.Text `db:"body,json"` // what is read to or by the patient
	Scope   Scope      `db:"scope,json"`
	Givers  []string   `db:"givers,json"`
	Forms   []string   `db:"forms,json"`
	Made    time.Time  `db:"made"`
	MadeBy  string     `db:"made_by"`
	MAC     []byte     `db:"mac"`
}

func (t Template) check() error {
	e := errInput.With()
	if t.Kind != Agreement && t.Kind != Notice {
		e.At("kind", fault.Text{ZH: "种类应为 consent 或 notice", EN: "a template is a consent or a notice"})
	}
	e.MustSay("name.zh", t.Name.ZH, maxName)
	e.MaySay("name.en", t.Name.EN, maxName)
	e.MustSay("text.zh", t.Text.ZH, maxText)
	e.MaySay("text.en", t.Text.EN, maxText)
	if t.Kind == Agreement {
		t.Scope.check(e)
		among(e, "givers", t.Givers, ByPatient, ByGuardian, ByRelative)
	}
	among(e, "forms", t.Forms, Written, Electronic, Verbal)
	if (t.Scope.forHistory() || slices.Contains(t.Scope.Purposes, SensitiveRecord)) && slices.Contains(t.Forms, Verbal) {
		e.At("forms", fault.Text{ZH: "该用途须签名，不接受口头同意", EN: "this purpose needs a signature; what is said is not enough"})
	}
	return e.OrNil()
}

// among wants at least one value, each of a list.
func among(e *fault.Error, path string, values []string, of ...string) {
	if len(values) == 0 || slices.ContainsFunc(values, func(v string) bool { return !slices.Contains(of, v) }) {
		list := strings.Join(of, ", ")
		e.At(path, fault.Text{ZH: "请从以下选择：" + list, EN: "choose from: " + list})
	}
}
