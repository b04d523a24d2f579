package privilege

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

func hours(n int) calendar.Limit       { return calendar.Limit{N: n, Unit: calendar.HoursOfClock} }
func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

var half = []calendar.Fraction{{N: 1, Of: 2}}

func toOffice(roles ...string) []duty.Rung {
	var chain []duty.Rung
	for i, role := range roles {
		rung := duty.Rung{To: duty.Office, Role: role}
		if i > 0 {
			rung.After = hours(24 * i)
		}
		chain = append(chain, rung)
	}
	return chain
}

// The tasks that the room opens.
var (
	Review = duty.Define(duty.Kind{
		ID: "privilege.review", Name: fault.Text{ZH: "后台变更脚本审查", EN: "Review the script of a back-end change"},
		Limit: workingDays(1), Remind: half, Escalate: toOffice("it-head", "president"),
	})
	Approval = duty.Define(duty.Kind{
		ID: "privilege.approval", Name: fault.Text{ZH: "后台变更批准", EN: "Approve a back-end change"},
		Limit: workingDays(1), Remind: half, Escalate: toOffice("it-head", "president"),
	})
	SecondPerson = duty.Define(duty.Kind{
		ID: "privilege.second-person", Name: fault.Text{ZH: "特权操作等待第二人", EN: "A privileged operation waits for a second person"},
		Limit: hours(1), Escalate: toOffice("it-head"),
	})
	Incident = duty.Define(duty.Kind{
		ID: "privilege.incident", Name: fault.Text{ZH: "后台改动或特权使用异常", EN: "A change behind the system, or a use of privilege, to be explained"},
		Limit: hours(4), Remind: half, Escalate: toOffice("it-head", "president"),
	})
	Rotation = duty.Define(duty.Kind{
		ID: "privilege.rotation", Name: fault.Text{ZH: "管理员口令使用后更换", EN: "Change a credential after its use"},
		Limit: hours(24), Remind: half, Escalate: toOffice("it-head", "president"),
	})
	UrgentReview = duty.Define(duty.Kind{
		ID: "privilege.urgent-review", Name: fault.Text{ZH: "紧急特权会话复核", EN: "Review of an urgent privileged session"},
		Limit: workingDays(1), Remind: half, Escalate: toOffice("it-head", "president"),
	})
)
