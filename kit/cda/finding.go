package cda

import "fmt"

// Severity says what a finding means for acceptance.
type Severity int

const (
	Warn   Severity = iota + 1 // acceptable, worth a look
	Refuse                     // must not be filed as it is
)

func (s Severity) String() string {
	switch s {
	case Warn:
		return "warn"
	case Refuse:
		return "refuse"
	}
	return fmt.Sprintf("Severity(%d)", int(s))
}

// Text is a word or sentence for people, in Chinese and English.
type Text struct {
	Zh, En string
}

// same is a text that is told alike in both languages.
func same(s string) Text { return Text{s, s} }

// Finding is one fault of a document. It must never quote what the document says.
type Finding struct {
	Severity Severity
	Rule     Rule
	Path     string // XPath-like: /ClinicalDocument/recordTarget/patientRole/id[2]
	Offset   int    // byte in the document as text, or -1
	Text     Text   // the rule in words
	Remedy   Text
}

func (f Finding) String() string {
	return fmt.Sprintf("%s %s at %s: %s; %s", f.Severity, f.Rule, f.Path, f.Text.En, f.Remedy.En)
}

// Refusal is the error of a document that cannot be opened at all.
type Refusal struct {
	Finding Finding
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("cda: %s (%s) at byte %d: %s", r.Finding.Text.En, r.Finding.Rule, r.Finding.Offset, r.Finding.Remedy.En)
}

func refuse(rule Rule, path string, offset int) *Refusal {
	f := rule.finding(Refuse, path)
	f.Offset = offset
	return &Refusal{f}
}

// findings gathers faults up to a limit, so that a hostile document cannot make its
// faults cost more than its bytes.
type findings struct {
	all   []Finding
	limit int
}

func (l *findings) full() bool { return len(l.all) > l.limit }

func (l *findings) add(s Severity, rule Rule, path func() string) {
	switch {
	case len(l.all) < l.limit:
		l.all = append(l.all, rule.finding(s, path()))
	case len(l.all) == l.limit:
		l.all = append(l.all, RuleFindings.finding(Warn, "/"))
	}
}
