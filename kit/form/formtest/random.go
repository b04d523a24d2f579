package formtest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/medward/medward/kit/form"
)

// Case is a form, what was answered, and the verdict.
type Case struct {
	Definition form.Definition   `json:"definition"`
	Answers    form.Answers      `json:"answers"`
	Facts      map[string]any    `json:"facts"`
	Reasons    map[string]string `json:"reasons"`
	Verdict    form.Verdict      `json:"verdict"`
}

// Active is the dictionary of all cases: codes that begin with A are active.
func Active(_, code string) bool { return strings.HasPrefix(code, "A") }

// Make makes the case of a seed and a number.
func Make(seed, number uint64) (Case, error) {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, number))} //nolint:gosec // chance that can be repeated
	c := Case{Definition: m.definition(), Facts: map[string]any{}, Reasons: map[string]string{}}
	f, err := form.Compile(c.Definition)
	if err != nil {
		return c, err
	}
	c.Answers = m.answers(c)
	if c, err = asRead(c); err != nil {
		return c, err
	}
	c.Verdict = f.Check(form.Input{Answers: c.Answers, Facts: c.Facts, Reasons: c.Reasons, Active: Active})
	return c, nil
}

// asRead returns the case as whoever receives it reads it.
func asRead(c Case) (Case, error) {
	raw, err := json.Marshal(c)
	if err != nil {
		return c, err
	}
	from := json.NewDecoder(strings.NewReader(string(raw)))
	from.UseNumber()
	var read Case
	return read, from.Decode(&read)
}

type maker struct {
	*rand.Rand
	seen []variable // in the order of the form
	next int
}

type variable struct {
	key  string
	kind form.Kind
	row  []variable // of a repeating section
}

var (
	allKinds = []form.Kind{form.Line, form.Prose, form.Integer, form.Integer, form.Decimal, form.Decimal, form.Boolean, form.Date, form.Moment, form.Choice, form.Choices, form.Code}
	words    = []string{"", "a", "ab", "baa", "A01", "B02", "胸痛", "发热3天", "𠮷", "a\nb", "e\u0301", " x ", "aaaaaaaaaaaa"}
	values   = []string{"a", "b", "A01", "胸"}
	dates    = []string{"2024-02-29", "2025-02-28", "2026-01-31", "1960-03-01", "2026-11-23", "2023-02-29", "2026-13-01", "0000-01-01"}
	moments  = []string{"2026-01-01T00:00+08:00", "2025-12-31T16:00:00Z", "2026-02-28T23:59:59-11:30", "2024-02-29T08:05+08:00", "2026-01-01T24:00Z", "2026-01-01", "2023-02-29T08:00Z"}
	numbers  = []string{"0", "-0", "1.5", "36.50", "2.125", "-0.004", "100", "7.25", "1e3", "999999999999999", ".5", "1.123456789"}
	patterns = []string{"[ab]+", "a.*", `\p{Han}+[0-9]?.*`, "(?i)A[0-9]{2}", ".{2,4}"}
)

func of[T any](m *maker, list []T) T { return list[m.IntN(len(list))] }

func (m *maker) one(in int) bool { return m.IntN(in) == 0 }

func (m *maker) key(letter string) string {
	m.next++
	return letter + strconv.Itoa(m.next)
}

func said(text string) form.Text { return form.Text{ZH: text, EN: text} }

func (m *maker) definition() form.Definition {
	d := form.Definition{Key: "random", Version: 1, Title: said("random")}
	for range m.IntN(4) {
		fact := form.Fact{Key: m.key("k"), Kind: of(m, allKinds)}
		d.Facts = append(d.Facts, fact)
		m.seen = append(m.seen, variable{key: fact.Key, kind: fact.Kind})
	}
	for range 1 + m.IntN(4) {
		d.Sections = append(d.Sections, m.section())
	}
	for range m.IntN(5) {
		d.Rules = append(d.Rules, m.rule(d))
	}
	return d
}

