package identity

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// Hours are when a role counts on any day, by the clock of the hospital. Roles of
// care have none: a patient comes at night.
type Hours struct {
	Role string `json:"role"`
	From string `json:"from" example:"07:00"`
	To   string `json:"to" example:"20:00" doc:"later than from; the moment itself is outside"`
}

// careRoles are never bound to hours.
var careRoles = []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician", "administrator-on-duty", "student"}

// hospitalZone is the one zone of all hospitals that Medward serves.
var hospitalZone = time.FixedZone("CST", 8*60*60)

func (h Hours) check() error {
	from, errFrom := time.Parse("15:04", h.From)
	to, errTo := time.Parse("15:04", h.To)
	if errFrom != nil || errTo != nil || !to.After(from) || slices.Contains(careRoles, h.Role) {
		return errInput.With().At("body.rules.hours", fault.Text{
			ZH: "时段应如 07:00–20:00，且不得用于诊疗岗位", EN: "hours are such as 07:00 to 20:00, and never of a role of care",
		})
	}
	return nil
}

// holds reports whether the role counts at a moment. Times of one length compare
// as they are written.
func (h Hours) holds(at time.Time) bool {
	clock := at.In(hospitalZone).Format("15:04")
	return h.From <= clock && clock < h.To
}

// inHours leaves out the appointments that do not count at this time of day.
func (v Rules) inHours(all []staff.Appointment, at time.Time) []staff.Appointment {
	return slices.DeleteFunc(slices.Clone(all), func(a staff.Appointment) bool {
		return slices.ContainsFunc(v.Hours, func(h Hours) bool { return h.Role == a.Role && !h.holds(at) })
	})
}
