package synth

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

func (v *visit) writeDischarge(at time.Time) {
	on := v.on(at)
	days := int(midnight(v.course.end).Sub(midnight(v.course.begin)) / day)
	v.file(Document{
		Kind: "C0049", Title: "出院记录", Author: on.resident, CoSigner: on.attending, At: at,
		Sections: []Section{
			{"dates", "入出院日期", "", fmt.Sprintf("入院日期：%s；出院日期：%s；住院%d天。", dateWords(v.course.begin), dateWords(v.course.end), days)},
			{"admission-state", "入院情况", "11450-4", v.say("因“[complaint]”入院。") + strings.ReplaceAll(v.features(), ";", "；") + "。"},
			{"admission-diagnosis", "入院诊断", "46241-6", v.diagnosisList()},
			{"hospital-course", "诊疗经过", "8648-8", v.hospitalCourse()},
			{"discharge-state", "出院情况", "11535-2", v.vitalLine() + dischargeState(v.say(v.c.course[2]))},
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
		if !ok || slices.Contains(names, m.spoken) {
			continue
		}
		if names = append(names, m.spoken); len(names) == 5 {
			break
		}
	}
	return strings.Join(names, "、") + "等治疗"
}

// dischargeState leaves out what the last progress note says about going home.
func dischargeState(text string) string {
	var sentences []string
	for sentence := range strings.SplitSeq(strings.TrimSuffix(text, "。"), "。") {
		var clauses []string
		for clause := range strings.SplitSeq(sentence, "，") {
			if !strings.Contains(clause, "出院") {
				clauses = append(clauses, clause)
			}
		}
		if len(clauses) > 0 {
			sentences = append(sentences, strings.Join(clauses, "，")+"。")
		}
	}
	return strings.Join(sentences, "")
}
