package sharing

import (
	"slices"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/consent"
)

// Kind is a kind of requester, with the documents that it must present.
type Kind struct {
	ID     string     `json:"id"`
	Name   fault.Text `json:"name"`
	Papers []Paper    `json:"papers"`
	// Agency says that it comes in the name of an institution, and that the head of
	// the house approves it.
	Agency bool `json:"agency"`
	// Consent is the purpose to which the patient must have agreed; empty: none.
	Consent string `json:"consent,omitempty"`
	// Days are the working days in which it is answered.
	Days int `json:"days"`
}

// Paper is a document that is presented.
type Paper struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
}

func paper(id, zh, en string) Paper { return Paper{id, fault.Text{ZH: zh, EN: en}} }

var (
	ownID       = paper("requester-id", "申请人有效身份证明", "identity document of the requester")
	patientID   = paper("patient-id", "患者有效身份证明", "identity document of the patient")
	officers    = paper("officer-ids", "两名经办人工作证件", "service documents of two officers")
	letter      = paper("letter", "单位介绍信或公函", "letter of the institution")
	legalPaper  = paper("legal-document", "调取证据的法定文书", "legal order to produce evidence")
	kinship     = paper("kinship-proof", "与患者关系的法定证明", "legal proof of the relation")
	entrustment = paper("entrustment", "授权委托书", "power of attorney")
)

// Kinds returns every kind of requester (A-105, B-064, B-067, B-071).
func Kinds() []Kind { return slices.Clone(kinds) }

var kinds = []Kind{
	{"agent", fault.Text{ZH: "患者本人或代理人", EN: "the patient or his agent"}, []Paper{ownID, patientID, entrustment}, false, "", 5},
	{"guardian", fault.Text{ZH: "法定监护人", EN: "guardian"}, []Paper{ownID, patientID, kinship}, false, "", 5},
	{"relative", fault.Text{ZH: "死亡患者近亲属", EN: "near relative of a deceased"}, []Paper{ownID, kinship, paper("death-proof", "患者死亡证明", "proof of death")}, false, "", 5},
	{"court", fault.Text{ZH: "人民法院", EN: "court"}, []Paper{legalPaper, officers}, true, "", 3},
	{"police", fault.Text{ZH: "公安机关", EN: "police"}, []Paper{legalPaper, officers}, true, "", 3},
	{"prosecutor", fault.Text{ZH: "人民检察院", EN: "prosecutor"}, []Paper{legalPaper, officers}, true, "", 3},
	{"supervision", fault.Text{ZH: "监察、审计机关", EN: "supervisory or audit authority"}, []Paper{legalPaper, officers}, true, "", 3},
	{"insurer", fault.Text{ZH: "商业保险机构", EN: "insurer"}, []Paper{
		letter, officers, paper("contract", "保险合同", "insurance contract"), paper("consent-copy", "患者书面同意", "written consent of the patient"),
	}, true, consent.Commercial, 5},
	{"insurance-fund", fault.Text{ZH: "医疗保障部门", EN: "auditor of the insurance fund"}, []Paper{letter, officers}, true, "", 5},
	{"institution", fault.Text{ZH: "其他医疗机构", EN: "other medical institution"}, []Paper{
		letter, ownID, paper("practice-licence", "医师执业证书", "licence to practise"), paper("referral", "会诊或转诊证明", "proof of consultation or referral"),
	}, true, consent.Institution, 3},
}

// profile is the profile of output under which copies for this kind are made.
func (k Kind) profile() string {
	if k.Agency {
		return "court"
	}
	return "patient"
}

func kindOf(id string) (Kind, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.ID == id })
	if i < 0 {
		return Kind{}, false
	}
	return kinds[i], true
}

// missing are the documents that were not presented.
func (k Kind) missing(presented []Presented) []Paper {
	var missing []Paper
	for _, p := range k.Papers {
		if !slices.ContainsFunc(presented, func(had Presented) bool { return had.Paper == p.ID }) {
			missing = append(missing, p)
		}
	}
	return missing
}
