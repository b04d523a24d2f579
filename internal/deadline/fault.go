package deadline

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("deadline.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errMissing = fault.Define("deadline.missing", fault.Conflict,
		"这次就诊还缺 {count} 份必备文书，补齐后才能归档。", "The encounter lacks {count} mandatory documents; it is archived when they are there.",
		"the fields and the detail name each; GET /api/deadlines/encounters/{id} lists them")
	errOnePerson = fault.Define("deadline.one-person", fault.Conflict,
		"须由与提出人互不关联的另一人批准。", "Somebody unrelated to whoever proposed it approves it.",
		"leave it to somebody whom nothing binds to the proposer")
	errSettled = fault.Define("deadline.settled", fault.Conflict,
		"这份书写要求已经审定，请重新打开。", "This set of requirements was settled already; open it again.",
		"a proposed set is approved or rejected once")
	errWaiting = fault.Define("deadline.waiting", fault.Conflict,
		"已有一份书写要求等待批准，请先审定它。", "A set of requirements waits for approval already; settle that one first.",
		"one set is proposed at a time")
	errNotLate = fault.Define("deadline.not-late", fault.Conflict,
		"这份文书没有逾期，也没有倒填时间，无须说明。", "This document is neither late nor backdated; nothing is to be explained.",
		"a reason is given for a due that is overdue, late or backdated")
	errNotOpen = fault.Define("deadline.not-open", fault.Conflict,
		"这项时限已经结束，不能暂停或恢复。", "This limit has ended; it cannot be paused or resumed.",
		"only an open due has a running clock")
	errPaused = fault.Define("deadline.paused", fault.Conflict, "计时已暂停。", "The clock is paused already.", "resume it first")
	errRuns   = fault.Define("deadline.runs", fault.Conflict, "计时没有暂停。", "The clock is not paused.", "there is no pause to end")
	errMoved  = fault.Define("deadline.moved", fault.Conflict,
		"清单在您查看之后有变化，请看过最新清单再签字。", "The list has changed since you saw it; look at the newest before you sign.",
		"the digest sent is not that of the list now")
	errSigned = fault.Define("deadline.day-signed", fault.Conflict,
		"这一天已经签过字。", "This day has been signed already.", "a signed day never changes")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
