package accesslog

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Mapping says how the lines of one source are read. It is data: whoever runs the
// systems writes it, tries it on a sample, and nobody compiles anything.
type Mapping struct {
	Format    string            `json:"format" enum:"csv,json,syslog"`
	Payload   string            `json:"payload,omitempty" enum:",pairs,json,audit" doc:"of syslog: what its message holds; audit is the XML of DICOM and IHE ATNA"`
	Encoding  string            `json:"encoding" enum:"auto,utf-8,gb18030"`
	Delimiter string            `json:"delimiter,omitempty" maxLength:"1" doc:"of csv; a comma when empty"`
	Header    bool              `json:"header" doc:"of csv: the first line names the columns"`
	Columns   []string          `json:"columns" nullable:"false" maxItems:"200" doc:"of csv without a header, their names"`
	Fields    map[string]string `json:"fields" doc:"our field to their column or path: time, account, staff, patient, document, action, terminal, ip, outcome, event; two columns are joined with ' + '"`
	Time      string            `json:"time" maxLength:"60" doc:"rfc3339, unix, unix-ms, or a pattern such as yyyy-MM-dd HH:mm:ss"`
	Zone      string            `json:"zone" maxLength:"6" doc:"of times that name none" example:"+08:00"`
	Actions   map[string]string `json:"actions" doc:"their word to view, print, export, search, sign-in, sign-out, other; * is any other word"`
	Failures  []string          `json:"failures" nullable:"false" maxItems:"50" doc:"outcomes that say it was not done"`
	Purposes  []string          `json:"purposes" nullable:"false" maxItems:"12" doc:"for which purposes people use that system; care when none"`
	// NumberedAccounts says that an account is named by the staff number.
	NumberedAccounts bool `json:"numberedAccounts"`
	// Sequence says that the ids of events are whole numbers without gaps.
	Sequence bool `json:"sequence"`
}

// Forms of a line, and of what a line of syslog holds.
const (
	CSV    = "csv"
	JSON   = "json"
	Syslog = "syslog"

	Pairs = "pairs"
	Audit = "audit"
)

// fieldNames are our fields, those without which nothing can be read first.
var fieldNames = []string{"time", "action", "account", "staff", "patient", "document", "terminal", "ip", "outcome", "event"}

const (
	maxColumns = 200
	maxPath    = 120
	maxActions = 200
)

func (m Mapping) check() error {
	e := errMapping.With()
	one := func(field, value string, of ...string) {
		if !slices.Contains(of, value) {
			e.At("mapping."+field, fault.Text{ZH: "应为 " + strings.Join(of, "、") + " 之一", EN: "is one of " + strings.Join(of, ", ")})
		}
	}
	one("format", m.Format, CSV, JSON, Syslog)
	one("encoding", m.Encoding, "auto", "utf-8", "gb18030")
	if m.Format == Syslog {
		one("payload", m.Payload, Pairs, JSON, Audit)
	}
	if m.Format == CSV {
		one("delimiter", m.Delimiter, "", ",", ";", "\t", "|")
		if !m.Header && len(m.Columns) == 0 || len(m.Columns) > maxColumns {
			e.At("mapping.columns", fault.Text{ZH: "没有表头时请列出 1 至 200 个列名", EN: "without a header, name 1 to 200 columns"})
		}
	}
	m.checkFields(e)
	m.checkActions(e)
	if _, err := readPattern(m.Time); err != nil {
		e.At("mapping.time", fault.Text{ZH: "时间格式应为 rfc3339、unix、unix-ms，或如 yyyy-MM-dd HH:mm:ss", EN: "a time is rfc3339, unix, unix-ms, or a pattern such as yyyy-MM-dd HH:mm:ss"})
	}
	if _, err := readZone(m.Zone); err != nil {
		e.At("mapping.zone", fault.Text{ZH: "时区应如 +08:00", EN: "a zone is such as +08:00"})
	}
	for _, p := range m.Purposes {
		if !slices.ContainsFunc(policy.Purposes(), func(known policy.Purpose) bool { return known.ID == p }) {
			e.At("mapping.purposes", fault.Text{ZH: "不是已公布的用途：" + p, EN: "is no published purpose: " + p})
		}
	}
	return e.OrNil()
}

