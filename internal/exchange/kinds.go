package exchange

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var reminders = []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}}

// The tasks that the room opens.
var (
	Approval = duty.Define(duty.Kind{
		ID: "exchange.approval", Name: fault.Text{ZH: "核对交换伙伴密钥指纹", EN: "Compare the fingerprint of a partner's keys"},
		Limit: calendar.Limit{N: 2, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: duty.Usual(),
	})
	Unreceived = duty.Define(duty.Kind{
		ID: "exchange.unreceived", Name: fault.Text{ZH: "交换包未被对方接收", EN: "A package was not received"},
		Limit: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}, Remind: reminders, Escalate: duty.Usual(),
	})
	Apart = duty.Define(duty.Kind{
		ID: "exchange.apart", Name: fault.Text{ZH: "收到的交换包有异常，已隔离", EN: "A package that arrived was kept apart"},
		Limit: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}, Remind: reminders, Escalate: duty.Usual(),
	})
)
