package house

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// staffTasks lets room staff, which stands below the room of tasks, ask people to
// do things.
type staffTasks struct{ duty *duty.Room }

var staffKinds = map[staff.TaskKind]*duty.Kind{
	staff.TakeBack:           staffKind(staff.TakeBack, "离岗交接", "Take back what a leaver was given", duty.Rung{To: duty.Office, Role: "personnel"}),
	staff.RenewQualification: staffKind(staff.RenewQualification, "资质即将到期", "A licence is about to end", duty.Rung{To: duty.Head}),
	staff.RenewUndertaking:   staffKind(staff.RenewUndertaking, "承诺书即将到期", "An undertaking is about to lapse", duty.Rung{To: duty.Head}),
	staff.RenewAgreement:     staffKind(staff.RenewAgreement, "服务公司协议即将到期", "A vendor's agreement is about to end", duty.Rung{To: duty.Office, Role: "it-head"}),
}

func staffKind(id staff.TaskKind, zh, en string, late duty.Rung) *duty.Kind {
	return duty.Define(duty.Kind{
		ID: string(id), Name: fault.Text{ZH: zh, EN: en}, Limit: calendar.Limit{N: 30, Unit: calendar.WorkingDays},
		Remind: []calendar.Fraction{{N: 1, Of: 2}, {N: 2, Of: 3}}, Escalate: []duty.Rung{late},
	})
}

func (s staffTasks) Open(ctx context.Context, w *act.Work, t staff.Task) error {
	kind := staffKinds[t.Kind]
	if kind == nil {
		return fmt.Errorf("house: no words for the task %s", t.Kind)
	}
	_, err := s.duty.OpenIn(ctx, w, duty.Opening{
		Kind: kind, Subject: t.Subject, To: duty.To{Person: t.Person, Role: t.Role, Department: t.Department}, Deadline: t.Deadline,
	})
	return err
}

func (s staffTasks) Done(ctx context.Context, w *act.Work, kind staff.TaskKind, subject string) error {
	return s.duty.DoneIn(ctx, w, staffKinds[kind], subject)
}
