package fhir

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// parameter is something by which a kind of resource can be searched.
type parameter struct {
	name  string
	kind  string // token, string, reference or date
	about string // the CapabilityStatement's documentation
	// holds reports whether a resource has a value; nil where the room is asked for it.
	holds func(r Resource, value string) bool
	// during is the time of a resource, for a date.
	during func(r Resource) (start, end string)
	// key is by what resources are put in order; nil where they are not.
	key func(r Resource) string
}

// token is a parameter that a resource's codes are compared with, as code or system|code.
func token(name string, codes func(Resource) []Coding) parameter {
	first := func(r Resource) string {
		if all := codes(r); len(all) > 0 {
			return all[0].Code
		}
		return ""
	}
	return parameter{name: name, kind: "token", key: first, holds: func(r Resource, value string) bool {
		system, code, some := strings.Cut(value, "|")
		if !some {
			system, code = "", value
		}
		return slices.ContainsFunc(codes(r), func(c Coding) bool {
			return (code == "" || c.Code == code) && (!some || c.System == system)
		})
	}}
}

// reference is a parameter that references of a resource are compared with, as id or
// Type/id.
func reference(name, target string, references func(Resource) []Reference) parameter {
	return parameter{name: name, kind: "reference", holds: func(r Resource, value string) bool {
		return slices.ContainsFunc(references(r), func(one Reference) bool { return one.Reference == target+"/"+idIn(value, target) })
	}}
}

func date(name string, during func(Resource) (start, end string)) parameter {
	start := func(r Resource) string {
		at, _ := during(r)
		return at
	}
	return parameter{name: name, kind: "date", during: during, key: start, holds: func(r Resource, value string) bool {
		asked, ok := parseDate(value)
		start, end := during(r)
		return ok && asked.holds(spanOf(start, end))
	}}
}

// asked is a parameter that the room answers.
func asked(name, kind, about string) parameter {
	return parameter{name: name, kind: kind, about: about}
}

// idIn is the id in a reference to a kind of resource: 1, Patient/1, https://…/Patient/1.
func idIn(value, target string) string {
	if at := strings.LastIndex(value, target+"/"); at >= 0 {
		return value[at+len(target)+1:]
	}
	return value
}

// span is a time from a moment up to, and without, another.
type span struct{ from, to time.Time }

var always9999 = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// spanOf is the time that a resource tells; without an end it goes on.
func spanOf(start, end string) span {
	from, _ := readDate(start)
	to, some := readDate(end)
	if !some {
		to.to = always9999
	}
	return span{from.from, to.to}
}

// dated is a date of a search with what it is compared by.
type dated struct {
	prefix string
	span
}

var prefixes = []string{"eq", "ne", "gt", "lt", "ge", "le", "sa", "eb"}

func parseDate(value string) (dated, bool) {
	d := dated{prefix: "eq"}
	if len(value) > len("eq") && slices.Contains(prefixes, value[:2]) {
		d.prefix, value = value[:2], value[2:]
	}
	var ok bool
	d.span, ok = readDate(value)
	return d, ok
}

// precisions are the forms of a date, each with how long what it names lasts. Without a
// zone it is China's.
var precisions = []struct {
	layout      string
	y, m, d     int
	longer      time.Duration
	withoutZone bool
}{
	{"2006", 1, 0, 0, 0, true},
	{"2006-01", 0, 1, 0, 0, true},
	{"2006-01-02", 0, 0, 1, 0, true},
	{"2006-01-02T15:04", 0, 0, 0, time.Minute, true},
	{"2006-01-02T15:04:05.999999999", 0, 0, 0, time.Second, true},
	{"2006-01-02T15:04Z07:00", 0, 0, 0, time.Minute, false},
	{"2006-01-02T15:04:05.999999999Z07:00", 0, 0, 0, time.Second, false},
}

func readDate(value string) (span, bool) {
	for _, p := range precisions {
		at, err := time.ParseInLocation(p.layout, value, calendar.Zone)
		if err == nil {
			longer := p.longer
			if strings.Contains(value, ".") {
				longer = time.Millisecond
			}
			return span{at, at.AddDate(p.y, p.m, p.d).Add(longer)}, true
		}
	}
	return span{}, false
}

// holds compares as R4 says for the prefix (search, 3.1.1.4.8).
func (d dated) holds(of span) bool {
	inside := !of.from.Before(d.from) && !of.to.After(d.to)
	switch d.prefix {
	case "ne":
		return !inside
	case "gt":
		return of.to.After(d.to)
	case "ge":
		return of.to.After(d.from)
	case "lt":
		return of.from.Before(d.from)
	case "le":
		return of.from.Before(d.to)
	case "sa":
		return !of.from.Before(d.to)
	case "eb":
		return !of.to.After(d.from)
	}
	return inside
}

// wrong says what is the matter with a parameter.
func wrong(name string, problem fault.Text) error { return errParameter.With().At(name, problem) }
