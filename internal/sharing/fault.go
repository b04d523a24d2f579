package sharing

import (
	"encoding/hex"

	"github.com/medward/medward/internal/base/fault"
)

// Limits of text, in characters.
const (
	maxName  = 80
	maxWords = 500
	// maxNumber bounds the number of a claim.
	maxNumber = 60
)

var (
	errInput = fault.Define("sharing.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errOrder = fault.Define("sharing.out-of-order", fault.Conflict,
		"案件目前处于“{state}”，不能办理这一步；步骤不能跳过。", "The case is {state}; this step cannot be done now, and none can be left out.",
		"received, checked by two, scoped, approved, then handed over")
	errSamePerson = fault.Define("sharing.same-person", fault.Conflict,
		"这一步须由与前面的办理人没有代理、开户或重置关系的另一人办理。", "Another person must take this step: not one who took part before, nor one tied to him by a cover, an account he made or a factor he reset.",
		"E-148: delegator and delegate, maker of an account and its owner, and a recent resetter count as one")
	errNoConsent = fault.Define("sharing.no-consent", fault.Conflict,
		"患者没有同意向该机构提供，或同意已撤回、到期。", "The patient has not agreed to this institution, or no longer does.",
		"record a consent that names the institution, or an exemption")
	errNoAgreement = fault.Define("sharing.no-agreement", fault.Conflict,
		"“{agency}”没有生效的保密协议，不能提供。请先由安全管理员在“服务公司”登记该单位并上传双方签署的协议。", "{agency} has no confidentiality agreement in force; have the security administrator register it under vendors with the signed agreement first.",
		"B-095: an institution or insurer is found among the vendors by exactly the name in the case")
	errNotOpen = fault.Define("sharing.not-open", fault.Conflict,
		"案件尚未批准、已到期、已结束，或代批未经确认。", "The case is not approved, is over, or an approval in the place of the head was not confirmed.", "see the case")
	errOutside = fault.Define("sharing.outside-scope", fault.Conflict,
		"文书不在核准范围内。", "This document lies outside the approved scope.", "the scope is fixed before approval; receive another case")
	errNotReviewed = fault.Define("sharing.not-reviewed", fault.Conflict,
		"尚未对核定范围逐项确定披露和遮盖，不能批准。", "Nobody has ruled yet which items of this scope are disclosed and which masked.",
		"A-119: medical affairs reviews the scope as it stands; a scope that changed is reviewed again")
	errNoRows = fault.Define("sharing.no-rows", fault.Conflict,
		"任务中没有可以提供的结算单。", "Nothing may be told of any claim of this task.",
		"each is above level 3, under seal, or without consent where the task rests on consent")
	errReturned = fault.Define("sharing.returned", fault.Conflict,
		"该次交付已登记收回。", "The return of this hand-over is on record.", "a return never changes")
)

// digestOf reads a digest; what is not hexadecimal is refused as too short.
func digestOf(text string) []byte {
	digest, err := hex.DecodeString(text)
	if err != nil {
		return []byte{0}
	}
	return digest
}
