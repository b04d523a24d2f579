package calendar

import (
	"fmt"
	"time"
)

// Zone is China time. It has had no daylight saving since 1991.
var Zone = time.FixedZone("Asia/Shanghai", offset)

// offset of China time in seconds.
const offset = 8 * 60 * 60

// Date is a day in China, counted in days from 1 January 1970.
type Date int

const day = 24 * time.Hour

// On returns the date of a year, month and day, carrying over what does not fit.
func On(year int, month time.Month, dayOfMonth int) Date {
	return Date(time.Date(year, month, dayOfMonth, 0, 0, 0, 0, time.UTC).Unix() / int64(day/time.Second))
}

// DateOf returns the day in China on which a moment lies.
func DateOf(t time.Time) Date {
	year, month, dayOfMonth := t.In(Zone).Date()
	return On(year, month, dayOfMonth)
}

// Start is the first moment of the day, as UTC.
func (d Date) Start() time.Time {
	return time.Unix(int64(d)*int64(day/time.Second)-offset, 0).UTC()
}

// End is the first moment after the day, which its deadlines have until.
func (d Date) End() time.Time { return (d + 1).Start() }

func (d Date) civil() time.Time { return time.Unix(int64(d)*int64(day/time.Second), 0).UTC() }

// Year of the date.
func (d Date) Year() int { return d.civil().Year() }

// Weekday of the date.
func (d Date) Weekday() time.Weekday { return d.civil().Weekday() }

// String is the date as 2026-10-01.
func (d Date) String() string { return d.civil().Format(time.DateOnly) }

// ParseDate reads a date written as 2026-10-01.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("calendar: %q is not a date such as 2026-10-01", text)
	}
	return DateOf(t), nil
}
