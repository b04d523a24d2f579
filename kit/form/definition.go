package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// Definition is one version of a form. Keys of sections, fields and facts are unique in
// it and are the names of variables in expressions.
type Definition struct {
	Key      string    `json:"key"`
	Version  int       `json:"version"`
	Title    Text      `json:"title"`
	Facts    []Fact    `json:"facts,omitempty"`
	Sections []Section `json:"sections"`
	Rules    []Rule    `json:"rules,omitempty"`
}

// Text is what people read, in both languages.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Fact is something known before the form is opened, such as the birth date of the
// patient, which expressions may use.
type Fact struct {
	Key  string `json:"key"`
	Kind Kind   `json:"kind"`
}

// Section is a part of a form. With Repeat its fields are asked once in each row, and its
// answer is a list of rows; without, its fields are answers of the form itself.
type Section struct {
	Key    string  `json:"key"`
	Title  Text    `json:"title"`
	Help   *Text   `json:"help,omitempty"`
	When   string  `json:"when,omitempty"` // asked only where this holds; may name what comes before
	Repeat *Repeat `json:"repeat,omitempty"`
	Fields []Field `json:"fields"`
}

// Repeat bounds the rows of a section.
type Repeat struct {
	Least int `json:"least,omitempty"`
	Most  int `json:"most"` // at most [MostRows]
}

// Kind is what an answer is.
type Kind string

// Kinds of answer, and how an answer looks in JSON.
const (
	Line    Kind = "line"    // text of one line
	Prose   Kind = "prose"   // text of several lines
	Integer Kind = "integer" // number without fraction, exact in a double
	Decimal Kind = "decimal" // text such as "36.50", whose digits are kept as written
	Boolean Kind = "boolean" // true or false
	Date    Kind = "date"    // text such as "2026-02-28"
	Moment  Kind = "moment"  // text such as "2026-02-28T08:05+08:00", seconds optional
	Choice  Kind = "choice"  // text, the value of one option
	Choices Kind = "choices" // list of values of options, none twice
	Code    Kind = "code"    // text, a code of the dictionary that the field names
)

// Need is how much an answer is needed.
type Need string

// Needs.
const (
	Optional    Need = ""            // may stay empty
	Recommended Need = "recommended" // empty only with a reason why it does not apply
	Mandatory   Need = "mandatory"   // must be given
)

// Purpose is why something is asked. What serves none is not asked (B-010, B-011, C-038).
type Purpose string

// Purposes.
const (
	Service    Purpose = "service"
	Management Purpose = "management"
	Teaching   Purpose = "teaching"
	Research   Purpose = "research"
)

// Field is one question.
type Field struct {
	Key        string   `json:"key"`
	Title      Text     `json:"title"`
	Help       *Text    `json:"help,omitempty"`
	Kind       Kind     `json:"kind"`
	Purpose    Purpose  `json:"purpose"`
	Need       Need     `json:"need,omitempty"`
	NeedWhen   string   `json:"needWhen,omitempty"` // mandatory where this holds
	When       string   `json:"when,omitempty"`     // asked only where this holds
	Unit       string   `json:"unit,omitempty"`     // UCUM
	Possible   *Range   `json:"possible,omitempty"` // outside is refused
	Usual      *Range   `json:"usual,omitempty"`    // outside is warned of
	Longest    int      `json:"longest,omitempty"`  // characters
	Pattern    string   `json:"pattern,omitempty"`  // RE2, of the whole answer
	Options    []Option `json:"options,omitempty"`
	Dictionary string   `json:"dictionary,omitempty"`
	Computed   string   `json:"computed,omitempty"`
	Digits     int      `json:"digits,omitempty"`  // after the point of a computed decimal
	Prefill    string   `json:"prefill,omitempty"` // key of the fact that is offered for confirmation
}

// Range bounds an integer, a decimal, a date or a moment; both ends are within it.
// Numbers are written as texts. An empty end is open.
type Range struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// Option is a value that can be chosen.
type Option struct {
	Value string `json:"value"`
	Title Text   `json:"title"`
}

// Level is what a finding does.
type Level string

// Levels.
const (
	Warn  Level = "warn"  // is shown
	Block Level = "block" // keeps the document from being signed
)

// Rule is a condition over several answers.
type Rule struct {
	Key   string   `json:"key"`
	Each  string   `json:"each,omitempty"` // key of a repeating section: holds for each of its rows
	When  string   `json:"when,omitempty"`
	Must  string   `json:"must"`
	Level Level    `json:"level"`
	Says  Text     `json:"says"`
	At    []string `json:"at,omitempty"` // keys of the fields it is shown at
}

// Parse reads a definition. What it does not know is refused, so that a misspelt word
// is not a condition that never holds.
func Parse(raw []byte) (Definition, error) {
	var d Definition
	from := json.NewDecoder(bytes.NewReader(raw))
	from.DisallowUnknownFields()
	if err := from.Decode(&d); err != nil {
		return Definition{}, fmt.Errorf("reading a form: %w", err)
	}
	if _, err := from.Token(); err != io.EOF {
		return Definition{}, fmt.Errorf("reading a form: something follows it")
	}
	return d, nil
}
