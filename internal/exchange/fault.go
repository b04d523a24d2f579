package exchange

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("exchange.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errNoKeys = fault.Define("exchange.no-keys", fault.Conflict,
		"本院尚未生成交换密钥，请安全管理员先生成。", "This house has no exchange keys yet; have the security administrator make them.",
		"POST /api/exchange/keys")
	errOrder = fault.Define("exchange.out-of-order", fault.Conflict,
		"目前为“{state}”，不能办理这一步。", "It is {state}; this step cannot be done now.",
		"a partner: draft, then live after approval, then ended; only a package that was given up is sent again")
	errOnePerson = fault.Define("exchange.one-person", fault.Conflict,
		"须由与登记人互不关联的另一人核对指纹并批准。", "Somebody unrelated to whoever registered it compares the fingerprint and approves.",
		"leave it to somebody whom nothing binds to them")
	errFingerprint = fault.Define("exchange.fingerprint", fault.Conflict,
		"指纹与登记的密钥不符：请通过电话或当面向对方再次核对，不要使用随文件发来的指纹。", "The fingerprint is not that of the registered keys: ask the other house again by telephone or in person, and do not use one that came with the file.",
		"the keys may have been replaced on their way")
	errNotLive = fault.Define("exchange.not-live", fault.Refused,
		"交换伙伴“{name}”未批准、已停用或已到期，未发送。", "The partner {name} is not approved, ended or over, so nothing was sent.",
		"register the keys anew and have them approved")
	errNoConsent = fault.Define("exchange.no-consent", fault.Refused,
		"患者没有同意向“{name}”提供病历，或同意已撤回、到期，未发送。", "The patient has not agreed to {name}, or no longer does, so nothing was sent.",
		"record a consent that names the institution, or an exemption")
	errNoAgreement = fault.Define("exchange.no-agreement", fault.Refused,
		"“{name}”没有生效的保密协议，未发送。", "{name} has no confidentiality agreement in force, so nothing was sent.",
		"B-095: the institution is found among the vendors by its name in the register of recipients")
	errOnwards = fault.Define("exchange.onwards", fault.Refused,
		"所选文书来自“{source}”，对方未许可转给其他机构，未发送。", "A document came from {source}, which has not permitted passing it on, so nothing was sent.",
		"D-072: the origin permits it in its agreement, or the recipient asks the origin")
	errNotConforming = fault.Define("exchange.not-conforming", fault.Conflict,
		"有文书不符合共享文档规范，未发送，请按下列清单更正后再发。", "Some documents do not keep the standard of shared documents, so nothing was sent; correct what is listed and send again.",
		"WS/T 500; the fields name the document, the place and the remedy")
	errNotPartner = fault.Define("exchange.not-partner", fault.Refused,
		"该来源未登记为交换伙伴，未接收。", "This source is not registered as a partner, so nothing was received.",
		"register the keys of the house that calls, with its source")
	errBusy = fault.Define("exchange.busy", fault.Unavailable,
		"同时有其他交换包正在发往该伙伴，请重试。", "Other packages are leaving for this partner at this moment; try again.",
		"the number of the package was taken")
	errReceipt = fault.Define("exchange.receipt", fault.Unavailable,
		"对方的回执无法核实，稍后会再次发送。", "The receipt of the other house cannot be verified; the package will be sent again.",
		"the receipt is signed by the key of the partner and names the package and its digest")
	errUnreceived = fault.Define("exchange.unreceived", fault.Unavailable,
		"对方未能接收（{outcome}），稍后会再次发送。", "The other house could not receive it ({outcome}); it will be sent again.",
		"see the tries of the package")
	errVerify = fault.Define("exchange.verify-rate", fault.TooMany,
		"查询过于频繁，请稍后再试。", "Too many questions; try again later.", "bounded by address")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
