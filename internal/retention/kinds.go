package retention

import (
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var (
	half          = calendar.Fraction{N: 1, Of: 2}
	threeQuarters = calendar.Fraction{N: 3, Of: 4}
)

// The tasks of a destruction, each with its clock.
var (
	Appraisal = duty.Define(duty.Kind{
		ID: "retention.appraisal", Name: text("鉴定销毁清单", "Appraise a list for destruction"),
		Limit: calendar.Limit{N: 10, Unit: calendar.WorkingDays}, Remind: []calendar.Fraction{half, threeQuarters}, Escalate: duty.Usual(),
	})
	Approval = duty.Define(duty.Kind{
		ID: "retention.approval", Name: text("审批销毁清单", "Approve a destruction"),
		Limit: calendar.Limit{N: 10, Unit: calendar.WorkingDays}, Remind: []calendar.Fraction{half, threeQuarters}, Escalate: duty.Usual(),
	})
	CarryOut = duty.Define(duty.Kind{
		ID: "retention.carry-out", Name: text("执行已批准的销毁", "Carry out an approved destruction"),
		Limit: calendar.Limit{N: 20, Unit: calendar.WorkingDays}, Remind: []calendar.Fraction{half, threeQuarters}, Escalate: duty.Usual(),
	})
	// HoldEnds is opened with a hold, and due when it ends: whoever set it extends it or
	// lets it go.
	HoldEnds = duty.Define(duty.Kind{
		ID: "retention.hold-ends", Name: text("保全到期前复核", "Review a hold before it ends"),
		Limit: calendar.Limit{N: 365, Unit: calendar.Days}, Remind: []calendar.Fraction{threeQuarters}, Escalate: duty.Usual(),
	})
)
