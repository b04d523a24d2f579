package synth

import (
	"fmt"
	"strings"
	"time"
)

// file gives a document its place; what would lie after the anchor has not been
// written yet, and its key is empty.
func (v *visit) file(d Document) string {
	if d.At.After(v.g.anchor) {
		return ""
	}
	v.counts.document++
	d.Key = fmt.Sprintf("d-%s-%02d", v.enc.Key[2:], v.counts.document)
	d.Encounter, d.Patient, d.Sensitivity = v.enc.Key, v.patient.Key, v.enc.Sensitivity
	if d.Department == "" {
		d.Department = departmentKey(v.on(d.At).unit)
	}
	v.g.hospital.Documents = append(v.g.hospital.Documents, d)
	return d.Key
}

// write files every document of the encounter. Notes are composed in the order
// of time because facts move with it.
func (v *visit) write() {
	switch {
	case v.course.class != Inpatient:
		v.writeClinicNote()
		v.reportStudies()
		return
	}
	v.reportStudies()
	for _, n := range v.timetable() {
		if v.past(n.at) {
			v.learn(n.at)
			n.compose(n.at)
		}
	}
}

// note is a document due at a time.
type note struct {
	at      time.Time
	compose func(time.Time)
}

// timetable lists the notes of a stay: the admission within its legal clocks,
// rounds, progress at most three days apart, operations, transfers, discharge.
func (v *visit) timetable() []note {
	s, begin := v.s, v.course.begin
	minutes := func(low, high int) time.Time {
		return begin.Add(time.Duration(s.between(low, high)) * time.Minute)
	}
	morning := func(days, low, high int) time.Time {
		return midnight(begin).AddDate(0, 0, days).Add(time.Duration(s.between(low, high)) * time.Minute)
	}
	due := []note{
		{minutes(28, 50), v.writeNursing},
		{minutes(150, 330), v.writeFirstCourse},
		{minutes(340, 1200), v.writeAdmission},
		{morning(1, 8*60+10, 9*60+20), v.writeAttendingRound},
		{morning(3, 8*60+20, 10*60), v.writeChiefRound},
	}
	last := int(v.course.end.Sub(midnight(begin)) / day)
	for d := 2; d < last; d += 2 {
		if d > v.operationDay() {
			due = append(due, note{morning(d, 10*60, 11*60+40), v.writeProgress})
		}
		due = append(due, note{morning(d, 15*60, 17*60), v.writeNursing})
	}
	if v.c.consult != nil {
		due = append(due, note{morning(2, 14*60, 16*60+30), v.writeConsultation})
	}
	due = append(due, v.operationNotes(morning)...)
	if len(v.posts) > 1 {
		due = append(due, note{v.posts[1].from.Add(time.Duration(s.between(40, 120)) * time.Minute), v.writeTransfer})
	}
	if !v.course.open {
		due = append(due, note{v.course.end.Add(-time.Duration(s.between(15, 60)) * time.Minute), v.writeDischarge})
	}
	sortNotes(due)
	return due
}

func (v *visit) operationDay() int {
	if v.c.operation == nil {
		return -1
	}
	return v.c.operation.day
}

func (v *visit) operationNotes(morning func(days, low, high int) time.Time) []note {
	op := v.c.operation
	if op == nil {
		return nil
	}
	done := morning(op.day, 10*60+30, 15*60)
	if op.day == 0 {
		done = v.course.begin.Add(time.Duration(v.s.between(400, 520)) * time.Minute)
		if v.c.icuDays > 0 {
			done = v.course.begin.Add(time.Duration(v.s.between(95, 130)) * time.Minute)
		}
	}
	out := []note{{done, v.writeOperation}, {done.Add(45 * time.Minute), v.writeAfterOperation}}
	if op.day > 0 {
		out = append(out, note{morning(op.day-1, 15*60, 17*60+30), v.writeBeforeOperation})
	}
	if op.pathology != "" {
		out = append(out, note{morning(op.day+3, 9*60, 16*60), v.writePathology})
	}
	return out
}

// sortNotes keeps the order of notes due at the same minute.
func sortNotes(due []note) {
	for i := 1; i < len(due); i++ {
		for j := i; j > 0 && due[j].at.Before(due[j-1].at); j-- {
			due[j], due[j-1] = due[j-1], due[j]
		}
	}
}

func (v *visit) vitalLine() string {
	return v.say("T [T]℃，P [P]次/分，R [R]次/分，BP [BP] mmHg，SpO2 [SpO2]%。")
}

func (v *visit) diagnosisList() string {
	var out strings.Builder
	for i, d := range v.enc.Diagnoses {
		if i > 0 {
			out.WriteByte('\n')
		}
		fmt.Fprintf(&out, "%d. %s", i+1, d.Name)
	}
	return out.String()
}

