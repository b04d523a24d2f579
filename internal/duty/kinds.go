package duty

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

func limit(n int, u calendar.Unit) calendar.Limit { return calendar.Limit{N: n, Unit: u} }

// The kinds of the room itself.
var (
	// Assistance is help that one post asks of another.
	Assistance = Define(Kind{
		ID: "duty.assistance", Name: fault.Text{ZH: "岗位协助", EN: "Assistance between posts"}, Asked: true,
		Limit: limit(3, calendar.WorkingDays), Remind: []calendar.Fraction{half}, Escalate: []Rung{{To: Head}, {To: Office, Role: "president", After: limit(2, calendar.WorkingDays)}},
	})
	// Joint closes when every department has finished its part (D-010).
	Joint = Define(Kind{
		ID: "duty.joint", Name: fault.Text{ZH: "联合任务", EN: "Joint task"}, Asked: true,
		Limit: limit(10, calendar.WorkingDays), Remind: []calendar.Fraction{half, twoThirds}, Escalate: Usual(),
	})
	// JointPart is one department's part of a joint task.
	JointPart = Define(Kind{
		ID: "duty.joint-part", Name: fault.Text{ZH: "联合任务（本科室部分）", EN: "Joint task: your department's part"},
		Limit: limit(10, calendar.WorkingDays), Remind: []calendar.Fraction{half, twoThirds}, Escalate: []Rung{{To: Head}},
	})
	// Issue is a general issue between departments, 24 hours (E-085).
	Issue = Define(Kind{
		ID: "duty.issue", Name: fault.Text{ZH: "一般问题（24 小时）", EN: "General issue (24 hours)"}, Asked: true,
		Limit: limit(24, calendar.HoursOfClock), Remind: []calendar.Fraction{half, twoThirds},
		Escalate: []Rung{{To: Head}, {To: Office, Role: "president", After: limit(24, calendar.HoursOfClock)}},
	})
	// MajorIssue is a major issue, 48 hours, with an interim report (E-086).
	MajorIssue = Define(Kind{
		ID: "duty.major-issue", Name: fault.Text{ZH: "重大问题（48 小时）", EN: "Major issue (48 hours)"}, Asked: true,
		Limit: limit(48, calendar.HoursOfClock), Remind: []calendar.Fraction{half, twoThirds}, Interim: []calendar.Fraction{half},
		Escalate: []Rung{{To: Head}, {To: Office, Role: "president"}},
	})
	// Interim is a report on the way.
	Interim = Define(Kind{
		ID: "duty.interim", Name: fault.Text{ZH: "中期报告", EN: "Interim report"},
		Limit: limit(24, calendar.HoursOfClock), Remind: []calendar.Fraction{twoThirds}, Escalate: []Rung{{To: Head}},
	})
	// Extension asks somebody to grant more time.
	Extension = Define(Kind{
		ID: "duty.extension", Name: fault.Text{ZH: "延期审批", EN: "Request for more time"},
		Limit: limit(1, calendar.WorkingDays), Remind: []calendar.Fraction{half}, Escalate: []Rung{{To: Head}, {To: Office, Role: "medical-affairs"}},
	})
	// FlowStep is one step of a flow that people have written down (E-080).
	FlowStep = Define(Kind{
		ID: "duty.flow-step", Name: fault.Text{ZH: "流程任务", EN: "Step of a flow"},
		Limit: limit(2, calendar.WorkingDays), Remind: []calendar.Fraction{half}, Escalate: Usual(),
	})
	// LogReview, GrantReview and Sampling recur in the supervision calendar (D-024).
	LogReview   = Define(supervision("duty.log-review", "日志检查", "Review of the ledger"))
	GrantReview = Define(supervision("duty.grant-review", "授权复核", "Review of grants"))
	Sampling    = Define(supervision("duty.sampling", "抽样检查", "Sampling"))
)

func supervision(id, zh, en string) Kind {
	return Kind{
		ID: id, Name: fault.Text{ZH: zh, EN: en}, Recurs: true, Limit: limit(5, calendar.WorkingDays),
		Remind: []calendar.Fraction{half, twoThirds}, Escalate: []Rung{{To: Head}, {To: Office, Role: "president", After: limit(2, calendar.WorkingDays)}},
	}
}
