package form

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Codes of findings.
const (
	Missing     = "missing"     // mandatory and not given
	Unexplained = "unexplained" // recommended, not given, and without a reason
	NotOfKind   = "kind"
	TooLong     = "length"
	NotMatching = "pattern"
	NoOption    = "option"
	NoCode      = "code" // not an active code of its dictionary
	Impossible  = "possible"
	Unusual     = "usual"
	RowCount    = "rows"
	Unknown     = "unknown" // the form asks no such thing
	OfRule      = "rule"
)

// Longest answers where a field says nothing, in characters.
const (
	longestLine  = 200
	longestProse = 20000
)

// Answers are what was answered, by the key of field or repeating section, as JSON is
// read with [encoding/json.Decoder.UseNumber].
type Answers map[string]any

// Input is what is judged.
type Input struct {
	Answers Answers
	Facts   map[string]any    // by key, as answers are
	Reasons map[string]string // why a recommended field does not apply, by path
	// Active reports whether a code is active in a dictionary. Without it codes are not
	// looked up.
	Active func(dictionary, code string) bool
}

// Finding is something the form holds against the answers.
type Finding struct {
	Path  string `json:"path"` // such as "pulse" or "medications[2].dose"; empty: the form as a whole
	Code  string `json:"code"`
	Rule  string `json:"rule,omitempty"`
	Level Level  `json:"level"`
}

// Verdict is what a form says of answers.
type Verdict struct {
	Findings []Finding `json:"findings"` // in the order of the form, then of its rules
	Asked    []string  `json:"asked"`    // paths of the fields that apply, in the order of the form
	// Answers are those that were asked for, with what is computed.
	Answers Answers `json:"answers"`
	Needed  int     `json:"needed"` // mandatory fields that are asked
	Given   int     `json:"given"`  // of these
}

// Blocked reports whether the answers may not be signed.
func (v Verdict) Blocked() bool {
	return slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Level == Block })
}

// Check judges answers.
func (f *Form) Check(in Input) Verdict {
	j := &judgement{in: in, variables: map[string]any{}, verdict: Verdict{Findings: []Finding{}, Asked: []string{}, Answers: Answers{}}}
	for _, fact := range f.definition.Facts {
		j.variables[fact.Key], _ = valueOf(fact.Kind, in.Facts[fact.Key])
	}
	j.nothingElse("", f.keys, in.Answers)
	for i := range f.sections {
		if f.sections[i].Repeat == nil {
			j.fields(&f.sections[i], place{given: in.Answers, kept: j.verdict.Answers, variables: j.variables}, f.sections[i].when.holds(j.variables))
			continue
		}
		j.rows(&f.sections[i])
	}
	for i := range f.rules {
		j.rule(&f.rules[i])
	}
	return j.verdict
}

type judgement struct {
	in        Input
	variables map[string]any
	rowsOf    map[string][]map[string]any // variables of each row, by section
	verdict   Verdict
}

// place is where fields are answered: the form itself or a row.
type place struct {
	prefix      string
	given, kept map[string]any
	variables   map[string]any
}

func (j *judgement) find(path, code string, level Level) {
	j.verdict.Findings = append(j.verdict.Findings, Finding{Path: path, Code: code, Level: level})
}

func (j *judgement) nothingElse(prefix string, keys map[string]bool, given map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if !keys[key] {
			j.find(prefix+key, Unknown, Block)
		}
	}
}

func (j *judgement) rows(s *section) {
	j.variables[s.Key] = []any{}
	answer := j.in.Answers[s.Key]
	if !s.when.holds(j.variables) {
		return
	}
	var rows []any
	if given(answer) {
		list, is := answer.([]any)
		if !is || slices.ContainsFunc(list, func(one any) bool { _, is := one.(map[string]any); return !is }) {
			j.find(s.Key, NotOfKind, Block)
			return
		}
		rows = list
	}
	if len(rows) < s.Repeat.Least || len(rows) > s.Repeat.Most {
		j.find(s.Key, RowCount, Block)
	}
	rows = rows[:min(len(rows), s.Repeat.Most)]
	var kept, seen []any
	for i, one := range rows {
		at := place{prefix: s.Key + "[" + strconv.Itoa(i) + "].", given: one.(map[string]any), kept: map[string]any{}, variables: maps.Clone(j.variables)}
		j.nothingElse(at.prefix, s.keys, at.given)
		j.fields(s, at, true)
		kept = append(kept, at.kept)
		row := map[string]any{}
		for key := range s.keys {
			row[key] = at.variables[key]
		}
		seen = append(seen, row)
		j.remember(s.Key, row)
	}
	if len(rows) > 0 {
		j.verdict.Answers[s.Key], j.variables[s.Key] = kept, seen
	}
}

