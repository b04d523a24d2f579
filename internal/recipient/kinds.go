package recipient

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var reminders = []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}}

// The tasks that the room opens.
var (
	Approval = duty.Define(duty.Kind{
		ID: "recipient.approval", Name: fault.Text{ZH: "接收方审核", EN: "Review a recipient"},
		Limit: calendar.Limit{N: 2, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: duty.Usual(),
	})
	Renewal = duty.Define(duty.Kind{
		ID: "recipient.renewal", Name: fault.Text{ZH: "接收方即将到期", EN: "A recipient is about to end"},
		Limit: calendar.Limit{N: 20, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: duty.Usual(),
	})
	Missing = duty.Define(duty.Kind{
		ID: "recipient.missing", Name: fault.Text{ZH: "发送后未收到回执", EN: "Something was sent and no receipt came"},
		Limit: calendar.Limit{N: 2, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: duty.Usual(),
	})
	Recall = duty.Define(duty.Kind{
		ID: "recipient.recall", Name: fault.Text{ZH: "对方收到的内容与发送的不符，召回并重发", EN: "What arrived is not what was sent: recall it and send again"},
		Limit: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}, Remind: reminders, Escalate: duty.Usual(),
	})
	Unanswered = duty.Define(duty.Kind{
		ID: "recipient.unanswered", Name: fault.Text{ZH: "封存或撤权通知未送达", EN: "A system could not be told of a seal or an ended right"},
		Limit: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}, Remind: reminders, Escalate: duty.Usual(),
	})
	Unregistered = duty.Define(duty.Kind{
		ID: "recipient.unregistered", Name: fault.Text{ZH: "未登记的外发流量", EN: "Traffic to where nobody is registered"},
		Limit: calendar.Limit{N: 2, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: duty.Usual(),
	})
)
