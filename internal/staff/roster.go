package staff

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/sheet"
	"github.com/medward/medward/kit/sm"
)

// MaxRosterRows and MaxRosterFile bound a roster that is taken in at once.
const (
	MaxRosterRows = 10_000
	MaxRosterFile = 8 << 20 // bytes
)

// RosterLine is what a roster says about one person.
type RosterLine struct {
	Row        int // in the file, from 1, the head being 1
	Number     string
	NameZH     string
	NameEN     string
	Category   Category
	Department string // the hospital's code, or empty
	Phone      string
	Left       DepartureKind // empty while he works here
}

// RosterFault is a cell that cannot be taken.
type RosterFault struct {
	Row     int
	Column  string
	Problem fault.Text
}

// column is a column of a roster with the names it may bear.
type column struct {
	id       string
	names    []string
	required bool
}

var columns = []column{
	{"number", []string{"工号", "职工号", "number"}, true},
	{"nameZh", []string{"姓名", "name", "namezh"}, true},
	{"nameEn", []string{"拼音", "姓名拼音", "pinyin", "nameen"}, false},
	{"category", []string{"类别", "人员类别", "category"}, true},
	{"department", []string{"科室代码", "科室编码", "department"}, false},
	{"phone", []string{"手机", "联系电话", "电话", "phone"}, false},
	{"status", []string{"状态", "在职状态", "status"}, true},
}

var categoryWords = map[string]Category{
	"本院职工": Employee, "在编": Employee, "合同制": Employee, "规培": Trainee, "规范化培训": Trainee, "进修": Visiting, "实习": Student, "见习": Student,
	"劳务派遣": Dispatched, "外包": Dispatched, "厂商": Vendor, "院外人员": Outsider,
}

var statusWords = map[string]DepartureKind{
	"在职": "", "在岗": "", "active": "", "离职": Resigned, "辞职": Resigned, "调出": Resigned, "resigned": Resigned, "退休": Retired, "retired": Retired,
	"合同到期": Expired, "expired": Expired, "解聘": Dismissed, "解除聘用": Dismissed, "dismissed": Dismissed, "去世": Deceased, "deceased": Deceased,
}

// readRoster reads what a sheet says, the first row of which names the columns, and which
// cells cannot be taken. Formulas are errors, because nobody here evaluates them.
func readRoster(s sheet.Grid) ([]RosterLine, []RosterFault) {
	if len(s.Rows) == 0 {
		return nil, []RosterFault{{Row: 1, Problem: fault.Text{ZH: "表中没有内容", EN: "the sheet is empty"}}}
	}
	if len(s.Rows)-1 > MaxRosterRows {
		return nil, []RosterFault{{Row: MaxRosterRows + 2, Problem: fault.Text{ZH: "一次最多 10000 行，请分批导入", EN: "at most 10,000 rows at once; split the file"}}}
	}
	places, faults := findColumns(s.Rows[0])
	if len(faults) > 0 {
		return nil, faults
	}
	var lines []RosterLine
	seen := map[string]int{}
	for i, cells := range s.Rows[1:] {
		row := i + 2
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		r := rosterRow{row: row, cells: cells, places: places, formulas: s.Formulas}
		line := r.read()
		if first, twice := seen[line.Number]; twice && line.Number != "" {
			r.wrong("number", fault.Text{ZH: fmt.Sprintf("与第 %d 行工号相同", first), EN: fmt.Sprintf("is the number of row %d as well", first)})
		}
		seen[line.Number] = row
		lines, faults = append(lines, line), append(faults, r.faults...)
	}
	return lines, faults
}

func findColumns(head []string) (map[string]int, []RosterFault) {
	places := map[string]int{}
	for i, cell := range head {
		name := strings.ToLower(strings.TrimSpace(cell))
		for _, c := range columns {
			if slices.Contains(c.names, name) {
				places[c.id] = i
			}
		}
	}
	var faults []RosterFault
	for _, c := range columns {
		if _, there := places[c.id]; c.required && !there {
			faults = append(faults, RosterFault{Row: 1, Column: c.id, Problem: fault.Text{ZH: "缺少“" + c.names[0] + "”列", EN: "the column “" + c.id + "” is missing"}})
		}
	}
	return places, faults
}

// rosterRow is one row under way.
type rosterRow struct {
	row      int
	cells    []string
	places   map[string]int
	formulas map[[2]int]bool
	faults   []RosterFault
}

func (r *rosterRow) wrong(column string, problem fault.Text) {
	r.faults = append(r.faults, RosterFault{Row: r.row, Column: column, Problem: problem})
}

// cell is the text of a column. A formula is never evaluated and never taken.
func (r *rosterRow) cell(column string) string {
	at, there := r.places[column]
	if !there || at >= len(r.cells) {
		return ""
	}
	text := strings.TrimSpace(r.cells[at])
	if r.formulas[[2]int{r.row, at + 1}] || strings.HasPrefix(text, "=") || strings.HasPrefix(text, "@") {
		r.wrong(column, fault.Text{ZH: "单元格含公式，请粘贴为数值", EN: "holds a formula; paste its value instead"})
		return ""
	}
	return text
}

