package feed

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/internal/policy"
)

// Mapping says where a feed is read and which columns become which fields. It is data:
// whoever runs the systems writes it, tries it and has it approved.
type Mapping struct {
	Connection string          `json:"connection" maxLength:"40" doc:"code of a connection that the operator wrote down"`
	Table      string          `json:"table" maxLength:"200" doc:"a view such as his.v_patient; in a folder a file such as patients-*.csv, of which the last by its name is read; of documents all files such as *.xml" example:"his.v_patient"`
	Fields     map[string]Rule `json:"fields" doc:"by our field"`
	// Changed tells when a row changed last. It is not trusted: what changed within
	// the overlap is read again, and once a day the whole table is.
	Changed      string `json:"changed,omitempty" maxLength:"120" doc:"column that tells when a row changed last; the whole table is read each time when absent"`
	OverlapHours int    `json:"overlapHours,omitempty" minimum:"0" maximum:"720" doc:"by how much a reading of changes goes back before the last"`
	EveryMinutes int    `json:"everyMinutes,omitempty" minimum:"0" maximum:"10080" doc:"0: only when somebody begins it"`
}

// Rule says what becomes of some columns.
type Rule struct {
	Columns  []string `json:"columns,omitempty" maxItems:"4" doc:"joined by a space; spaces around are dropped"`
	Constant string   `json:"constant,omitempty" maxLength:"200" doc:"what every row has"`
	// Codes map their words to ours; * is any other word.
	Codes map[string]string `json:"codes,omitempty" doc:"their word to ours; * is any other word, absent words stay as they are"`
}

// Version is a version of the mapping of a feed. Its row is keyed: an approved one lets a
// source act.
type Version struct {
	Org      string    `db:"org,key"`
	Feed     string    `db:"feed,key"` // code
	Rev      int       `db:"rev,key"`
	Source   string    `db:"source"` // id
	Shape    string    `db:"shape"`
	Mapping  Mapping   `db:"mapping,json"`
	MadeBy   string    `db:"made_by"`
	Made     time.Time `db:"made"`
	Approver string    `db:"approved_by"`
	Approved time.Time `db:"approved"` // zero: nobody has yet
	MAC      []byte    `db:"mac"`
}

// object is the version as policy sees it: what its source has made, and its writer does
// not approve.
func (v Version) object() policy.Object {
	return policy.Object{Kind: "Source", ID: v.Source, Org: v.Org, Author: v.MadeBy, CreatedBy: v.Source}
}

const (
	maxColumn  = 120
	maxColumns = 4
	maxCodes   = 500
)

var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)

// check says what is wrong with a mapping of a shape.
func (m Mapping) check(s Shape, kinds map[string]string) error {
	e := errMapping.With()
	kind, known := kinds[m.Connection]
	switch {
	case !known:
		e.At("mapping.connection", fault.Text{ZH: "没有这个连接；连接由运维在启动时登记", EN: "is no connection; the operator writes connections down at start"})
	case s.bringsFiles() && view.CheckFiles(kind, m.Table) != nil:
		e.At("mapping.table", fault.Text{ZH: "文件只从交换目录读取，名称应如 *.xml", EN: "files are read from a folder, by a name such as *.xml"})
	case !s.bringsFiles() && view.CheckName(kind, m.Table) != nil:
		e.At("mapping.table", fault.Text{ZH: "视图应如 his.v_patient，文件应如 patients-*.csv", EN: "a view is such as his.v_patient, a file such as patients-*.csv"})
	}
	for id := range m.Fields {
		if _, there := s.field(id); !there {
			e.At("mapping.fields."+id, fault.Text{ZH: "没有这个字段", EN: "is no field"})
		}
	}
	for _, f := range s.Fields {
		rule, there := m.Fields[f.ID]
		if !there {
			if f.Required {
				e.At("mapping.fields."+f.ID, fault.Text{ZH: "必须指定列或固定值", EN: "say which column it is, or what every row has"})
			}
			continue
		}
		rule.check(e, f)
	}
	e.MayName("mapping.changed", m.Changed, maxColumn)
	return e.OrNil()
}

func (r Rule) check(e *fault.Error, f Field) {
	path := "mapping.fields." + f.ID
	if (len(r.Columns) == 0) == (r.Constant == "") || len(r.Columns) > maxColumns {
		e.At(path, fault.Text{ZH: "请指定 1 至 4 列，或一个固定值", EN: "name 1 to 4 columns, or a constant"})
	}
	for _, c := range r.Columns {
		e.MustName(path+".columns", c, maxColumn)
	}
	e.MayName(path+".constant", r.Constant, longestLine)
	if len(r.Codes) > maxCodes {
		e.At(path+".codes", fault.Text{ZH: "最多 500 个对应", EN: "at most 500 words"})
	}
	if f.Form != Code {
		return
	}
	ours := make([]string, 0, len(r.Codes)+1)
	for _, word := range r.Codes {
		ours = append(ours, word)
	}
	if r.Constant != "" {
		ours = append(ours, r.Constant)
	}
	for _, word := range ours {
		if !slices.Contains(f.Values, word) {
			e.At(path+".codes", fault.Text{ZH: "应对应 " + strings.Join(f.Values, "、") + " 之一", EN: "comes to one of " + strings.Join(f.Values, ", ")})
			return
		}
	}
}

// columns are all columns that a mapping reads, each once.
func (m Mapping) columns() []string {
	var all []string
	for _, rule := range m.Fields {
		all = append(all, rule.Columns...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
