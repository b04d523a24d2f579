package access

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

var half = []calendar.Fraction{{N: 1, Of: 2}}

func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

// The tasks that the room opens.
var (
	Approval = duty.Define(duty.Kind{
		ID: "access.approval", Name: fault.Text{ZH: "授权审批", EN: "Approval of a grant"}, Limit: usualLimit, Remind: half,
		Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "medical-affairs", After: workingDays(1)}},
	})
	RoleApproval = duty.Define(duty.Kind{
		ID: "access.role-approval", Name: fault.Text{ZH: "岗位申请审批与实施", EN: "Approving and carrying out a request for a role"}, Limit: usualLimit, Remind: half,
		Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "medical-affairs", After: workingDays(1)}},
	})
	FrameException = duty.Define(duty.Kind{
		ID: "access.frame-exception", Name: fault.Text{ZH: "授权超出科室权限范围，保留为例外或终止", EN: "A grant lies outside of the department's frame: keep it as an exception or end it"}, Limit: workingDays(5), Remind: half,
		Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "medical-affairs"}},
	})
	GlassReview = duty.Define(duty.Kind{
		ID: "access.glass-review", Name: fault.Text{ZH: "紧急调阅复核（严重）", EN: "Review of a severe break-glass"}, Limit: workingDays(1), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "medical-affairs"}, {To: duty.Office, Role: "president", After: workingDays(1)}},
	})
	GlassDigest = duty.Define(duty.Kind{
		ID: "access.glass-digest", Name: fault.Text{ZH: "紧急调阅每日复核", EN: "Daily review of break-glass accesses"}, Limit: workingDays(1), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "medical-affairs"}},
	})
	GrantReview = duty.Define(duty.Kind{
		ID: "access.grant-review", Name: fault.Text{ZH: "授权定期复核", EN: "Periodic review of grants"}, Limit: workingDays(10),
		Remind: []calendar.Fraction{{N: 1, Of: 2}, {N: 4, Of: 5}}, Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "medical-affairs"}},
	})
	PostCut = duty.Define(duty.Kind{
		ID: "access.post-cut", Name: fault.Text{ZH: "复核要求终止任职", EN: "A review asks to end an appointment"}, Limit: workingDays(1), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "medical-affairs"}},
	})
	EndFailed = duty.Define(duty.Kind{
		ID: "access.end-failed", Name: fault.Text{ZH: "授权收回未生效", EN: "A grant did not end"}, Limit: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}, Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "medical-affairs"}},
	})
	EndGivenUp = duty.Define(duty.Kind{
		ID: "access.end-given-up", Name: fault.Text{ZH: "多次重试后仍未收回，请人工处理", EN: "Tried again and again, a right still does not end"}, Limit: calendar.Limit{N: 4, Unit: calendar.HoursOfClock}, Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "it-head"}, {To: duty.Office, Role: "medical-affairs", After: workingDays(1)}},
	})
	ReleaseReview = duty.Define(duty.Kind{
		ID: "access.release-review", Name: fault.Text{ZH: "本院策略到期复审", EN: "The organisation's own rules must be reviewed again"}, Limit: workingDays(10), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "medical-affairs"}, {To: duty.Office, Role: "president", After: workingDays(5)}},
	})
	SealRenewal = duty.Define(duty.Kind{
		ID: "access.seal-renewal", Name: fault.Text{ZH: "舆情封存每周续期", EN: "Weekly renewal of an attention seal"}, Limit: calendar.Limit{N: 7, Unit: calendar.Days}, Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "medical-affairs"}, {To: duty.Office, Role: "president", After: workingDays(1)}},
	})
	Frozen = duty.Define(duty.Kind{
		ID: "access.frozen", Name: fault.Text{ZH: "多次越权访问，额外权限已冻结", EN: "Refused beyond his scope again and again; extra rights are frozen"}, Limit: workingDays(1), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "it-head"}, {To: duty.Office, Role: "medical-affairs", After: workingDays(1)}},
	})
	BreachReview = duty.Define(duty.Kind{
		ID: "access.breach-review", Name: fault.Text{ZH: "违规标记待复核，额外权限已暂停", EN: "A flagged breach waits for review; extra rights are suspended"}, Limit: workingDays(2), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "discipline"}, {To: duty.Office, Role: "president", After: workingDays(1)}},
	})
	BreachTold = duty.Define(duty.Kind{
		ID: "access.breach-told", Name: fault.Text{ZH: "您被标记违规，额外权限已暂停，待他人复核；诊治中的患者不受影响", EN: "A breach of yours was flagged: extra rights are suspended until somebody reviews it; the patients whom you treat are not affected"}, Limit: calendar.Limit{N: 30, Unit: calendar.Days},
	})
	IdleGrant = duty.Define(duty.Kind{
		ID: "access.idle-grant", Name: fault.Text{ZH: "授权长期未使用，即将终止", EN: "A grant of yours is not used and will end"}, Limit: calendar.Limit{N: 7, Unit: calendar.Days}, Remind: half,
	})
	StatementDue = duty.Define(duty.Kind{
		ID: "access.statement", Name: fault.Text{ZH: "签署安全保密责任书", EN: "Sign the statement of responsibility for a grant"}, Limit: workingDays(2), Remind: half,
	})
	SealAttempts = duty.Define(duty.Kind{
		ID: "access.seal-attempts", Name: fault.Text{ZH: "有人试图查看封存信息", EN: "Attempts on a sealed patient"}, Limit: workingDays(1), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "medical-affairs"}},
	})
)
