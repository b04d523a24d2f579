package fhir

import (
	"errors"
	"fmt"
	"time"
)

// Precision is how much of a date was stated.
type Precision int

const (
	ToYear     Precision = iota + 1 // 1951
	ToMonth                         // 1951-06
	ToDay                           // 1951-06-04
	ToSecond                        // 1951-06-04T10:57:34+08:00
	ToFraction                      // 1951-06-04T10:57:34.120+08:00
)

// DateTime is an R4 date, dateTime or instant with the precision and zone that
// were stated. A date holds no zone: which instants it spans depends on where
// it was written, see [DateTime.Span].
type DateTime struct {
	Text      string // as written; empty means absent
	Precision Precision
	// Time is the first moment meant. Without a stated zone (Precision up to
	// ToDay) it is in UTC and must not be read as an instant. A leap second is the
	// first moment of the minute after it; digits below nanoseconds are only in
	// Text.
	Time       time.Time
	LeapSecond bool
}

// IsZero reports that no date was stated, or none that could be read.
func (d DateTime) IsZero() bool { return d.Precision == 0 }

// HasZone reports that the date states an instant.
func (d DateTime) HasZone() bool { return d.Precision >= ToSecond }

// Span is the first moment meant and the first one after it, a fraction being a
// moment of its own. A date without a zone is taken to be written in loc.
func (d DateTime) Span(loc *time.Location) (from, before time.Time) {
	t := d.Time
	day := func(y, m, n int) (time.Time, time.Time) {
		start := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, loc)
		end := time.Date(t.Year()+y, t.Month()+time.Month(m), t.Day()+n, 0, 0, 0, 0, loc)
		return start, end
	}
	switch d.Precision {
	case ToYear:
		return day(1, 0, 0)
	case ToMonth:
		return day(0, 1, 0)
	case ToDay:
		return day(0, 0, 1)
	case ToSecond:
		return t, t.Add(time.Second)
	case ToFraction:
		return t, t.Add(time.Nanosecond)
	}
	return t, t
}

var errDate = errors.New("not a date of R4")

// ParseDate reads an R4 date: YYYY, YYYY-MM or YYYY-MM-DD.
func ParseDate(s string) (DateTime, error) {
	d, err := ParseDateTime(s)
	if err == nil && d.Precision > ToDay {
		return DateTime{Text: s}, fmt.Errorf("%w: a date has no time of day", errDate)
	}
	return d, err
}

// ParseInstant reads an R4 instant: a dateTime stated to the second with its zone.
func ParseInstant(s string) (DateTime, error) {
	d, err := ParseDateTime(s)
	if err == nil && d.Precision < ToSecond {
		return DateTime{Text: s}, fmt.Errorf("%w: an instant needs time and zone", errDate)
	}
	return d, err
}

// ParseDateTime reads an R4 dateTime: a date, or a date with a time to the
// second and a zone. Years are 0001 to 9999, the second 60 is a leap second and
// 24:00 is refused. The error tells the rule and never quotes the text.
func ParseDateTime(s string) (DateTime, error) {
	p := dateParser{rest: s}
	d := DateTime{Text: s, Precision: ToYear}
	year, month, day := p.number(4, 1, 9999), 1, 1
	if p.skip('-') {
		d.Precision, month = ToMonth, p.number(2, 1, 12)
		if p.skip('-') {
			d.Precision, day = ToDay, p.number(2, 1, daysIn(year, month))
		}
	}
	if p.bad {
		return DateTime{Text: s}, fmt.Errorf("%w: write YYYY, YYYY-MM or YYYY-MM-DD", errDate)
	}
	if p.rest == "" {
		d.Time = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		return d, nil
	}
	if d.Precision != ToDay || !p.skip('T') {
		return DateTime{Text: s}, fmt.Errorf("%w: a time follows a full date after T", errDate)
	}
	c := p.clock()
	zone := p.zone()
	if p.bad || p.rest != "" {
		return DateTime{Text: s}, fmt.Errorf("%w: write hh:mm:ss with Z or ±hh:mm", errDate)
	}
	d.Precision, d.LeapSecond = ToSecond, c.second == 60
	if c.fraction {
		d.Precision = ToFraction
	}
	d.Time = time.Date(year, time.Month(month), day, c.hour, c.minute, c.second, c.nanosecond, zone)
	return d, nil
}

// isTimeOfDay reports an R4 time: hh:mm:ss with an optional fraction, no zone.
func isTimeOfDay(s string) bool {
	p := dateParser{rest: s}
	p.clock()
	return !p.bad && p.rest == ""
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

type clock struct {
	hour, minute, second, nanosecond int
	fraction                         bool
}

type dateParser struct {
	rest string
	bad  bool
}

func (p *dateParser) skip(c byte) bool {
	if p.bad || p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *dateParser) must(c byte) {
	if !p.skip(c) {
		p.bad = true
	}
}

func (p *dateParser) number(digits, least, most int) int {
	if p.bad || len(p.rest) < digits {
		p.bad = true
		return least
	}
	n := 0
	for i := range digits {
		if !isDigit(p.rest[i]) {
			p.bad = true
			return least
		}
		n = n*10 + int(p.rest[i]-'0')
	}
	p.rest = p.rest[digits:]
	p.bad = n < least || n > most
	return n
}

func (p *dateParser) clock() (c clock) {
	c.hour = p.number(2, 0, 23)
	p.must(':')
	c.minute = p.number(2, 0, 59)
	p.must(':')
	c.second = p.number(2, 0, 60)
	if !p.skip('.') {
		return c
	}
	c.fraction = true
	digits := 0
	for p.rest != "" && isDigit(p.rest[0]) {
		if digits < 9 {
			c.nanosecond = c.nanosecond*10 + int(p.rest[0]-'0')
		}
		digits++
		p.rest = p.rest[1:]
	}
	p.bad = p.bad || digits == 0
	for ; digits < 9; digits++ {
		c.nanosecond *= 10
	}
	return c
}

func (p *dateParser) zone() *time.Location {
	if p.skip('Z') {
		return time.UTC
	}
	sign := 1
	if p.skip('-') {
		sign = -1
	} else {
		p.must('+')
	}
	hours := p.number(2, 0, 14)
	p.must(':')
	most := 59
	if hours == 14 {
		most = 0
	}
	minutes := p.number(2, 0, most)
	return time.FixedZone("", sign*(hours*60+minutes)*60)
}
