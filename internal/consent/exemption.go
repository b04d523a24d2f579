package consent

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Basis is a law by which something goes on without consent. The article is cited
// with each exemption, because articles are renumbered.
type Basis struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
}

// Bases are the laws that may be cited (B-094).
func Bases() []Basis { return slices.Clone(bases) }

var bases = []Basis{
	{"public-health", fault.Text{ZH: "传染病等公共卫生报告（传染病防治法）", EN: "public-health reporting (Law on Infectious Diseases)"}},
	{"health-emergency", fault.Text{ZH: "应对突发公共卫生事件（个人信息保护法）", EN: "a public-health emergency (Personal Information Protection Law)"}},
	{"statutory-duty", fault.Text{ZH: "履行法定职责或法定义务（个人信息保护法）", EN: "a statutory duty (Personal Information Protection Law)"}},
	{"court-order", fault.Text{ZH: "人民法院调查取证（民事诉讼法）", EN: "evidence for a court (Civil Procedure Law)"}},
	{"criminal", fault.Text{ZH: "公检法收集证据（刑事诉讼法）", EN: "evidence in a criminal case (Criminal Procedure Law)"}},
	{"supervision", fault.Text{ZH: "监察机关调查（监察法）", EN: "an inquiry of the supervisory commission (Supervision Law)"}},
	{"audit", fault.Text{ZH: "审计监督（审计法）", EN: "a public audit (Audit Law)"}},
	{"insurance-fund", fault.Text{ZH: "医保基金结算与监督检查（社会保险法、医疗保障基金使用监督管理条例）", EN: "settlement and inspection of the insurance fund (Social Insurance Law)"}},
	{"ethics-waiver", fault.Text{ZH: "伦理审查批准免除知情同意（涉及人的生命科学和医学研究伦理审查办法）", EN: "consent waived by the ethics committee (Measures for Ethical Review)"}},
}

// Exemption lets a purpose go on without consent. Its row is keyed.
type Exemption struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Patient    string    `db:"patient"` // empty: everybody whom the purpose concerns
	Basis      string    `db:"basis"`
	Article    string    `db:"article"`
	Purpose    string    `db:"purpose"`
	Recipient  string    `db:"recipient"` // empty: this institution
	Requester  string    `db:"requester"` // whose use it is
	Facts      []byte    `db:"facts"`     // sealed
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`
	ApprovedBy string    `db:"approved_by"`
	Ended      time.Time `db:"ended"`
	EndedBy    string    `db:"ended_by"`
	MAC        []byte    `db:"mac"`
}

func (x Exemption) object() policy.Object {
	return policy.Object{Kind: "Consent", ID: x.ID, Org: x.Org, Patient: x.Patient, Concerns: x.Requester}
}

func (x Exemption) tie() policy.Tie {
	return policy.Tie{Kind: policy.TieExempt, ID: x.ID, Role: x.Purpose, Source: x.Basis, Since: x.Since, Until: x.Until}
}

// longestExemption bounds an exemption; it can be given again.
const longestExemption = 366 * day

func (x Exemption) check(now time.Time, facts string) error {
	e := errInput.With()
	if !slices.ContainsFunc(bases, func(b Basis) bool { return b.ID == x.Basis }) {
		e.At("basis", fault.Text{ZH: "请从法定依据列表中选择", EN: "choose a basis from the list"})
	}
	if !knownPurpose(x.Purpose) {
		e.At("purpose", fault.Text{ZH: "请从用途列表中选择", EN: "choose a purpose from the list"})
	}
	e.MustSay("article", x.Article, maxArticle)
	e.MustSay("facts", facts, maxWords)
	e.MaySay("recipient", x.Recipient, maxName)
	e.MustSay("requester", x.Requester, maxName)
	if !x.Until.After(now) || x.Until.Sub(now) > longestExemption {
		e.At("until", fault.Text{ZH: "请写明截止时间，最长一年", EN: "give an end, at most a year away"})
	}
	return e.OrNil()
}
