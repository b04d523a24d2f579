package amendment

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var reminders = []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}}

func kind(id, zh, en string, days int) *duty.Kind {
	return duty.Define(duty.Kind{
		ID: id, Name: fault.Text{ZH: zh, EN: en}, Limit: calendar.Limit{N: days, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: duty.Usual(),
	})
}

// The tasks that the room opens.
var (
	Approval   = kind("amendment.approval", "审批病历更正", "Decide on a correction", 2)
	Tell       = kind("amendment.tell", "告知接收方病历已更正", "Tell a recipient of a correction", 1)
	Chase      = kind("amendment.chase", "催收更正通知的确认", "Obtain the acknowledgement of a correction notice", 5)
	Mine       = kind("amendment.mine", "确认您用过的病历已更正", "Acknowledge that what you were given was corrected", 3)
	Complained = kind("amendment.complaint", "裁定非法采集投诉", "Decide on a complaint of unlawful collection", 5)
	Suspected  = kind("amendment.suspicion", "复核可疑条目", "Review an entry that cannot be so", 3)
	Mismatched = kind("amendment.mismatch", "版本核对不一致", "A version does not match its digest", 1)
)
