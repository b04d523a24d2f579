package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Kind sorts errors by what the caller can do about them.
type Kind string

const (
	Invalid         Kind = "invalid"         // the input must be changed
	Unauthenticated Kind = "unauthenticated" // nobody is signed in, or no longer
	Refused         Kind = "refused"         // policy says no
	NotFound        Kind = "not-found"       // absent, or not for this organisation
	Conflict        Kind = "conflict"        // the state has moved on
	TooLarge        Kind = "too-large"       // over a named limit
	TooMany         Kind = "too-many"        // over a rate
	Unavailable     Kind = "unavailable"     // try again later
	Internal        Kind = "internal"        // our fault
)

// Text is a sentence in the two languages of the product.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// In returns the sentence in the language lang ("zh", "en"); Chinese when in doubt.
func (t Text) In(lang string) string {
	if strings.HasPrefix(lang, "en") && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

// Code is a declared way to fail. Codes are declared as package variables with
// [Define] and compared with [errors.Is].
type Code struct {
	Name    string
	Kind    Kind
	Message Text
	Hint    string
}

func (c *Code) Error() string { return c.Name }

var registry = struct {
	sync.Mutex
	codes map[string]*Code
}{codes: map[string]*Code{}}

// Define declares a code. The name has the form room.what-happened. In the
// sentences {name} stands for a value given with [Code.With]. Define panics on
// a second declaration of the same name: codes are program text.
func Define(name string, kind Kind, zh, en, hint string) *Code {
	registry.Lock()
	defer registry.Unlock()
	if _, taken := registry.codes[name]; taken {
		panic("fault: code declared twice: " + name)
	}
	c := &Code{Name: name, Kind: kind, Message: Text{ZH: zh, EN: en}, Hint: hint}
	registry.codes[name] = c
	return c
}

// Codes returns every declared code by name, for the generated error catalogue.
func Codes() []*Code {
	registry.Lock()
	defer registry.Unlock()
	return slices.SortedFunc(maps.Values(registry.codes), func(a, b *Code) int { return strings.Compare(a.Name, b.Name) })
}

// Field is one place of the input that must be changed.
type Field struct {
	Path    string `json:"path"`    // as the caller wrote it: body.sections[2].text
	Problem Text   `json:"problem"` // what is wrong and what would be right
}

// Error is one occurrence of a code.
type Error struct {
	Code   *Code
	Values map[string]string
	Fields []Field
	// Detail is carried to the person as structured data: the conditions of a
	// refusal, the limit that was passed. It must hold nothing the person may
	// not see.
	Detail any
	// Said fills the place {why} of the sentence, in the person's language.
	Said  *Text
	cause error
}

// With starts an error of this code with values for its sentence, given as
// name, value pairs.
func (c *Code) With(pairs ...string) *Error {
	e := &Error{Code: c}
	for i := 0; i+1 < len(pairs); i += 2 {
		if e.Values == nil {
			e.Values = map[string]string{}
		}
		e.Values[pairs[i]] = pairs[i+1]
	}
	return e
}

// Because starts an error of this code with a cause for the log.
func (c *Code) Because(cause error) *Error { return &Error{Code: c, cause: cause} }

// Because adds the cause, which only the log shows.
func (e *Error) Because(cause error) *Error {
	e.cause = cause
	return e
}

// At adds a field that must be changed.
func (e *Error) At(path string, problem Text) *Error {
	e.Fields = append(e.Fields, Field{Path: path, Problem: problem})
	return e
}

// Carrying adds structured detail for the person.
func (e *Error) Carrying(detail any) *Error {
	e.Detail = detail
	return e
}

// Message is the sentence for the person in the given language.
func (e *Error) Message(lang string) string {
	text := e.Code.Message.In(lang)
	for name, value := range e.Values {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	if e.Said != nil {
		text = strings.ReplaceAll(text, "{why}", strings.TrimSpace(e.Said.In(lang)))
	}
	return text
}

// Error is the sentence for the log: code, English sentence, fields and cause.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Code.Name, e.Message("en"))
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " [%s: %s]", f.Path, f.Problem.EN)
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is this error's code.
func (e *Error) Is(target error) bool {
	code, ok := target.(*Code)
	return ok && code == e.Code
}

var unforeseen = Define("house.unforeseen", Internal,
	"系统出现未预料的错误，内容未丢失；请稍后再试，或把编号 {trace} 告诉信息科。",
	"Something unforeseen went wrong and nothing was lost; try again, or give the number {trace} to the IT department.",
	"look up the trace number in the log; the cause is there")

// From turns any error into an *Error. Errors that nobody declared become the
// code house.unforeseen with the original as the cause.
func From(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if c, ok := errors.AsType[*Code](err); ok {
		return c.Because(err)
	}
	return unforeseen.Because(err)
}

// KindOf returns the kind of err; Internal for errors that nobody declared.
func KindOf(err error) Kind { return From(err).Code.Kind }
