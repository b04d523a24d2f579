package fhir

import "fmt"

// Severity says what a problem means for acceptance.
type Severity int

const (
	Warning Severity = iota + 1 // acceptable, worth a look
	Error                       // the entry breaks R4 and must not be accepted as it is
	Fatal                       // the input cannot be opened at all
)

func (s Severity) String() string {
	switch s {
	case Warning:
		return "warning"
	case Error:
		return "error"
	case Fatal:
		return "fatal"
	}
	return fmt.Sprintf("Severity(%d)", int(s))
}

// Text is a sentence for people, in Chinese and English.
type Text struct {
	Zh, En string
}

// NoEntry is the Entry of a problem that concerns the input as a whole.
const NoEntry = -1

// Problem is one fault of an input. It must never quote content of the input.
type Problem struct {
	Severity Severity
	Code     Code
	Entry    int    // index of the entry, or NoEntry
	Path     string // FHIRPath-like, from the resource: Patient.name[0].family
	Offset   int    // byte offset in the input
	Rule     Text
	Remedy   Text
}

func (p Problem) String() string {
	where := p.Path
	if where == "" {
		where = fmt.Sprintf("byte %d", p.Offset)
	}
	return fmt.Sprintf("%s %s at %s: %s; %s", p.Severity, p.Code, where, p.Rule.En, p.Remedy.En)
}

// Refusal is the error of an input that cannot be opened.
type Refusal struct {
	Problem Problem
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("fhir: %s (%s): %s", r.Problem.Rule.En, r.Problem.Code, r.Problem.Remedy.En)
}

// problemList gathers problems up to a limit, so that a hostile input cannot
// make its faults cost more than its bytes.
type problemList struct {
	items []Problem
	limit int
	cut   bool
}

// full reports that a further problem would not be listed, so that it need not
// be put into words.
func (l *problemList) full() bool { return l.cut }

func (l *problemList) add(p Problem) {
	if len(l.items) < l.limit {
		l.items = append(l.items, p)
		return
	}
	if !l.cut {
		l.cut = true
		l.items = append(l.items, problem(Error, CodeLimitProblems, place{entry: p.Entry, offset: p.Offset}, l.limit))
	}
}

type place struct {
	entry  int
	path   string
	offset int
}

func problem(s Severity, c Code, at place, args ...any) Problem {
	rule, remedy := c.words(args...)
	return Problem{
		Severity: s, Code: c,
		Entry: at.entry, Path: at.path, Offset: at.offset,
		Rule: rule, Remedy: remedy,
	}
}
