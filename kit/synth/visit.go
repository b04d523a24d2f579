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

// attend makes the encounters of a patient: perhaps a visit before, the main
// one, perhaps a check afterwards.
func (g *generator) attend(s *stream, i int, patient Patient, who profile) {
	number := 1
	if before, ok := g.visitBefore(s, i, patient, who); ok {
		g.visit(s, i, number, &patient, &before, nil)
		number++
	}
	g.visit(s, i, number, &patient, &who, nil)
	number++
	if after, ok := g.visitAfter(s, who); ok {
		g.visit(s, i, number, &patient, &after, &who.course)
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
	when := clinicHour(s, who.course.begin.AddDate(0, 0, -s.between(35, 150)))
	if when.Before(who.birth.AddDate(0, 0, 36)) {
		return who, false
	}
	age := yearsBetween(who.birth, when)
	if who.condition.settings[1] == 0 || !who.condition.fits(patient.Sex, age) {
		who.condition = minorIllness(age)
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

func (g *generator) visit(s *stream, i, number int, patient *Patient, who *profile, previous *course) {
	v := &visit{
		g: g, s: s, c: who.condition, patient: patient, who: who, followUp: previous != nil,
		age: yearsBetween(who.birth, who.course.begin), course: who.course,
		base: make(map[string]int), target: make(map[string]int),
	}
	v.open(i, number)
	v.settleFacts(previous)
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
	return int(min(max(t.Sub(v.course.begin)*1000/whole, 0), 1000))
}

func (v *visit) settleFacts(previous *course) {
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
	if previous != nil {
		v.known["since"] = formatScaled(int(midnight(v.course.begin).Sub(midnight(previous.end))/day), 0)
		v.known["before"] = "就诊"
		if previous.class == Inpatient {
			v.known["before"] = "出院"
		}
	}
	v.shifts = parseShifts(v.c.labs)
}

func sexWord(sex Sex) string {
	if sex == Male {
		return "男"
	}
	return "女"
}

func (v *visit) say(pattern string) string { return v.s.say(pattern, v.known) }
