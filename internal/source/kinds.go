package source

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var reminders = []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}, {N: 9, Of: 10}}

func toHeadOfIT() []duty.Rung {
	return []duty.Rung{{To: duty.Office, Role: "it-head"}, {To: duty.Office, Role: "president", After: calendar.Limit{N: 2, Unit: calendar.WorkingDays}}}
}

// The tasks that the room opens.
var (
	Promise = duty.Define(duty.Kind{
		ID: "source.promise", Name: fault.Text{ZH: "签署接口承诺书", EN: "Sign the agreement of a source"},
		Limit: calendar.Limit{N: 5, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: toHeadOfIT(),
	})
	Approval = duty.Define(duty.Kind{
		ID: "source.approval", Name: fault.Text{ZH: "接口审核", EN: "Review an interface"},
		Limit: calendar.Limit{N: 2, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: toHeadOfIT(),
	})
	Renewal = duty.Define(duty.Kind{
		ID: "source.renewal", Name: fault.Text{ZH: "接口承诺书即将到期", EN: "The agreement of a source is about to end"},
		Limit: calendar.Limit{N: 20, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: toHeadOfIT(),
	})
	KeyRenewal = duty.Define(duty.Kind{
		ID: "source.key-renewal", Name: fault.Text{ZH: "接口凭据即将到期", EN: "A key of a source is about to end"},
		Limit: calendar.Limit{N: 20, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: toHeadOfIT(),
	})
	Silence = duty.Define(duty.Kind{
		ID: "source.silence", Name: fault.Text{ZH: "数据来源中断", EN: "A source has fallen silent"},
		Limit: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}, Remind: reminders, Escalate: toHeadOfIT(),
	})
)
