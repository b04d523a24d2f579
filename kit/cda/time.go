package cda

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// Precision is how much of a time was stated.
type Precision int

const (
	ToYear Precision = iota + 1
	ToMonth
	ToDay
	ToHour
	ToMinute
	ToSecond
)

// Time is a TS: yyyy[MM[dd[HH[mm[ss[.S…]]]]]][±ZZZZ]. The T that data elements of WS/T
// write before the hour is read too.
type Time struct {
	Text      string // as written
	Precision Precision
	// Time is the first moment meant. Where no zone was stated it is in UTC and must
	// not be read as an instant: see [Time.In].
	Time  time.Time
	Zoned bool
}

// IsZero reports that no time was stated, or none that could be read.
func (t Time) IsZero() bool { return t.Precision == 0 }

// In is the moment meant, a time without a zone being one of loc.
func (t Time) In(loc *time.Location) time.Time {
	if t.Zoned || t.IsZero() {
		return t.Time.In(loc)
	}
	return time.Date(t.Time.Year(), t.Time.Month(), t.Time.Day(), t.Time.Hour(), t.Time.Minute(), t.Time.Second(), t.Time.Nanosecond(), loc)
}

var layouts = [...]string{ToYear: "2006", ToMonth: "2006-01", ToDay: "2006-01-02", ToHour: "2006-01-02 15", ToMinute: "2006-01-02 15:04", ToSecond: "2006-01-02 15:04:05"}

// String is the time as a person reads it, with its zone where one was stated.
func (t Time) String() string {
	if t.IsZero() {
		return t.Text
	}
	s := t.Time.Format(layouts[t.Precision])
	if t.Zoned {
		s += t.Time.Format(" -07:00")
	}
	return s
}

var errTime = errors.New("cda: not a time: write yyyy[MM[dd[HH[mm[ss[.S]]]]]][±ZZZZ]")

// digitsOf are how many digits a precision takes.
var digitsOf = map[int]Precision{4: ToYear, 6: ToMonth, 8: ToDay, 10: ToHour, 12: ToMinute, 14: ToSecond}

// ParseTime reads a TS. The error never quotes it.
func ParseTime(s string) (Time, error) {
	t := Time{Text: s}
	body, zone, err := cutZone(strings.TrimSpace(s))
	if err != nil {
		return t, err
	}
	if len(body) > 9 && body[8] == 'T' {
		body = body[:8] + body[9:]
	}
	digits, fraction, _ := strings.Cut(body, ".")
	precision, ok := digitsOf[len(digits)]
	if !ok || strings.Trim(digits+fraction, "0123456789") != "" || fraction != "" && precision != ToSecond || len(fraction) > 9 {
		return t, errTime
	}
	const first = "00010101000000"
	read, err := time.ParseInLocation("20060102150405", digits+first[len(digits):], zoneOr(zone, time.UTC))
	if err != nil {
		return t, errTime
	}
	if fraction != "" {
		nanos, err := strconv.Atoi((fraction + "000000000")[:9])
		if err != nil {
			return t, errTime
		}
		read = read.Add(time.Duration(nanos))
	}
	t.Time, t.Precision, t.Zoned = read, precision, zone != nil
	return t, nil
}

func zoneOr(zone, otherwise *time.Location) *time.Location {
	if zone != nil {
		return zone
	}
	return otherwise
}

// cutZone takes a zone off the end of a TS.
func cutZone(s string) (string, *time.Location, error) {
	i := strings.LastIndexAny(s, "+-")
	if i < 0 {
		return s, nil, nil
	}
	zone := strings.ReplaceAll(s[i+1:], ":", "")
	var hours, minutes int
	n, err := strconv.Atoi(zone)
	switch {
	case err != nil || strings.Trim(zone, "0123456789") != "":
		return s, nil, errTime
	case len(zone) == 2:
		hours = n
	case len(zone) == 4:
		hours, minutes = n/100, n%100
	default:
		return s, nil, errTime
	}
	if hours > 14 || minutes > 59 {
		return s, nil, errTime
	}
	seconds := hours*3600 + minutes*60
	if s[i] == '-' {
		seconds = -seconds
	}
	return s[:i], time.FixedZone("", seconds), nil
}
