package identity

import (
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("identity.input", fault.Invalid,
		"有内容需要修改后再提交。", "Some of the input must be changed.",
		"the fields name what is wrong and what would be right")
	errWeak = fault.Define("identity.weak-password", fault.Invalid,
		"新密码不够安全，请按提示修改。", "The new password is not strong enough; change it as shown.",
		"the rules of passwords in force, GET /api/identity/rules; nothing of the person's own, nothing common, nothing from the list of breached passwords")
	// ErrWrong is the one answer to a wrong name and to a wrong password.
	ErrWrong = fault.Define("identity.wrong", fault.Unauthenticated,
		"登录名或密码不正确。忘记密码请联系安全管理员重置。",
		"The sign-in name or the password is not right. If you forgot it, ask the security administrator to reset it.",
		"the ledger holds the failed attempt with the account, if the name is of one")
	errOldWrong = fault.Define("identity.old-wrong", fault.Invalid,
		"原密码不正确，密码没有修改。", "The old password is not right; nothing was changed.",
		"the ledger holds the failed attempt")
	// ErrWait is the answer while attempts are slowed. Its detail is a [Wait].
	ErrWait = fault.Define("identity.wait", fault.TooMany,
		"尝试次数过多，请在 {seconds} 秒后再试；账号没有被锁定。",
		"Too many attempts; try again in {seconds} seconds. The account is not locked.",
		"failures of this name here, of this address, or of this name anywhere; see limits in throttle.go")
	errDisabled = fault.Define("identity.disabled", fault.Refused,
		"此账号已停用，请联系安全管理员。", "This account is disabled; ask the security administrator.",
		"the account's state is disabled")
	errLocked = fault.Define("identity.account-locked", fault.Refused,
		"此账号已被安全管理员锁定，请联系安全管理员。", "The security administrator has locked this account; ask there.",
		"somebody decided so; the ledger entry identity.lock-account says who and why")
	errNotLocked = fault.Define("identity.not-locked", fault.Conflict,
		"此账号没有被锁定。", "This account is not locked.", "only a locked account is unlocked")
	errScreenLocked = fault.Define("identity.locked", fault.Unauthenticated,
		"屏幕已锁定，请由本人解锁，或换人登录。", "The screen is locked; its person unlocks it, or somebody else signs in.",
		"the session was locked by identity.lock-session")
	errNotLockedScreen = fault.Define("identity.screen-not-locked", fault.Conflict,
		"屏幕没有锁定。", "The screen is not locked.", "there is no locked session to unlock")
	errProve = fault.Define("identity.prove", fault.Unauthenticated,
		"需要确认仍是登录时的浏览器，请稍候；若反复出现请重新登录。", "It must be shown that this is still the browser of the sign-in; if this comes again, sign in anew.",
		"the browser's key was not used for a while, or the address or browser changed; POST /api/identity/challenge, then /api/identity/proof")
	errProof = fault.Define("identity.proof", fault.Unauthenticated,
		"无法确认是登录时的浏览器，请重新登录。", "This is not the browser of the sign-in; sign in anew.",
		"the signature is not of the session's key over the newest challenge within a minute; a copied cookie looks like this")
	errTakenOver = fault.Define("identity.taken-over", fault.Unauthenticated,
		"您已在另一终端（{ip}）登录，此处的会话已结束。若非本人操作，请立即报告密码泄露。",
		"You signed in at another terminal ({ip}) and this session has ended. If it was not you, report your password as known.",
		"a newer session of the same account took this one over")
	errNoSession = fault.Define("identity.no-session", fault.NotFound,
		"没有找到此会话，可能已结束。", "There is no such session; it may be over.", "the session id is of no open session")
	errPasswordOver = fault.Define("identity.password-over", fault.Refused,
		"初始密码已过期或已作废，请联系安全管理员重置。", "The initial password has run out; ask the security administrator to reset it.",
		"an initial password that was not changed in time")
	errOnlyHere = fault.Define("identity.only-here", fault.Refused,
		"首位管理员首次登录只能在服务器本机进行，请在本机浏览器登录并修改密码。",
		"The first administrator must first sign in on the server itself and change the password there.",
		"the account was made at first start, its password was not changed yet, and the request is not from loopback")
	errNoPost = fault.Define("identity.no-post", fault.Refused,
		"您目前没有有效的任命，不能登录，请联系人事或安全管理员。",
		"You hold no appointment at present and cannot sign in; ask the security administrator.",
		"no appointment of the person is live")
	errHours = fault.Define("identity.hours", fault.Refused,
		"现在不在您的岗位允许登录的时段内。", "Your post does not sign in at this time of day.",
		"the rules of signing in bind every role of the person to hours; roles of care are never bound")
	errNoAccount = fault.Define("identity.no-account", fault.NotFound,
		"没有找到此账号，请从账号列表中选择。", "There is no such account; choose one from the list.",
		"the account id is of no row in this organisation")
	errHasAccount = fault.Define("identity.has-account", fault.Conflict,
		"此人已有账号；一人一号，请使用原账号或重置其密码。",
		"This person has an account already; one person has one account. Use it, or reset its password.",
		"an account of this person exists")
	errNameTaken = fault.Define("identity.name-taken", fault.Conflict,
		"登录名 {name} 已被使用，请换一个。", "The sign-in name {name} is in use; choose another.",
		"sign-in names are unique in an organisation")
	errIsDisabled = fault.Define("identity.already-disabled", fault.Conflict,
		"此账号已停用或已锁定。", "This account is disabled or locked.", "the act applies to an active account only")
	errMovedOn = fault.Define("identity.moved-on", fault.Conflict,
		"密码刚刚已被修改，请重新登录后再试。", "The password was changed just now; sign in again.",
		"the account changed between the check and the act")
	errNotDemo = fault.Define("identity.not-demo", fault.NotFound,
		"没有这个地址。", "There is no such address.", "only a store that was born demo offers demo people")
	errPurpose = fault.Define("identity.purpose", fault.Invalid,
		"使用目的不在公布的目录中，请重新选择。", "The purpose is not one of the published ones; choose again.",
		"the header Medward-Purpose or the chosen purpose is not in policy.Purposes")
	errRulesMoved = fault.Define("identity.rules-moved", fault.Conflict,
		"登录规则刚刚已被他人修改，请重新打开后再改。", "The rules of signing in were changed by somebody else just now; open them again.",
		"the version on which the change is based is not the newest")
	errCodeNeeded = fault.Define("identity.code-needed", fault.Unauthenticated,
		"请输入动态码或备用码。", "Enter the code of your authenticator, or a recovery code.",
		"the password is right and the account has a second factor")
	errCodeWrong = fault.Define("identity.code-wrong", fault.Unauthenticated,
		"动态码不正确，请核对手机时间后重试，或使用备用码。", "The code is not right; check the clock of your authenticator and try again, or use a recovery code.",
		"the code is of no step within half a minute of now and no recovery code; the ledger holds the failed attempt")
	errCodeUsed = fault.Define("identity.code-used", fault.Unauthenticated,
		"此动态码已用过，请等待下一个。", "This code was used already; wait for the next one.",
		"a code is good once; somebody may have seen it")
	errNoFactor = fault.Define("identity.no-factor", fault.NotFound,
		"没有找到此验证器，或登记已过期，请重新登记。", "There is no such authenticator, or its enrolment has run out; enrol it again.",
		"the factor is not the caller's, has ended, or was not confirmed within a quarter of an hour")
	errNoRecovery = fault.Define("identity.no-recovery", fault.NotFound,
		"没有找到此申请，或已办结、已过期，请重新申请。", "There is no such request, or it was decided or has run out; ask again.",
		"a recovery waits 24 hours for its second person")
	errNoWay = fault.Define("identity.no-way", fault.NotFound,
		"没有找到此登录方式，可能已停用。", "There is no such way of signing in; it may have been shut.",
		"the way's id is of no open way of the kind that was asked for")
	errWayMoved = fault.Define("identity.way-moved", fault.Conflict,
		"此登录方式刚刚已被他人修改，请重新打开后再改。", "This way of signing in was changed by somebody else just now; open it again.",
		"the revision on which the change is based is not the newest, or the kind differs")
	errDirectory = fault.Define("identity.directory", fault.Unavailable,
		"统一身份目录暂时没有应答，请稍后再试，或用其他方式登录。", "The directory does not answer just now; try again later, or sign in another way.",
		"the directory's address, certificate, bind account or filter; see the cause in the log. Unless the way is strict, passwords of this house are taken meanwhile")
	errUntried = fault.Define("identity.way-unanswered", fault.Invalid,
		"试连没有成功，登录方式未保存。请按提示修改，或选择“仍然保存”。",
		"The try did not succeed and nothing was saved. Change what is shown, or choose to save it all the same.",
		"a directory is bound to and searched and a provider asked for its configuration before they are set; see the cause in the log. untried: true skips it")
	errTunnel = fault.Define("identity.tunnel", fault.Unauthenticated,
		"院外访问须经医院 VPN，请先连接 VPN 再登录。", "From outside one comes through the hospital's VPN; connect to it and sign in again.",
		"a VPN gateway is set and the request, from outside, has no assertion of it that is signed, fresh and new; inside nothing is asked")
	errScanner = fault.Define("identity.scanner", fault.Unavailable,
		"手机扫码服务暂时没有应答，请用其他方式登录。", "The service of scanning does not answer just now; sign in another way.",
		"the adapter of the way: address, certificate, token, or what it answered; see the cause in the log")
	errNotScanned = fault.Define("identity.not-scanned", fault.Unauthenticated,
		"手机上还没有完成签名，请扫码并确认。", "The telephone has not signed yet; scan the code and confirm.",
		"the adapter's state of the scan is not signed")
	errRecogniser = fault.Define("identity.recogniser", fault.Unavailable,
		"人脸识别服务暂时没有应答，请用密码等其他方式登录。", "The service that knows faces does not answer just now; sign in by password or another way.",
		"the adapter of the way: address, certificate, token, or what it answered; see the cause in the log")
	errNotSeen = fault.Define("identity.not-seen", fault.Unauthenticated,
		"摄像头还没有完成识别，请扫码后按提示操作。", "Nobody was seen yet; scan the code and do as it says.",
		"the adapter's state of the look is not seen")
	errFace = fault.Define("identity.face", fault.Unauthenticated,
		"没有认出您，或未通过活体检测；请用密码等其他方式登录。", "You were not known, or not seen to be living; sign in by password or another way.",
		"the ledger entry says which, with the account when the name has one")
	errNotLive = fault.Define("identity.not-living", fault.Conflict,
		"未通过活体检测，没有登记；请在光线充足处重试，或继续使用原有方式登录。", "Nobody living was seen for sure, and nothing was kept; try again where it is light, or go on signing in as before.",
		"the adapter's figure is below settings.face.least, or it made no template")
	errFaceTerms = fault.Define("identity.face-terms", fault.Conflict,
		"告知书已更新，请重新阅读后再同意。", "The statement was changed; read it again before you agree.",
		"agreed is not the revision of the way that is open")
	errOnlyFace = fault.Define("identity.only-face", fault.Conflict,
		"您没有其他登录方式，不能只用人脸登录；请先设置密码。", "You have no other way of signing in; set a password first.",
		"a face is always one of several ways (A-150)")
	errNoFace = fault.Define("identity.no-face", fault.NotFound,
		"没有这份人脸登记，可能已删除。", "There is no such enrolment; it may have been erased.", "the id is of no live row of identity_face")
	errNoOrigin = fault.Define("identity.no-origin", fault.NotFound,
		"本院尚未设置访问地址，暂不能用统一认证登录。", "The address of this house is not set, and so nobody signs in by a provider yet.",
		"set the origin in the rules of signing in, PUT /api/identity/rules")
	errProvider = fault.Define("identity.provider", fault.Unavailable,
		"统一认证服务暂时没有应答，请稍后再试，或用其他方式登录。", "The provider does not answer just now; try again later, or sign in another way.",
		"the provider's discovery document, its certificate, or whether it is registered as internal; see the cause in the log")
	errProviderSays = fault.Define("identity.provider-says", fault.Unauthenticated,
		"统一认证的结果未通过核验，请重新登录。", "What the provider says could not be verified; begin again.",
		"code, signature, audience, time or nonce of the token; see the cause in the log")
	errNotLinked = fault.Define("identity.not-linked", fault.Unauthenticated,
		"所出示的身份尚未绑定账号；请先用密码登录，在“账号安全”中绑定。", "What was shown is bound to no account; sign in by password first and bind it under account security.",
		"no live link of this way has the mark")
	errLinked = fault.Define("identity.linked", fault.Conflict,
		"所出示的身份已绑定账号，请先解除原绑定。", "What was shown is bound to an account already; end that first.",
		"a subject of a provider and a certificate are of one account")
	errNoLink = fault.Define("identity.no-link", fault.NotFound,
		"没有找到此绑定，可能已解除。", "There is no such link; it may have ended.", "the link's id is of no link that has not ended")
	errNoCertificate = fault.Define("identity.no-certificate", fault.Unauthenticated,
		"浏览器没有出示证书，请插入证书介质后重开浏览器。", "The browser has shown no certificate; insert the token and open the browser again.",
		"no client certificate came with the connection; a proxy in front of this house would keep it")
	errCertificate = fault.Define("identity.certificate", fault.Unauthenticated,
		"证书未通过验证：可能已过期、已吊销，或不是本院认可的机构签发。", "The certificate was not accepted: it may have run out, been revoked, or be of no authority of this hospital.",
		"chain, dates, use, list of revoked certificates or signature; the cause is in the log")
	errNotYours = fault.Define("identity.not-yours", fault.Refused,
		"证书上的工号不是您的工号。", "The staff number in the certificate is not yours.",
		"the settings of the way say which part of the subject equals the staff number")
	errNoPhone = fault.Define("identity.no-phone", fault.Refused,
		"您在人员档案中没有登记手机号，请联系人事部门。", "No telephone is registered for you; ask personnel.",
		"the person's telephone number in staff is empty")
	errGateway = fault.Define("identity.gateway", fault.Unavailable,
		"短信暂时发不出去，请用其他方式登录。", "The message could not be sent just now; sign in another way.",
		"the gateway of the way did not take the message; see the cause in the log")
	errNoWindow = fault.Define("identity.no-window", fault.NotFound,
		"没有找到此申请，或已办结、已过期，请重新申请。", "There is no such request, or it was decided or is over; ask again.",
		"the window's id is of none that waits")
	errWaiting = fault.Define("identity.waiting", fault.Conflict,
		"本科室还有 {n} 条账号异常待处置，请先处置。", "{n} findings about accounts of this department wait; dispose of them first.",
		"identity_finding rows of the department without a disposal")
	errNoPasskeys = fault.Define("identity.no-passkeys", fault.NotFound,
		"本院尚未开通通行密钥，请用密码和动态码。", "Passkeys are not in use here yet; use password and code.",
		"the rules of signing in name no origin")
	errCeremony = fault.Define("identity.ceremony", fault.Unauthenticated,
		"通行密钥的验证已超时，请重新开始。", "The passkey took too long; begin again.",
		"a ceremony is good for five minutes, once, and for whom it was begun")
	errPasskey = fault.Define("identity.passkey", fault.Unauthenticated,
		"通行密钥未通过验证，请重试或改用密码。", "The passkey was not accepted; try again or use the password.",
		"the answer does not fit the challenge, the origin or a passkey of the account; the cause is in the log")
	errNoFinding = fault.Define("identity.no-finding", fault.NotFound,
		"没有找到此项，或已处置。", "There is no such finding, or it was disposed of.", "a finding is disposed of once")
	errNoPassword = fault.Define("identity.no-password", fault.Conflict,
		"此账号没有密码。", "This account has no password.", "people of a demonstration come in by choice")
	errFounded = fault.Define("identity.founded", fault.Conflict,
		"本机构已有账号，不能再建立首位管理员。", "The organisation has accounts already; there is no first administrator to make.",
		"first start happens once")
	errNoKey = fault.Define("identity.no-key", fault.Conflict,
		"您还没有签名密钥，请联系安全管理员。", "You have no signing key yet; ask the security administrator.",
		"no row in identity_key for the person")
)

// Wait tells how long to wait before the next attempt.
type Wait struct {
	Seconds int `json:"seconds"`
}

func waitFor(d time.Duration) error {
	seconds := int((d + time.Second - 1) / time.Second)
	return ErrWait.With("seconds", strconv.Itoa(seconds)).Carrying(Wait{seconds})
}
