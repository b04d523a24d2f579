package synth

import (
	"strconv"
	"strings"
	"time"
)

// chronic is a long-standing illness beside the main problem.
type chronic struct {
	diagnosis Diagnosis
	history   string
	excludes  string // conditions it would repeat
	prior     [4]int // percent under 40, 55, 70 and above
}

var chronicIllnesses = []chronic{
	{Diagnosis{"I10", "高血压病"}, "高血压病史[2-18]年，最高血压[152-178]/[92-106] mmHg，{长期口服苯磺酸氨氯地平片，血压控制尚可|服药不规律，血压控制欠佳|口服缬沙坦胶囊，自测血压130/80 mmHg左右}", "hypertension delivery induced-abortion", [4]int{1, 14, 34, 48}},
	{Diagnosis{"E11.9", "2型糖尿病"}, "2型糖尿病病史[2-14]年，{口服二甲双胍，空腹血糖7至8 mmol/L|皮下注射胰岛素，血糖控制一般|饮食控制加口服降糖药，血糖波动}", "diabetes delivery induced-abortion", [4]int{1, 6, 14, 18}},
	{Diagnosis{"I25.1", "冠状动脉粥样硬化性心脏病"}, "冠心病病史[1-10]年，{间断口服阿司匹林、他汀类药物|未规律服药}", "unstable-angina stemi", [4]int{0, 2, 8, 14}},
	{Diagnosis{"K76.0", "脂肪性肝病"}, "体检发现脂肪肝[2-8]年，未特殊治疗", "cirrhosis hepatitis-b", [4]int{3, 8, 5, 3}},
	{Diagnosis{"N40", "前列腺增生"}, "前列腺增生病史[2-8]年，夜尿[2-4]次", "", [4]int{0, 0, 12, 22}},
}

var ageBands = []int{40, 55, 70}

func (s *stream) profile(c *condition, when course, birth time.Time, sex Sex) profile {
	age := yearsBetween(birth, when.begin)
	band := 0
	for band < len(ageBands) && age >= ageBands[band] {
		band++
	}
	who := profile{birth: birth, condition: c, course: when, weightKg: s.weight(age, sex)}
	for _, illness := range chronicIllnesses {
		if !s.chance(illness.prior[band]) || strings.Contains(illness.excludes, c.key) {
			continue
		}
		if sex == Female && illness.diagnosis.Code == "N40" {
			continue
		}
		illness.history = s.say(illness.history, nil)
		who.chronic = append(who.chronic, illness)
	}
	who.habits = s.habits(age, sex)
	who.surgery = s.surgery(c, age)
	who.family = s.familyHistory(age)
	return who
}

func (s *stream) weight(age int, sex Sex) int {
	switch {
	case age < 1:
		return s.between(5, 9)
	case age < 14:
		return age*2 + 8 + s.between(-1, 3)
	case sex == Female:
		return s.central(44, 74)
	}
	return s.central(52, 88)
}

func (s *stream) habits(age int, sex Sex) string {
	switch {
	case age < 14:
		return s.say("{足月顺产|足月剖宫产}，出生体重[2.7-3.8] kg，生后无窒息史。{母乳|混合|人工}喂养，生长发育与同龄儿相仿，按计划免疫接种疫苗。", nil)
	case age >= 20 && sex == Male && s.chance(48):
		return s.say("生于原籍，无疫区居住史。吸烟[5-35]年，每日约[5-20]支，{未戒|已戒[1-6]年}；{偶有饮酒|饮白酒每日约[50-150] mL|无饮酒史}。", nil)
	}
	return s.say("生于原籍，{无外地长期居住史|无疫区、疫水接触史}，生活规律，无烟酒嗜好，{否认毒物及放射性物质接触史|否认冶游史}。", nil)
}

func (s *stream) surgery(c *condition, age int) string {
	switch {
	case c.key == "breast-cancer":
		return "除本次乳腺手术外，否认其他手术及外伤史。"
	case age >= 25 && s.chance(18):
		return s.say("[2-20]年前因{“阑尾炎”行阑尾切除术|外伤致{桡骨|锁骨}骨折，已愈合|“痔疮”行手术治疗}，恢复良好。", nil)
	}
	return "否认手术及外伤史。"
}

