package synth

import (
	"strings"
	"time"
)

func (v *visit) clinicNote() note {
	if v.course.class == Emergency {
		return note{v.course.begin.Add(55 * time.Minute), v.writeClinicNote}
	}
	return note{v.course.begin.Add(10 * time.Minute), v.writeClinicNote}
}

// writeClinicNote is the note of a clinic or emergency visit; a follow-up tells
// how things have gone since.
func (v *visit) writeClinicNote(at time.Time) {
	kind, title := "C0002", "门（急）诊病历"
	if v.course.class == Emergency && v.course.end.Sub(v.course.begin) > 3*time.Hour {
		kind, title = "C0003", "急诊留观病历"
	}
	complaint, history, exam, handling := v.known["complaint"], v.say(v.c.history), v.say(v.c.exam), v.say(v.c.visit)
	if v.followUp {
		complaint = v.say("{[before]后[since]天，复诊|[before][since]天后复诊}")
		history = v.say("患者[since]天前因“[name]”{在我院诊治|于我院治疗}，{好转后离院|症状改善}。近期" + v.c.follow + "。")
		exam = v.say("神清，{精神可|一般情况可}。双肺呼吸音清，心率[P]次/分，腹软。{专科情况较前好转。|余查体无特殊。}")
		handling = v.say("{继续目前治疗方案|维持现治疗方案};{清淡饮食，注意休息|适当活动，避免劳累}{;按期复查相关指标|};{[2-4]周后复诊，|}不适随诊")
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
