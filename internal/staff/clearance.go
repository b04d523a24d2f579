package staff

import "slices"

// clearances say up to which level of sensitivity (1 to 5) a role may be shown
// content at all. Policy still decides each access; this is only the ceiling.
var clearances = map[string]int{
	// Who signs for the whole of a patient's care must be able to see all of it.
	"chief": 5,
	// They lead a team or a ward, or answer for it, and meet the sensitive part
	// of its records in their daily work.
	"attending":       4,
	"head-nurse":      4,
	"medical-affairs": 4,
	// They care, dispense, examine, check or file under somebody's lead: the
	// ordinary record, and more only by a way that leaves a louder trace.
	"resident":      3,
	"nurse":         3,
	"pharmacist":    3,
	"technician":    3,
	"quality":       3,
	"records-clerk": 3,
}

// noContent is the clearance of those whose work needs no patient's content:
// administrators, supervision, research and leadership.
const noContent = 1

func clearanceOf(roles []string) int {
	highest := 0
	for _, role := range roles {
		highest = max(highest, noContent, clearances[role])
	}
	return highest
}

func rolesOf(live []Appointment) []string {
	return distinct(live, func(a Appointment) string { return a.Role })
}

func departmentsOf(live []Appointment) []string {
	return distinct(live, func(a Appointment) string { return a.Department })
}

func distinct(live []Appointment, part func(Appointment) string) []string {
	var all []string
	for _, a := range live {
		all = append(all, part(a))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
