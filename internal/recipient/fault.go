package recipient

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("recipient.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errTaken = fault.Define("recipient.code-taken", fault.Conflict,
		"代码“{code}”已登记给另一个接收方。", "The code {code} belongs to another recipient.", "open that one, or choose another code")
	errOrder = fault.Define("recipient.out-of-order", fault.Conflict,
		"目前状态为“{state}”，不能办理这一步。", "It is {state}; this step cannot be done now.",
		"a draft or a change waits for approval, then it is live; it can be suspended, begun again and ended")
	errMoved = fault.Define("recipient.changed", fault.Conflict,
		"他人已修改该接收方，请重新打开后再提交。", "Somebody else has changed the recipient; open it again.", "the revision has moved on")
	errOnePerson = fault.Define("recipient.one-person", fault.Conflict,
		"须由与登记人、责任人互不关联的另一人批准：不能是同一人、互为代理，或一方建立、重置过另一方的账号。",
		"Somebody unrelated to whoever wrote it down and to its owner must approve: not the same person, nor a deputy, nor whoever made or reset the account.",
		"leave it to somebody whom nothing binds to them")
	errOver = fault.Define("recipient.over", fault.Conflict,
		"有效期已过，请先填写新的截止时间并重新报批。", "Its time is over; write down a new end and have it approved.", "the end of what waits lies in the past")

	errUnregistered = fault.Define("recipient.unregistered", fault.Refused,
		"“{to}”不在接收方登记中，未发送。请先登记该接收方，经他人批准后再发。", "{to} is not in the register of recipients, so nothing was sent. Register it, have it approved, then send.",
		"the register of recipients holds nobody at that address; the attempt is kept as a finding")
	errNotLive = fault.Define("recipient.not-live", fault.Refused,
		"接收方“{to}”未批准、已停用或已到期，未发送。请由责任人延期或重新报批。", "The recipient {to} is not approved, suspended or over, so nothing was sent. Its owner extends it or has it approved anew.",
		"see the state and the end of the recipient; the attempt is kept as a finding")
	errScope = fault.Define("recipient.out-of-scope", fault.Refused,
		"接收方“{to}”未获准接收这类数据（{shape}），未发送。请修改其登记范围并重新报批。", "The recipient {to} was not approved for data of this kind ({shape}), so nothing was sent. Change what it may receive and have it approved.",
		"the shapes of the recipient do not hold it; the attempt is kept as a finding")
	errVolume = fault.Define("recipient.over-volume", fault.Refused,
		"超出接收方“{to}”获批的数据量，未发送。请分日发送，或修改其登记的上限并重新报批。", "This is more than was approved for the recipient {to}, so nothing was sent. Send it over several days, or change its limits and have them approved.",
		"the fields name the limit that was passed; the attempt is kept as a finding")
	errAnswer = fault.Define("recipient.answer", fault.Unavailable,
		"对方系统的回执不符合约定，稍后会再次通知。", "The other system's receipt was not as agreed; it will be told again.",
		"the answer is JSON with outcome and the digest of the body, see docs/format/webhook.md")
	errLog = fault.Define("recipient.log", fault.Invalid,
		"日志无法读取：第 {line} 行{what}。", "The log cannot be read: line {line}: {what}.", "the first line names the columns; the mapping names three of them")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
