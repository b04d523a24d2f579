package access

import (
	"strconv"

	"github.com/medward/medward/internal/base/fault"
)

var (
	errInvalid = fault.Define("access.invalid", fault.Invalid,
		"理由需要补充，已填写的内容未丢失。", "The reason must be completed; nothing you wrote is lost.", "the fields name what is wrong")
	errReviewed = fault.Define("access.reviewed-already", fault.Conflict,
		"该次调阅已有复核结论。", "This access has been reviewed already.", "one verdict for an access")
	errGrantInput = fault.Define("access.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.", "the fields name what is wrong and what would be right")
	errOpensNothing = fault.Define("access.opens-nothing", fault.Conflict,
		"按现行规则，这项授权对该人员的岗位和目的不起作用：{verbs}。", "By the present rules such a grant opens nothing for the person's role and purpose: {verbs}.", "change the purpose or the person; see docs/policy.md")
	errNoApprover = fault.Define("access.no-approver", fault.Conflict,
		"审批链的第 {step} 步目前没有与申请无关的审批人，请联系医务科调整审批链。", "Nobody unrelated to the request stands on step {step} of the chain; ask medical affairs to change it.", "the step's role has no holder, or only the requester or beneficiary")
	errDecided = fault.Define("access.decided", fault.Conflict,
		"该申请已有结果，请刷新。", "This request has been decided; refresh the list.", "a decided request never changes; ask for the like again")
	errVoted = fault.Define("access.voted", fault.Conflict,
		"您已批准过这一步，须由其他人继续。", "You have approved this already; somebody else must go on.", "each step, and the confirmation of what was urgent, needs another person")
	errEnded = fault.Define("access.ended", fault.Conflict,
		"该授权已经结束。", "This grant has ended.", "ask for the like again")
	errSealed = fault.Define("access.sealed-already", fault.Conflict,
		"该患者信息已在封存中。", "This patient is under such a seal already.", "one live attention seal for a patient")
	errLifted = fault.Define("access.lifted", fault.Conflict,
		"该封存已解除。", "This seal has been lifted.", "a lifted seal never changes")
	errJoint = fault.Define("access.joint", fault.Conflict,
		"纠纷封存须双方共同启封：请由两名工作人员分别登记医院方和患者方的同意；封存满三年而患者方未再提出解决要求的，医院可自行启封。",
		"A dispute seal is opened by both parties: two members of staff each record the agreement of one side; three years on the hospital may open it alone.",
		"record the agreement of the other side, by another person")
	errReleaseMoved = fault.Define("policy.release-moved", fault.Conflict,
		"该策略刚刚被修改，请刷新后再试。", "This release was changed just now; open it again.", "the revision that was looked at is not the newest")
	errDated = fault.Define("policy.dated-already", fault.Conflict,
		"已发布的策略不再修改，请复制为新草稿。", "A dated release never changes; copy it to a new draft.", "draft another release")
	errNotTried = fault.Define("policy.not-tried", fault.Conflict,
		"请先试算，全部用例通过后才能审查。", "Try it first; a release is reviewed once every case passes.", "try the release")
	errOneself = fault.Define("policy.reviews-himself", fault.Refused,
		"审查人不能是起草人，也不能与起草人有代理、建号或重置关系。", "Who reviews a release neither wrote it nor stands for somebody who did.", "another person reviews it")
	errNotReviewed = fault.Define("policy.not-reviewed", fault.Conflict,
		"请先由另一人审查，再定生效日期。", "Another person must review it before it is dated.", "have it reviewed")
	errNothingToRollBack = fault.Define("policy.nothing-in-force", fault.Conflict,
		"目前没有本院策略在生效。", "No release of the organisation's own is in force.", "the delivered rules hold alone")
	errFreezeOver = fault.Define("access.freeze-over", fault.Conflict,
		"该冻结已解除或已到期，请刷新。", "This freeze was lifted or has run out; refresh the list.", "a freeze that is over is not lifted again")
	errNotSettled = fault.Define("access.breach-is-reviewed", fault.Conflict,
		"这是人工标记的违规，请由标记人以外的人复核。", "This was flagged by hand; somebody else than who flagged it reviews it.", "flagged breaches get a verdict: confirmed until a date, or cleared")
	errFlagged = fault.Define("access.flagged-already", fault.Conflict,
		"该人员已有待复核的违规标记，权限已暂停。", "A breach of this person waits for review already; what is extra is suspended.", "one open flag for a person")
	errUnsigned = fault.Define("access.unsigned", fault.Conflict,
		"被授权人尚未签署安全保密责任书，签署后方可授权。", "Whoever would have this grant has not signed the statement of responsibility yet.", "the beneficiary signs it at the request; his inbox has the task")
	errNoStatement = fault.Define("access.no-statement", fault.Conflict,
		"该申请无需签署责任书。", "This request needs no statement of responsibility.", "none was in force when it was made")
	errNotIdle = fault.Define("access.not-idle", fault.Conflict,
		"该授权不在待终止之列，请刷新。", "This grant is not about to end for want of use; refresh the list.", "no notice runs of it, or its time is over")
	errNotAuthorising = fault.Define("access.not-authorising-department", fault.Refused,
		"该权限由登记的授权部门批准，您不在该部门任职。", "This permission is authorised by another department than yours.", "the authorising department that is recorded for the permission (A-114)")
	errCarriesOneself = fault.Define("access.carries-oneself", fault.Refused,
		"批准人不能同时实施，请由实施部门的另一人办理。", "Whoever approved does not carry it out; leave it to somebody else of the implementing department.", "two unrelated persons (A-168)")
	errCarriesBoth = fault.Define("access.carries-both", fault.Refused,
		"该权限要求授权与实施分设，您同时在授权部门任职，不能实施。", "Authorising and carrying out are apart for this permission, and you work in the authorising department too.", "configured apart (A-168)")
	errNoAuthority = fault.Define("access.no-authority", fault.Conflict,
		"该岗位还没有登记授权部门和实施部门，请先在“授权分工”中登记。", "No departments are recorded that authorise and carry out this role; have them recorded first.", "staff authorities; see /api/authorities")
	errBeyondFrame = fault.Define("access.beyond-frame", fault.Conflict,
		"超出科室权限范围，请缩小申请；确有需要的，可勾选“作为例外申请”，由安全管理员和医务科加批。",
		"This passes the frame of the department. Ask for less; or ask for it as an exception, which the security office and medical affairs approve too.",
		"the fields name the limits (A-139); exception asks for further approval")
	errFrameWaits = fault.Define("access.frame-waits", fault.Conflict,
		"该科室的权限范围已有待确认的变更，请先确认或退回。", "A change of this frame waits to be agreed to; settle that first.", "one proposal for a department at a time")
	errFrameSettled = fault.Define("access.frame-settled", fault.Conflict,
		"此项变更已有结果，请刷新。", "This proposal was settled already; refresh the list.", "a settled proposal never changes")
	errFrameOneself = fault.Define("access.frame-oneself", fault.Refused,
		"须由与提出人无关的另一人确认。", "Somebody unrelated to whoever proposed it must agree.", "changed by two unrelated persons (A-139)")
	errCampaignClosed = fault.Define("access.campaign-closed", fault.Conflict,
		"该次复核已结束。", "This review is closed.", "open the next one")
)

func itoa(n int) string { return strconv.Itoa(n) }
