package cda

// sectionTitles are the sections of WS/T 500 and of common CDA documents by their
// LOINC codes.
var sectionTitles = map[string]Text{
	"10154-3": {"主诉", "Chief complaint"},
	"10157-6": {"家族史", "Family history"},
	"10160-0": {"用药史", "Medications"},
	"10164-2": {"现病史", "History of present illness"},
	"10183-2": {"出院带药", "Discharge medications"},
	"10187-3": {"系统回顾", "Review of systems"},
	"10196-4": {"四肢检查", "Extremities"},
	"10210-3": {"一般状况", "General status"},
	"10213-7": {"麻醉", "Anaesthesia"},
	"10216-0": {"手术输液", "Surgical fluids"},
	"10218-6": {"术后诊断", "Postoperative diagnosis"},
	"10219-4": {"术前诊断", "Preoperative diagnosis"},
	"11336-5": {"住院史", "Hospitalizations"},
	"11348-0": {"既往史", "Past illness"},
	"11369-6": {"预防接种史", "Immunizations"},
	"11450-4": {"健康问题", "Problems"},
	"11535-2": {"出院诊断", "Discharge diagnosis"},
	"11537-8": {"引流", "Surgical drains"},
	"18610-6": {"用药管理", "Medication administered"},
	"18776-5": {"治疗计划", "Treatment plan"},
	"18842-5": {"出院小结", "Discharge summary"},
	"29299-5": {"就诊原因", "Reason for visit"},
	"29302-7": {"皮肤", "Skin"},
	"29545-1": {"体格检查", "Physical examination"},
	"29548-5": {"诊断", "Diagnosis"},
	"29762-2": {"个人史", "Social history"},
	"30954-2": {"实验室检查", "Studies"},
	"34895-3": {"健康教育与告知", "Education and information"},
	"42348-3": {"预立医疗指示", "Advance directives"},
	"42349-1": {"转科", "Transfer"},
	"46209-3": {"医嘱", "Orders"},
	"46240-8": {"就诊经过", "Encounters"},
	"46241-6": {"入院诊断", "Admission diagnosis"},
	"46264-8": {"医疗器械", "Medical equipment"},
	"47420-5": {"功能状态", "Functional status"},
	"47519-4": {"手术操作", "Procedures"},
	"48765-2": {"过敏史", "Allergies"},
	"48768-6": {"费用", "Payment"},
	"49033-4": {"月经史", "Menstrual history"},
	"51847-2": {"评估与计划", "Assessment and plan"},
	"51848-0": {"评估", "Assessment"},
	"55103-6": {"失血", "Blood loss"},
	"56836-0": {"输血史", "Blood transfusion"},
	"57073-9": {"产前记录", "Prenatal events"},
	"57074-7": {"分娩过程", "Labour and delivery"},
	"57075-4": {"新生儿", "Newborn"},
	"57076-2": {"产后处置", "Postpartum treatment"},
	"59772-4": {"拟行操作", "Planned procedure"},
	"59774-0": {"麻醉操作", "Procedure anaesthesia"},
	"59775-7": {"术后去向", "Procedure disposition"},
	"69730-0": {"指导", "Instructions"},
	"8648-8":  {"住院过程", "Hospital course"},
	"8716-3":  {"生命体征", "Vital signs"},
	"8724-7":  {"手术经过", "Surgical description"},
}

// sectionTitle is what a section is called: by its code, or as it calls itself.
func sectionTitle(code, name string) Text {
	if t, known := sectionTitles[code]; known {
		return t
	}
	return same(name)
}