func (m *maker) section() form.Section {
	s := form.Section{Key: m.key("s"), Title: said("section")}
	if m.one(3) {
		s.When = m.condition(m.seen, 1)
	}
	outside := m.seen
	if m.one(3) {
		s.Repeat = &form.Repeat{Least: m.IntN(2), Most: 1 + m.IntN(3)}
	}
	for range 1 + m.IntN(5) {
		f := m.field()
		s.Fields = append(s.Fields, f)
		m.seen = append(m.seen, variable{key: f.Key, kind: f.Kind})
	}
	if s.Repeat != nil {
		row := append([]variable{}, m.seen[len(outside):]...)
		m.seen = append(append([]variable{}, outside...), variable{key: s.Key, row: row})
	}
	return s
}

func (m *maker) field() form.Field {
	f := form.Field{Key: m.key("f"), Title: said("field"), Kind: of(m, allKinds), Purpose: form.Service, Need: of(m, []form.Need{form.Optional, form.Optional, form.Recommended, form.Mandatory})}
	if m.one(4) {
		f.When = m.condition(m.seen, 1)
	}
	if m.one(5) {
		f.NeedWhen = m.condition(m.seen, 1)
	}
	switch f.Kind {
	case form.Line, form.Prose:
		if m.one(2) {
			f.Longest = 1 + m.IntN(6)
		}
		if m.one(3) {
			f.Pattern = of(m, patterns)
		}
	case form.Choice, form.Choices:
		for _, value := range values[:1+m.IntN(len(values))] {
			f.Options = append(f.Options, form.Option{Value: value, Title: said(value)})
		}
	case form.Code:
		f.Dictionary = "letters"
	case form.Integer, form.Decimal, form.Boolean:
		if m.one(3) {
			f.Computed, f.Digits = m.term(m.seen, f.Kind, 2), m.IntN(4)
		}
	}
	if m.one(2) {
		f.Possible, f.Usual = m.rangeOf(f.Kind), m.rangeOf(f.Kind)
	}
	return f
}

func (m *maker) rangeOf(k form.Kind) *form.Range {
	switch k {
	case form.Integer:
		return &form.Range{From: "-3", To: strconv.Itoa(m.IntN(9))}
	case form.Decimal:
		return &form.Range{From: "0.5", To: strconv.Itoa(1+m.IntN(60)) + ".25"}
	case form.Date:
		return &form.Range{From: "1970-01-01"}
	case form.Moment:
		return &form.Range{To: "2026-01-01T00:00Z"}
	}
	return nil
}

func (m *maker) rule(d form.Definition) form.Rule {
	r := form.Rule{Key: m.key("r"), Level: of(m, []form.Level{form.Warn, form.Block}), Says: said("rule")}
	seen, at := m.seen, d.Sections[m.IntN(len(d.Sections))]
	if at.Repeat != nil {
		r.Each = at.Key
		for _, v := range m.seen {
			if v.key == at.Key {
				seen = append(append([]variable{}, m.seen...), v.row...)
			}
		}
	}
	if m.one(2) {
		r.When = m.condition(seen, 1)
	}
	r.Must = m.condition(seen, 2)
	if m.one(2) {
		r.At = []string{at.Fields[0].Key}
	}
	return r
}

// condition makes an expression that is true or false, as far as there is one.
func (m *maker) condition(seen []variable, depth int) string {
	if depth > 0 && m.one(2) {
		a, b := m.condition(seen, depth-1), m.condition(seen, depth-1)
		return fmt.Sprintf(of(m, []string{"(%s) && (%s)", "(%s) || (%s)", "!(%s) || (%s)", "(%s) == (%s)", "(%s) ? false : (%s)"}), a, b)
	}
	if len(seen) == 0 {
		return of(m, []string{"true", "1 + 1 == 3", `"ab".contains("b")`})
	}
	return m.about(of(m, seen))
}

