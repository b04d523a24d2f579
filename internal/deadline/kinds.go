package deadline

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

// The tasks of the room.
var (
	// Writing is a document that somebody is to write.
	Writing = duty.Define(duty.Kind{
		ID: "deadline.writing", Name: fault.Text{ZH: "书写病历文书", EN: "Write a document of a record"},
		Limit: calendar.Limit{N: 24, Unit: calendar.HoursOfClock}, Remind: []calendar.Fraction{{N: 1, Of: 2}, {N: 4, Of: 5}}, Escalate: duty.Usual(),
	})
	// DayCheck recurs on each working day: what is missing in the records of those who
	// went home (E-053).
	DayCheck = duty.Define(duty.Kind{
		ID: "deadline.day-check", Name: fault.Text{ZH: "每日病案完整性检查", EN: "Daily check of records for completeness"}, Recurs: true,
		Limit: workingDays(1), Remind: []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}}, Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "medical-affairs", After: workingDays(1)}},
	})
	// Approval is the task of settling a proposed set.
	Approval = duty.Define(duty.Kind{
		ID: "deadline.approval", Name: fault.Text{ZH: "审定书写要求", EN: "Settle a set of writing requirements"},
		Limit: workingDays(3), Remind: []calendar.Fraction{{N: 1, Of: 2}}, Escalate: duty.Usual(),
	})
)
