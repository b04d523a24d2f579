package fhir

import (
	"strings"
	"unicode"
)

// Coding is one code of one code system.
type Coding struct {
	System, Version, Code, Display string
	UserSelected                   *bool
}

// CodeableConcept is a concept as codes, as text, or both.
type CodeableConcept struct {
	Coding []Coding
	Text   string
}

// In is the first coding of that system.
func (c CodeableConcept) In(system string) (Coding, bool) {
	for _, coding := range c.Coding {
		if coding.System == system {
			return coding, true
		}
	}
	return Coding{}, false
}

// Display is what to show people: the text, else the first display, else the
// first code.
func (c CodeableConcept) Display() string {
	if c.Text != "" {
		return c.Text
	}
	for _, coding := range c.Coding {
		if coding.Display != "" {
			return coding.Display
		}
	}
	for _, coding := range c.Coding {
		if coding.Code != "" {
			return coding.Code
		}
	}
	return ""
}

// Identifier is a business identifier: an ID number, a record number.
type Identifier struct {
	Use       string // usual, official, temp, secondary, old
	Type      CodeableConcept
	System    string
	Value     string
	Period    Period
	Assigner  *Reference
	Extension []Extension
}

// HumanName is one name of a person.
type HumanName struct {
	Use       string // usual, official, temp, nickname, anonymous, old, maiden
	Text      string
	Family    string
	Given     []string
	Prefix    []string
	Suffix    []string
	Period    Period
	Extension []Extension
}

const urlRepresentation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"

// Representation tells in which script the name is written when the sender
// said so: IDE (ideographic), SYL (syllabic), ABC (alphabetic, such as pinyin).
func (n HumanName) Representation() string {
	for _, x := range n.Extension {
		if x.URL == urlRepresentation {
			return x.Value.Text
		}
	}
	return ""
}

// Full is the name as written: its text, else family then given without a space
// when Chinese, else given then family.
func (n HumanName) Full() string {
	if n.Text != "" {
		return n.Text
	}
	given := strings.Join(n.Given, "")
	if hasHan(n.Family) || hasHan(given) {
		return n.Family + given
	}
	return strings.TrimSpace(strings.Join(n.Given, " ") + " " + n.Family)
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Address is a postal or physical address.
type Address struct {
	Use        string // home, work, temp, old, billing
	Type       string // postal, physical, both
	Text       string
	Line       []string
	City       string
	District   string
	State      string
	PostalCode string
	Country    string
	Period     Period
	Extension  []Extension
}

// ContactPoint is a phone number, mail address or the like.
type ContactPoint struct {
	System string // phone, fax, email, pager, url, sms, other
	Value  string
	Use    string // home, work, temp, old, mobile
	Rank   Decimal
	Period Period
}

// Period is a time between two dates, the end included to its precision.
type Period struct {
	Start, End DateTime
}

// Quantity is a measured amount; Value is as written.
type Quantity struct {
	Value      Decimal
	Comparator string // <, <=, >=, >
	Unit       string
	System     string
	Code       string
}

// Range is an interval of quantities, both ends included.
type Range struct {
	Low, High *Quantity
}

// Ratio is one quantity over another.
type Ratio struct {
	Numerator, Denominator *Quantity
}

// SampledData is a series of readings from a device.
type SampledData struct {
	Origin     Quantity
	Period     Decimal // milliseconds between readings
	Factor     Decimal
	LowerLimit Decimal
	UpperLimit Decimal
	Dimensions Decimal
	Data       string
}

// Reference points to another resource, by reference, by identifier or only by
// what to display.
type Reference struct {
	Reference  string
	Type       string
	Identifier *Identifier
	Display    string
}

// Link classifies the reference.
func (r Reference) Link() Link {
	if r.Reference == "" && r.Identifier != nil {
		return Link{Kind: RefLogical}
	}
	return ParseReference(r.Reference)
}

// Annotation is a note with its author, whose Type is Reference or string.
type Annotation struct {
	Author Value
	Time   DateTime
	Text   string
}

// Timing is when something is to happen.
type Timing struct {
	Event  []DateTime
	Repeat *Repeat
	Code   *CodeableConcept
}

// Repeat is the rhythm of a Timing: Frequency times per Period PeriodUnits.
type Repeat struct {
	Bounds       Value // Duration, Range or Period
	Count        Decimal
	CountMax     Decimal
	Duration     Decimal
	DurationMax  Decimal
	DurationUnit string
	Frequency    Decimal
	FrequencyMax Decimal
	Period       Decimal
	PeriodMax    Decimal
	PeriodUnit   string // s, min, h, d, wk, mo, a
	DayOfWeek    []string
	TimeOfDay    []string
	When         []string
	Offset       Decimal // minutes
}

// Extension is content R4 itself does not define.
type Extension struct {
	URL       string `fhir:"url"`
	Value     Value
	Extension []Extension
}

// Meta is what the sender's server keeps about a resource.
type Meta struct {
	VersionID   string `fhir:"versionId"`
	LastUpdated DateTime
	Source      string
	Profile     []string
	Security    []Coding
	Tag         []Coding
}

// Markup is a human-readable summary as XHTML; [Narrative] turns Div into text.
type Markup struct {
	Status string // generated, extensions, additional, empty
	Div    string
}

// Resource is what every typed view begins with. A ModifierExtension or
// ImplicitRules may change the meaning of everything else.
type Resource struct {
	ID                string `fhir:"id"`
	Meta              Meta
	ImplicitRules     string
	Language          string
	Text              Markup
	Extension         []Extension
	ModifierExtension []Extension
}
