package synth

import "time"

// block is the length of the pattern in which the special patients recur.
const block = 160

// Positions within a block. Each special patient looks back a fixed distance.
const (
	atStaff         = 7
	atVIP           = 11
	atTwinElder     = 15
	atTwinYounger   = 16
	atSameName      = 40
	atNearDuplicate = 58
	atSameNameLate  = 97
	atNearDupLate   = 121
)

// settledConditions make sure that a small hospital already has what access
// rules are about.
var settledConditions = map[int]string{
	atVIP: "unstable-angina", atTwinElder: "child-pneumonia",
	20: "hiv", 21: "depression", 22: "induced-abortion", 23: "schizophrenia",
	24: "sepsis", 25: "stemi", 26: "tuberculosis", 27: "hepatitis-b",
}

var settledPatientNames = map[int][2]string{
	33: {"欧阳", ""}, 34: {"", "𬭎"}, 35: {"司马", ""}, 36: {"解", ""}, 37: {"", "彧"}, 38: {"单", ""}, 39: {"朴", ""},
}

func (g *generator) twin(s *stream, i int) (Patient, profile) {
	elder, who := g.hospital.Patients[i-2], g.profiles[i-2]
	sex := []Sex{Male, Female}[s.below(2)]
	who.course = who.course.shifted(time.Duration(s.between(0, 90)) * time.Minute)
	given := s.givenName(sex, who.birth.Year())
	if given == elder.Name.Given {
		given += "然"
	}
	patient := g.register(s, i, sex, newName(elder.Name.Family, given), who)
	patient.IDNumber = g.idNumber(elder.Address.Region, who.birth, sex, i)
	patient.Address, patient.Kin = elder.Address, elder.Kin
	patient.Insurance, patient.Ethnicity = elder.Insurance, elder.Ethnicity
	g.link(Twin, i, elder.Key)
	return patient, who
}

// nearDuplicate registers an earlier patient a second time: one digit of the
// number mistyped in the sequence part, and with it the check digit, another
// phone, another house number.
func (g *generator) nearDuplicate(s *stream, i, original int) (Patient, profile) {
	patient, who := g.hospital.Patients[original-1], g.profiles[original-1]
	who.course = course{class: Outpatient, begin: clinicHour(s, who.course.begin.AddDate(0, 0, -1))}
	who.condition = minorIllness(yearsBetween(who.birth, who.course.begin))
	who.course.end = who.course.begin.Add(25 * time.Minute)
	patient.Key, patient.RecordNumber = patientKey(i), recordNumber(i)
	patient.IDNumber = g.mistyped(patient.IDNumber)
	patient.Phone = mobile(patientPhones + i)
	patient.Address.House = s.say("[1-288]号", nil)
	patient.VIP = false
	g.link(NearDuplicate, i, patientKey(original))
	return patient, who
}

// mistyped changes the tens digit of the sequence, which keeps sex and date.
func (g *generator) mistyped(id string) string {
	for digit := byte('0'); ; digit++ {
		changed := completeID(id[:15] + string(digit) + id[16:17])
		if !g.usedIDs[changed] {
			g.usedIDs[changed] = true
			return changed
		}
	}
}

func (g *generator) namesake(s *stream, i, other int) (Patient, profile) {
	earlier := g.hospital.Patients[other-1]
	c := s.condition(func(c *condition) bool { return c.sex == "" || c.sex == earlier.Sex })
	patient, who := g.stranger(s, i, c, earlier.Sex)
	patient.Name = earlier.Name
	g.link(SameName, i, earlier.Key)
	return patient, who
}

func (g *generator) staffPatient(s *stream, i int) (Patient, profile) {
	person := g.hospital.People[(i/block*41+3)%len(g.hospital.People)]
	birth, err := time.ParseInLocation(time.DateOnly, person.BirthDate, chinaTime)
	if err != nil {
		panic(err)
	}
	when := course{class: Outpatient, begin: clinicHour(s, g.anchor.AddDate(0, 0, -s.between(5, 200)))}
	when.end = when.begin.Add(20 * time.Minute)
	age := yearsBetween(birth, when.begin)
	c := s.condition(func(c *condition) bool {
		return c.settings[1] > 0 && c.sensitivity <= 2 && c.fits(person.Sex, age)
	})
	who := s.profile(c, when, birth, person.Sex)
	patient := g.register(s, i, person.Sex, person.Name, who)
	patient.IDNumber, patient.Phone, patient.Name = person.IDNumber, person.Phone, person.Name
	patient.Occupation, patient.Insurance = "医务人员", insuranceEmployee
	g.link(StaffPatient, i, person.Key)
	return patient, who
}

func (g *generator) link(kind LinkKind, i int, other string) {
	g.hospital.Links = append(g.hospital.Links, PatientLink{kind, patientKey(i), other})
}

// minorIllness is what anybody of an age may come to the clinic with.
func minorIllness(age int) *condition {
	if age < 15 {
		return conditionOf("child-diarrhoea")
	}
	return conditionOf("uri")
}
