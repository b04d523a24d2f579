package consent

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// What a patient decided.
const (
	Given   = "given"
	Refused = "refused"
)

// States in which a record is seen.
const (
	InForce   = "in-force"
	RunOut    = "run-out"
	Withdrawn = "withdrawn"
)

// Record is one consent or refusal. Its row is keyed.
type Record struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Patient     string    `db:"patient"`
	Template    string    `db:"template"`
	Version     int       `db:"version"`
	Decision    string    `db:"decision"`
	Relation    string    `db:"relation"`
	Guardian    string    `db:"guardian"` // the power that it rests on, or empty
	Form        string    `db:"form"`
	Scope       Scope     `db:"scope,json"`
	Since       time.Time `db:"since"`
	Until       time.Time `db:"until"`     // zero: until withdrawn
	ReviewBy    time.Time `db:"review_by"` // of one that stands until withdrawn
	Due         time.Time `db:"due"`       // when it ends or is to be reviewed
	Told        time.Time `db:"told"`      // when somebody was asked to see to that
	Giver       []byte    `db:"giver"`     // [Giver], sealed
	Evidence    []byte    `db:"evidence"`  // digest of the scan or the signed file
	Withdrawn   time.Time `db:"withdrawn"`
	WithdrawnBy string    `db:"withdrawn_by"` // in which relation
	Words       []byte    `db:"words"`        // of the withdrawal, sealed
	RecordedBy  string    `db:"recorded_by"`
	MAC         []byte    `db:"mac"`
}

// Live reports whether the consent stands at a moment.
func (r Record) Live(at time.Time) bool { return r.State(at) == InForce }

// State is where the record stands at a moment.
func (r Record) State(at time.Time) string {
	switch {
	case r.Decision == Refused:
		return Refused
	case !r.Withdrawn.IsZero():
		return Withdrawn
	case r.Since.After(at), !r.Until.IsZero() && !r.Until.After(at):
		return RunOut
	}
	return InForce
}

func (r Record) object(of policy.Object) policy.Object {
	return policy.Object{Kind: "Consent", ID: r.ID, Org: r.Org, Patient: r.Patient, Department: of.Department, Sensitivity: of.Sensitivity, Author: r.RecordedBy, Concerns: of.Concerns}
}

func (r Record) tie(purpose string) policy.Tie {
	t := policy.Tie{Kind: policy.TieConsent, ID: r.ID, Role: purpose, Source: "consent", Since: r.Since, Until: r.Until}
	if len(r.Scope.Categories) > 0 {
		t.Bounds = &policy.Bounds{Forms: r.Scope.Categories}
	}
	return t
}

// Giver is who gave a consent or took it back. It is kept sealed.
type Giver struct {
	Name     string `json:"name" maxLength:"320"`
	Kinship  string `json:"kinship,omitempty" maxLength:"40" doc:"of a near relative: spouse, parent, child, sibling, grandparent, grandchild"`
	Document string `json:"document" maxLength:"40" doc:"kind of the identity document" example:"id-card"`
	Number   string `json:"number" maxLength:"120"`
	Witness  string `json:"witness,omitempty" maxLength:"320" doc:"of what was said"`
	Why      string `json:"why,omitempty" maxLength:"2000" doc:"why the patient does not decide himself"`
}

// kinships are the near relatives of Civil Code, article 1045.
var kinships = []string{"spouse", "parent", "child", "sibling", "grandparent", "grandchild"}

// Documents are the identity documents that are taken.
var Documents = []string{"id-card", "passport", "residence-permit", "military", "household-register", "birth-certificate"}

func (g Giver) check(e *fault.Error, relation, form string) {
	e.MustSay("giver.name", g.Name, maxName)
	e.MustSay("giver.number", g.Number, maxNumber)
	among(e, "giver.document", []string{g.Document}, Documents...)
	e.MaySay("giver.why", g.Why, maxWords)
	if relation == ByRelative {
		among(e, "giver.kinship", []string{g.Kinship}, kinships...)
		e.MustSay("giver.why", g.Why, maxWords)
	}
	if form == Verbal {
		e.MustSay("giver.witness", g.Witness, maxName)
	}
}

// Giving is what is recorded when somebody agrees or refuses.
type Giving struct {
	Patient  string
	Template string
	Version  int // the newest when zero
	Relation string
	Guardian string // id of the guardian's power
	Form     string
	Scope    Scope     // the template's when it names no purpose
	Until    time.Time // zero: until withdrawn, and ReviewBy says when to ask again
	ReviewBy time.Time
	Evidence []byte // SM3 digest of the file
	Giver    Giver

	Encounter string // of one to read the history of other institutions
}

const (
	day         = 24 * time.Hour
	longest     = 10 * 366 * day
	longestWait = 2 * 366 * day
)

func (g Giving) check(now time.Time) error {
	e := errInput.With()
	among(e, "relation", []string{g.Relation}, ByPatient, ByGuardian, ByRelative)
	among(e, "form", []string{g.Form}, Written, Electronic, Verbal)
	g.Giver.check(e, g.Relation, g.Form)
	if g.Form != Verbal || len(g.Evidence) > 0 {
		checkDigest(e, g.Evidence)
	}
	if (g.Relation == ByGuardian) != (g.Guardian != "") {
		e.At("guardian", fault.Text{ZH: "监护人作出的，请选择已登记的监护关系", EN: "where a guardian decides name the power on record"})
	}
	switch {
	case g.Until.IsZero() && (!g.ReviewBy.After(now) || g.ReviewBy.Sub(now) > longestWait):
		e.At("reviewBy", fault.Text{ZH: "请写明到期时间；长期有效的请写明复核日期，最长两年", EN: "give an end; what stands until withdrawn needs a day of review, at most two years away"})
	case !g.Until.IsZero() && (!g.Until.After(now) || g.Until.Sub(now) > longest):
		e.At("until", fault.Text{ZH: "到期时间应在将来，最长十年", EN: "the end lies ahead, at most ten years"})
	}
	return e.OrNil()
}

func checkDigest(e *fault.Error, digest []byte) {
	if len(digest) != sm.DigestSize {
		e.At("evidence", fault.Text{ZH: "请上传签字文件并提供其 SM3 摘要（64 位十六进制）", EN: "give the SM3 digest of the signed file: 64 hexadecimal digits"})
	}
}

// fits finds what a template does not allow.
func (t Template) fits(g Giving) error {
	e := errInput.With()
	if t.Kind != Agreement {
		e.At("template", fault.Text{ZH: "该模板是告知书，请选择同意书", EN: "this is a notice; choose a form of consent"})
		return e
	}
	if !slices.Contains(t.Givers, g.Relation) {
		e.At("relation", fault.Text{ZH: "该同意书不能由此身份的人签署", EN: "this consent cannot be given in that relation"})
	}
	if !slices.Contains(t.Forms, g.Form) {
		e.At("form", fault.Text{ZH: "该同意书不接受这种形式", EN: "this consent is not taken in that form"})
	}
	if g.Scope.forHistory() != t.Scope.forHistory() && len(g.Scope.Purposes) > 0 {
		e.At("scope", fault.Text{ZH: "外院病历授权不能拆分", EN: "the authorisation for the history of other institutions is not divided"})
	}
	if len(g.Scope.Purposes) > 0 && !g.Scope.within(t.Scope) {
		e.At("scope", fault.Text{ZH: "范围超出同意书所列", EN: "the scope goes beyond the form"})
	}
	return e.OrNil()
}

func place(kind, id, field string) vault.Place {
	return vault.Place{Kind: kind, Object: id, Version: "1", Field: field}
}
