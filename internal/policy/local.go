package policy

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/x/exp/ast"

	"github.com/medward/medward/internal/base/fault"
)

// Problem is what is wrong with an organisation's own rules, and where.
type Problem struct {
	Line int        `json:"line"` // from 1; 0: nowhere in particular
	Rule string     `json:"rule,omitempty"`
	Text fault.Text `json:"text"`
}

// Bounds of an organisation's own rules.
const (
	MaxLocalRules = 100
	maxLocalText  = 64 << 10
)

// ours is what a rule of the house and a rule of an organisation differ in.
var ours = annotations{
	permit: []string{"en", "id", "zh"},
	forbid: []string{"en", "id", "remedy_en", "remedy_zh", "zh"},
	may:    []string{"condition", "demand"},
}

var (
	localID  = regexp.MustCompile(`^local(\.[a-z0-9-]+)+$`)
	position = regexp.MustCompile(`:(\d+):\d+`)
)

// With returns the book with an organisation's own rules beside those delivered, or
// what is wrong with them (A-045, D-033). Their ids carry the release they came
// with, as in local.no-night-print@3.
//
// Own rules can close anything to people but what keeps the house answerable
// ([KeptVerbs]). They open only acts of [Book.LendableVerbs], to clinical and office
// staff, for somebody who has a relation to the thing. Whatever they open, a
// delivered forbid shuts. Machines are outside of them.
func (b *Book) With(text string, release int) (*Book, []Problem) {
	list, problem := parseLocal(text)
	if problem != nil {
		return nil, []Problem{*problem}
	}
	more := b.copied()
	var problems []Problem
	for _, p := range list {
		a, err := more.local(p)
		if err == nil {
			err = more.unique(a)
		}
		if err != nil {
			problems = append(problems, Problem{Line: p.Position().Line, Rule: string(p.Annotations()["id"]), Text: saidOf(err)})
			continue
		}
		a.ID += "@" + strconv.Itoa(release)
		more.keep(a)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return more, nil
}

func parseLocal(text string) (cedar.PolicyList, *Problem) {
	if len(text) > maxLocalText {
		return nil, &Problem{Text: fault.Text{ZH: "规则文本不得超过 64 KB", EN: "the rules are longer than 64 KB"}}
	}
	list, err := cedar.NewPolicyListFromBytes(localFile, []byte(text))
	if err != nil {
		p := &Problem{Text: fault.Text{ZH: "无法解析：" + err.Error(), EN: "cannot be read: " + err.Error()}}
		if at := position.FindStringSubmatch(err.Error()); at != nil {
			p.Line, _ = strconv.Atoi(at[1]) // digits by the pattern
		}
		return nil, p
	}
	if len(list) > MaxLocalRules {
		return nil, &Problem{Text: fault.Text{ZH: "自定规则最多 100 条", EN: "at most 100 rules"}}
	}
	return list, nil
}

const localFile = "local.cedar"

// copied is a book that can be added to without changing this one. What it was
// asked before, it forgets.
func (b *Book) copied() *Book {
	more := &Book{
		words: b.words, articles: slices.Clone(b.articles), byVerb: maps.Clone(b.byVerb), kinds: b.kinds, fixed: b.fixed, check: b.check,
		answers: newMemory[facts, *answer](answersKept), scopes: newMemory[scopeQuestion, Scope](scopesKept),
	}
	for verb, articles := range more.byVerb {
		more.byVerb[verb] = slices.Clip(articles)
	}
	return more
}

func (b *Book) unique(a *article) error {
	if slices.ContainsFunc(b.articles, func(other *article) bool {
		id, _, _ := strings.Cut(other.ID, "@")
		return id == a.ID
	}) {
		return said("编号重复", "another rule has this id")
	}
	return nil
}

// local makes a rule of an organisation and holds it to its fences.
func (b *Book) local(p *cedar.Policy) (*article, error) {
	a, err := newArticle(localFile, p, b.words, ours)
	if err != nil {
		return nil, err
	}
	if err := b.check.Policy(a.ID, a.policy); err != nil {
		return nil, err
	}
	switch {
	case !localID.MatchString(a.ID):
		return nil, said("编号须以 local. 开头，例如 local.night-print", "the id must begin with local., as in local.night-print")
	case a.Condition == ConditionOrganisation || a.Condition == ConditionPurpose:
		return nil, said("自定规则不能使用该条件名", "a rule of one's own cannot stand for this condition")
	}
	if err := a.plain(); err != nil {
		return nil, err
	}
	if a.Effect == Permit {
		return a, b.fencePermit(a)
	}
	return a, fenceForbid(a)
}

// plain refuses what could fail when it is asked, or what no fence could judge.
func (a *article) plain() error {
	switch a.policy.Resource.(type) {
	case ast.ScopeTypeAll, ast.ScopeTypeIs:
	default:
		return said("对象只能写作 resource 或 resource is 类型", "write the object as resource, or resource is a kind")
	}
	all := whole(facts{})
	told := true
	for _, c := range a.policy.Conditions {
		ast.Inspect(ast.NewNode(c.Body), func(n ast.IsNode) bool {
			told = told && (partOfCondition(n) || clauseOf(n)(&all) != unknown)
			return told
		})
	}
	if !told {
		return said("条件只能比较目的、级别、角色和是/否事实", "a condition may only compare purpose, levels, roles and yes-or-no facts")
	}
	return nil
}

// partOfCondition is what stands within a condition without being one.
func partOfCondition(n ast.IsNode) bool {
	switch n := n.(type) {
	case ast.NodeValue, ast.NodeTypeVariable, ast.NodeTypeSet:
		return true
	case ast.NodeTypeAccess:
		return isPurpose(n) || numberOf(n) != nil
	}
	return false
}

// relations are the facts of which an own permit needs one.
const relations = care | lead | duty | task | reason | glass | grant | author | charge | department | own | origin | listed | work | theatre

func (b *Book) fencePermit(a *article) error {
	may := b.LendableVerbs()
	for _, verb := range a.Verbs {
		if !slices.Contains(may, verb) {
			return said("自定规则不能放开 "+verb, "a rule of one's own cannot open "+verb)
		}
	}
	if a.roles&(groupBits["machine"]|groupBits["platform"]|groupBits["watcher"]|roleBits["person"]) != 0 {
		return said("放行规则须写明临床或职能科室角色；接口、管理员和监督者不在其列", "a permit names roles of clinical or office staff; not machines, administrators, watchers or everybody")
	}
	for _, kind := range kindsUnder(b, a) {
		unrelated := supposition{facts: facts{kind: kind, roles: a.roles}, levelKnown: false}.without(relations)
		if a.open(unrelated) {
			return said("放行规则须要求诊疗、任务、授权、作者或本科室等关系", "a permit must ask for a relation: care, a task, a grant, authorship, the department")
		}
	}
	return nil
}

// open reports whether the rule could match at some clearance.
func (a *article) open(s supposition) bool {
	for clearance := range uint8(highestLevel + 1) {
		s.clearance = clearance
		if a.possibleUnder(&s) {
			return true
		}
	}
	return false
}

func kindsUnder(b *Book, a *article) []string {
	var kinds []string
	for _, verb := range a.Verbs {
		kinds = append(kinds, b.Kinds(verb)...)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func fenceForbid(a *article) error {
	if _, all := a.policy.Action.(ast.ScopeTypeAll); !all {
		for _, verb := range a.Verbs {
			if slices.Contains(keptVerbs, verb) {
				return said("自定规则不能禁止 "+verb, "a rule of one's own cannot forbid "+verb)
			}
		}
	}
	a.Verbs = slices.DeleteFunc(a.Verbs, func(verb string) bool { return slices.Contains(keptVerbs, verb) })
	a.roles &^= groupBits["machine"]
	return nil
}

// keptVerbs are what no organisation can shut for itself: signing in and out, asking
// for the rules and taking a release back, and the account.
var keptVerbs = []string{
	"identity.change-password", "identity.confirm-factor", "identity.lock-session", "identity.prove", "identity.sign-in", "identity.sign-out",
	"identity.sign-out-everywhere", "identity.step-up", "identity.unlock-session",
	"ledger.checkpoint", "ledger.search", "ledger.verify", "ledger.view",
	"policy.date", "policy.draft", "policy.review", "policy.roll-back", "policy.simulate", "policy.try", "policy.view",
}

// KeptVerbs returns what no rule of an organisation can forbid.
func KeptVerbs() []string { return slices.Clone(keptVerbs) }

// LendableVerbs returns what a permit of an organisation can open: reading on the
// screen, the lists, and the fields that are masked.
func (b *Book) LendableVerbs() []string {
	var verbs []string
	for _, verb := range b.Verbs() {
		reading := b.words.Actions[actionUID(verb)].Entity.Parents.Contains(actionUID("reading"))
		if reading || slices.Contains(lent, verb) || fieldOf(verb) != "" {
			verbs = append(verbs, verb)
		}
	}
	return verbs
}

var lent = []string{"patient.find", "patient.view", "access.list", "consent.list", "ledger.readers", "staff.list-qualifications", "staff.list-stays"}

// localFault is a sentence about a rule for whoever wrote it.
type localFault struct{ text fault.Text }

func (f localFault) Error() string { return f.text.EN }

func said(zh, en string) error { return localFault{fault.Text{ZH: zh, EN: en}} }

func saidOf(err error) fault.Text {
	if f, ok := err.(localFault); ok { //nolint:errorlint // it is made here and never wrapped
		return f.text
	}
	return fault.Text{ZH: fmt.Sprintf("规则不成立：%v", err), EN: err.Error()}
}
