package privilege

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// Limits of text, in characters.
const (
	maxName   = 80
	maxWords  = 1000
	maxScript = 60_000
	maxSecret = 120
)

var (
	errInput = fault.Define("privilege.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errOrder = fault.Define("privilege.out-of-order", fault.Conflict,
		"目前状态为“{state}”，不能办理这一步。", "It is {state}; this step cannot be done now.",
		"asked, reviewed, approved, carried out, closed; no step is left out")
	errOnePerson = fault.Define("privilege.one-person", fault.Conflict,
		"须由两名互不关联的自然人办理：您与前一经办人是同一人、互为代理，或一方建立、重置过另一方的账号。",
		"Two unrelated people are needed: you are the same person as the one before you, act for one another, or one of you made or reset the account of the other.",
		"leave it to somebody whom nothing binds to the others")
	errWindow = fault.Define("privilege.outside-window", fault.Conflict,
		"不在批准的时间窗口内。", "This is outside the approved window of time.", "wait for the window, or ask for another change")
	errLapsed = fault.Define("privilege.lapsed", fault.Conflict,
		"已超过办理时限，请重新申请。", "The time for this step is over; ask again.", "an approval holds for minutes, not for days")
	errSealed = fault.Define("privilege.half-filled", fault.Conflict,
		"该信封尚未由两人封装，或正在使用、等待更换口令。", "The envelope is not filled by two people, is in use, or waits for a new credential.", "two people fill it, each with one half")
	errShown = fault.Define("privilege.already-shown", fault.Conflict,
		"您的一半已经显示过，不会再次显示。", "Your half was shown already and is not shown again.", "rotate the credential and ask for another checkout")
	errOver = fault.Define("privilege.session-over", fault.Conflict,
		"会话已结束：{why}。", "The session is over: {why}.", "a session ends with its time or when its recording falls silent")
	errPlace = fault.Define("privilege.part-out-of-place", fault.Conflict,
		"录屏片段不连续，应为第 {place} 段。", "A part of the recording is missing; part {place} is due.", "the recorder sends every part once, in order")
	errDigest = fault.Define("privilege.file-digest", fault.Invalid,
		"文件与所给摘要不符。", "The file is not what its digest says.", "send the file as it was recorded, with its SM3 digest")
	errNotImportant = fault.Define("privilege.not-important", fault.Conflict,
		"该操作不需要第二人验证。", "This operation wants no second person.", "the list at /api/important")
	errImportantWaits = fault.Define("privilege.important-waits", fault.Conflict,
		"该操作已有待确认的变更，请先确认或退回。", "A change of this operation waits to be agreed to; settle that first.", "one proposal for an operation at a time")
	errTaken = fault.Define("privilege.account-taken", fault.Conflict,
		"该系统的这个账号已有信封。", "There is an envelope for this account of this system.", "use the one that there is")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
