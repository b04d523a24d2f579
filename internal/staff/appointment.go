package staff

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Appointment makes a person something somewhere for a time. It grants power,
// so its row is keyed.
type Appointment struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Person     string    `db:"person"`
	Role       string    `db:"role"` // an id of policy.Roles
	Department string    `db:"department"`
	TitleZH    string    `db:"title_zh"`
	TitleEN    string    `db:"title_en"`
	Team       string    `db:"team"` // medical group, or empty
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`
	Ended      time.Time `db:"ended"` // zero unless ended before Until
	EndedBy    string    `db:"ended_by"`
	MAC        []byte    `db:"mac"`
}

// End is when the appointment stops to count.
func (a Appointment) End() time.Time {
	if !a.Ended.IsZero() && a.Ended.Before(a.Until) {
		return a.Ended
	}
	return a.Until
}

// Live reports whether the appointment counts at a moment.
func (a Appointment) Live(at time.Time) bool {
	return !a.Since.After(at) && a.End().After(at)
}

// NewAppointment is what is asked for when somebody is appointed. A zero Since
// is now.
type NewAppointment struct {
	Person     string
	Role       string
	Department string
	TitleZH    string
	TitleEN    string
	Team       string
	Since      time.Time
	Until      time.Time
}

// LongestTerm bounds an appointment: an end in the far future is no end.
const LongestTerm = 5 * 365 * 24 * time.Hour

// Check finds what makes no appointment.
func (n NewAppointment) Check(now time.Time) error {
	e := errInput.With()
	if !slices.ContainsFunc(policy.Roles(), func(r policy.Role) bool { return r.Person && r.ID == n.Role }) {
		e.At("role", fault.Text{ZH: "不在角色目录中，或不能由任命取得", EN: "is not a role that a person can be appointed to"})
	}
	e.MustName("department", n.Department, maxCode)
	e.MayName("titleZh", n.TitleZH, maxName)
	e.MayName("titleEn", n.TitleEN, maxName)
	e.MayName("team", n.Team, maxName)
	switch {
	case n.Until.IsZero():
		e.At("until", fault.Text{ZH: "任命必须写明截止日期", EN: "an appointment must have an end"})
	case !n.Until.After(n.Since) || !n.Until.After(now):
		e.At("until", fault.Text{ZH: "截止日期应晚于开始日期和现在", EN: "the end must be later than the beginning and than now"})
	case n.Until.Sub(n.Since) > LongestTerm:
		e.At("until", fault.Text{ZH: "一次任命最长五年，到期可续", EN: "an appointment lasts at most five years and can be renewed"})
	}
	return e.OrNil()
}
