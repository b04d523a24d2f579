package feed

import (
	"slices"

	"github.com/medward/medward/internal/base/fault"
)

// Form is what the text of a field must be.
type Form string

// Forms of a field.
const (
	Text   Form = "text"
	Code   Form = "code" // one of the field's values
	Day    Form = "day"
	Moment Form = "moment"
	Ahead  Form = "plan" // a moment that may lie ahead
)

// Field is one of our fields that a column may become.
type Field struct {
	ID       string     `json:"id"`
	Name     fault.Text `json:"name"`
	Form     Form       `json:"form" enum:"text,code,day,moment,plan"`
	Required bool       `json:"required"`
	Values   []string   `json:"values,omitempty" doc:"of a code"`
	// Identity fields tell who somebody is: a dry run shows them masked.
	Identity bool `json:"identity"`
	longest  int
}

// Shape is a kind of thing that a feed brings.
type Shape struct {
	ID     string     `json:"id"`
	Name   fault.Text `json:"name"`
	Fields []Field    `json:"fields" nullable:"false" doc:"none of a shape that brings whole files"`
	// key is the field by which the source tells its rows apart.
	key []string
	// agreed is the shape of the register of sources that lets it in.
	agreed string
	// people are the fields that name staff who come to a patient by it.
	people []string
}

// bringsFiles reports a shape that brings whole files, as they are.
func (s Shape) bringsFiles() bool { return s.ID == Documents }

const (
	longestCode = 40
	longestName = 80
	longestLine = 200
)

func field(id, zh, en string, longest int) Field {
	return Field{ID: id, Name: fault.Text{ZH: zh, EN: en}, Form: Text, longest: longest}
}

func (f Field) must() Field { f.Required = true; return f }

func (f Field) identity() Field { f.Identity = true; return f }

func (f Field) of(form Form, values ...string) Field { f.Form, f.Values = form, values; return f }

// Ids of the shapes.
const (
	Departments = "departments"
	People      = "people"
	Patients    = "patients"
	Visits      = "visits"
	Requests    = "requests"
	Operations  = "operations"
	Orders      = "orders"
	StockLevels = "stock"
	Documents   = "documents"
)

