package record

import "github.com/medward/medward/internal/base/fault"

var (
	errInvalid = fault.Define("record.invalid", fault.Invalid,
		"病历文书有需要修改的地方，已填写的内容未丢失。", "The document must be changed; nothing you wrote is lost.", "the fields name what is wrong")
	errChanged = fault.Define("record.changed", fault.Conflict,
		"该文书已有第 {version} 版，请在最新版本上修改；您写的内容仍在草稿中。",
		"The document has a version {version}; amend the newest. What you wrote is kept in your draft.", "somebody else amended in between")
	errGuided = fault.Define("record.guided", fault.Conflict,
		"已签名的文书须按更正步骤更正：请在文书页点“更正”，逐步填写并签名。",
		"What is signed is corrected step by step: choose Correct on the document's page, and sign at the end.", "POST /api/amendments; see docs/adr/0088")
	errOvertaken = fault.Define("record.overtaken", fault.Conflict,
		"该结果或医嘱已被更新，或属于其他来源，未作改动。", "This result or order was updated meanwhile, or is of another source; nothing was changed.",
		"the revision that the change was made from is no longer the newest, or the row is not the source's")
	errUnreadable = fault.Define("record.unreadable", fault.Internal,
		"该文书内容无法解密或校验不符，未显示任何内容；请立即联系信息科。", "The content does not open or does not match its digest; nothing is shown. Call the IT department at once.",
		"a sealed version was tampered with, or its key destroyed; run medward ledger verify")
	errSigned = fault.Define("record.signed-already", fault.Conflict,
		"您已签署过该版本。", "You have signed this version already.", "one signature of a person on a version")
	errNoSigner = fault.Define("record.signing-session-closed", fault.Refused,
		"签名会话已关闭，请重新登录后签名；草稿仍在。", "The signing session is closed; sign in again to sign. Drafts are kept.",
		"the person's signing key is opened at sign-in and closed with the session")
	errState = fault.Define("record.state", fault.Conflict,
		"文书当前状态为“{why}”，不能进行此操作。", "The document is {why}; this cannot be done now.", "the state machine of the document")
	errNeedsConsent = fault.Define("record.consent-needed", fault.Conflict,
		"该类敏感信息须有患者书面同意才能保存；您写的内容仍在草稿中。请先取得签名（电子签名或扫描件），紧急情况请选择情形并说明，事后补签。",
		"Sensitive information of this kind is saved with the patient's written consent only; what you wrote is kept in your draft. Have it signed (electronically, or scan the paper), or choose an emergency and say why: the consent then follows.",
		"which kinds need it is set under consents, by two persons")
	errRuleWaits = fault.Define("record.consent-rule-waits", fault.Conflict,
		"已有一份设置等待另一人确认，请先处理。", "A proposal waits for somebody else; settle that first.", "one proposal at a time")
	errRuleSettled = fault.Define("record.consent-rule-settled", fault.Conflict,
		"该设置已处理，请刷新。", "This proposal was settled; refresh.", "a settled proposal never changes")
	errAgreesOneself = fault.Define("record.agrees-with-oneself", fault.Refused,
		"提出人不能自己确认，请由无关联的另一人确认。", "Whoever proposed it does not agree to it; leave that to somebody unrelated.", "two unrelated persons")
	errForm = fault.Define("record.attachment-form", fault.Conflict,
		"该附件的格式不能在页面中打开；请由有导出权限的人员下载，未知格式一律不提供。",
		"This attachment is of a form that is not opened here; whoever may export can download it, and unknown forms are never handed out.",
		"the form is told by the bytes of the attachment and not by what its source says")
	errNoDraft = fault.Define("record.draft-gone", fault.NotFound,
		"没有找到草稿。", "There is no such draft.", "drafts belong to their writer and end after 30 days")
)

var stateNames = map[State]fault.Text{
	Filed: text("未签名", "not signed"), Signed: text("已签名", "signed"), Archived: text("已归档", "archived"),
}

func wrongState(is fault.Text) error {
	e := errState.With()
	e.Said = &is
	return e
}

func text(zh, en string) fault.Text { return fault.Text{ZH: zh, EN: en} }
