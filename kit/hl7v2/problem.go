package hl7v2

// Severity says whether a message can be taken as it is.
type Severity int

const (
	// SeverityWarning leaves the message usable.
	SeverityWarning Severity = iota + 1
	// SeverityError means that the message, or for Split the file, does not say what it
	// must.
	SeverityError
)

// Rule is the stable code of what was broken.
type Rule string

const (
	RuleMessageEmpty       Rule = "hl7v2.message-empty"
	RuleMessageTooLarge    Rule = "hl7v2.message-too-large"
	RuleSegmentsTooMany    Rule = "hl7v2.segments-too-many"
	RuleMessagesTooMany    Rule = "hl7v2.messages-too-many"
	RuleProblemsTooMany    Rule = "hl7v2.problems-too-many"
	RuleHeaderMissing      Rule = "hl7v2.header-missing"
	RuleSecondHeader       Rule = "hl7v2.second-header"
	RuleDelimitersMissing  Rule = "hl7v2.delimiters-missing"
	RuleDelimiterUnusable  Rule = "hl7v2.delimiter-unusable"
	RuleDelimitersRepeated Rule = "hl7v2.delimiters-repeated"
	RuleDelimitersUnusual  Rule = "hl7v2.delimiters-unusual"
	RuleEncodingUTF16      Rule = "hl7v2.encoding-utf16"
	RuleCharsetUnsupported Rule = "hl7v2.charset-unsupported"
	RuleCharsetMismatch    Rule = "hl7v2.charset-mismatch"
	RuleCharsetUnknown     Rule = "hl7v2.charset-unknown"
	RuleCharsetGuessed     Rule = "hl7v2.charset-guessed"
	RuleCharsetDoubtful    Rule = "hl7v2.charset-doubtful"
	RuleCharsetAlternates  Rule = "hl7v2.charset-alternates"
	RuleNotRepresentable   Rule = "hl7v2.not-representable"
	RuleSegmentName        Rule = "hl7v2.segment-name"
	RuleTypeMissing        Rule = "hl7v2.type-missing"
	RuleTriggerMissing     Rule = "hl7v2.trigger-missing"
	RuleControlIDMissing   Rule = "hl7v2.control-id-missing"
	RuleProcessingMissing  Rule = "hl7v2.processing-missing"
	RuleVersionMissing     Rule = "hl7v2.version-missing"
	RuleVersionUnknown     Rule = "hl7v2.version-unknown"
	RuleTimeMalformed      Rule = "hl7v2.time-malformed"
	RuleControlCharacter   Rule = "hl7v2.control-character"
	RuleEscapeUnknown      Rule = "hl7v2.escape-unknown"
	RuleEscapeUnterminated Rule = "hl7v2.escape-unterminated"
	RuleNoMessage          Rule = "hl7v2.no-message"
	RuleOutsideMessage     Rule = "hl7v2.outside-message"
	RuleFrameOpen          Rule = "hl7v2.frame-open"
	RuleBatchCount         Rule = "hl7v2.batch-count"
)

// Problem is one finding: where, which rule, what it means and what to do. Neither its
// sentences nor its place repeat what a field says.
type Problem struct {
	Rule     Rule
	Severity Severity
	// At names the place; its Segment is empty for a line without a segment name.
	At Path
	// Line counts lines from 1 in a file, or segments in a message; 0 is not known.
	Line int
	// Offset is in bytes from the start of what was given.
	Offset int
	// Condition is the code of HL7 table 0357 that an acknowledgement gives.
	Condition          string
	ZH, EN             string
	RemedyZH, RemedyEN string
}

// Error gives the English sentence, so that a problem can be returned as an error.
func (p *Problem) Error() string {
	place := p.At.String()
	if place != "" {
		place += ": "
	}
	return place + p.EN + "; " + p.RemedyEN + " (" + string(p.Rule) + ")"
}

func newProblem(rule Rule, at Path, detail string) *Problem {
	e := catalogue[rule]
	p := &Problem{
		Rule: rule, Severity: e.severity, At: at, Condition: e.condition,
		ZH: e.zh, EN: e.en, RemedyZH: e.remedyZH, RemedyEN: e.remedyEN,
	}
	if detail != "" {
		p.ZH += "（" + detail + "）"
		p.EN += " (" + detail + ")"
	}
	return p
}

// report collects problems up to MaxProblems.
type report struct{ problems []Problem }

func (r *report) add(p *Problem) {
	switch {
	case len(r.problems) < MaxProblems-1:
		r.problems = append(r.problems, *p)
	case len(r.problems) == MaxProblems-1:
		r.problems = append(r.problems, *newProblem(RuleProblemsTooMany, Path{}, ""))
	}
}
