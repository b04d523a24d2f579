package sysaccount

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/sheet"
)

const (
	// MaxList is how many bytes a list may have.
	MaxList = 8 << 20
	// maxAccounts is how many accounts a system may have.
	maxAccounts = 20_000
	maxCell     = 200
	maxRoles    = 50
)

// Mapping says how the list of accounts of one system is read: CSV with a header, in UTF-8
// or GB18030.
type Mapping struct {
	Delimiter string            `json:"delimiter,omitempty" maxLength:"1" doc:"a comma when empty"`
	Fields    map[string]string `json:"fields" doc:"our field to the name of a column: account, name, staff, roles, department, state, signedIn"`
	Apart     string            `json:"apart" maxLength:"3" doc:"what stands between two roles of one account" example:";"`
	Alive     []string          `json:"alive" nullable:"false" maxItems:"20" doc:"states in which somebody can sign in; every one when none is named"`
}

var fieldNames = []string{"account", "name", "staff", "roles", "department", "state", "signedIn"}

func (m Mapping) check() error {
	e := errMapping.With()
	for name, column := range m.Fields {
		if !slices.Contains(fieldNames, name) {
			e.At("mapping.fields."+name, fault.Text{ZH: "没有这个字段", EN: "is no field"})
		}
		e.MayName("mapping.fields."+name, column, maxCell)
	}
	if m.Fields["account"] == "" {
		e.At("mapping.fields.account", fault.Text{ZH: "必须指定账号列", EN: "say which column names the account"})
	}
	if m.Fields["staff"] == "" && m.Fields["name"] == "" {
		e.At("mapping.fields.staff", fault.Text{ZH: "工号列和姓名列至少指定一个", EN: "say which column names the staff number, or the name"})
	}
	if m.Delimiter != "" && !strings.Contains(",;\t|", m.Delimiter) {
		e.At("mapping.delimiter", fault.Text{ZH: "应为逗号、分号、制表符或竖线", EN: "is a comma, a semicolon, a tab or a bar"})
	}
	return e.OrNil()
}

// Wrong is a line that could not be read.
type Wrong struct {
	Line    int        `json:"line"`
	Field   string     `json:"field"`
	Problem fault.Text `json:"problem"`
}

// List is a list of accounts as it was read.
type List struct {
	Said  []Said
	Wrong []Wrong
}

// read reads a list by a mapping. A list that cannot be read at all is an error.
func (m Mapping) read(file []byte) (List, error) {
	text, err := sheet.Text(file)
	if err != nil {
		return List{}, errUnread.Because(err)
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	if m.Delimiter != "" {
		reader.Comma = rune(m.Delimiter[0])
	}
	head, err := reader.Read()
	if err != nil {
		return List{}, errUnread.Because(err)
	}
	columns, err := m.columns(head)
	if err != nil {
		return List{}, err
	}
	return m.rows(reader, columns)
}

func (m Mapping) columns(head []string) (map[string]int, error) {
	columns := map[string]int{}
	e := errUnread.With()
	for name, column := range m.Fields {
		if column == "" {
			continue
		}
		at := slices.IndexFunc(head, func(h string) bool { return strings.TrimSpace(h) == column })
		if at < 0 {
			e.At("fields."+name, fault.Text{ZH: "清单中没有“" + column + "”列", EN: "the list has no column " + column})
		}
		columns[name] = at
	}
	return columns, e.OrNil()
}

func (m Mapping) rows(reader *csv.Reader, columns map[string]int) (List, error) {
	l := List{Said: []Said{}, Wrong: []Wrong{}}
	seen := map[string]bool{}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return List{}, errUnread.Because(err)
		}
		if len(l.Said) == maxAccounts {
			return List{}, errUnread.With().At("list", fault.Text{ZH: "最多 20000 个账号", EN: "at most 20000 accounts"})
		}
		line, _ := reader.FieldPos(0)
		said, wrong := m.row(row, columns)
		if wrong == nil && seen[said.Account] {
			wrong = &Wrong{Field: "account", Problem: fault.Text{ZH: "账号重复", EN: "the account stands there twice"}}
		}
		if wrong != nil {
			wrong.Line = line
			l.Wrong = append(l.Wrong, *wrong)
			continue
		}
		seen[said.Account] = true
		l.Said = append(l.Said, said)
	}
}

func (m Mapping) row(row []string, columns map[string]int) (Said, *Wrong) {
	cell := func(name string) string {
		if at, known := columns[name]; known && at < len(row) {
			return strings.TrimSpace(row[at])
		}
		return ""
	}
	for _, name := range fieldNames {
		if text := cell(name); len(text) > 5*maxCell || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
			return Said{}, &Wrong{Field: name, Problem: fault.Text{ZH: "过长或含有不可显示的字符", EN: "is too long, or holds what cannot be shown"}}
		}
	}
	s := Said{Account: cell("account"), Name: cell("name"), Number: cell("staff"), Department: cell("department"), State: cell("state")}
	if s.Account == "" || len(s.Account) > maxCell {
		return Said{}, &Wrong{Field: "account", Problem: fault.Text{ZH: "没有账号，或过长", EN: "no account, or too long"}}
	}
	s.Alive = len(m.Alive) == 0 || slices.Contains(m.Alive, s.State)
	s.Roles = m.roles(cell("roles"))
	if len(s.Roles) > maxRoles {
		return Said{}, &Wrong{Field: "roles", Problem: fault.Text{ZH: "角色过多，请检查分隔符", EN: "too many roles; look at what stands between them"}}
	}
	var ok bool
	if s.SignedIn, ok = readMoment(cell("signedIn")); !ok {
		return Said{}, &Wrong{Field: "signedIn", Problem: fault.Text{ZH: "时间应如 2026-03-02 08:00:00", EN: "a time is such as 2026-03-02 08:00:00"}}
	}
	return s, nil
}

func (m Mapping) roles(text string) []string {
	roles := []string{text}
	if m.Apart != "" {
		roles = strings.Split(text, m.Apart)
	}
	for i := range roles {
		roles[i] = strings.TrimSpace(roles[i])
	}
	slices.Sort(roles)
	roles = slices.Compact(roles)
	return slices.DeleteFunc(roles, func(r string) bool { return r == "" })
}

// readMoment reads when somebody signed in last; nothing is never.
func readMoment(text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, true
	}
	return sheet.Moment(text, china)
}

var china = time.FixedZone("CST", 8*60*60)
