package synth

import "time"

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

var (
	insuranceEmployee = Label{"城镇职工基本医疗保险", "Urban employee basic medical insurance"}
	insuranceResident = Label{"城乡居民基本医疗保险", "Urban and rural resident basic medical insurance"}
	insuranceSelf     = Label{"全自费", "Self-pay"}
	insuranceOfficial = Label{"公费医疗（干部保健）", "Public medical care for officials"}
)
