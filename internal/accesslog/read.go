package accesslog

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	// maxLine is how many bytes a line may have.
	maxLine = 64 << 10
	// maxValue is how many bytes of a field are kept.
	maxValue = 400
	// joint stands between two columns that are read as one.
	joint = " + "
	// earliest is before which no line can have been written.
	earliest = 2000
)

// reader reads the lines of one source by its mapping. It keeps the header of CSV.
type reader struct {
	m       Mapping
	time    pattern
	zone    *time.Location
	fields  map[string][]string // our field to the paths that make it
	columns map[string]int      // of csv
	cells   []string
	// received is when the lines came, for times that leave out the year.
	received time.Time
}

// newReader expects a mapping that was checked.
func newReader(m Mapping, received time.Time) (*reader, error) {
	r := &reader{m: m, fields: map[string][]string{}, received: received}
	var err error
	if r.time, err = readPattern(m.Time); err != nil {
		return nil, err
	}
	if r.zone, err = readZone(m.Zone); err != nil {
		return nil, err
	}
	for name, path := range m.Fields {
		if path != "" {
			r.fields[name] = strings.Split(path, joint)
		}
	}
	if m.Format == CSV && !m.Header {
		r.setColumns(m.Columns)
	}
	return r, nil
}

func (r *reader) setColumns(names []string) {
	r.columns = make(map[string]int, len(names))
	for i, name := range names {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
		if _, twice := r.columns[name]; !twice {
			r.columns[name] = i
		}
	}
}

// takesHeader reads a line as the header if one is due, and reports whether it was.
func (r *reader) takesHeader(line []byte) bool {
	if r.m.Format != CSV || r.columns != nil {
		return false
	}
	text, err := r.decode(line)
	if err != nil {
		return false
	}
	cells, err := splitCells(text, r.m.delimiter(), nil)
	if err != nil {
		return false
	}
	r.setColumns(cells)
	return true
}

// missing are the columns that the mapping names and the header does not.
func (r *reader) missing() []string {
	var names []string
	for _, field := range fieldNames {
		for _, path := range r.fields[field] {
			if _, known := r.columns[path]; r.m.Format == CSV && !known {
				names = append(names, path)
			}
		}
	}
	return names
}

// read reads one line without its end. The error is always a [broken].
func (r *reader) read(line []byte) (Event, error) {
	if len(line) > maxLine {
		return Event{}, ruleLong.in("")
	}
	text, err := r.decode(line)
	if err != nil {
		return Event{}, err
	}
	find, relayed, err := r.parts(text)
	if err != nil {
		return Event{}, err
	}
	e, err := r.event(find)
	e.Relayed = relayed
	return e, err
}

func (r *reader) decode(line []byte) (string, error) {
	switch {
	case r.m.Encoding != "gb18030" && utf8.Valid(line):
		return string(line), nil
	case r.m.Encoding == "utf-8":
		return "", ruleText.in("")
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(line)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", ruleText.in("")
	}
	return string(text), nil
}

// lookup finds what stands at a column or path of a line.
type lookup func(path string) string

// parts takes a line apart. relayed is when syslog says that it came, or zero.
func (r *reader) parts(text string) (find lookup, relayed time.Time, err error) {
	switch r.m.Format {
	case CSV:
		find, err = r.row(text)
	case JSON:
		find, err = jsonObject(text)
	default:
		var m message
		if m, err = readSyslog(text, r.received, r.zone); err == nil {
			relayed = m.at
			find, err = m.open(r.m.Payload)
		}
	}
	return find, relayed, err
}

func (r *reader) row(text string) (lookup, error) {
	cells, err := splitCells(text, r.m.delimiter(), r.cells[:0])
	if err != nil {
		return nil, err
	}
	r.cells = cells
	return func(column string) string {
		if i, known := r.columns[column]; known && i < len(cells) {
			return cells[i]
		}
		return ""
	}, nil
}

func (r *reader) value(find lookup, field string) string {
	paths := r.fields[field]
	if len(paths) == 1 {
		return strings.TrimSpace(find(paths[0]))
	}
	var parts []string
	for _, path := range paths {
		if part := strings.TrimSpace(find(path)); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

func (r *reader) event(find lookup) (Event, error) {
	var e Event
	for _, part := range []struct {
		field string
		into  *string
	}{
		{"account", &e.Account}, {"staff", &e.Staff}, {"patient", &e.Patient}, {"document", &e.Document},
		{"terminal", &e.Terminal}, {"ip", &e.IP}, {"event", &e.ID},
	} {
		*part.into = r.value(find, part.field)
		if len(*part.into) > maxValue || strings.ContainsFunc(*part.into, func(c rune) bool { return c < ' ' || c == utf8.RuneError }) {
			return Event{}, ruleLongWord.in(part.field)
		}
	}
	var err error
	if e.At, err = r.time.read(r.value(find, "time"), r.zone); err != nil || e.At.Year() < earliest || e.At.Year() > 2200 {
		return Event{}, ruleTime.in("time")
	}
	e.At = e.At.UTC().Truncate(time.Microsecond)
	if e.Account == "" && e.Staff == "" {
		return Event{}, ruleNobody.in("account")
	}
	word := r.value(find, "action")
	action, known := r.m.Actions[word]
	if !known {
		action, known = r.m.Actions["*"]
	}
	if !known {
		return Event{}, ruleAction.in("action")
	}
	e.Action = action
	if outcome := r.value(find, "outcome"); outcome != "" {
		for _, f := range r.m.Failures {
			e.Failed = e.Failed || f == outcome
		}
	}
	return e, nil
}