func (m Mapping) checkFields(e *fault.Error) {
	for name, path := range m.Fields {
		if !slices.Contains(fieldNames, name) {
			e.At("mapping.fields."+name, fault.Text{ZH: "没有这个字段", EN: "is no field"})
		}
		e.MayName("mapping.fields."+name, path, maxPath)
		if m.Format == CSV && path != "" && !m.Header {
			for column := range strings.SplitSeq(path, joint) {
				if !slices.Contains(m.Columns, column) {
					e.At("mapping.fields."+name, fault.Text{ZH: "列“" + column + "”不在列名中", EN: "column " + column + " is not among the columns"})
				}
			}
		}
	}
	if m.Fields["time"] == "" {
		e.At("mapping.fields.time", fault.Text{ZH: "必须指定时间所在的列或路径", EN: "say where the time stands"})
	}
	if m.Fields["account"] == "" && m.Fields["staff"] == "" {
		e.At("mapping.fields.account", fault.Text{ZH: "账号和工号至少指定一个", EN: "say where the account or the staff number stands"})
	}
}

func (m Mapping) checkActions(e *fault.Error) {
	if len(m.Actions) == 0 || len(m.Actions) > maxActions {
		e.At("mapping.actions", fault.Text{ZH: "请给出 1 至 200 个动作的对应", EN: "map 1 to 200 actions"})
	}
	for word, action := range m.Actions {
		e.MayName("mapping.actions", word, maxPath)
		if !slices.Contains(actions, action) {
			e.At("mapping.actions", fault.Text{ZH: "“" + word + "”应对应 " + strings.Join(actions, "、"), EN: word + " maps to one of " + strings.Join(actions, ", ")})
		}
	}
	if m.Fields["action"] == "" && m.Actions["*"] == "" {
		e.At("mapping.fields.action", fault.Text{ZH: "未指定动作列时，请用 * 说明所有行是什么动作", EN: "without a column for the action, say with * what every line is"})
	}
}

func (m Mapping) purposes() []string {
	if len(m.Purposes) == 0 {
		return []string{"care"}
	}
	return m.Purposes
}

func (m Mapping) delimiter() byte {
	if m.Delimiter == "" {
		return ','
	}
	return m.Delimiter[0]
}

// pattern reads a moment as a source writes it.
type pattern struct {
	unit   time.Duration // of a number since 1970; 0 where it is a layout
	layout string
}

var patternWords = strings.NewReplacer("yyyy", "2006", "MM", "01", "dd", "02", "HH", "15", "mm", "04", "ss", "05", "SSS", "000", "XXX", "Z07:00")

func readPattern(text string) (pattern, error) {
	switch text {
	case "rfc3339":
		return pattern{layout: time.RFC3339}, nil
	case "unix":
		return pattern{unit: time.Second}, nil
	case "unix-ms":
		return pattern{unit: time.Millisecond}, nil
	}
	layout := patternWords.Replace(text)
	probe := time.Date(2031, 11, 22, 23, 44, 55, 0, time.UTC)
	back, err := time.Parse(layout, probe.Format(layout))
	if err != nil || !back.Equal(probe) {
		return pattern{}, ruleTime.in("time")
	}
	return pattern{layout: layout}, nil
}

func (p pattern) read(text string, zone *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	if p.unit == 0 {
		return time.ParseInLocation(p.layout, text, zone)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, err
	}
	if p.unit == time.Second {
		return time.Unix(n, 0), nil
	}
	return time.UnixMilli(n), nil
}

func readZone(text string) (*time.Location, error) {
	if text == "" {
		text = "+08:00"
	}
	at, err := time.Parse("-07:00", text)
	if err != nil {
		return nil, err
	}
	_, offset := at.Zone()
	return time.FixedZone(text, offset), nil
}
