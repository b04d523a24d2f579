package patient

import "github.com/medward/medward/internal/base/fault"

var (
	errInvalid = fault.Define("patient.invalid", fault.Invalid,
		"患者信息有需要修改的地方，已填写的内容未丢失。", "The patient's data must be changed; nothing you wrote is lost.",
		"the fields name what is wrong")
	errExists = fault.Define("patient.exists", fault.Conflict,
		"该号码已登记在另一名患者名下，请先检索核对。", "This number belongs to another registered patient; search and compare first.",
		"a blind index already holds the identifier")
	errChanged = fault.Define("patient.changed", fault.Conflict,
		"患者信息已被他人更新，请刷新后再改。", "The patient's data was changed by somebody else; reload and try again.",
		"the revision that the change was made from is no longer the newest")
	errUnreadable = fault.Define("patient.unreadable", fault.Internal,
		"患者的身份信息无法解密，未作任何改动；请联系信息科。", "The patient's identity could not be unsealed and nothing was changed; call the IT department.",
		"the sealed demographics do not open: tampered row or destroyed key")
	errNotOpen = fault.Define("patient.encounter-closed", fault.Conflict,
		"该次就诊已结束。", "This encounter has ended.", "admit the patient again, or correct the discharge")
	errNoEnd = fault.Define("patient.relation-without-end", fault.Invalid,
		"诊疗关系必须有结束时间，且晚于现在、不超过一年。", "A care relation needs an end, later than now and within a year.",
		"every relation ends; choose a date")
	errUnknownIdentifier = fault.Define("patient.identifier-unknown", fault.Invalid,
		"请输入完整的病案号、身份证号或手机号。", "Give a complete record number, ID number or phone number.",
		"locate answers exact identifiers only")
)

func text(zh, en string) fault.Text { return fault.Text{ZH: zh, EN: en} }
