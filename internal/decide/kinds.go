package decide

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

// The tasks that the gate opens.
var (
	Reviewing = duty.Define(duty.Kind{
		ID: "decide.reviewing", Name: fault.Text{ZH: "无应答期间操作复核", EN: "Review what was done elsewhere without an answer"}, Limit: workingDays(3),
		Remind: []calendar.Fraction{{N: 1, Of: 2}}, Escalate: []duty.Rung{{To: duty.Office, Role: "discipline"}, {To: duty.Office, Role: "president", After: workingDays(2)}},
	})
	Raising = duty.Define(duty.Kind{
		ID: "decide.raising", Name: fault.Text{ZH: "疑似违规操作核查（无应答期间）", EN: "Look into a possible misuse while nobody answered"}, Limit: workingDays(5),
		Remind: []calendar.Fraction{{N: 1, Of: 2}}, Escalate: []duty.Rung{{To: duty.Office, Role: "president", After: workingDays(2)}},
	})
)
