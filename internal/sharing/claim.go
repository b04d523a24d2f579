package sharing

import (
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

// Kinds of claim task.
const (
	ClaimReview     = "review"     // an insurer looks whether treatment and bill agree
	ClaimSettlement = "settlement" // an insurer pays
)

// ByConsent is the basis of a task that rests on what each patient agreed to; any other
// is one of [consent.Bases].
const ByConsent = "consent"

// States of a claim task.
const (
	ClaimsAsked    = "asked"
	ClaimsApproved = "approved"
	ClaimsEnded    = "ended"
)

// ClaimField is something that a row about a claim can tell.
type ClaimField struct {
	ID   string     `json:"id" example:"diagnosis"`
	Name fault.Text `json:"name"`
	// Kinds are the kinds of task to whose minimum it belongs; to none: it is always an extra.
	Kinds []string `json:"kinds"`
	keys  []string // of sections, the first that is written counts
}

// The fields that are not a section of a document.
const (
	fieldClaim      = "claim"
	fieldKind       = "encounter-kind"
	fieldDepartment = "department"
	fieldAdmitted   = "admitted"
	fieldDischarged = "discharged"
	fieldItems      = "items"
	fieldCalled     = "called"
)

var bothKinds = []string{ClaimReview, ClaimSettlement}

// ClaimFields returns every field, in the order of a row. Who the patient is does not
// stand among them: a claim is known by its number, and at most by a masked name.
func ClaimFields() []ClaimField { return slices.Clone(claimFields) }

var claimFields = []ClaimField{
	{fieldClaim, fault.Text{ZH: "结算单号", EN: "number of the claim"}, bothKinds, nil},
	{fieldKind, fault.Text{ZH: "就诊类别", EN: "kind of encounter"}, bothKinds, nil},
	{fieldDepartment, fault.Text{ZH: "科室", EN: "department"}, bothKinds, nil},
	{fieldAdmitted, fault.Text{ZH: "入院（就诊）日期", EN: "day of admission"}, bothKinds, nil},
	{fieldDischarged, fault.Text{ZH: "出院日期", EN: "day of discharge"}, bothKinds, nil},
	{"diagnosis", fault.Text{ZH: "诊断", EN: "diagnosis"}, bothKinds, []string{"discharge-diagnosis", "post-diagnosis", "admission-diagnosis", "initial-diagnosis"}},
	{"procedure", fault.Text{ZH: "手术操作", EN: "procedure"}, bothKinds, []string{"operation"}},
	{fieldItems, fault.Text{ZH: "医嘱项目", EN: "items ordered"}, []string{ClaimReview}, nil},
	{"course", fault.Text{ZH: "诊疗经过", EN: "course of treatment"}, nil, []string{"hospital-course"}},
	{"outcome", fault.Text{ZH: "治疗结果", EN: "outcome"}, nil, []string{"outcome"}},
	{fieldCalled, fault.Text{ZH: "姓名（遮盖）", EN: "masked name"}, nil, nil},
}

func (f ClaimField) minimal(kind string) bool { return slices.Contains(f.Kinds, kind) }

// Extra is a field beyond the minimum of a task's kind, with why it is needed. Without
// approval it is stripped (B-090).
type Extra struct {
	Field    string `json:"field" maxLength:"40"`
	Words    string `json:"words" maxLength:"2000" doc:"why the task cannot do without it"`
	Approved bool   `json:"approved" readOnly:"true"`
}

// ClaimTask lets one person of the insurance office read what an insurer needs of listed
// claims, for a time. Its row is keyed.
type ClaimTask struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Kind        string    `db:"kind"`
	Insurer     string    `db:"insurer"`
	Basis       string    `db:"basis"`
	Article     string    `db:"article"`
	Reviewer    string    `db:"reviewer"` // person
	Extras      []Extra   `db:"extras,json"`
	Certificate []byte    `db:"certificate"` // of the insurer, DER; exports are encrypted to its SM2 key
	Claims      int       `db:"claims"`
	Asked       time.Time `db:"asked"`
	AskedBy     string    `db:"asked_by"`
	Since       time.Time `db:"since"`
	Until       time.Time `db:"until"`
	State       string    `db:"state"`
	Approved    time.Time `db:"approved"`
	ApprovedBy  string    `db:"approved_by"`
	Ended       time.Time `db:"ended"`
	EndedBy     string    `db:"ended_by"`
	MAC         []byte    `db:"mac"`
}

// Claim ties a number to the encounter that it bills. Its row is keyed and never changes.
type Claim struct {
	Org       string `db:"org,key"`
	Task      string `db:"task,key"`
	Number    string `db:"number,key"`
	Encounter string `db:"encounter"`
	Patient   string `db:"patient"`
	MAC       []byte `db:"mac"`
}

// ClaimExport is one file that left for an insurer. It never changes.
type ClaimExport struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Task        string    `db:"task"`
	Recipient   string    `db:"recipient"`
	Rows        int       `db:"rows_sent"`
	Withheld    []string  `db:"withheld,json"` // numbers of claims that were left out
	Fields      []string  `db:"fields,json"`
	Stripped    []string  `db:"stripped,json"` // fields that were asked for and not approved
	Certificate []byte    `db:"certificate"`   // SM3 of the certificate to which it is encrypted
	Digest      []byte    `db:"digest"`        // SM3 of the envelope
	At          time.Time `db:"at"`
	By          string    `db:"by_person"`
}

