package act

import "github.com/medward/medward/internal/base/fault"

var (
	// ErrNobody is returned when nobody is signed in.
	ErrNobody = fault.Define("act.nobody", fault.Unauthenticated,
		"请先登录；若已登录，会话可能已结束，您写的草稿仍在。",
		"Please sign in; if you were signed in, the session may have ended. Your drafts are kept.",
		"the request carried no live session")
	// ErrRefused is returned when policy says no. Its detail is a
	// policy.Refusal with the conditions and the way that remains.
	ErrRefused = fault.Define("act.refused", fault.Refused,
		"不能进行此操作：{why}",
		"This is not allowed: {why}",
		"the ledger holds the refusal with the rule that decided")
	// ErrAbsent is returned for what does not exist or is of another organisation.
	// Only whom a stranger's would be opened is told; others are refused.
	ErrAbsent = fault.Define("act.absent", fault.NotFound,
		"没有找到。请核对编号，或从患者检索进入。",
		"Nothing was found. Check the number, or start from the patient search.",
		"absent, or of another organisation; the ledger tells which")
	// ErrSecondWanted is returned for an important operation that no second person has
	// confirmed. Its detail is a SecondWanted.
	ErrSecondWanted = fault.Define("act.second-wanted", fault.Refused,
		"这是重要操作，须由另一位有权人员在 {minutes} 分钟内登录验证后方可进行。",
		"This is an important operation: another authorised person must confirm it within {minutes} minutes.",
		"privilege seconds; see /api/important")
	// ErrUndecided is returned when the rulebook could not decide: always a no,
	// and never reported as a rule's no.
	ErrUndecided = fault.Define("act.undecided", fault.Unavailable,
		"权限暂时无法判定，未作任何改动；请稍后再试或联系信息科。",
		"The permission could not be decided and nothing was changed; try again or call the IT department.",
		"a policy failed to evaluate or a row that grants power is forged; see the log and the alarm")

	errNeverAsked = fault.Define("act.never-asked", fault.Internal,
		"程序缺陷：操作未经权限判定，已撤销。",
		"Defect: the operation did not ask for permission and was undone.",
		"a use case returned without calling Permit; report it with the verb in the log")
	errForeignVerb = fault.Define("act.foreign-verb", fault.Internal,
		"程序缺陷：未登记的操作，已拒绝。",
		"Defect: an operation that is not declared was refused.",
		"a room used a verb that is not its own or that the rulebook does not know")
	errWroteUnasked = fault.Define("act.wrote-unasked", fault.Internal,
		"程序缺陷：未经许可的写入，已撤销。",
		"Defect: a write without permission was undone.",
		"a use case wrote before Permit said yes, or after it said no")
)
