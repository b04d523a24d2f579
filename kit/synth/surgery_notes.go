package synth

import (
	"strings"
	"time"
)

func (v *visit) writeBeforeOperation(at time.Time) {
	op, on := v.c.operation, v.on(at)
	v.file(Document{
		Kind: "C0046", Title: "术前小结", Author: on.resident, CoSigner: on.chief, At: at,
		Sections: []Section{
			{"summary", "病历摘要", "", v.say("患者[sex]，[age]，因“[complaint]”入院。") + strings.ReplaceAll(v.features(), ";", "；") + "。"},
			{"diagnosis", "术前诊断", "11535-2", v.diagnosisList()},
			{"indication", "手术指征", "47519-4", v.say("诊断明确，{有手术指征|符合手术指征}，{无绝对手术禁忌|心肺功能可耐受手术}。")},
			{"planned-operation", "拟施手术及麻醉", "18776-5", op.name + "；" + v.settled("anaesthesia", op.anaesthesia) + "。"},
			{"attention", "注意事项", "", v.say("{已向患者及家属交代手术方式、风险及并发症，签署知情同意书|手术风险及替代方案已告知，家属理解并签字}；{术前禁食8小时、禁饮4小时|备皮、备血、术前准备完善}。")},
		},
	})
}

func (v *visit) writeOperation(at time.Time) {
	op, on := v.c.operation, v.on(at)
	anaesthesia := v.settled("anaesthesia", op.anaesthesia)
	begin := at.Add(-time.Duration(v.s.between(40, 110)) * time.Minute)
	team := "术者：" + v.nameOf(on.chief) + "；第一助手：" + v.nameOf(on.attending) + "；第二助手：" + v.nameOf(on.resident)
	surgeon := on
	if v.c.icuDays > 0 {
		surgeon = posting{chief: personKey(v.c.unit, "chief", 1), attending: personKey(v.c.unit, "attending", 1), unit: v.c.unit}
		team = "术者：" + v.nameOf(surgeon.chief) + "；第一助手：" + v.nameOf(surgeon.attending)
	}
	ended := at.Add(30 * time.Minute)
	v.tie(surgeon.chief, DutySurgeon, begin, &ended)
	if anaesthesia != "局部麻醉" {
		anaesthetist := personKey("anaesthesia", "attending", v.s.between(1, 2))
		v.tie(anaesthetist, DutyAnaesthetic, begin, &ended)
		team += "；麻醉医师：" + v.nameOf(anaesthetist)
	}
	v.file(Document{
		Kind: "C0009", Title: "手术记录", Author: surgeon.chief, At: at, Department: departmentKey(surgeon.unit),
		Sections: []Section{
			{"operation", "手术名称", "47519-4", op.name + "（" + op.code + "），" + op.level + "手术，切口类别：" + op.incision},
			{"time", "手术时间", "47519-4", begin.Format("2006年01月02日 15:04") + "至" + at.Format("15:04")},
			{"pre-diagnosis", "术前诊断", "10219-4", v.c.name},
			{"post-diagnosis", "术后诊断", "10218-6", v.c.name},
			{"team", "手术人员", "47519-4", team},
			{"anaesthesia", "麻醉方式", "10213-7", anaesthesia},
			{"description", "手术经过", "8724-7", v.say(op.description)},
			{"blood-loss", "出血量", "55103-6", v.say("约[" + op.blood + "] mL，未输血。")},
		},
	})
}

func (v *visit) writeAfterOperation(at time.Time) {
	op, on := v.c.operation, v.on(at)
	v.file(Document{
		Kind: "C0048", Title: "术后首次病程记录", Author: on.resident, CoSigner: on.attending, At: at,
		Sections: []Section{
			{"operation", "手术概要", "47519-4", v.say("患者于今日在" + v.settled("anaesthesia", op.anaesthesia) + "下行" + op.name + "，手术顺利，{术中生命体征平稳|术中无特殊}，术毕安返病房。")},
			{"diagnosis", "术后诊断", "10218-6", v.c.name},
			{"state", "目前情况", "11450-4", v.vitalLine() + v.say("{患者神志清楚|患者清醒，对答切题}，{未诉特殊不适|诉轻度疼痛，可忍受}。")},
			{"attention", "术后处理及注意事项", "", numbered(v.say("监测生命体征，{吸氧|心电监护};{镇痛、补液等对症治疗|对症支持治疗};观察有无{出血、感染征象|出血及其他并发症};预防深静脉血栓及肺部感染"))},
		},
	})
}

func (v *visit) writePathology(at time.Time) {
	findings, impression, _ := strings.Cut(v.say(v.c.operation.pathology), "|||")
	v.file(Document{
		Kind: "C0006", Title: "病理检查报告", Author: personKey("pathology", "technician", v.s.between(1, 2)), At: at, Department: departmentKey("pathology"),
		Sections: []Section{
			{"examination", "检查项目", "", "手术标本病理学检查"},
			{"clinical-diagnosis", "临床诊断", "29548-5", v.c.name},
			{"findings", "检查所见", "", findings},
			{"impression", "病理诊断", "", impression},
		},
	})
}

// settled draws a pattern once and keeps it as a fact.
func (v *visit) settled(name, pattern string) string {
	if v.known[name] == "" {
		v.known[name] = v.say(pattern)
	}
	return v.known[name]
}
