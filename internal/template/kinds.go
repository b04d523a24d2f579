package template

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

// Approval is the task of reading a version that was submitted.
var Approval = duty.Define(duty.Kind{
	ID: "template.approval", Name: fault.Text{ZH: "审核表单定义", EN: "Review a form definition"},
	Limit: calendar.Limit{N: 5, Unit: calendar.WorkingDays}, Remind: []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}}, Escalate: duty.Usual(),
})
