package identity

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// Hours are when a role, or a person, counts on any day, by the clock of the
// hospital. Several of one role add up; those of a person stand in the place of
// those of his roles. Roles of care have none inside the house: a patient comes at
// night (E-147).
type Hours struct {
	Role   string `json:"role,omitempty" maxLength:"60"`
	Person string `json:"person,omitempty" maxLength:"40" doc:"in place of a role"`
	From   string `json:"from" example:"07:00"`
	To     string `json:"to" example:"20:00" doc:"later than from; the moment itself is outside"`
	Remote bool   `json:"remote,omitempty" doc:"only of whoever comes from outside the house's networks"`
}

// careRoles are never bound to hours inside the house.
var careRoles = []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician", "administrator-on-duty", "student"}

// hospitalZone is the one zone of all hospitals that Medward serves.
var hospitalZone = time.FixedZone("CST", 8*60*60)

func (h Hours) check() error {
	from, errFrom := time.Parse("15:04", h.From)
	to, errTo := time.Parse("15:04", h.To)
	switch {
	case errFrom != nil || errTo != nil || !to.After(from) || len(h.From) != 5 || len(h.To) != 5:
	case (h.Role == "") == (h.Person == ""):
	case !h.Remote && (h.Person != "" || slices.Contains(careRoles, h.Role)):
	default:
		return nil
	}
	return errInput.With().At("body.rules.hours", fault.Text{
		ZH: "时段应如 07:00–20:00，指定岗位或个人之一；院内不得限制诊疗岗位和个人",
		EN: "hours are such as 07:00 to 20:00, of a role or a person; inside the house never of a role of care or of a person",
	})
}

// holds reports whether the role counts at a moment. Times of one length compare
// as they are written.
func (h Hours) holds(at time.Time) bool {
	clock := at.In(hospitalZone).Format("15:04")
	return h.From <= clock && clock < h.To
}

// inHours leaves out the appointments that do not count at this time of day.
func (v Rules) inHours(all []staff.Appointment, person string, remote bool, at time.Time) []staff.Appointment {
	of := func(is func(h Hours) bool) (bound, holds bool) {
		for _, h := range v.Hours {
			if is(h) && (remote || !h.Remote) {
				bound, holds = true, holds || h.holds(at)
			}
		}
		return bound, holds
	}
	if bound, holds := of(func(h Hours) bool { return h.Person != "" && h.Person == person }); bound {
		if holds {
			return all
		}
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(a staff.Appointment) bool {
		bound, holds := of(func(h Hours) bool { return h.Role != "" && h.Role == a.Role })
		return bound && !holds
	})
}
