package synth

import (
	"fmt"
	"strings"
	"time"
)

const (
	penicillinAllergy    = "青霉素类"
	cephalosporinAllergy = "头孢菌素类"
	sulfaAllergy         = "磺胺类"
)

// profile is what the generator remembers of a patient beyond the record.
type profile struct {
	birth     time.Time
	condition *condition
	course    course
	chronic   []chronic
	weightKg  int
	habits    string
	surgery   string
	family    string
}

// enrol makes patient number i, counted from 1, with all encounters.
func (g *generator) enrol(i int) {
	s := newStream(g.seed, "patient", i)
	patient, who := g.identify(s, i)
	g.hospital.Patients = append(g.hospital.Patients, patient)
	g.profiles = append(g.profiles, who)
	g.attend(s, i, patient, who)
}

func (g *generator) identify(s *stream, i int) (Patient, profile) {
	switch i % block {
	case atTwinYounger:
		return g.twin(s, i)
	case atNearDuplicate:
		return g.nearDuplicate(s, i, i-11)
	case atNearDupLate:
		return g.nearDuplicate(s, i, i-50)
	case atSameName:
		return g.namesake(s, i, i-7)
	case atSameNameLate:
		return g.namesake(s, i, i-30)
	case atStaff:
		return g.staffPatient(s, i)
	}
	c := s.condition(func(*condition) bool { return true })
	if key, ok := settledConditions[i%block]; ok {
		c = conditionOf(key)
	}
	return g.stranger(s, i, c, s.sexFor(c))
}

// stranger has nothing to do with earlier patients.
func (g *generator) stranger(s *stream, i int, c *condition, sex Sex) (Patient, profile) {
	when := g.course(s, c, i)
	birth := s.birthFor(c, when.begin)
	who := s.profile(c, when, birth, sex)
	return g.register(s, i, sex, s.name(sex, birth.Year()), who), who
}

func (g *generator) register(s *stream, i int, sex Sex, name Name, who profile) Patient {
	if settled, ok := settledPatientNames[i%block]; ok {
		name = newName(orElse(settled[0], name.Family), orElse(settled[1], name.Given))
	}
	home := s.region()
	age := yearsBetween(who.birth, g.anchor)
	patient := Patient{
		Key:          patientKey(i),
		RecordNumber: recordNumber(i),
		Name:         name,
		Sex:          sex,
		BirthDate:    who.birth.Format(time.DateOnly),
		IDNumber:     g.idNumber(home.code, who.birth, sex, i),
		Phone:        mobile(patientPhones + i),
		Address:      s.address(home),
		Marriage:     s.marriage(age, who.condition),
		Ethnicity:    s.ethnicity(),
		BloodABO:     []string{"O", "A", "B", "AB"}[s.weighted([]int{33, 29, 28, 10})],
		BloodRh:      []string{"阳性", "阴性"}[s.weighted([]int{199, 1})],
		Allergies:    s.allergies(),
		VIP:          i%block == atVIP,
	}
	patient.Occupation = s.occupation(age, sex, patient.VIP)
	patient.Insurance = s.insurance(age, patient.Occupation, patient.VIP)
	patient.Kin = s.kin(patient, who.birth.Year(), age, mobile(kinPhones+i))
	return patient
}

func patientKey(i int) string { return fmt.Sprintf("p-%04d", i) }

func recordNumber(i int) string { return fmt.Sprintf("%08d", 310_000+i*3) }

func (s *stream) condition(allowed func(*condition) bool) *condition {
	weights := make([]int, len(conditions))
	for i, c := range conditions {
		if allowed(c) {
			weights[i] = c.weight
		}
	}
	return conditions[s.weighted(weights)]
}

func conditionOf(key string) *condition {
	for _, c := range conditions {
		if c.key == key {
			return c
		}
	}
	panic("synth: no such condition: " + key)
}

func orElse(text, fallback string) string {
	if strings.TrimSpace(text) == "" {
		return fallback
	}
	return text
}
