package web

import "time"

// Moment is a time on the wire; absent when there is none.
func Moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
