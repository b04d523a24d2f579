package synth

import "time"

// posting is who looks after the patient during one stay.
type posting struct {
	unit                              string
	from                              time.Time
	chief, attending, resident, nurse string
	group                             string
}

// assign finds beds and people for each stay.
func (v *visit) assign() {
	unit := v.c.unit
	if v.followUp && unit == "icu" {
		unit = "infectious"
	}
	if v.course.class == Emergency {
		unit = "emergency"
	}
	if v.course.class != Inpatient {
		v.post(unit, v.course.begin)
		v.finishPosting()
		return
	}
	if v.c.icuDays == 0 {
		v.lie(unit, v.course.begin, v.course.end)
		v.finishPosting()
		return
	}
	moved := midnight(v.course.begin).AddDate(0, 0, v.c.icuDays).Add(10*time.Hour + time.Duration(v.s.between(0, 90))*time.Minute)
	if moved.After(v.g.anchor) {
		v.lie("icu", v.course.begin, v.course.end)
		v.finishPosting()
		return
	}
	v.lie("icu", v.course.begin, moved)
	if unit == "icu" {
		unit = "infectious"
	}
	v.lie(unit, moved, v.course.end)
	v.finishPosting()
}

func (v *visit) lie(unit string, from, to time.Time) {
	bed := v.g.takeBed(v.s, unit, from, to)
	stay := Stay{Department: departmentKey(unit), Ward: wardKey(unit), Bed: bed, From: from}
	if !to.After(v.g.anchor) {
		stay.To = &to
	}
	v.enc.Stays = append(v.enc.Stays, stay)
	v.enc.Ward, v.enc.Bed = stay.Ward, stay.Bed
	v.post(unit, from)
}

func (v *visit) post(unit string, from time.Time) {
	group := v.s.between(1, 2)
	if v.isGroupMember(unit, group) {
		group = 3 - group
	}
	nurse := v.s.between(1, 3)
	v.posts = append(v.posts, posting{
		unit: unit, from: from, group: groupKey(unit, group),
		chief:     personKey(unit, "chief", group),
		attending: personKey(unit, "attending", group),
		resident:  personKey(unit, "resident", group),
		nurse:     personKey(unit, "nurse", nurse),
	})
}

// isGroupMember tells whether the patient is a colleague of that group: nobody
// treats themselves.
func (v *visit) isGroupMember(unit string, group int) bool {
	for _, g := range v.g.hospital.Groups {
		if g.Key != groupKey(unit, group) {
			continue
		}
		for _, member := range g.Members {
			if v.g.idOf(member) == v.patient.IDNumber {
				return true
			}
		}
	}
	return false
}

func (g *generator) idOf(key string) string { return g.personOf(key).IDNumber }

func (g *generator) personOf(key string) *Person {
	return &g.hospital.People[g.personAt[key]]
}

func (v *visit) finishPosting() {
	now := v.posts[len(v.posts)-1]
	v.enc.Department, v.enc.Group = departmentKey(now.unit), now.group
	v.enc.Attending = now.attending
	if v.course.class == Inpatient {
		v.enc.Resident, v.enc.Nurse = now.resident, now.nurse
	}
	for i, p := range v.posts {
		var to *time.Time
		if i+1 < len(v.posts) {
			to = &v.posts[i+1].from
		} else if !v.course.open {
			to = &v.course.end
		}
		v.tie(p.attending, DutyAttending, p.from, to)
		if v.course.class == Inpatient {
			v.tie(p.resident, DutyResident, p.from, to)
			v.tie(p.chief, DutyChief, p.from, to)
		}
		if v.course.class != Outpatient {
			v.tie(p.nurse, DutyNurse, p.from, to)
		}
	}
}

func (v *visit) tie(person string, duty CareDuty, from time.Time, to *time.Time) {
	member := CareMember{Person: person, Duty: duty, From: from}
	if to != nil {
		end := *to
		member.To = &end
	}
	v.enc.Team = append(v.enc.Team, member)
}

// on gives the posting at a time.
func (v *visit) on(t time.Time) posting {
	now := v.posts[0]
	for _, p := range v.posts {
		if !p.from.After(t) {
			now = p
		}
	}
	return now
}
