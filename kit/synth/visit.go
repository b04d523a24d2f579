package synth

import (
	"fmt"
	"strings"
	"time"
)

// visit is an encounter in the making: what has been drawn and is known so far.
// Documents are written in the order of time, each with the facts of its time.
type visit struct {
	g        *generator
	s        *stream
	c        *condition
	patient  *Patient
	who      *profile
	age      int
	followUp bool
	course   course
	enc      Encounter
	posts    []posting
	known    facts
	shifts   map[string]string
	base     map[string]int
	target   map[string]int
	rounds   []Vitals
	reports  []LabReport
	learned  int
	studies  []study
	counts   struct{ document, order, lab, image int }
}

// posting is who looks after the patient during one stay.
type posting struct {
	unit                              string
	from                              time.Time
	chief, attending, resident, nurse string
	group                             string
}

// attend makes the encounters of a patient: perhaps a visit before, the main
// one, perhaps a check afterwards.
func (g *generator) attend(s *stream, i int, patient Patient, who profile) {
	number := 1
	if before, ok := g.visitBefore(s, i, patient, who); ok {
		g.visit(s, i, number, &patient, &before, false)
		number++
	}
	g.visit(s, i, number, &patient, &who, false)
	number++
	if after, ok := g.visitAfter(s, who); ok {
		g.visit(s, i, number, &patient, &after, true)
	}
}

func (g *generator) visitBefore(s *stream, i int, patient Patient, who profile) (profile, bool) {
	switch i % block {
	case atNearDuplicate, atNearDupLate, atStaff, atTwinYounger:
		return who, false
	}
	if who.condition.unit == "obstetrics" || !s.chance(34) {
		return who, false
	}
	when := clinicHour(s, who.course.begin.AddDate(0, 0, -s.between(4, 30)))
	if when.Before(who.birth.AddDate(0, 0, 36)) {
		return who, false
	}
	age := yearsBetween(who.birth, when)
	if who.condition.settings[1] == 0 || !who.condition.fits(patient.Sex, age) {
		who.condition = conditionOf("uri")
		if age < 15 {
			who.condition = conditionOf("child-diarrhoea")
		}
	}
	who.course = course{class: Outpatient, begin: when, end: when.Add(time.Duration(s.between(12, 40)) * time.Minute)}
	return who, true
}

func (g *generator) visitAfter(s *stream, who profile) (profile, bool) {
	if who.course.open || !s.chance(46) {
		return who, false
	}
	when := clinicHour(s, who.course.end.AddDate(0, 0, s.between(9, 30)))
	end := when.Add(time.Duration(s.between(10, 30)) * time.Minute)
	if end.After(g.anchor) {
		return who, false
	}
	who.course = course{class: Outpatient, begin: when, end: end}
	return who, true
}

func (g *generator) visit(s *stream, i, number int, patient *Patient, who *profile, followUp bool) {
	v := &visit{
		g: g, s: s, c: who.condition, patient: patient, who: who, followUp: followUp,
		age: yearsBetween(who.birth, who.course.begin), course: who.course,
		base: make(map[string]int), target: make(map[string]int),
	}
	v.open(i, number)
	v.settleFacts()
	v.measureVitals()
	v.prescribe()
	v.test()
	v.examine()
	v.write()
	g.hospital.Encounters = append(g.hospital.Encounters, v.enc)
	g.hospital.Vitals = append(g.hospital.Vitals, v.rounds...)
	g.hospital.LabReports = append(g.hospital.LabReports, v.reports...)
}

var encounterPrefix = map[EncounterClass]string{Inpatient: "ZY", Outpatient: "MZ", Emergency: "JZ"}

func (v *visit) open(i, number int) {
	v.enc = Encounter{
		Key:         fmt.Sprintf("e-%04d-%d", i, number),
		Number:      fmt.Sprintf("%s%s%05d%d", encounterPrefix[v.course.class], v.course.begin.Format("060102"), i, number),
		Patient:     v.patient.Key,
		Class:       v.course.class,
		Begin:       v.course.begin,
		Sensitivity: v.c.sensitivity,
		Diagnoses:   []Diagnosis{{v.c.icd, v.c.name}},
	}
	if v.patient.VIP {
		v.enc.Sensitivity = max(v.enc.Sensitivity, 4)
	}
	for _, illness := range v.who.chronic {
		if illness.diagnosis.Code != v.c.icd && !strings.Contains(illness.excludes, v.c.key) {
			v.enc.Diagnoses = append(v.enc.Diagnoses, illness.diagnosis)
		}
	}
	v.assign()
	if !v.course.open {
		end := v.course.end
		v.enc.End = &end
		if v.course.class == Inpatient {
			v.enc.Outcome = v.c.outcome
		}
	}
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

// past tells whether a moment lies before the anchor and inside the encounter.
func (v *visit) past(t time.Time) bool {
	return !t.After(v.g.anchor) && (v.course.open || !t.After(v.course.end))
}

// progress is how far the stay has come at t, in thousandths.
func (v *visit) progress(t time.Time) int {
	whole := v.course.end.Sub(v.course.begin)
	if whole <= 0 {
		return 1000
	}
	return min(max(int(t.Sub(v.course.begin)*1000/whole), 0), 1000)
}

func (v *visit) settleFacts() {
	v.known = facts{
		"name": v.c.name,
		"age":  ageWords(v.who.birth, v.course.begin),
		"sex":  sexWord(v.patient.Sex),
		"kg":   formatScaled(v.who.weightKg, 0),
	}
	v.s.settle(v.c.facts, v.known)
	switch v.known["side"] {
	case "左":
		v.known["other"] = "右"
	case "右":
		v.known["other"] = "左"
	}
	v.known["complaint"] = v.say(v.c.complaint)
	v.shifts = parseShifts(v.c.labs)
}

func sexWord(sex Sex) string {
	if sex == Male {
		return "男"
	}
	return "女"
}

func (v *visit) say(pattern string) string { return v.s.say(pattern, v.known) }
