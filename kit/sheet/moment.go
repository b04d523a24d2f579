package sheet

import "time"

// written are the forms in which lists write a moment or a day.
var written = []string{
	time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02", "2006/1/2 15:04:05", "2006/1/2 15:04", "2006/1/2",
	"20060102150405", "200601021504", "20060102", "2006年1月2日",
}

// Moment reads a moment as lists write it. One that names no zone is of the given one.
func Moment(text string, zone *time.Location) (time.Time, bool) {
	for _, form := range written {
		if at, err := time.ParseInLocation(form, text, zone); err == nil {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}