func (m *maker) about(v variable) string {
	if v.row != nil {
		inner := m.about(variable{key: "row." + of(m, v.row).key, kind: form.Boolean})
		for _, field := range v.row {
			if m.one(2) && field.kind == form.Integer {
				inner = "row." + field.key + " > 1"
			}
		}
		return fmt.Sprintf(of(m, []string{"size(%[1]s) > 1", "%[1]s.exists(row, %[2]s)", "%[1]s.all(row, %[2]s)", "%[1]s.filter(row, %[2]s).size() == 1"}), v.key, inner)
	}
	if m.one(6) {
		return v.key + of(m, []string{" == null", " != null"})
	}
	return strings.ReplaceAll(of(m, map[form.Kind][]string{
		form.Line:    {`K.startsWith("a")`, `size(K) > 1`, `K == "ab"`, `K.matches("[ab]+$")`},
		form.Prose:   {`K.contains("a")`, `size(K) <= 2`, `K.endsWith("b")`},
		form.Code:    {`K == "A01"`, `K in ["A01", "B02"]`, `K.startsWith("A")`},
		form.Integer: {`K > 2`, `K % 3 == 1`, `K / 2 >= -1`, `10 / K > 2`, `-K < 4`, `double(K) * 0.1 < 0.3`},
		form.Decimal: {`K > 7.25`, `K * K < 50.0`, `K / 0.3 >= 5.0`, `int(K) == 36`, `-K > -1.0`},
		form.Boolean: {`K == true`, `K == false`, `K != true`},
		form.Date:    {`K < "2025-06-01"`, `yearsBetween(K, "2026-02-28") >= 2`, `daysBetween("2024-02-29", K) > 365`},
		form.Moment:  {`hoursBetween(K, "2026-01-01T00:00Z") < 1.5`, `K >= "2025-12-31T16:00:00Z"`},
		form.Choice:  {`K == "a"`, `K in ["a", "胸"]`},
		form.Choices: {`"a" in K`, `size(K) == 2`, `K.exists(one, one.startsWith("A"))`},
	}[v.kind]), "K", v.key)
}

// term makes an expression whose value is of a kind.
func (m *maker) term(seen []variable, k form.Kind, depth int) string {
	if k == form.Boolean {
		return m.condition(seen, 1)
	}
	for _, v := range seen {
		if v.kind == k && m.one(2) {
			return v.key
		}
	}
	if depth == 0 {
		return of(m, map[form.Kind][]string{form.Integer: {"3", "-7", "9007199254740991"}, form.Decimal: {"0.125", "2.5", "-1.005", "1.0"}}[k])
	}
	operators := []string{" + ", " - ", " * ", " / "}
	return "(" + m.term(seen, k, depth-1) + of(m, operators) + m.term(seen, k, depth-1) + ")"
}

func (m *maker) answers(c Case) form.Answers {
	all := form.Answers{}
	for _, fact := range c.Definition.Facts {
		m.give(c.Facts, fact.Key, fact.Kind)
	}
	for _, s := range c.Definition.Sections {
		if s.Repeat == nil {
			m.row(c, s, "", all)
			continue
		}
		var rows []any
		for i := range m.IntN(5) {
			row := map[string]any{}
			m.row(c, s, fmt.Sprintf("%s[%d].", s.Key, i), row)
			rows = append(rows, row)
		}
		switch {
		case m.one(12):
			all[s.Key] = "no rows"
		case rows != nil:
			all[s.Key] = rows
		}
	}
	if m.one(10) {
		all["stranger"] = true
	}
	return all
}

func (m *maker) row(c Case, s form.Section, prefix string, into map[string]any) {
	for _, f := range s.Fields {
		m.give(into, f.Key, f.Kind)
		if m.one(3) {
			c.Reasons[prefix+f.Key] = of(m, []string{"不适用", " ", ""})
		}
	}
}

func (m *maker) give(into map[string]any, key string, k form.Kind) {
	if m.one(5) {
		return
	}
	if m.one(12) {
		k = of(m, allKinds)
	}
	into[key] = m.answer(k)
}

func (m *maker) answer(k form.Kind) any {
	switch k {
	case form.Integer:
		return of(m, []any{0, 1, 4, -3, 7, 1.5, 9007199254740991, 9007199254740992.0, json.Number("2.0"), json.Number("1e1")})
	case form.Decimal:
		return of(m, numbers)
	case form.Boolean:
		return m.one(2)
	case form.Date:
		return of(m, dates)
	case form.Moment:
		return of(m, moments)
	case form.Choices:
		list := []any{}
		for range m.IntN(3) {
			list = append(list, of(m, values))
		}
		return list
	case form.Choice:
		return of(m, append([]string{"z"}, values...))
	}
	return of(m, words)
}
