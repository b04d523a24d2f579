package decide

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Kinds of object that a caller names.
const (
	Patient  = "patient"
	Document = "document"
	Result   = "result"
	Order    = "order"
)

// Action is something that a caller may ask about, on one kind of object.
type Action struct {
	ID   string
	Kind string
	Name fault.Text
	// steps are what our own door asks for it; all of them must be allowed.
	steps []step
	// shows: whoever may do it sees who the patient is.
	shows bool
	// leaves: content leaves the screen, and each time is counted.
	leaves bool
	// writes: what is written stands in the record.
	writes bool
}

// step is one question to the rulebook: a verb, on the patient or on a piece of content.
type step struct{ verb, kind string }

var actions = []Action{
	{ID: "search", Kind: Patient, Name: fault.Text{ZH: "检索患者", EN: "find a patient"}, steps: []step{{"patient.find", "Patient"}}, shows: true},
	{ID: "open", Kind: Patient, Name: fault.Text{ZH: "打开患者", EN: "open a patient"}, steps: []step{{"patient.view", "Patient"}}, shows: true},
	{ID: "open", Kind: Document, Name: fault.Text{ZH: "调阅文书", EN: "read a document"}, steps: []step{{"record.view", "Document"}}, shows: true},
	{ID: "open", Kind: Result, Name: fault.Text{ZH: "调阅检查检验结果", EN: "read results"}, steps: []step{{"record.observations", "Patient"}}, shows: true},
	{ID: "open", Kind: Order, Name: fault.Text{ZH: "调阅医嘱", EN: "read orders"}, steps: []step{{"record.orders", "Patient"}}, shows: true},
	{ID: "print", Kind: Document, Name: fault.Text{ZH: "打印文书", EN: "print a document"}, steps: []step{{"output.print", "Patient"}, {"record.print", "Document"}}, shows: true, leaves: true},
	{ID: "copy", Kind: Document, Name: fault.Text{ZH: "复制文书内容", EN: "copy from a document"}, steps: []step{{"output.copy", "Document"}}, leaves: true},
	{ID: "export", Kind: Patient, Name: fault.Text{ZH: "导出患者数据", EN: "take a patient along in a list"}, steps: []step{{"output.extract", "Patient"}}, shows: true, leaves: true},
	{ID: "write", Kind: Document, Name: fault.Text{ZH: "书写文书", EN: "write a document"}, steps: []step{{"record.file", "Document"}}, writes: true},
	{ID: "amend", Kind: Document, Name: fault.Text{ZH: "修改文书", EN: "amend a document"}, steps: []step{{"record.amend", "Document"}}, writes: true},
	{ID: "sign", Kind: Document, Name: fault.Text{ZH: "签署文书", EN: "sign a document"}, steps: []step{{"record.sign", "Document"}}, writes: true},
	{ID: "request", Kind: Patient, Name: fault.Text{ZH: "开具申请", EN: "ask for a test, an operation or a consultation"}, steps: []step{{"patient.ask", "Patient"}}, writes: true},
	{ID: "order", Kind: Patient, Name: fault.Text{ZH: "下达医嘱", EN: "give an order"}, steps: []step{{"record.file", "Order"}}, writes: true},
}

// Actions are all that may be asked about.
func Actions() []Action { return slices.Clone(actions) }

func actionOf(id, kind string) (Action, bool) {
	i := slices.IndexFunc(actions, func(a Action) bool { return a.ID == id && a.Kind == kind })
	if i < 0 {
		return Action{}, false
	}
	return actions[i], true
}

// How long an answer holds at most.
const (
	yesHolds  = time.Minute      // to look at something
	onceHolds = 30 * time.Second // to write or take along: for this once
	noHolds   = 15 * time.Second // a reason may be stated the next moment
)

func (a Action) holds(allowed bool) time.Duration {
	switch {
	case !allowed:
		return noHolds
	case a.leaves || a.writes:
		return onceHolds
	}
	return yesHolds
}

// named are the ids of all actions.
var named = func() map[string]bool {
	ids := map[string]bool{}
	for _, a := range actions {
		ids[a.ID] = true
	}
	return ids
}()