func (v *visit) writeAdmission(at time.Time) {
	on := v.on(at)
	if v.known["history"] == "" {
		v.known["history"] = v.say(v.c.history)
	}
	sections := []Section{
		{"chief-complaint", "主诉", "10154-3", v.known["complaint"] + "。"},
		{"present-illness", "现病史", "10164-2", v.known["history"] + v.admissionReason()},
		{"past-history", "既往史", "11348-0", v.who.pastHistory(v.s, v.patient)},
		{"personal-history", "个人史", "29762-2", v.who.habits},
	}
	if v.age >= 20 {
		sections = append(sections, Section{"marital-history", "婚育史", "", v.marital()})
	}
	if v.patient.Sex == Female && v.age >= 13 {
		sections = append(sections, Section{"menstrual-history", "月经史", "49033-4", v.menstrual()})
	}
	sections = append(sections,
		Section{"family-history", "家族史", "10157-6", v.who.family},
		Section{"vital-signs", "生命体征", "8716-3", v.vitalLine()},
		Section{"physical-examination", "体格检查", "29545-1", v.say("发育正常，营养{中等|良好}，{自主体位|查体合作}。") + v.say(v.c.exam)},
		Section{"auxiliary-examination", "辅助检查", "", orElse(strings.TrimSpace(v.testedBy(v.course.begin, at)+"\n"+v.seenBy(at)), "待完善。")},
		Section{"initial-diagnosis", "初步诊断", "11450-4", v.diagnosisList()},
		Section{"treatment-plan", "诊疗计划", "18776-5", numbered(v.say(v.c.plan))},
	)
	v.file(Document{Kind: "C0034", Title: "入院记录", Author: on.resident, CoSigner: on.attending, At: at, Sections: sections})
}

func (v *visit) admissionReason() string {
	if v.c.icuDays > 0 {
		return v.say("自起病以来精神、食欲差，{睡眠差|尿量偏少}，体重无明显变化。")
	}
	return v.say("{为进一步诊治，|为求系统治疗，}门诊{以“[name]”|拟诊“[name]”}收入我科。{起病以来精神、饮食、睡眠{一般|尚可}，大小便如常。|自发病以来精神可，食欲、睡眠一般，二便正常，体重无明显变化。}")
}

func (v *visit) writeFirstCourse(at time.Time) {
	on := v.on(at)
	features := "患者" + v.known["sex"] + "性，" + v.known["age"] + ";" + v.say(v.c.features)
	v.file(Document{
		Kind: "C0037", Title: "首次病程记录", Author: on.resident, At: at,
		Sections: []Section{
			{"chief-complaint", "主诉", "10154-3", v.known["complaint"] + "。"},
			{"case-features", "病例特点", "29548-5", numbered(features)},
			{"diagnosis", "初步诊断", "29548-5", v.diagnosisList()},
			{"basis", "诊断依据", "29548-5", strings.ReplaceAll(v.say(v.c.features), ";", "；") + "。"},
			{"differential", "鉴别诊断", "29548-5", numbered(v.say(v.c.differential))},
			{"treatment-plan", "诊疗计划", "18776-5", numbered(v.say(v.c.plan))},
		},
	})
}

func (v *visit) writeAttendingRound(at time.Time) {
	on := v.on(at)
	v.file(Document{
		Kind: "C0039", Title: "主治医师首次查房记录", Author: on.resident, CoSigner: on.attending, At: at,
		Sections: []Section{
			{"round", "查房记录", "51848-0", v.say("今日"+v.nameOf(on.attending)+"主治医师查房，听取病史汇报，{补充病史无特殊|详细询问病史并查体}。") + v.vitalLine() + v.say("{专科体征同前。|查体同入院记录。}")},
			{"opinion", "查房意见", "18776-5", v.say(v.c.round)},
		},
	})
}

func (v *visit) writeChiefRound(at time.Time) {
	on := v.on(at)
	v.file(Document{
		Kind: "C0039", Title: "主任医师查房记录", Author: on.resident, CoSigner: on.chief, At: at,
		Sections: []Section{
			{"round", "查房记录", "51848-0", v.say("今日"+v.nameOf(on.chief)+v.titleOf(on.chief)+"查房。") + v.vitalLine() + v.say("{患者一般情况可，|患者神清，|}病情{较前平稳|无明显恶化|逐步好转}。")},
			{"opinion", "查房意见", "18776-5", v.say("{结合病史、体征及辅助检查，同意“[name]”诊断|同意目前诊断，诊断依据充分}。{目前治疗方案合理，继续执行|治疗有效，继续当前方案}，{注意并发症的观察与预防|加强与患者及家属沟通，告知病情及预后|动态复查相关指标，及时调整治疗}。{下级医师应重视{基础疾病的管理|药物不良反应的监测|病情变化的及时记录}。|}")},
		},
	})
}

