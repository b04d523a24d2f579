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