func (j *judgement) remember(section string, row map[string]any) {
	if j.rowsOf == nil {
		j.rowsOf = map[string][]map[string]any{}
	}
	j.rowsOf[section] = append(j.rowsOf[section], row)
}

func (j *judgement) fields(s *section, at place, asked bool) {
	for i := range s.fields {
		at.variables[s.fields[i].Key] = nil
	}
	for i := range s.fields {
		if f := &s.fields[i]; asked && f.when.holds(at.variables) {
			j.field(f, at)
		}
	}
}

func (j *judgement) field(f *field, at place) {
	path, answer := at.prefix+f.Key, at.given[f.Key]
	j.verdict.Asked = append(j.verdict.Asked, path)
	if f.computed != nil {
		answer = nil
		if value, ok := f.computed.value(at.variables); ok {
			if counted, ok := f.answerOf(value); ok {
				answer = counted
			}
		}
	}
	mandatory := f.Need == Mandatory || f.needWhen != nil && f.needWhen.holds(at.variables)
	if mandatory {
		j.verdict.Needed++
	}
	if !given(answer) {
		j.missing(f, path, mandatory)
		return
	}
	if mandatory {
		j.verdict.Given++
	}
	at.kept[f.Key] = answer
	value, ok := valueOf(f.Kind, answer)
	if !ok {
		j.find(path, NotOfKind, Block)
		return
	}
	at.variables[f.Key] = value
	j.value(f, path, value)
}

func (j *judgement) missing(f *field, path string, mandatory bool) {
	switch {
	case f.computed != nil && !mandatory:
	case mandatory:
		j.find(path, Missing, Block)
	case f.Need == Recommended && strings.TrimSpace(j.in.Reasons[path]) == "":
		j.find(path, Unexplained, Block)
	}
}

// valueOf is an answer as expressions see it: nil where there is none, or none of its kind.
func valueOf(k Kind, answer any) (value any, ok bool) {
	if !given(answer) {
		return nil, true
	}
	value, ok = k.value(answer)
	if !ok {
		return nil, false
	}
	return value, true
}

func (j *judgement) value(f *field, path string, value any) {
	switch f.Kind {
	case Line, Prose:
		j.written(f, path, value.(string))
	case Choice:
		j.chosen(f, path, []any{value})
	case Choices:
		j.chosen(f, path, value.([]any))
	case Code:
		if j.in.Active != nil && !j.in.Active(f.Dictionary, value.(string)) {
			j.find(path, NoCode, Block)
		}
	}
	switch {
	case f.Possible != nil && !f.Possible.within(f.Kind, value):
		j.find(path, Impossible, Block)
	case f.Usual != nil && !f.Usual.within(f.Kind, value):
		j.find(path, Unusual, Warn)
	}
}

func (j *judgement) written(f *field, path, text string) {
	longest := f.Longest
	switch {
	case longest == 0 && f.Kind == Line:
		longest = longestLine
	case longest == 0:
		longest = longestProse
	}
	if utf8.RuneCountInString(text) > longest {
		j.find(path, TooLong, Block)
	}
	if f.pattern != nil && !f.pattern.MatchString(text) {
		j.find(path, NotMatching, Block)
	}
}

func (j *judgement) chosen(f *field, path string, values []any) {
	for _, value := range values {
		if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value }) {
			j.find(path, NoOption, Block)
			return
		}
	}
}

func (j *judgement) rule(r *rule) {
	if r.Each == "" {
		j.demand(r, "", j.variables)
		return
	}
	for i, row := range j.rowsOf[r.Each] {
		variables := maps.Clone(j.variables)
		maps.Copy(variables, row)
		j.demand(r, fmt.Sprintf("%s[%d]", r.Each, i), variables)
	}
}

func (j *judgement) demand(r *rule, row string, variables map[string]any) {
	if !r.when.holds(variables) {
		return
	}
	if kept, ok := r.must.value(variables); !ok || kept == true {
		return
	}
	path := row
	switch {
	case len(r.At) > 0 && row != "":
		path = row + "." + r.At[0]
	case len(r.At) > 0:
		path = r.At[0]
	}
	j.verdict.Findings = append(j.verdict.Findings, Finding{Path: path, Code: OfRule, Rule: r.Key, Level: r.Level})
}
