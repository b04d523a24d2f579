package debarment

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var reminders = []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}}

// judgeWithin is when a hit that nobody looked at counts as missed.
const judgeWithin = 24 * time.Hour

// keeper is the role that hears of hits and reviews.
const keeper = "medical-affairs"

// late is where what the keeper leaves lying goes.
func late() []duty.Rung { return []duty.Rung{{To: duty.Office, Role: "president"}} }

// The tasks that the room opens.
var (
	Approval = duty.Define(duty.Kind{
		ID: "debarment.approval", Name: fault.Text{ZH: "确认禁入名单变更", EN: "Settle a change of who is barred"},
		Limit: calendar.Limit{N: 2, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: late(),
	})
	Judging = duty.Define(duty.Kind{
		ID: "debarment.judging", Name: fault.Text{ZH: "核对禁入名单命中", EN: "Look at a hit of the register of who is barred"},
		Limit: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}, Remind: reminders, Escalate: late(),
	})
	Review = duty.Define(duty.Kind{
		ID: "debarment.review", Name: fault.Text{ZH: "复核禁入", EN: "Review a debarment"},
		Limit: calendar.Limit{N: 20, Unit: calendar.WorkingDays}, Remind: reminders, Escalate: late(),
	})
)
