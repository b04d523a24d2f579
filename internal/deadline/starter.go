package deadline

import "github.com/medward/medward/internal/patient"

const norms = "《病历书写基本规范》（卫医政发〔2010〕11号）"

var inpatients = []string{patient.Inpatient}

// Starter is the list with which a hospital may begin. What is marked as local must be
// compared with its own rules before it is approved.
func Starter() []Requirement {
	return []Requirement{
		{Key: "first-course", NameZH: "首次病程记录", NameEN: "First progress note", Kinds: []string{"C0037", "C0035", "C0036"}, Event: Admission, Limit: "8h", Mandatory: true, Basis: norms + "第二十二条（一）", Encounters: inpatients},
		{Key: "admission-record", NameZH: "入院记录", NameEN: "Admission record", Kinds: []string{"C0034", "C0035", "C0036"}, Event: Admission, Limit: "24h", Mandatory: true, Basis: norms + "第十七条", Encounters: inpatients},
		{Key: "attending-round", NameZH: "主治医师首次查房记录", NameEN: "First round of the attending", Kinds: []string{"C0039", "C0035", "C0036"}, Event: Admission, Limit: "48h", Mandatory: true, Basis: norms + "第二十二条（三）", Encounters: inpatients},
		{
			Key: "progress-note", NameZH: "日常病程记录", NameEN: "Progress note", Kinds: []string{"C0037", "C0038", "C0039", "C0042", "C0043"}, Event: Admission, Mandatory: true, Basis: norms + "第二十二条（二）", Encounters: inpatients,
			Every: map[Level]string{Critical: "1d", Serious: "2d", Stable: "3d"},
		},
		{Key: "stage-summary", NameZH: "阶段小结", NameEN: "Summary of a month", Kinds: []string{"C0043"}, Event: Admission, Mandatory: true, Basis: norms + "第二十二条（七）", Encounters: inpatients, Every: map[Level]string{Stable: "31d"}},
		{Key: "transfer-in", NameZH: "转入记录", NameEN: "Record of a transfer in", Kinds: []string{"C0042"}, Event: TransferIn, Limit: "24h", Mandatory: true, Basis: norms + "第二十二条（六）", Encounters: inpatients},
		{Key: "consultation", NameZH: "会诊记录", NameEN: "Consultation", Kinds: []string{"C0045"}, Event: Consultation, Limit: "24h", Mandatory: true, Basis: "《医疗质量安全核心制度要点》（国卫医发〔2018〕8号）会诊制度", Encounters: inpatients, Local: true},
		{Key: "operation-record", NameZH: "手术记录", NameEN: "Record of an operation", Kinds: []string{"C0009"}, Event: Operation, Limit: "24h", Mandatory: true, Basis: norms + "第二十二条（十五）", Encounters: inpatients},
		{Key: "after-operation", NameZH: "术后首次病程记录", NameEN: "First note after an operation", Kinds: []string{"C0048"}, Event: Operation, Limit: "2h", Mandatory: true, Basis: norms + "第二十二条（十八）“即时完成”", Encounters: inpatients, Local: true},
		{Key: "rescue", NameZH: "抢救记录", NameEN: "Record of a rescue", Kinds: []string{"C0044"}, Event: Told, Limit: "6h", Basis: norms + "第二十二条（八）", Encounters: []string{patient.Inpatient, patient.Emergency}},
		{Key: "discharge-record", NameZH: "出院（死亡）记录", NameEN: "Discharge or death record", Kinds: []string{"C0049", "C0050", "C0035", "C0036"}, Event: Discharge, Limit: "24h", Mandatory: true, Basis: norms + "第二十二条（二十）（二十一）", Encounters: inpatients},
		{Key: "front-page", NameZH: "住院病案首页", NameEN: "Front page", Kinds: []string{"C0032", "C0033"}, Event: Discharge, Limit: "24h", Mandatory: true, Basis: "《病案管理质量控制指标（2021年版）》病案首页 24 小时完成", Encounters: inpatients, Local: true},
	}
}

// Unheard are events from which rules reckon and of which no data arrive, so that no
// requirement can be reckoned from them.
func Unheard() []Listing {
	return []Listing{
		{"death", "患者死亡：数据中没有死亡时间，死亡记录自出院时间起算", "A death: no time of it arrives; the death record is reckoned from the discharge"},
		{"rescue-end", "抢救结束：只按抢救记录自述的时间核对是否按时，无从得知是否缺写", "The end of a rescue: a record is held to the time that it tells itself; that one is missing cannot be known"},
		{"shift", "医师交接班：数据中没有接班事件", "A shift of doctors: no such event arrives"},
		{"result", "收到检查检验结果：结果由接口直接归入病历，不由人书写", "A result that is received: it is filed by the interface, and written by nobody"},
		{"operation-start", "手术开始：数据中只有排期与完成，术前小结、术前讨论暂不计时", "The beginning of an operation: only its plan and its end arrive; what must be written before it is not timed"},
	}
}

// Listing is something with its words.
type Listing struct {
	ID string `json:"id"`
	ZH string `json:"zh"`
	EN string `json:"en"`
}
