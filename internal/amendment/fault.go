package amendment

import "github.com/medward/medward/internal/base/fault"

var (
	errInput = fault.Define("amendment.input", fault.Invalid,
		"有内容需要修改，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errStep = fault.Define("amendment.step-skipped", fault.Conflict,
		"请先完成“{why}”这一步，各步不能跳过。", "Take this step first: {why}; none is skipped.",
		"document, wrong, kind, reason, value, effects, confirm, sign")
	errState = fault.Define("amendment.state", fault.Conflict,
		"该更正目前为“{why}”，不能进行此操作。", "The correction is {why}; this cannot be done now.",
		"writing, asked, approved, completed, refused, withdrawn, abandoned")
	errChanged = fault.Define("amendment.changed", fault.Conflict,
		"该更正已在别处修改，请刷新后继续；您刚填写的内容仍在页面上。", "The correction was changed elsewhere; refresh and go on. What you just wrote is still on the page.",
		"the revision that the step was taken from is not the newest")
	errSealed = fault.Define("amendment.sealed", fault.Conflict,
		"病历已封存，封存期间不能更正；请先由医务科启封。", "The document is under seal and is not corrected while it is; ask medical affairs to unseal it first.",
		"no rule of correction can say otherwise")
	errQuarantined = fault.Define("amendment.quarantined", fault.Conflict,
		"该文书正被隔离，裁定前不能更正。", "The document is in quarantine and is not corrected before that is decided.",
		"see the complaints")
	errOther = fault.Define("amendment.under-way", fault.Conflict,
		"该文书已有一项更正正在办理（由 {person} 发起），请待其完成或撤回。", "A correction of this document is under way, begun by {person}; wait until it is completed or withdrawn.",
		"one correction of a document at a time")
	errDraft = fault.Define("amendment.draft-open", fault.Conflict,
		"{person} 正在编辑该文书的草稿，请先与其联系或待其完成。", "{person} has a draft of this document open; speak with them first, or wait.",
		"a draft that was saved within a day")
	errAuthorOnly = fault.Define("amendment.author-only", fault.Conflict,
		"按更正规则，该文书只能由作者本人发起更正。", "By the rules of correction only its author corrects this document.", "see the rules in force")
	errSuperiorOnly = fault.Define("amendment.superior-only", fault.Conflict,
		"按更正规则，该文书须由上级医师发起更正。", "By the rules of correction a superior corrects this document.", "see the rules in force")
	errRank = fault.Define("amendment.rank", fault.Conflict,
		"只有职级高于作者的上级才能更正他人书写的文书。", "What somebody else wrote is corrected by somebody who ranks above the writer.", "student, resident and nurse, attending and head nurse, chief")
	errWindow = fault.Define("amendment.window", fault.Conflict,
		"已超过更正规则允许的期限，不能更正；确有必要请由医务科修订更正规则，或另写补充说明。",
		"The time within which the rules let it be corrected is over; if it must be, have medical affairs revise the rules, or write an addendum.", "see the rules in force")
	errNoRule = fault.Define("amendment.no-rule", fault.Conflict,
		"没有适用于该文书种类和状态的更正规则。", "No rule of correction applies to this kind and state of document.", "release rules with one for every other kind")
	errEffects = fault.Define("amendment.effects-changed", fault.Conflict,
		"受影响的接收方有变化，请重新查看后继续。", "Who is affected has changed; look again before you go on.", "somebody was given the document in between")
	errOnePerson = fault.Define("amendment.one-person", fault.Refused,
		"须由与发起人互不关联的另一人办理。", "Somebody unrelated to whoever began it must do this.", "two unrelated persons")
	errNotApprover = fault.Define("amendment.not-approver", fault.Refused,
		"按更正规则，该更正须由{why}批准。", "By the rules of correction this needs the agreement of {why}.", "see the approval of the rule")
	errWaits = fault.Define("amendment.rules-wait", fault.Conflict,
		"已有一份规则等待发布，请先处理。", "Rules wait to be released already; settle those first.", "one proposal at a time")
	errSettled = fault.Define("amendment.settled", fault.Conflict,
		"已处理，请刷新。", "This was settled already; refresh.", "what is settled never changes")
	errGone = fault.Define("amendment.recipient-gone", fault.Conflict,
		"该接收方已不存在或已停用，无法登记确认；请由医务科登记为“无法联系”并说明。", "This recipient no longer exists or is no longer in force, so it cannot acknowledge; have it written down as out of reach, with why.",
		"register and people: see the recipient's or person's end")
	errUnreadable = fault.Define("amendment.unreadable", fault.Internal,
		"更正内容无法解密，未显示任何内容；请联系信息科。", "The correction cannot be opened; nothing is shown. Tell the IT department.", "its row was altered, or the patient's key destroyed")
	errPast = fault.Define("amendment.replay-moment", fault.Invalid,
		"请选择文书建立之后、现在之前的时刻。", "Choose a moment after the document was written and before now.", "at is a time of RFC 3339")
)

var stateNames = map[string]fault.Text{
	Writing: {ZH: "填写中", EN: "being written"}, Asked: {ZH: "待批准", EN: "waiting for approval"}, Approved: {ZH: "已批准待签名", EN: "approved and to be signed"},
	Completed: {ZH: "已完成", EN: "completed"}, Refused: {ZH: "已退回", EN: "refused"}, Withdrawn: {ZH: "已撤回", EN: "withdrawn"}, Abandoned: {ZH: "已搁置关闭", EN: "ended because nobody went on"},
}

var stepNames = map[string]fault.Text{
	StepWrong: {ZH: "标出错误", EN: "mark what is wrong"}, StepKind: {ZH: "错误种类", EN: "kind of error"}, StepReason: {ZH: "更正原因", EN: "reason"}, StepValue: {ZH: "更正内容", EN: "new text"},
	StepEffects: {ZH: "影响范围", EN: "who is affected"}, StepConfirm: {ZH: "确认", EN: "confirm"}, StepSign: {ZH: "签名", EN: "sign"},
}

var approverNames = map[string]fault.Text{
	SeniorApproval: {ZH: "本科室上级医师", EN: "a senior physician of the department"}, OfficeApproval: {ZH: "医务科", EN: "medical affairs"},
}

// saying fills the sentence of a code in both languages.
func saying(code *fault.Code, why fault.Text) error {
	e := code.With()
	e.Said = &why
	return e
}
