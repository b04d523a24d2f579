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
	errEnded = fault.Define("consent.exemption-ended", fault.Conflict,
		"该豁免已终止。", "This exemption has ended.", "record a new one")
)
