package source

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("source.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errTaken = fault.Define("source.code-taken", fault.Conflict,
		"代码“{code}”已登记给另一个数据来源。", "The code {code} belongs to another source.", "open that one, or choose another code")
	errOrder = fault.Define("source.out-of-order", fault.Conflict,
		"目前状态为“{state}”，不能办理这一步。", "It is {state}; this step cannot be done now.",
		"draft, agreement signed by the owner, approved by somebody else, live; a source that is live is suspended before it is changed")
	errMoved = fault.Define("source.changed", fault.Conflict,
		"他人已修改该数据来源，请重新打开后再提交。", "Somebody else has changed the source; open it again.", "the revision has moved on")
	errScope = fault.Define("source.scope-changed", fault.Conflict,
		"签署承诺后范围已修改，请责任人重新签署。", "What the source may do has changed since the agreement was signed; its owner must sign anew.", "the digest of the scope differs")
	errOnePerson = fault.Define("source.one-person", fault.Conflict,
		"须由与责任人、登记人互不关联的另一人批准：不能是同一人、互为代理，或一方建立、重置过另一方的账号。",
		"Somebody unrelated to the owner and to whoever registered it must approve: not the same person, nor a deputy, nor whoever made or reset the account.",
		"leave it to somebody whom nothing binds to them")
	errNoAgreement = fault.Define("source.no-agreement", fault.Conflict,
		"尚无已批准且有效的接口承诺书，不能签发凭据或启用。", "No agreement is in force; no key is issued and nothing begins without.", "the owner signs, somebody else approves")
	errOtherHalf = fault.Define("source.other-half", fault.Conflict,
		"后半凭据须由另一位互不关联的人员领取，且只能领取一次。", "The second half is made for somebody else, unrelated to whoever made the first, and once.", "leave it to a second person")

	errKey = fault.Define("source.key", fault.Unauthenticated,
		"接口凭据无效、已作废或已过期。", "The key is not valid, was ended, or has run out.",
		"the register of sources shows the keys of a source and when they end; the ledger holds the refusal")
	errNotLive = fault.Define("source.not-live", fault.Refused,
		"该数据来源未启用、已停用或承诺书已到期。", "The source is not live: not begun, suspended, or its agreement is over.",
		"see the state of the source and the end of its agreement")
	errNetwork = fault.Define("source.network", fault.Refused,
		"该数据来源不允许从此地址调用。", "The source may not call from this address.", "the networks of the source do not hold the address")
	errRate = fault.Define("source.rate", fault.TooMany,
		"调用过于频繁，已超过登记的每分钟次数。", "There are more calls in a minute than were agreed.", "wait for the next minute, or agree on more")
	errSkew = fault.Define("source.clock", fault.Unauthenticated,
		"请求时间与本系统相差超过 5 分钟。", "The time of the request is more than five minutes off.", "set the clock of the calling system by the hospital's time server")
	errReplay = fault.Define("source.replay", fault.Unauthenticated,
		"该请求已使用过。", "The request was used before.", "every request needs a nonce of its own")
	errSignature = fault.Define("source.signature", fault.Unauthenticated,
		"请求签名不正确，或内容与签名中的摘要不符。", "The signature is not right, or the body is not the one that was signed.",
		"what is signed is written down in docs/run/sources.md")
	errTooMuch = fault.Define("source.body", fault.TooLarge,
		"请求内容超过 65 MiB。", "The body is over 65 MiB.", "send it in parts")
	errPath = fault.Define("source.path", fault.Refused,
		"该数据来源没有登记这个接口。", "This address is not among what was agreed with the source.", "GET /api/source/self tells what is")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

var (
	errClient = fault.Define("source.client", fault.Unauthenticated,
		"应用身份无效。", "The program did not show who it is.",
		"an assertion is signed by ES384 or RS384 with a key of the kind jwt that counts, for our token endpoint, within five minutes, once")
	errGrant = fault.Define("source.grant", fault.Invalid,
		"授权码或续期令牌无效、已使用或已过期。", "The code or the token is not valid, was used, or has run out.",
		"the ledger tells under source.token why; the person may allow the program again")
	errGrantType = fault.Define("source.grant-type", fault.Invalid,
		"不支持这种换取方式。", "This way of getting a token is not supported.", "authorization_code, refresh_token and client_credentials are")
	errScopes = fault.Define("source.scopes", fault.Invalid,
		"所申请的范围不在登记或已同意的范围之内。", "The scope goes beyond what was registered or allowed.", "see the scopes of the source in the register")
	errWanting = fault.Define("source.app-request", fault.Invalid,
		"应用的请求有误，没有发出任何授权。", "The request of the program is not right, and nothing was allowed.", "the fields name what the program must change")
	errForm = fault.Define("source.form", fault.Invalid,
		"应为表单（application/x-www-form-urlencoded），每项只出现一次。", "A form is needed, in which each thing is said once.", "RFC 6749: nothing in the address, nothing twice")
	errNoSession = fault.Define("source.no-session", fault.Refused,
		"须由本人登录后同意。", "Only somebody who is signed in can allow a program.", "sign in and open the program again")
	errOrigin = fault.Define("source.origin", fault.Refused,
		"该应用没有登记从这个网页来源调用。", "The program has not registered the origin from which it calls.", "the origins of a program are registered with its redirects and scopes")
	errOver = fault.Define("source.allowance-over", fault.Conflict,
		"这项许可已经结束。", "What was allowed is over already.", "the list shows when it ended and why")
	errBeyond = fault.Define("source.beyond-scope", fault.Refused,
		"该应用未获准查阅这类内容。", "The program was not allowed to read this.", "its token has no scope for this kind of resource; the person may allow more, if the agreement holds it")
)