func (v *visit) writeProgress(at time.Time) {
	on := v.on(at)
	stage := 2
	switch done := v.progress(at); {
	case done < 420:
		stage = 0
	case done < 780:
		stage = 1
	}
	sections := []Section{{"progress", "病程记录", "11450-4", v.vitalLine() + v.say(v.c.course[stage])}}
	if results := v.testedBy(at.Add(-26*time.Hour), at); results != "" {
		sections = append(sections, Section{"results", "检查检验结果", "29548-5", results})
	}
	v.file(Document{Kind: "C0038", Title: "日常病程记录", Author: on.resident, At: at, Sections: sections})
}

func (v *visit) writeNursing(at time.Time) {
	on := v.on(at)
	kind, title := "C0017", "一般护理记录"
	if on.unit == "icu" {
		kind, title = "C0018", "病危（重）护理记录"
	}
	observed := v.say("患者{神志清楚|神清}，{情绪平稳|配合治疗}，{未诉特殊不适|主诉同前}。")
	switch {
	case v.c.key == "sepsis" && on.unit == "icu":
		observed = v.say("患者{意识淡漠|嗜睡，可唤醒}，留置中心静脉导管、导尿管在位通畅。")
	case at.Sub(v.course.begin) < 2*time.Hour:
		observed = v.say("患者因“" + v.known["complaint"] + "”入院，{平车推入|轮椅推入|步行入院}，已介绍病区环境、主管医师及责任护士，{佩戴腕带，核对身份|核对身份信息并佩戴腕带}。")
	}
	v.file(Document{
		Kind: kind, Title: title, Author: on.nurse, At: at,
		Sections: []Section{
			{"vital-signs", "生命体征", "8716-3", v.vitalLine()},
			{"observation", "护理观察", "", observed},
			{"measures", "护理措施", "", v.say(v.c.nursing) + "。"},
		},
	})
}

func (v *visit) writeTransfer(at time.Time) {
	from, to := v.posts[0], v.posts[1]
	v.file(Document{
		Kind: "C0042", Title: "转入记录", Author: to.resident, CoSigner: to.attending, At: at,
		Sections: []Section{
			{"chief-complaint", "主诉", "10154-3", v.known["complaint"] + "。"},
			{"course", "诊疗经过", "8648-8", v.say("患者因“[complaint]”于" + dateWords(v.course.begin) + "入住" + unitName(from.unit) + "，予{监护、对症支持及针对原发病|积极}治疗，{病情趋于稳定|生命体征平稳}，于" + dateWords(to.from) + "转入" + unitName(to.unit) + "继续治疗。")},
			{"present-state", "目前情况", "11450-4", v.vitalLine() + v.say("神清，精神{尚可|较前好转}。")},
			{"diagnosis", "转入诊断", "29548-5", v.diagnosisList()},
			{"treatment-plan", "转入后诊疗计划", "18776-5", numbered(v.say("继续原治疗方案，{动态评估病情|监测生命体征};完善复查，必要时多学科会诊;与家属沟通病情"))},
		},
	})
}

func (v *visit) writeConsultation(at time.Time) {
	c, on := v.c.consult, v.on(at)
	if on.unit == c.unit {
		return
	}
	consultant := personKey(c.unit, "attending", v.s.between(1, 2))
	if v.g.idOf(consultant) == v.patient.IDNumber {
		consultant = personKey(c.unit, "chief", 1)
	}
	ended := at.Add(day)
	member := CareMember{Person: consultant, Duty: DutyConsultant, From: at.Add(-4 * time.Hour)}
	if v.past(ended) {
		member.To = &ended
	} else {
		member.To = v.stop()
	}
	v.enc.Team = append(v.enc.Team, member)
	v.file(Document{
		Kind: "C0045", Title: unitName(c.unit) + "会诊记录", Author: consultant, CoSigner: on.attending, At: at, Department: departmentKey(c.unit),
		Sections: []Section{
			{"summary", "病历摘要", "51848-0", v.say("患者[sex]，[age]，因“[complaint]”入院。诊断：[name]。")},
			{"reason", "会诊原因", "", v.say(c.reason) + "。"},
			{"opinion", "会诊意见", "", v.say(c.opinion)},
		},
	})
}

