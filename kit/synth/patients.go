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
	c := s.condition(func(c *condition) bool { return true })
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
	key := "uri"
	if yearsBetween(who.birth, who.course.begin) < 15 {
		key = "child-diarrhoea"
	}
	who.condition = conditionOf(key)
	who.course = course{class: Outpatient, begin: clinicHour(s, who.course.begin)}
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

func (s *stream) sexFor(c *condition) Sex {
	if c.sex != "" {
		return c.sex
	}
	return []Sex{Male, Female}[s.weighted([]int{52, 48})]
}

// birthFor gives a birth date that makes the patient fit the condition at the
// time; the youngest are five weeks old.
func (s *stream) birthFor(c *condition, at time.Time) time.Time {
	age := s.central(c.ages[0], c.ages[1])
	if c.ages[0] == 0 {
		age = s.between(0, c.ages[1])
	}
	day := at.AddDate(-age, 0, -s.between(36, 360))
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, chinaTime)
}

func yearsBetween(birth, at time.Time) int {
	years := at.Year() - birth.Year()
	if at.Month() < birth.Month() || at.Month() == birth.Month() && at.Day() < birth.Day() {
		years--
	}
	return years
}

func (s *stream) marriage(age int, c *condition) string {
	married := 0
	switch {
	case c.key == "delivery":
		married = 100
	case age >= 70:
		return []string{"已婚", "丧偶"}[s.weighted([]int{72, 28})]
	case age >= 32:
		married = 92
	case age >= 24:
		married = 50
	}
	if s.chance(married) {
		return "已婚"
	}
	return "未婚"
}

func (s *stream) ethnicity() string {
	return []string{"汉族", "回族", "畲族", "苗族", "土家族", "满族"}[s.weighted([]int{944, 14, 14, 10, 10, 8})]
}

func (s *stream) allergies() []string {
	if !s.chance(15) {
		return nil
	}
	known := []string{penicillinAllergy, cephalosporinAllergy, sulfaAllergy, "海鲜", "尘螨", "花粉"}
	return []string{known[s.weighted([]int{44, 20, 12, 12, 7, 5})]}
}

const farmer = "农民"

func (s *stream) occupation(age int, sex Sex, vip bool) string {
	retirement := 60
	if sex == Female {
		retirement = 55
	}
	switch {
	case vip:
		return "国家公务员"
	case age < 3:
		return "散居儿童"
	case age < 6:
		return "幼托儿童"
	case age < 18:
		return "学生"
	case age < 23 && s.chance(70):
		return "学生"
	case age >= retirement:
		return []string{"退（离）休人员", farmer}[s.weighted([]int{58, 42})]
	}
	return pick(s, []string{"工人", farmer, "职员", "专业技术人员", "个体经营者", "自由职业者", "企业管理人员"})
}

var (
	insuranceEmployee = Label{"城镇职工基本医疗保险", "Urban employee basic medical insurance"}
	insuranceResident = Label{"城乡居民基本医疗保险", "Urban and rural resident basic medical insurance"}
	insuranceSelf     = Label{"全自费", "Self-pay"}
	insuranceOfficial = Label{"公费医疗（干部保健）", "Public medical care for officials"}
)

func (s *stream) insurance(age int, occupation string, vip bool) Label {
	switch {
	case vip:
		return insuranceOfficial
	case s.chance(4):
		return insuranceSelf
	case age < 18 || occupation == farmer || occupation == "学生" || occupation == "自由职业者":
		return insuranceResident
	}
	return insuranceEmployee
}

func (s *stream) kin(p Patient, born, age int, phone string) Kin {
	switch {
	case age < 23 || p.Marriage == "未婚" && age < 50:
		if s.chance(55) {
			return Kin{s.name(Female, born-27).Full, "母亲", phone}
		}
		return Kin{p.Name.Family + s.givenName(Male, born-29), "父亲", phone}
	case p.Marriage == "已婚" && (age < 60 || s.chance(50)):
		if p.Sex == Male {
			return Kin{s.name(Female, born+2).Full, "妻子", phone}
		}
		return Kin{s.name(Male, born-2).Full, "丈夫", phone}
	case p.Marriage == "未婚":
		return Kin{p.Name.Family + s.givenName(Male, born+3), "弟弟", phone}
	}
	family := p.Name.Family
	if p.Sex == Female {
		family = s.surname()
	}
	if s.chance(50) {
		return Kin{family + s.givenName(Male, born+27), "儿子", phone}
	}
	return Kin{family + s.givenName(Female, born+28), "女儿", phone}
}

func orElse(text, fallback string) string {
	if strings.TrimSpace(text) == "" {
		return fallback
	}
	return text
}
