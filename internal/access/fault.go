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
	errCampaignClosed = fault.Define("access.campaign-closed", fault.Conflict,
		"该次复核已结束。", "This review is closed.", "open the next one")
)

func itoa(n int) string { return strconv.Itoa(n) }