// Open reports whether rows may be read at a moment.
func (t ClaimTask) Open(at time.Time) bool {
	return t.State == ClaimsApproved && !at.Before(t.Since) && at.Before(t.Until)
}

func (t ClaimTask) object() policy.Object {
	return policy.Object{Kind: "Claim", ID: t.ID, Org: t.Org, Author: t.AskedBy, Concerns: t.Reviewer}
}

// row is a claim as policy sees it: the reviewer's own for as long as the task is open.
func (t ClaimTask) row(c Claim, e patient.Encounter, at time.Time) policy.Object {
	o := policy.Object{Kind: "Case", ID: t.ID, Org: t.Org, Patient: c.Patient, Encounter: c.Encounter, Sensitivity: max(1, e.Level)}
	if t.Open(at) {
		o.Author = t.Reviewer
	}
	return o
}

// fields are what a row of the task tells.
func (t ClaimTask) fields() []ClaimField {
	return slices.DeleteFunc(ClaimFields(), func(f ClaimField) bool {
		approved := slices.ContainsFunc(t.Extras, func(x Extra) bool { return x.Field == f.ID && x.Approved })
		return !f.minimal(t.Kind) && !approved
	})
}

// stripped are the fields that were asked for and not approved.
func (t ClaimTask) stripped() []string {
	out := []string{}
	for _, x := range t.Extras {
		if !x.Approved {
			out = append(out, x.Field)
		}
	}
	return out
}

// MaxClaims bounds a task.
const MaxClaims = 200

// longestClaims bounds for how long a task is open; it can be asked for again.
const longestClaims = 92 * 24 * time.Hour

// NewClaim is a number of a claim and the encounter that it bills.
type NewClaim struct {
	Number    string `json:"number" maxLength:"60"`
	Encounter string `json:"encounter" maxLength:"40"`
}

// AskingClaims is what is asked for on behalf of an insurer.
type AskingClaims struct {
	Kind        string
	Insurer     string
	Basis       string // one of [consent.Bases], or [ByConsent]
	Article     string
	Reviewer    string
	Since       time.Time // now when zero
	Until       time.Time
	Certificate string // PEM
	Extras      []Extra
	Claims      []NewClaim
}

func (in AskingClaims) check(now time.Time) error {
	e := errInput.With()
	if !slices.Contains(bothKinds, in.Kind) {
		e.At("kind", fault.Text{ZH: "种类应为 review 或 settlement", EN: "a task is a review or a settlement"})
	}
	if in.Basis != ByConsent && !slices.ContainsFunc(consent.Bases(), func(b consent.Basis) bool { return b.ID == in.Basis }) {
		e.At("basis", fault.Text{ZH: "请从法定依据列表中选择，或选择患者同意", EN: "choose a basis from the list, or the patients' consent"})
	}
	e.MustName("insurer", in.Insurer, maxName)
	e.MustSay("article", in.Article, maxWords)
	e.MustName("reviewer", in.Reviewer, maxName)
	since := in.Since
	if since.IsZero() {
		since = now
	}
	if !in.Until.After(now) || !in.Until.After(since) || in.Until.Sub(now) > longestClaims {
		e.At("until", fault.Text{ZH: "请写明任务截止时间，最长 92 天", EN: "give an end, at most 92 days away"})
	}
	in.checkExtras(e)
	in.checkClaims(e)
	return e.OrNil()
}

func (in AskingClaims) checkExtras(e *fault.Error) {
	var seen []string
	for i, x := range in.Extras {
		at := "extras[" + strconv.Itoa(i) + "]"
		known := slices.ContainsFunc(claimFields, func(f ClaimField) bool { return f.ID == x.Field && !f.minimal(in.Kind) })
		if !known || slices.Contains(seen, x.Field) {
			e.At(at+".field", fault.Text{ZH: "请从字段列表中选择最小范围之外的一项，不能重复", EN: "choose a field beyond the minimum, once"})
		}
		seen = append(seen, x.Field)
		e.MustSay(at+".words", x.Words, maxWords)
	}
}

func (in AskingClaims) checkClaims(e *fault.Error) {
	if len(in.Claims) == 0 || len(in.Claims) > MaxClaims {
		e.At("claims", fault.Text{ZH: "一个任务 1 至 200 张结算单", EN: "1 to 200 claims in a task"})
		return
	}
	seen := map[string]bool{}
	for i, c := range in.Claims {
		at := "claims[" + strconv.Itoa(i) + "]"
		e.MustName(at+".number", c.Number, maxNumber)
		e.MustName(at+".encounter", c.Encounter, maxNumber)
		if seen[c.Number] {
			e.At(at+".number", fault.Text{ZH: "结算单号重复", EN: "the number stands here twice"})
		}
		seen[c.Number] = true
	}
}