func (r *rosterRow) read() RosterLine {
	line := RosterLine{
		Row: r.row, Number: r.cell("number"), NameZH: r.cell("nameZh"), NameEN: r.cell("nameEn"),
		Department: r.cell("department"), Phone: r.cell("phone"),
	}
	category, known := categoryWords[r.cell("category")]
	if !known {
		category = Category(strings.ToLower(r.cell("category")))
	}
	line.Category = category
	status := strings.ToLower(r.cell("status"))
	left, known := statusWords[status]
	if !known {
		r.wrong("status", fault.Text{ZH: "应为 在职、离职、退休、合同到期、解聘或去世", EN: "must be active, resigned, retired, expired, dismissed or deceased"})
	}
	line.Left = left
	if err := line.person().check(); err != nil && len(r.faults) == 0 {
		for _, f := range fault.From(err).Fields {
			r.wrong(f.Path, f.Problem)
		}
	}
	return line
}

func (l RosterLine) person() NewPerson {
	return NewPerson{Number: l.Number, NameZH: l.NameZH, NameEN: l.NameEN, Category: l.Category, Phone: l.Phone}
}

// RosterPlan is what taking in a roster would do.
type RosterPlan struct {
	Digest  string // of the file and of all of this; applying asks for it
	Total   int
	Adds    []RosterLine
	Changes []RosterChange
	Leavers []RosterLeaver
	Faults  []RosterFault
	Missing []Person       // who holds appointments here and is not in the roster
	Moved   []RosterChange // who holds no appointment in the department that the roster names
}

// RosterChange is a person of whom the roster says something else.
type RosterChange struct {
	Line   RosterLine
	Person Person
	Fields []string
}

// RosterLeaver is a person of whom the roster says that he has left.
type RosterLeaver struct {
	Line   RosterLine
	Person Person
}

// known is what the house knows, for a roster to be held against.
type known struct {
	people      map[string]Person // by staff number
	gone        map[string]bool   // by person id
	held        map[string][]Appointment
	departments map[string]string // id by code
}

func planRoster(lines []RosterLine, faults []RosterFault, k known) RosterPlan {
	plan := RosterPlan{Total: len(lines), Faults: faults}
	named := map[string]bool{}
	for _, l := range lines {
		named[l.Number] = true
		if _, there := k.departments[l.Department]; l.Department != "" && !there {
			plan.Faults = append(plan.Faults, RosterFault{Row: l.Row, Column: "department", Problem: fault.Text{ZH: "没有这个科室代码", EN: "names no department"}})
		}
		person, there := k.people[l.Number]
		switch {
		case !there && l.Left == "":
			plan.Adds = append(plan.Adds, l)
		case !there:
		case l.Left != "":
			if !k.gone[person.ID] {
				plan.Leavers = append(plan.Leavers, RosterLeaver{l, person})
			}
		default:
			if fields := l.differs(person); len(fields) > 0 {
				plan.Changes = append(plan.Changes, RosterChange{l, person, fields})
			}
			if held := k.held[person.ID]; l.Department != "" && len(held) > 0 && !slices.Contains(departmentsOf(held), k.departments[l.Department]) {
				plan.Moved = append(plan.Moved, RosterChange{l, person, []string{"department"}})
			}
		}
	}
	for number, p := range k.people {
		if !named[number] && len(k.held[p.ID]) > 0 {
			plan.Missing = append(plan.Missing, p)
		}
	}
	slices.SortFunc(plan.Missing, func(a, b Person) int { return strings.Compare(a.Number, b.Number) })
	return plan
}

func (l RosterLine) differs(p Person) []string {
	var fields []string
	if l.NameZH != p.NameZH {
		fields = append(fields, "nameZh")
	}
	if l.NameEN != "" && l.NameEN != p.NameEN {
		fields = append(fields, "nameEn")
	}
	if l.Category != p.Category {
		fields = append(fields, "category")
	}
	return fields
}

// seal gives the plan its digest over the file and over what would be done.
func (p *RosterPlan) seal(file []byte) {
	var b strings.Builder
	of := sm.Sum(file)
	b.WriteString(hex.EncodeToString(of[:]))
	for _, a := range p.Adds {
		b.WriteString("\nadd " + strconv.Quote(a.Number))
	}
	for _, c := range p.Changes {
		b.WriteString("\nchange " + c.Person.ID + " " + strings.Join(c.Fields, " "))
	}
	for _, l := range p.Leavers {
		b.WriteString("\nleave " + l.Person.ID + " " + string(l.Line.Left))
	}
	whole := sm.Sum([]byte(b.String()))
	p.Digest = hex.EncodeToString(whole[:])
}
