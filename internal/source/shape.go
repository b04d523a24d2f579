package source

import (
	"slices"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Shape is a class of data that a source may hand in, with what that takes.
type Shape struct {
	Named
	// Operations are the addresses of the interface, as the register shows them.
	Operations []string
	verbs      []string
	kinds      []string
}

// taking are the addresses at which records are handed in.
var taking = []string{"POST /api/import", "POST /fhir"}

// with adds the addresses at which single resources of a kind are handed in.
func with(addresses ...string) []string { return append(slices.Clone(taking), addresses...) }

var shapes = []Shape{
	{Named{"departments", fault.Text{ZH: "科室与病区", EN: "departments"}}, nil, []string{"feed.take", "staff.add-department"}, []string{"Source", "Department"}},
	{Named{"people", fault.Text{ZH: "人员", EN: "people"}}, nil, []string{"feed.take", "staff.add-person"}, []string{"Source", "Person"}},
	{Named{"patients", fault.Text{ZH: "患者身份", EN: "patients"}}, with("POST /fhir/Patient", "PUT /fhir/Patient", "PUT /fhir/Patient/{id}"), []string{"feed.take", "intake.import", "patient.register", "patient.update"}, []string{"Import", "House", "Patient"}},
	{Named{"visits", fault.Text{ZH: "就诊与出入转", EN: "visits"}}, with("POST /fhir/Encounter"), []string{"feed.take", "intake.import", "patient.admit", "patient.discharge", "patient.transfer"}, []string{"Import", "Patient", "Encounter"}},
	{Named{"relations", fault.Text{ZH: "诊疗关系", EN: "care relations"}}, taking, []string{"intake.import", "patient.relate", "patient.end-relation"}, []string{"Import", "Patient", "Encounter"}},
	{Named{"requests", fault.Text{ZH: "检查检验申请与会诊", EN: "requests"}}, taking, []string{"feed.take", "intake.import", "patient.ask", "patient.answer", "patient.call-off"}, []string{"Import", "Patient"}},
	{Named{"documents", fault.Text{ZH: "文书", EN: "documents"}}, with("POST /fhir/DocumentReference"), []string{"feed.take", "intake.import", "record.file", "record.amend"}, []string{"Import", "Document"}},
	{Named{"results", fault.Text{ZH: "检查检验结果", EN: "results"}}, with("POST /fhir/Observation"), []string{"intake.import", "record.file", "record.amend"}, []string{"Import", "Observation"}},
	{Named{"orders", fault.Text{ZH: "医嘱", EN: "orders"}}, taking, []string{"feed.take", "intake.import", "record.file", "record.amend", "order.report"}, []string{"Import", "Order"}},
	{Named{"stock", fault.Text{ZH: "药品库存", EN: "stock of drugs"}}, []string{"POST /api/orders/stock"}, []string{"feed.take", "order.report"}, []string{"Source"}},
	{Named{"packages", fault.Text{ZH: "外院交换包", EN: "packages of another house"}}, []string{"POST /api/packages"}, []string{"exchange.receive"}, []string{"Exchange"}},
	{Named{"access-logs", fault.Text{ZH: "访问日志", EN: "access logs"}}, []string{"POST /api/access-logs/runs", "PUT /api/access-logs/runs/{id}/parts/{part}", "POST /api/access-logs/runs/{id}/finish", "syslog"}, []string{"accesslog.begin", "accesslog.receive"}, []string{"House"}},
	{Named{"leaving", fault.Text{ZH: "数据外发事件（DLP）", EN: "what was seen to leave (DLP)"}}, []string{"POST /api/output/events"}, []string{"output.report"}, []string{"House"}},
	{Named{"recordings", fault.Text{ZH: "堡垒机录屏", EN: "recordings of a bastion"}}, []string{"POST /api/privilege/recordings"}, []string{"privilege.receive-recording"}, []string{"House"}},
	{Named{"decisions", fault.Text{ZH: "访问判定", EN: "decisions about access"}}, []string{"POST /api/decide", "POST /api/decide/batch", "POST /api/decide/afterwards"}, []string{"decide.ask", "decide.afterwards"}, []string{"House"}},
	{Named{"directory", fault.Text{ZH: "查阅科室与人员名录", EN: "reading the directory of departments and staff"}}, []string{"GET /fhir/Organization", "GET /fhir/Location", "GET /fhir/Practitioner", "GET /fhir/PractitionerRole"}, []string{"staff.list", "staff.view"}, []string{"House", "Department", "Person"}},
	{Named{"launches", fault.Text{ZH: "调阅链接", EN: "links into records"}}, []string{"POST /api/launch"}, []string{"decide.launch"}, []string{"House"}},
}

// Shapes are all there are.
func Shapes() []Shape { return slices.Clone(shapes) }

func shapeNames() []string {
	ids := make([]string, len(shapes))
	for i, s := range shapes {
		ids[i] = s.ID
	}
	return ids
}

// recordShapes are what people hand in by themselves.
var recordShapes = []string{"documents", "orders", "patients", "relations", "requests", "results", "visits"}

// Records is what is agreed with a source that hands in all that records hold.
func Records() *policy.Agreed { return agreedOn(recordShapes, nil) }

// agreedOn is what some shapes come to. Every source may ask about itself.
func agreedOn(ids, departments []string) *policy.Agreed {
	agreed := &policy.Agreed{Verbs: []string{"source.call"}, Kinds: []string{"Source"}, Departments: departments}
	for _, s := range shapes {
		if slices.Contains(ids, s.ID) {
			agreed.Verbs, agreed.Kinds = append(agreed.Verbs, s.verbs...), append(agreed.Kinds, s.kinds...)
		}
	}
	return agreed
}

// Brings reports whether a shape was agreed with the source.
func (s Source) Brings(shape string) bool { return slices.Contains(s.Shapes, shape) }

// Operations are the addresses that are open to the source.
func (s Source) Operations() []string { return operationsOf(s.Shapes) }

func operationsOf(ids []string) []string {
	all := []string{"GET /api/source/self"}
	for _, s := range shapes {
		if slices.Contains(ids, s.ID) {
			all = append(all, s.Operations...)
		}
	}
	return sorted(all)
}
