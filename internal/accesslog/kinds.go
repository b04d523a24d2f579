package accesslog

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var half = []calendar.Fraction{{N: 1, Of: 2}}

func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

// The tasks that the room opens.
var (
	Asking = duty.Define(duty.Kind{
		ID: "accesslog.asking", Name: fault.Text{ZH: "他系统调阅说明", EN: "Explain what was looked at in another system"}, Limit: workingDays(3), Remind: half,
		Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "medical-affairs"}, {To: duty.Office, Role: "discipline", After: workingDays(2)}},
	})
	Raising = duty.Define(duty.Kind{
		ID: "accesslog.raising", Name: fault.Text{ZH: "疑似违规调阅核查（他系统）", EN: "Look into a possible misuse in another system"}, Limit: workingDays(5), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "discipline"}, {To: duty.Office, Role: "president", After: workingDays(2)}},
	})
	Upkeep = duty.Define(duty.Kind{
		ID: "accesslog.upkeep", Name: fault.Text{ZH: "日志来源异常处理", EN: "Something is amiss with the log of a system"}, Limit: workingDays(2), Remind: half,
		Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "it-head", After: workingDays(1)}},
	})
)
