package accesslog

import (
	"maps"
	"regexp"
	"strings"
	"time"
)

// message is one message of syslog.
type message struct {
	at     time.Time
	header map[string]string // syslog.host, syslog.app, syslog.proc, syslog.msgid, and elements as syslog.sd.<id>.<name>
	body   string
}

var (
	priority   = regexp.MustCompile(`^(?:\d{1,7} )?<\d{1,3}>`)
	structured = regexp.MustCompile(`^1 (\S+) (\S+) (\S+) (\S+) (\S+) `)
	old        = regexp.MustCompile(`^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (\S+) ([^:\[\s]{1,80})(?:\[([^\]]{0,40})\])?: ?`)
)

// readSyslog reads a line of RFC 5424, or of RFC 3164 as daemons write it to files, with
// or without its priority and its octet count. Old times leave out the year: it is that
// of received, or the one before.
func readSyslog(line string, received time.Time, zone *time.Location) (message, error) {
	m := message{header: map[string]string{}}
	line = line[len(priority.FindString(line)):]
	if head := structured.FindStringSubmatch(line); head != nil {
		var err error
		if m.at, err = readStamp(head[1], received, zone); err != nil {
			return m, err
		}
		m.name(map[string]string{"host": head[2], "app": head[3], "proc": head[4], "msgid": head[5]})
		if m.body, err = m.elements(line[len(head[0]):]); err != nil {
			return m, err
		}
		m.body = strings.TrimPrefix(m.body, "\ufeff")
		return m, nil
	}
	head := old.FindStringSubmatch(line)
	if head == nil {
		return m, ruleShape.in("syslog")
	}
	var err error
	if m.at, err = readStamp(head[1], received, zone); err != nil {
		return m, err
	}
	m.name(map[string]string{"host": head[2], "app": head[3], "proc": head[4]})
	m.body = line[len(head[0]):]
	return m, nil
}

func (m *message) name(parts map[string]string) {
	for name, part := range parts {
		if part != "-" {
			m.header["syslog."+name] = part
		}
	}
}

func readStamp(text string, received time.Time, zone *time.Location) (time.Time, error) {
	if text == "-" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.UTC(), nil
	}
	at, err := time.ParseInLocation(time.Stamp, text, zone)
	if err != nil {
		return time.Time{}, ruleTime.in("syslog")
	}
	at = at.AddDate(received.In(zone).Year(), 0, 0)
	if at.Sub(received) > 48*time.Hour {
		at = at.AddDate(-1, 0, 0)
	}
	return at.UTC(), nil
}

// elements reads the structured data before the message, and returns the message.
func (m *message) elements(text string) (string, error) {
	if text == "-" || strings.HasPrefix(text, "- ") {
		return strings.TrimPrefix(strings.TrimPrefix(text, "-"), " "), nil
	}
	for strings.HasPrefix(text, "[") {
		end := closingBracket(text)
		if end < 0 || len(m.header) > maxColumns {
			return "", ruleShape.in("syslog")
		}
		id, params, _ := strings.Cut(text[1:end], " ")
		for params != "" {
			name, after, isParam := strings.Cut(strings.TrimLeft(params, " "), `="`)
			end := closingQuote(after)
			if !isParam || end < 0 || len(m.header) > maxColumns {
				return "", ruleShape.in("syslog")
			}
			m.header["syslog.sd."+id+"."+name] = unescaped.Replace(after[:end])
			params = after[end+1:]
		}
		text = text[end+1:]
	}
	return strings.TrimPrefix(text, " "), nil
}

func closingBracket(text string) int {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ']' && !quoted:
			return i
		}
	}
	return -1
}

// open opens what the message holds. Its header is found beside it.
func (m message) open(payload string) (lookup, error) {
	if !m.at.IsZero() {
		m.header["syslog.time"] = m.at.Format(time.RFC3339Nano)
	}
	var inside lookup
	var err error
	switch payload {
	case JSON:
		start := strings.IndexByte(m.body, '{')
		if start < 0 {
			return nil, ruleShape.in("syslog")
		}
		inside, err = jsonObject(m.body[start:])
	case Audit:
		var told map[string]string
		told, err = readAudit(m.body)
		if err == nil {
			maps.Copy(m.header, told)
			inside = func(string) string { return "" }
		}
	default:
		inside, err = pairs(m.body)
	}
	if err != nil {
		return nil, err
	}
	return func(path string) string {
		if told, known := m.header[path]; known {
			return told
		}
		return inside(path)
	}, nil
}
