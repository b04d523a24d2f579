package synth

import (
	"strings"
	"time"
)

func (v *visit) writeAdmission(at time.Time) {
	on := v.on(at)
	sections := []Section{
		{"chief-complaint", "主诉", "10154-3", v.known["complaint"] + "。"},
		{"present-illness", "现病史", "10164-2", v.say(v.c.history) + v.admissionReason()},
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
		Section{"physical-examination", "体格检查", "29545-1", v.say("发育正常，营养中等，查体合作。") + v.say(v.c.exam)},
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
	features := "患者" + v.known["sex"] + "性，" + v.known["age"] + ";" + v.features()
	v.file(Document{
		Kind: "C0037", Title: "首次病程记录", Author: on.resident, At: at,
		Sections: []Section{
			{"chief-complaint", "主诉", "10154-3", v.known["complaint"] + "。"},
			{"case-features", "病例特点", "29548-5", numbered(features)},
			{"diagnosis", "初步诊断", "29548-5", v.diagnosisList()},
			{"basis", "诊断依据", "29548-5", strings.ReplaceAll(v.features(), ";", "；") + "。"},
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
	if v.c.icuDays > 0 && on.unit != "icu" {
		stage = max(stage, 1)
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
	measures := v.c.nursing
	if v.c.icuDays > 0 && on.unit != "icu" {
		measures = "{卧床休息，协助生活护理|指导逐步增加活动量}；监测生命体征，{观察病情变化|观察精神、尿量及饮食情况}；{防跌倒、防压力性损伤|加强营养及健康宣教}"
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
			{"measures", "护理措施", "", v.say(measures) + "。"},
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

// features keeps the case as it was on admission for every later document.
func (v *visit) features() string { return v.settled("features", v.c.features) }
