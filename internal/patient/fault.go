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
	errRequisitionClosed = fault.Define("patient.requisition-closed", fault.Conflict,
		"该申请已完成、已撤销或已过期。", "This requisition is done, called off or over.", "make a new requisition")
	errRequisitionTaken = fault.Define("patient.requisition-taken", fault.Conflict,
		"您已承接该申请。", "You have taken this requisition on already.", "the requisition names the person with a live relation")
	errNoStay = fault.Define("patient.no-stay", fault.Invalid,
		"该患者当前没有就诊，不能安排手术。", "The patient has no encounter under way, so nothing can be planned for him.",
		"admit the patient first, or have the admission confirmed")
	errNothingToConfirm = fault.Define("patient.nothing-to-confirm", fault.Conflict,
		"该次入院不需要确认，或已确认。", "This admission needs no confirmation, or has it.", "only admissions by hand of patients known before wait for a second person")
	errItemEnded = fault.Define("patient.item-ended", fault.Conflict,
		"该工作单已结束。", "This item of the worklist has ended.", "put the record on a worklist again")
)

func text(zh, en string) fault.Text { return fault.Text{ZH: zh, EN: en} }