var shapes = []Shape{
	{ID: Departments, Name: fault.Text{ZH: "科室与病区", EN: "Departments and wards"}, key: []string{"code"}, agreed: "departments", Fields: []Field{
		field("code", "科室代码", "Code", longestCode).must(), field("nameZh", "科室名称", "Name", longestName).must(), field("nameEn", "英文名称", "Name in English", longestName),
		field("kind", "科室类别", "Kind", longestCode).must().of(Code, "clinical", "technical", "administrative"), field("campus", "院区", "Campus", longestName),
	}},
	{ID: People, Name: fault.Text{ZH: "人员", EN: "People"}, key: []string{"number"}, agreed: "people", Fields: []Field{
		field("number", "工号", "Staff number", longestCode).must(), field("nameZh", "姓名", "Name", longestName).must(), field("nameEn", "拼音", "Name in Latin letters", longestName),
		field("category", "人员类别", "Category", longestCode).must().of(Code, "employee", "trainee", "visiting", "student", "dispatched", "vendor", "outsider"),
		field("phone", "电话", "Phone", 20).identity(),
	}},
	{ID: Patients, Name: fault.Text{ZH: "患者", EN: "Patients"}, key: []string{"number"}, agreed: "patients", Fields: []Field{
		field("number", "病案号", "Record number", longestCode).must().identity(), field("name", "姓名", "Name", longestName).must().identity(),
		field("sex", "性别", "Sex", longestCode).of(Code, "male", "female", "other", "unknown"), field("birthDate", "出生日期", "Birth date", longestCode).of(Day).identity(),
		field("idNumber", "身份证号", "ID number", longestCode).identity(), field("phone", "电话", "Phone", longestCode).identity(), field("address", "住址", "Address", longestLine).identity(),
	}},
	{ID: Visits, Name: fault.Text{ZH: "就诊与出入转", EN: "Visits: admission, transfer, discharge"}, key: []string{"patient", "visit"}, agreed: "visits", people: []string{"attending"}, Fields: []Field{
		field("patient", "病案号", "Record number of the patient", longestCode).must().identity(), field("name", "患者姓名", "Name of the patient", longestName).must().identity(),
		field("visit", "就诊号", "Number of the visit", longestCode).must(), field("kind", "就诊类型", "Kind", longestCode).must().of(Code, "inpatient", "outpatient", "emergency"),
		field("admitted", "入院时间", "Begun", longestCode).must().of(Moment), field("discharged", "出院时间", "Ended", longestCode).of(Moment),
		field("department", "科室代码", "Department", longestCode).must(), field("ward", "病区", "Ward", longestName), field("bed", "床号", "Bed", longestCode),
		field("attending", "主治医师工号", "Staff number of the attending", longestCode),
	}},
	{ID: Requests, Name: fault.Text{ZH: "检查检验申请与会诊", EN: "Requests: laboratory, imaging, consultations"}, key: []string{"number"}, agreed: "requests", people: []string{"performer"}, Fields: []Field{
		field("number", "申请单号", "Number of the request", longestCode).must(), field("patient", "病案号", "Record number of the patient", longestCode).must().identity(),
		field("name", "患者姓名", "Name of the patient", longestName).must().identity(),
		field("kind", "申请类型", "Kind", longestCode).must().of(Code, "laboratory", "imaging", "pathology", "examination", "consultation"),
		field("asked", "申请时间", "Asked for", longestCode).must().of(Moment), field("planned", "安排时间", "Planned for", longestCode).of(Ahead),
		field("state", "状态", "State", longestCode).must().of(Code, "open", "done", "called-off"),
		field("department", "执行科室代码", "Department that performs it", longestCode), field("performer", "执行人工号", "Staff number of who performs it", longestCode),
		field("asker", "申请医师工号", "Staff number of who asks", longestCode), field("item", "项目", "What is asked for", longestLine),
	}},
	{ID: Operations, Name: fault.Text{ZH: "手术与麻醉安排", EN: "Operation and anaesthesia lists"}, key: []string{"number"}, agreed: "requests", people: operators, Fields: []Field{
		field("number", "手术申请号", "Number of the operation", longestCode).must(), field("patient", "病案号", "Record number of the patient", longestCode).must().identity(),
		field("name", "患者姓名", "Name of the patient", longestName).must().identity(), field("planned", "手术时间", "Planned for", longestCode).must().of(Ahead),
		field("state", "状态", "State", longestCode).must().of(Code, "open", "done", "called-off"), field("department", "手术科室代码", "Department", longestCode),
		field("surgeon", "主刀工号", "Staff number of the surgeon", longestCode), field("assistant", "助手工号", "Staff number of the assistant", longestCode),
		field("anaesthetist", "麻醉医师工号", "Staff number of the anaesthetist", longestCode), field("scrubNurse", "器械护士工号", "Staff number of the scrub nurse", longestCode),
		field("circulatingNurse", "巡回护士工号", "Staff number of the circulating nurse", longestCode), field("item", "手术名称", "Operation", longestLine),
	}},
	{ID: Orders, Name: fault.Text{ZH: "药品医嘱及其状态", EN: "Orders of drugs and their states"}, key: []string{"number"}, agreed: "orders", people: []string{"prescriber"}, Fields: []Field{
		field("number", "医嘱号", "Number of the order", longestCode).must(), field("patient", "病案号", "Record number of the patient", longestCode).must().identity(),
		field("name", "患者姓名", "Name of the patient", longestName).must().identity(),
		field("code", "药品编码", "Code of the drug", longestCode), field("item", "药品名称", "Drug", longestLine).must(), field("dose", "剂量", "Dose", longestCode), field("unit", "剂量单位", "Unit", longestCode),
		field("route", "给药途径", "Route", longestCode), field("frequency", "频次", "Frequency", longestCode),
		field("state", "状态", "State", longestCode).must().of(Code, "active", "on-hold", "stopped", "completed"),
		field("step", "执行", "Carried out", longestCode).of(Code, "dispensed", "given", "not-given"), field("done", "执行时间", "When it was carried out", longestCode).of(Moment),
		field("ordered", "开立时间", "Ordered", longestCode).must().of(Moment), field("changed", "状态时间", "When the state changed", longestCode).must().of(Moment),
		field("prescriber", "开立医师工号", "Staff number of the prescriber", longestCode),
	}},
	{ID: StockLevels, Name: fault.Text{ZH: "药品库存", EN: "Stock of drugs"}, key: []string{"place", "code"}, agreed: "stock", Fields: []Field{
		field("code", "药品编码", "Code of the drug", longestCode).must(), field("item", "药品名称", "Drug", longestLine).must(), field("place", "药房", "Pharmacy", longestName).must(),
		field("state", "库存状态", "State", longestCode).must().of(Code, "in-stock", "low", "out"), field("quantity", "数量", "Quantity", longestCode), field("unit", "单位", "Unit", longestCode),
		field("changed", "变动时间", "When it changed", longestCode).must().of(Moment),
	}},
	{ID: Documents, Name: fault.Text{ZH: "文书文件", EN: "Files of documents"}, key: []string{"file"}, agreed: "documents", Fields: []Field{}},
}

// operators are the fields of those who stand at an operation.
var operators = []string{"surgeon", "assistant", "anaesthetist", "scrubNurse", "circulatingNurse"}

// Shapes are all that there are.
func Shapes() []Shape { return slices.Clone(shapes) }

func shapeOf(id string) (Shape, bool) {
	at := slices.IndexFunc(shapes, func(s Shape) bool { return s.ID == id })
	if at < 0 {
		return Shape{}, false
	}
	return shapes[at], true
}

func (s Shape) field(id string) (Field, bool) {
	at := slices.IndexFunc(s.Fields, func(f Field) bool { return f.ID == id })
	if at < 0 {
		return Field{}, false
	}
	return s.Fields[at], true
}
