package access

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/calendar"
)

// Scope is what a grant is for: whose record or which department's, which part of
// it, which acts, for what purpose, until when and under which conditions.
type Scope struct {
	Patient    string    `json:"patient,omitempty"`
	Department string    `json:"department,omitempty"`
	Encounter  string    `json:"encounter,omitempty"`
	Forms      []string  `json:"forms,omitempty"` // kinds of document
	Verbs      []string  `json:"verbs"`
	Purpose    string    `json:"purpose"`
	Since      time.Time `json:"since,omitzero"` // when it is given, when zero
	Until      time.Time `json:"until"`
	Inside     bool      `json:"inside,omitempty"` // only at a terminal of the house
	From       int       `json:"from,omitempty"`   // hour of the day in China from which it counts
	To         int       `json:"to,omitempty"`     // hour up to which; equal to From: all day
	Level      int       `json:"level,omitempty"`  // highest level of what it opens; 0: any
}

// longestGrant caps grants by their purpose (D-036); other purposes are capped at
// halfYear.
var longestGrant = map[string]time.Duration{"care": 30 * day, "research": 366 * day, "teaching": 366 * day}

const (
	day      = 24 * time.Hour
	halfYear = 183 * day
	maxList  = 40
)

func longestFor(purpose string) time.Duration {
	if longest, named := longestGrant[purpose]; named {
		return longest
	}
	return halfYear
}

// check finds what makes no grant. verbs are the catalogue of what can be granted.
func (s Scope) check(e *fault.Error, verbs []string, now time.Time) *fault.Error {
	if (s.Patient == "") == (s.Department == "") {
		e = e.At("patient", fault.Text{ZH: "请写明一位患者，或者一个科室", EN: "name one patient, or one department"})
	}
	if s.Encounter != "" && s.Patient == "" {
		e = e.At("encounter", fault.Text{ZH: "就诊属于某位患者，请写明患者", EN: "an encounter is a patient's; name him"})
	}
	if len(s.Verbs) == 0 || len(s.Verbs) > maxList {
		e = e.At("verbs", fault.Text{ZH: "请至少选择一项操作", EN: "choose at least one act"})
	}
	for _, v := range s.Verbs {
		if !slices.Contains(verbs, v) {
			e = e.At("verbs", fault.Text{ZH: "“" + v + "”不在可授权目录中", EN: v + " is not in the catalogue of what can be granted"})
		}
	}
	if len(s.Forms) > maxList {
		e = e.At("forms", fault.Text{ZH: "文书种类最多 40 种", EN: "at most 40 kinds of document"})
	}
	if s.From < 0 || s.To < 0 || s.From > 24 || s.To > 24 {
		e = e.At("from", fault.Text{ZH: "时段为 0 至 24 点", EN: "hours are 0 to 24"})
	}
	if s.Level < 0 || s.Level > highestLevel {
		e = e.At("level", fault.Text{ZH: "级别为 1 至 5，0 表示不限", EN: "a level is 1 to 5, or 0 for any"})
	}
	return s.checkTime(e, now)
}

func (s Scope) checkTime(e *fault.Error, now time.Time) *fault.Error {
	begin := now
	if s.Since.After(now) {
		begin = s.Since
	}
	switch {
	case s.Until.IsZero():
		return e.At("until", fault.Text{ZH: "授权必须写明截止时间", EN: "a grant must have an end"})
	case !s.Until.After(begin):
		return e.At("until", fault.Text{ZH: "截止时间应晚于开始时间和现在", EN: "the end must be later than the beginning and than now"})
	case s.Until.Sub(begin) > longestFor(s.Purpose):
		days := int(longestFor(s.Purpose) / day)
		return e.At("until", fault.Text{ZH: "该目的的授权最长 " + itoa(days) + " 天，到期可延期", EN: "a grant for this purpose lasts at most " + itoa(days) + " days and can be extended"})
	}
	return e
}

// bounds is the scope as policy holds an object against it.
func (s Scope) bounds() *policy.Bounds {
	return &policy.Bounds{Verbs: s.Verbs, Encounter: s.Encounter, Forms: s.Forms, Department: s.Department, Level: s.Level}
}

// counts reports whether the conditions of a scope hold for who acts and when.
func (s Scope) counts(zone string, at time.Time) bool {
	if s.Inside && zone == "remote" {
		return false
	}
	if s.From == s.To {
		return true
	}
	hour := at.In(calendar.Zone).Hour()
	if s.From < s.To {
		return hour >= s.From && hour < s.To
	}
	return hour >= s.From || hour < s.To
}

// checkWords wants a reason of at least four characters.
func checkWords(e *fault.Error, words string) *fault.Error {
	n := utf8.RuneCountInString(strings.TrimSpace(words))
	switch {
	case n < 4:
		return e.At("words", fault.Text{ZH: "请用至少 4 个字说明", EN: "say in at least 4 characters why"})
	case n > maxWords:
		return e.At("words", fault.Text{ZH: "不得超过 500 个字", EN: "at most 500 characters"})
	}
	return e
}