func (v *visit) writeDischarge(at time.Time) {
	on := v.on(at)
	days := int(midnight(v.course.end).Sub(midnight(v.course.begin)) / day)
	v.file(Document{
		Kind: "C0049", Title: "出院记录", Author: on.resident, CoSigner: on.attending, At: at,
		Sections: []Section{
			{"dates", "入出院日期", "", fmt.Sprintf("入院日期：%s；出院日期：%s；住院%d天。", dateWords(v.course.begin), dateWords(v.course.end), days)},
			{"admission-state", "入院情况", "11450-4", v.say("因“[complaint]”入院。") + strings.ReplaceAll(v.say(v.c.features), ";", "；") + "。"},
			{"admission-diagnosis", "入院诊断", "46241-6", v.diagnosisList()},
			{"hospital-course", "诊疗经过", "8648-8", v.hospitalCourse()},
			{"discharge-state", "出院情况", "11535-2", v.vitalLine() + v.say(v.c.course[2])},
			{"discharge-diagnosis", "出院诊断", "11535-2", v.diagnosisList()},
			{"outcome", "治疗结果", "", v.c.outcome + "。"},
			{"discharge-orders", "出院医嘱", "46209-3", numbered(v.say(v.c.advice))},
		},
	})
}

func (v *visit) hospitalCourse() string {
	text := "入院后完善相关检查"
	if len(v.studies) > 0 {
		first := v.studies[0]
		text += "，" + first.Name + "示：" + strings.TrimSuffix(first.impression, "。")
	}
	text += "。" + v.say("{予|给予}") + v.treatments()
	if op := v.c.operation; op != nil {
		text += "，并行" + op.name + "，手术顺利，术后恢复" + v.say("{良好|顺利}")
	}
	if len(v.posts) > 1 {
		text += "，期间由" + unitName(v.posts[0].unit) + "转入" + unitName(v.posts[1].unit)
	}
	return text + v.say("。经治疗{症状缓解，病情好转|病情逐步好转}，{经上级医师同意|请示上级医师后}，今日出院。")
}

// treatments names the drugs that were really ordered.
func (v *visit) treatments() string {
	var names []string
	for key := range strings.FieldsSeq(v.c.drugs) {
		m, ok := medicineOf(strings.TrimPrefix(key, "!")).suitable(v.patient.Allergies, v.age < 18)
		name := m.shortName()
		if !ok || len(names) > 0 && names[len(names)-1] == name {
			continue
		}
		if names = append(names, name); len(names) == 5 {
			break
		}
	}
	return strings.Join(names, "、") + "等治疗"
}

// writeClinicNote is the note of a clinic or emergency visit; a follow-up tells
// how things have gone since.
func (v *visit) writeClinicNote() {
	at := v.course.begin.Add(11 * time.Minute)
	if v.course.class == Emergency {
		at = v.course.begin.Add(45 * time.Minute)
	}
	if !v.past(at) {
		return
	}
	v.learn(at)
	kind, title := "C0002", "门（急）诊病历"
	if v.course.class == Emergency && v.course.end.Sub(v.course.begin) > 3*time.Hour {
		kind, title = "C0003", "急诊留观病历"
	}
	complaint, history, exam, handling := v.known["complaint"], v.say(v.c.history), v.say(v.c.exam), v.say(v.c.visit)
	if v.followUp {
		complaint = v.say("[name]{治疗|诊治}后复诊")
		history = v.say("患者因“[name]”{在我院诊治|于我院治疗}，{好转后离院|症状改善}。近期" + v.c.follow + "。")
		exam = v.say("神清，{精神可|一般情况可}。双肺呼吸音清，心率[P]次/分，腹软。{专科情况较前好转。|余查体无特殊。}")
		handling = v.say(v.c.advice)
	}
	v.file(Document{
		Kind: kind, Title: title, Author: v.on(at).attending, At: at,
		Sections: []Section{
			{"chief-complaint", "主诉", "10154-3", complaint + "。"},
			{"present-illness", "现病史", "10164-2", history},
			{"past-history", "既往史", "11348-0", v.who.pastHistory(v.s, v.patient)},
			{"physical-examination", "体格检查", "29545-1", v.vitalLine() + exam},
			{"auxiliary-examination", "辅助检查", "30954-2", orElse(strings.TrimSpace(v.testedBy(v.course.begin, at)+"\n"+v.seenBy(at)), "暂无。")},
			{"diagnosis", "初步诊断", "29548-5", v.diagnosisList()},
			{"handling", "处理", "18776-5", numbered(handling)},
		},
	})
}

func (v *visit) nameOf(key string) string  { return v.g.personOf(key).Name.Full }
func (v *visit) titleOf(key string) string { return v.g.personOf(key).Title.Zh }

func dateWords(t time.Time) string { return t.Format("2006年01月02日") }
