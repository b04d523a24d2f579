package calendar

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Hours are when people work on a working day, as times after midnight in order.
type Hours []Between

// Between is a part of a day.
type Between struct{ From, To time.Duration }

// StandardHours are eight hours a day, the statutory working day (国务院关于职工
// 工作时间的规定, article 3).
func StandardHours() Hours {
	return Hours{{8 * time.Hour, 12 * time.Hour}, {14 * time.Hour, 18 * time.Hour}}
}

// ParseHours reads hours written as 08:00-12:00 14:00-18:00.
func ParseHours(text string) (Hours, error) {
	var h Hours
	for part := range strings.FieldsSeq(text) {
		from, to, _ := strings.Cut(part, "-")
		begin, err := timeOfDay(from)
		end, endErr := timeOfDay(to)
		if err != nil || endErr != nil {
			return nil, fmt.Errorf("calendar: %q is not a part of a day such as 08:00-12:00", part)
		}
		h = append(h, Between{begin, end})
	}
	return h, h.check()
}

func timeOfDay(text string) (time.Duration, error) {
	if text == "24:00" {
		return day, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("calendar: %q is not a time such as 08:00", text)
	}
	return times(t.Hour(), time.Hour) + times(t.Minute(), time.Minute), nil
}

func (h Hours) check() error {
	if len(h) == 0 {
		return errors.New("calendar: a working day needs hours, such as 08:00-12:00 14:00-18:00")
	}
	var last time.Duration
	for i, b := range h {
		if b.From >= b.To || b.To > day || b.From < 0 || i > 0 && b.From <= last {
			return fmt.Errorf("calendar: part %d of the working hours must end after it begins, and begin after the part before it", i+1)
		}
		last = b.To
	}
	return nil
}

// Keeping returns the calendar with other working hours.
func (c *Calendar) Keeping(h Hours) (*Calendar, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	next := *c
	next.hours = shiftOf(h)
	return &next, nil
}

// shift is the part of a working day that counts.
type shift struct {
	parts Hours
	total time.Duration
}

func shiftOf(h Hours) shift {
	s := shift{parts: h}
	for _, b := range h {
		s.total += b.To - b.From
	}
	return s
}

var (
	standard = shiftOf(StandardHours())
	allDay   = shiftOf(Hours{{0, day}})
)

// passed is how much of the shift lies before a time after midnight.
func (s shift) passed(at time.Duration) time.Duration {
	var sum time.Duration
	for _, b := range s.parts {
		sum += max(0, min(at, b.To)-b.From)
	}
	return sum
}

// reached is the time after midnight at which an amount of the shift has passed.
func (s shift) reached(amount time.Duration) time.Duration {
	for _, b := range s.parts {
		if length := b.To - b.From; amount > length {
			amount -= length
			continue
		}
		return b.From + amount
	}
	return day
}
