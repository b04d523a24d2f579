package output

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

func hours(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.HoursOfClock} }

var half = []calendar.Fraction{{N: 1, Of: 2}}

// The tasks that the room opens.
var (
	Approval = duty.Define(duty.Kind{
		ID: "output.approval", Name: fault.Text{ZH: "大量导出审批（两人）", EN: "Approval of a large export, by two"}, Limit: workingDays(2), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "president", After: workingDays(1)}},
	})
	Suspicion = duty.Define(duty.Kind{
		ID: "output.suspicion", Name: fault.Text{ZH: "异常输出复核", EN: "Review of a suspicious output"}, Limit: hours(4), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "president"}},
	})
	Volume = duty.Define(duty.Kind{
		ID: "output.volume", Name: fault.Text{ZH: "打印数量异常复核", EN: "Review of an unusual number of prints"}, Limit: workingDays(1), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "president", After: workingDays(1)}},
	})
	Unfetched = duty.Define(duty.Kind{
		ID: "output.unfetched", Name: fault.Text{ZH: "打印超时未取，已销毁", EN: "A print was not fetched in time and is destroyed"}, Limit: workingDays(1),
	})
	Leak = duty.Define(duty.Kind{
		ID: "output.leak", Name: fault.Text{ZH: "外发事件核查", EN: "An event of data leaving"}, Limit: workingDays(1), Remind: half, Escalate: duty.Usual(),
	})
)

// waitingKinds are the tasks that end with their export.
var waitingKinds = []*duty.Kind{Approval, Suspicion}