func (s *stream) familyHistory(age int) string {
	if age < 14 {
		return s.say("父母体健，{非近亲婚配|非近亲结婚}，否认家族遗传病史。", nil)
	}
	if age >= 62 {
		return s.say("父母已故，{死因不详|均为高龄去世|父亲死于脑卒中，母亲死因不详|父亲死于“胃癌”}，{兄弟姐妹体健|有1姐患高血压}，否认家族遗传病史。", nil)
	}
	return s.say("{父母健在，均体健|父亲患高血压，母亲体健|母亲患2型糖尿病，父亲体健|父母已故，死因不详|父亲已故（脑卒中），母亲健在}，否认家族遗传病及传染病史。", nil)
}

// pastHistory is 既往史; infections the patient does have are not denied.
func (who *profile) pastHistory(s *stream, patient *Patient) string {
	var out strings.Builder
	if len(who.chronic) == 0 {
		out.WriteString(s.say("{平素体健|既往健康状况良好|平素身体一般}。", nil))
	}
	for _, illness := range who.chronic {
		out.WriteString(illness.history + "。")
	}
	switch who.condition.key {
	case "hepatitis-b", "cirrhosis":
		out.WriteString("否认结核、伤寒等其他传染病史。")
	case "tuberculosis":
		out.WriteString("否认病毒性肝炎等其他传染病史。")
	case "hiv":
		out.WriteString("否认病毒性肝炎、结核病史。")
	default:
		out.WriteString(s.say("否认{肝炎、结核等传染病史|病毒性肝炎、肺结核等传染病史及密切接触史}。", nil))
	}
	out.WriteString(who.surgery + "否认输血史。")
	if len(patient.Allergies) == 0 {
		out.WriteString("否认药物、食物过敏史。")
	} else {
		out.WriteString("对" + strings.Join(patient.Allergies, "、") + "过敏。")
	}
	return out.String()
}

// marital is 婚育史.
func (v *visit) marital() string {
	switch {
	case v.patient.Marriage == "未婚":
		return "未婚未育。"
	case v.c.key == "delivery":
		return v.s.say("适龄结婚，G[gravida]P{0|1}，配偶体健。", v.known)
	case v.patient.Marriage == "丧偶":
		return v.s.say("适龄结婚，丧偶，育有{1子|1女|1子1女|2子1女}，子女体健。", nil)
	}
	return v.s.say("适龄结婚，配偶体健，{育有1子|育有1女|育有1子1女}，{子女体健|体健}。", nil)
}

// menstrual is 月经史 of women and girls from 13.
func (v *visit) menstrual() string {
	switch {
	case v.age >= 52:
		return v.s.say("初潮[13-16]岁，绝经年龄[47-51]岁，绝经后无异常阴道流血。", nil)
	case v.c.key == "delivery" || v.c.key == "induced-abortion":
		return v.s.say("初潮[12-15]岁，周期[28-32]天，经期[4-6]天，经量中等，{无痛经|偶有痛经}，末次月经见现病史。", nil)
	case v.c.key == "myoma":
		return v.s.say("初潮[12-15]岁，周期[26-30]天，近期经期延长、经量增多，{无痛经|轻度痛经}，末次月经[5-20]天前。", nil)
	}
	return v.s.say("初潮[12-15]岁，周期[27-32]天，经期[4-6]天，经量中等，{无痛经|偶有痛经}，末次月经[5-25]天前。", nil)
}

// ageWords writes an age as a chart does: years, or months under three.
func ageWords(birth, at time.Time) string {
	years := yearsBetween(birth, at)
	if years >= 3 {
		return strconv.Itoa(years) + "岁"
	}
	months := (at.Year()-birth.Year())*12 + int(at.Month()) - int(birth.Month())
	if at.Day() < birth.Day() {
		months--
	}
	if months >= 12 && months%12 == 0 {
		return strconv.Itoa(months/12) + "岁"
	}
	if months > 12 {
		return strconv.Itoa(months/12) + "岁" + strconv.Itoa(months%12) + "个月"
	}
	return strconv.Itoa(months) + "个月"
}
