package amendment

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/record"
)

// Who may correct.
const (
	ByAuthor   = "author"   // whoever wrote it
	BySuperior = "superior" // who ranks above the writer, in the same department
	ByEither   = "either"
)

// Who must agree.
const (
	NoApproval     = "none"
	SeniorApproval = "senior"          // a senior physician of the department
	OfficeApproval = "medical-affairs" // 医务科
)

// AnyKind is the kind of a rule for every document that has no rule of its own.
const AnyKind = "*"

// Rule says how documents of a kind are corrected in a state.
type Rule struct {
	Kind     string `json:"kind" maxLength:"40" example:"C0034" doc:"code of the kind of document; * for every other"`
	State    string `json:"state" enum:"filed,signed,archived"`
	Who      string `json:"who" enum:"author,superior,either"`
	Approval string `json:"approval" enum:"none,senior,medical-affairs"`
	Days     int    `json:"days" minimum:"0" maximum:"11000" doc:"how long after it was filed; 0: as long as it is kept"`
}

// States of rules.
const (
	Proposed = "proposed"
	Released = "released"
	Rejected = "rejected"
)

// Release is one version of the rules. Its row is keyed; the released one with the highest
// number is in force.
type Release struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Number     int       `db:"number"`
	Rules      []Rule    `db:"rules,json"`
	Words      string    `db:"words"` // why
	State      string    `db:"state"`
	Proposed   time.Time `db:"proposed"`
	ProposedBy string    `db:"proposed_by"`
	Settled    time.Time `db:"settled"`
	SettledBy  string    `db:"settled_by"`
	MAC        []byte    `db:"mac"`
}

// delivered are in force until a house releases its own: what is signed is corrected
// within thirty days, what is archived with the agreement of medical affairs only.
var delivered = []Rule{
	{AnyKind, string(record.Filed), ByEither, NoApproval, 0},
	{AnyKind, string(record.Signed), ByEither, NoApproval, 30},
	{AnyKind, string(record.Archived), ByEither, OfficeApproval, 365},
}

// states are those in which a document is corrected at all; under seal it is not, and no
// rule can say otherwise.
var states = []string{string(record.Filed), string(record.Signed), string(record.Archived)}

const maxRules = 300

// checkRules finds what makes no rules: every state needs one for all other kinds, what is
// archived always needs somebody's agreement.
func checkRules(rules []Rule, words string) error {
	e := errInput.With()
	e.MustSay("words", words, maxWords)
	if len(rules) == 0 || len(rules) > maxRules {
		e.At("rules", fault.Text{ZH: "应有 1 至 300 条规则", EN: "1 to 300 rules are needed"})
	}
	seen := map[[2]string]bool{}
	for i, r := range rules {
		at := func(field string) string { return path("rules", i, field) }
		e.MustName(at("kind"), r.Kind, 40)
		if !slices.Contains(states, r.State) {
			e.At(at("state"), fault.Text{ZH: "应为 filed、signed 或 archived", EN: "one of filed, signed and archived"})
		}
		if !slices.Contains([]string{ByAuthor, BySuperior, ByEither}, r.Who) {
			e.At(at("who"), fault.Text{ZH: "应为 author、superior 或 either", EN: "one of author, superior and either"})
		}
		if !slices.Contains([]string{NoApproval, SeniorApproval, OfficeApproval}, r.Approval) {
			e.At(at("approval"), fault.Text{ZH: "应为 none、senior 或 medical-affairs", EN: "one of none, senior and medical-affairs"})
		}
		if r.State == string(record.Archived) && r.Approval == NoApproval {
			e.At(at("approval"), fault.Text{ZH: "归档后更正必须经批准", EN: "what is archived is corrected with somebody's agreement only"})
		}
		if r.Days < 0 || r.Days > maxDays {
			e.At(at("days"), fault.Text{ZH: "应为 0 至 11000 天", EN: "0 to 11000 days"})
		}
		if seen[[2]string{r.Kind, r.State}] {
			e.At(at("kind"), fault.Text{ZH: "同一种类和状态只能有一条规则", EN: "there is another rule for this kind and state"})
		}
		seen[[2]string{r.Kind, r.State}] = true
	}
	for _, s := range states {
		if len(rules) > 0 && !seen[[2]string{AnyKind, s}] {
			e.At("rules", fault.Text{ZH: "缺少状态“" + s + "”的通用规则（种类填 *）", EN: "the state " + s + " needs a rule for every other kind (*)"})
		}
	}
	return e.OrNil()
}

const maxDays = 11000

// ruleFor is the rule of a kind in a state; its own outweighs that for every other.
func ruleFor(rules []Rule, kind, state string) (Rule, bool) {
	for _, k := range []string{kind, AnyKind} {
		if i := slices.IndexFunc(rules, func(r Rule) bool { return r.Kind == k && r.State == state }); i >= 0 {
			return rules[i], true
		}
	}
	return Rule{}, false
}

// ranks order those who write within the two professions. Who is not in it ranks lowest.
var ranks = map[string]int{"student": 1, "nurse": 2, "resident": 2, "technician": 2, "pharmacist": 2, "attending": 3, "head-nurse": 3, "chief": 4}

func rankOf(roles []string) int {
	highest := 0
	for _, r := range roles {
		highest = max(highest, ranks[r])
	}
	return highest
}

// asker is what a rule has to know of somebody who wants to correct.
type asker struct {
	author      bool
	rank, above int // his, and the writer's
}

// allows says whether a rule lets somebody correct at a moment, or the refusal.
func (r Rule) allows(a asker, filed, now time.Time) *fault.Code {
	switch {
	case !a.author && r.Who == ByAuthor:
		return errAuthorOnly
	case a.author && r.Who == BySuperior:
		return errSuperiorOnly
	case !a.author && a.rank <= a.above:
		return errRank
	case r.Days > 0 && now.Sub(filed) > time.Duration(r.Days)*24*time.Hour:
		return errWindow
	}
	return nil
}
