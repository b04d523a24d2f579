package consent

import (
	"github.com/medward/medward/internal/base/fault"
)

// Limits of text, in characters.
const (
	maxName    = 80
	maxNumber  = 40
	maxArticle = 120
	maxWords   = 500
	maxText    = 20000
)

var (
	errInput = fault.Define("consent.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errNoPower = fault.Define("consent.no-power", fault.Conflict,
		"该监护关系已终止或尚未登记，不能代患者决定；患者已成年的请由本人决定。",
		"This guardian's power has ended or is not on record; a patient who has come of age decides himself.",
		"register the guardian first, or let the patient decide")
	errHasGuardian = fault.Define("consent.has-guardian", fault.Conflict,
		"患者有在任监护人，请由监护人决定。", "The patient has a guardian, who decides.", "the guardian's power is on record and has not ended")
	errWithdrawn = fault.Define("consent.not-in-force", fault.Conflict,
		"该同意已撤回、到期或为拒绝记录。", "This consent was withdrawn, has run out, or is a refusal.", "what has ended never changes")
	errNoMessages = fault.Define("consent.no-messages", fault.Conflict,
		"未开通短信，请改用屏幕签名或纸质授权书。", "Messages are not set up; take a signature on the screen or on paper.", "the house ties room consent to a gateway for messages")
	errNoPhone = fault.Define("consent.no-phone", fault.Conflict,
		"患者没有登记手机号，请改用屏幕签名或纸质授权书。", "No telephone of the patient is on record; take a signature on the screen or on paper.", "the code goes to the patient's own telephone only")
	errNotSent = fault.Define("consent.code-not-sent", fault.Unavailable,
		"验证码未能发出，请改用屏幕签名或纸质授权书，或稍后再试。", "The code could not be sent; take a signature on the screen or on paper, or try later.", "see the cause in the log: the gateway refused or did not answer")
	errTooMany = fault.Define("consent.codes-used-up", fault.Conflict,
		"今日发送验证码次数已达上限，请改用屏幕签名或纸质授权书。", "As many codes as may be sent in a day were sent; take a signature on the screen or on paper.", "five codes to one patient within a day")
	errCode = fault.Define("consent.code-wrong", fault.Conflict,
		"验证码不正确，请核对；错误三次后须重新发送。", "This is not the code; after three wrong ones another must be sent.", "wrong tries are counted and kept")
	errCodeOver = fault.Define("consent.code-over", fault.Conflict,
		"验证码已使用、过期或多次输错，请重新发送。", "This code was used, has run out, or was given wrongly three times; send another.", "a code lives for ten minutes and serves once")
	errEnded = fault.Define("consent.exemption-ended", fault.Conflict,
		"该豁免已终止。", "This exemption has ended.", "record a new one")
)
