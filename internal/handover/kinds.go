package handover

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var reminders = []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}}

// The tasks that the room opens.
var (
	Approval = duty.Define(duty.Kind{
		ID: "handover.approval", Name: fault.Text{ZH: "审批信息移交", EN: "Decide on a handover"},
		Limit: calendar.Limit{N: 2, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: duty.Usual(),
	})
	Differing = duty.Define(duty.Kind{
		ID: "handover.differs", Name: fault.Text{ZH: "接收方核验发现差异", EN: "The receiver found differences"},
		Limit: calendar.Limit{N: 1, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: duty.Usual(),
	})
)
