package hl7v2

import (
	"errors"
	"strings"
	"time"
)

// Precision is how exactly a time was given.
type Precision int

const (
	Year Precision = iota + 1
	Month
	Day
	Hour
	Minute
	Second
	Fraction
)

// Moment is a time as a message gives it: the beginning of the year, day or second
// that was named, with how much was named. Zoned tells that the offset was given
// rather than assumed.
type Moment struct {
	Time      time.Time
	Precision Precision
	Zoned     bool
}

// errTime carries no content: what a date says may identify a patient.
var errTime = errors.New("hl7v2: not a time: write YYYY[MM[DD[HH[MM[SS[.SSSS]]]]]][+ZZZZ]")

// timeLayouts is indexed by the number of digits before fraction and zone.
var timeLayouts = map[int]struct {
	layout    string
	precision Precision
}{
	4: {"2006", Year}, 6: {"200601", Month}, 8: {"20060102", Day},
	10: {"2006010215", Hour}, 12: {"200601021504", Minute}, 14: {"20060102150405", Second},
}

// ParseTime reads a DTM, TS or DT: YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+/-ZZZZ], with one to
// nine digits of fraction. local is the zone where the value names none; nil is UTC.
// Dates that the calendar does not have are errors.
func ParseTime(text string, local *time.Location) (Moment, error) {
	if local == nil {
		local = time.UTC
	}
	digits, zone := text, ""
	if i := strings.IndexAny(text, "+-"); i >= 0 {
		digits, zone = text[:i], text[i:]
	}
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	form, ok := timeLayouts[len(whole)]
	if !ok || !allDigits(whole) {
		return Moment{}, errTime
	}
	m := Moment{Precision: form.precision, Zoned: zone != ""}
	if hasFraction {
		if form.precision != Second || fraction == "" || len(fraction) > 9 || !allDigits(fraction) {
			return Moment{}, errTime
		}
		m.Precision = Fraction
	}
	if zone != "" {
		offset, err := parseOffset(zone)
		if err != nil {
			return Moment{}, err
		}
		local = offset
	}
	t, err := time.ParseInLocation(form.layout, whole, local)
	if err != nil {
		return Moment{}, errTime
	}
	m.Time = t.Add(fractionOf(fraction))
	return m, nil
}

func fractionOf(digits string) time.Duration {
	var nanos time.Duration
	for i := range 9 {
		nanos *= 10
		if i < len(digits) {
			nanos += time.Duration(digits[i] - '0')
		}
	}
	return nanos
}

func parseOffset(zone string) (*time.Location, error) {
	if len(zone) != 5 || !allDigits(zone[1:]) {
		return nil, errTime
	}
	number := func(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }
	hours, minutes := number(zone[1:3]), number(zone[3:5])
	if hours > 14 || minutes > 59 {
		return nil, errTime
	}
	seconds := hours*3600 + minutes*60
	if zone[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), nil
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// FormatTime writes t as a DTM to the given precision, with its offset wherever an
// hour is written and four digits where a fraction is.
func FormatTime(t time.Time, p Precision) string {
	switch p {
	case Year:
		return t.Format("2006")
	case Month:
		return t.Format("200601")
	case Day:
		return t.Format("20060102")
	case Hour:
		return t.Format("2006010215-0700")
	case Minute:
		return t.Format("200601021504-0700")
	case Second:
		return t.Format("20060102150405-0700")
	}
	return t.Format("20060102150405.0000-0700")
}

// Time reads the value as a time; see [ParseTime]. Anything after the first component,
// such as the degree of precision of v2.1 to v2.4, is left to the caller.
func (v Value) Time(local *time.Location) (Moment, error) {
	return ParseTime(v.Part(1).Text(), local)
}
