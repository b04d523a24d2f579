package house

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/kit/calendar"
)

// noticeKinds are what room identity tells owners of accounts, as things to be
// looked at in their inbox.
var noticeKinds = func() map[string]*duty.Kind {
	kinds := map[string]*duty.Kind{}
	for _, n := range identity.Notices() {
		kinds[n.ID] = duty.Define(duty.Kind{ID: n.ID, Name: n.Name, Limit: calendar.Limit{N: 3, Unit: calendar.WorkingDays}})
	}
	return kinds
}()

// A hospital may make a periodic duty of it that whoever leads a department signs for how its people sign in.
var _ = duty.Define(duty.Kind{
	ID: "identity.acknowledge", Name: fault.Text{ZH: "科室登录管理确认", EN: "Sign for how the department signs in"}, Recurs: true,
	Limit: calendar.Limit{N: 10, Unit: calendar.WorkingDays}, Remind: []calendar.Fraction{{N: 1, Of: 2}},
	Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "medical-affairs", After: calendar.Limit{N: 2, Unit: calendar.WorkingDays}}},
})

// bringNotice puts a notice into its owner's inbox, with the act that caused it.
func (h *House) bringNotice(ctx context.Context, w *act.Work, person string, n identity.Notice, subject string) error {
	_, err := h.Duty.OpenIn(ctx, w, duty.Opening{Kind: noticeKinds[n.ID], To: duty.To{Person: person}, Subject: subject})
	return err
}
