package recipient

import (
	"encoding/csv"
	"errors"
	"io"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
)

// Mapping says in which columns of a firewall's or gateway's log stands what. It is data.
type Mapping struct {
	Delimiter   string `json:"delimiter,omitempty" maxLength:"1" doc:"a comma when empty"`
	Time        string `json:"time" maxLength:"120" doc:"column"`
	Destination string `json:"destination" maxLength:"120" doc:"column: a host, an address, either with a port, or a URL"`
	Bytes       string `json:"bytes,omitempty" maxLength:"120" doc:"column; not counted when empty"`
	Pattern     string `json:"pattern,omitempty" maxLength:"60" doc:"of the time, such as 2006-01-02 15:04:05; RFC 3339 when empty, unix for seconds since 1970"`
}

// MaxLog is how many bytes of a log are handed in at a time.
const MaxLog = 8 << 20

// zone is of times that name none.
var zone = time.FixedZone("", 8*60*60)

func (m Mapping) check(e *fault.Error) {
	e.MustName("mapping.time", m.Time, 120)
	e.MustName("mapping.destination", m.Destination, 120)
	if !slices.Contains([]string{"", ",", ";", "\t", "|"}, m.Delimiter) {
		e.At("mapping.delimiter", fault.Text{ZH: "分隔符应为逗号、分号、制表符或竖线", EN: "a delimiter is a comma, a semicolon, a tab or a bar"})
	}
}

func (m Mapping) read(text string) (time.Time, error) {
	switch m.Pattern {
	case "":
		return time.Parse(time.RFC3339, text)
	case "unix":
		n, err := strconv.ParseInt(text, 10, 64)
		return time.Unix(n, 0), err
	}
	return time.ParseInLocation(m.Pattern, text, zone)
}

// flow is what a log says went to one host.
type flow struct {
	host        string
	first, last time.Time
	lines       int64
	bytes       int64
}

// flowsIn reads a log and adds up its lines by host. Lines to addresses inside are
// counted and left out: they are no way out. An error names the line.
func flowsIn(m Mapping, text string) (flows []flow, lines, inside int64, err error) {
	if !utf8.ValidString(text) {
		return nil, 0, 0, notRead(1, "不是 UTF-8 文本", "is not UTF-8")
	}
	rows := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	rows.ReuseRecord, rows.FieldsPerRecord, rows.LazyQuotes = true, -1, true
	if m.Delimiter != "" {
		rows.Comma = rune(m.Delimiter[0])
	}
	at, err := m.columns(rows)
	if err != nil {
		return nil, 0, 0, err
	}
	byHost := map[string]*flow{}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := rows.FieldPos(0)
		if err != nil {
			return nil, 0, 0, notRead(line, "不是有效的分隔文本", "is not delimited text")
		}
		one, err := m.flow(row, at, line)
		if err != nil {
			return nil, 0, 0, err
		}
		lines++
		if isInside(one.host) {
			inside++
			continue
		}
		if sum, met := byHost[one.host]; met {
			sum.add(one)
		} else {
			byHost[one.host] = &one
		}
	}
	for _, f := range byHost {
		flows = append(flows, *f)
	}
	slices.SortFunc(flows, func(a, b flow) int { return strings.Compare(a.host, b.host) })
	return flows, lines, inside, nil
}

func (f *flow) add(o flow) {
	if o.first.Before(f.first) {
		f.first = o.first
	}
	if o.last.After(f.last) {
		f.last = o.last
	}
	f.lines, f.bytes = f.lines+o.lines, f.bytes+o.bytes
}

// places of the columns in a row; bytes is -1 where they are not counted.
type columns struct{ time, destination, bytes int }

func (m Mapping) columns(rows *csv.Reader) (columns, error) {
	header, err := rows.Read()
	if err != nil {
		return columns{}, notRead(1, "应为列名", "should name the columns")
	}
	at := columns{slices.Index(header, m.Time), slices.Index(header, m.Destination), -1}
	if m.Bytes != "" {
		if at.bytes = slices.Index(header, m.Bytes); at.bytes < 0 {
			return at, notRead(1, "没有列“"+m.Bytes+"”", "has no column "+m.Bytes)
		}
	}
	switch {
	case at.time < 0:
		return at, notRead(1, "没有列“"+m.Time+"”", "has no column "+m.Time)
	case at.destination < 0:
		return at, notRead(1, "没有列“"+m.Destination+"”", "has no column "+m.Destination)
	}
	return at, nil
}

func (m Mapping) flow(row []string, at columns, line int) (flow, error) {
	if len(row) <= max(at.time, at.destination, at.bytes) {
		return flow{}, notRead(line, "列数不足", "has too few columns")
	}
	when, err := m.read(strings.TrimSpace(row[at.time]))
	if err != nil || when.Year() < 2000 || when.Year() > 2200 {
		return flow{}, notRead(line, "时间无法读取", "has a time that cannot be read")
	}
	host := hostOf(row[at.destination])
	if host == "" || len(host) > maxOfHost || strings.ContainsFunc(host, func(c rune) bool { return c <= ' ' || c == utf8.RuneError }) {
		return flow{}, notRead(line, "目的地无法读取", "has a destination that cannot be read")
	}
	when = when.UTC().Truncate(time.Microsecond)
	f := flow{strings.Clone(host), when, when, 1, 0}
	if at.bytes >= 0 {
		if f.bytes, err = strconv.ParseInt(strings.TrimSpace(row[at.bytes]), 10, 64); err != nil || f.bytes < 0 || f.bytes > maxBytes {
			return flow{}, notRead(line, "字节数无法读取", "has a number of bytes that cannot be read")
		}
	}
	return f, nil
}

func notRead(line int, zh, en string) error {
	e := errLog.With("line", strconv.Itoa(line), "what", zh)
	return e.At("text", fault.Text{ZH: zh, EN: en})
}

func isInside(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified())
}
