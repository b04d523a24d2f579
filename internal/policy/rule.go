package policy

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cedar-policy/cedar-go"
	cedarast "github.com/cedar-policy/cedar-go/ast"
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/cedar-policy/cedar-go/x/exp/schema/resolved"

	"github.com/medward/medward/internal/base/fault"
)

// Effect is what a rule does when it matches.
type Effect string

// Effects. A forbid outweighs every permit.
const (
	Permit Effect = "permit"
	Forbid Effect = "forbid"
)

// Rule is one rule of the book.
type Rule struct {
	ID        string
	Effect    Effect
	Verbs     []string   // sorted
	Roles     []string   // in the order of the catalogue; empty when it concerns everybody
	Demands   []string   // ids of the demands it serves
	Sentence  fault.Text // what it says
	Condition string     // of a forbid: the condition it stands for
	Remedy    fault.Text // of a forbid
	File      string
	Line      int
	Text      string // Cedar
}

// article is a rule ready to be asked.
type article struct {
	Rule
	roles   roleSet
	kind    string        // of the object in its scope; empty: any
	clauses []clause      // of its conditions
	facts   fact          // that its conditions read
	policy  *ast.Policy   // as written
	within  *cedar.Policy // without the verbs and roles of its scope, which are matched before Cedar is asked
}

var (
	ruleID   = regexp.MustCompile(`^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$`)
	demandID = regexp.MustCompile(`^[A-E]-\d{3}$`)

	conditionNames = []string{
		ConditionRole, ConditionRelation, ConditionPurpose, ConditionDepartment, ConditionLevel,
		ConditionState, ConditionOrganisation, ConditionPlace, ConditionFactor, ConditionStanding, ConditionConsent, ConditionLocal,
	}
	delivered = annotations{
		permit: []string{"demand", "en", "id", "zh"},
		forbid: []string{"condition", "demand", "en", "id", "remedy_en", "remedy_zh", "zh"},
	}
)

// annotations are what a rule must and may carry.
type annotations struct{ permit, forbid, may []string }

func newArticle(file string, p *cedar.Policy, schema *resolved.Schema, form annotations) (*article, error) {
	tree := (*ast.Policy)(p.AST())
	notes := p.Annotations()
	a := &article{
		Rule: Rule{
			ID: string(notes["id"]), Effect: Permit, File: file, Line: p.Position().Line, Text: string(p.MarshalCedar()),
			Demands:   strings.Fields(string(notes["demand"])),
			Sentence:  fault.Text{ZH: string(notes["zh"]), EN: string(notes["en"])},
			Condition: string(notes["condition"]),
			Remedy:    fault.Text{ZH: string(notes["remedy_zh"]), EN: string(notes["remedy_en"])},
		},
		kind: kindInScope(tree), clauses: clausesOf(tree), facts: factsRead(tree), policy: tree, within: withinScope(tree),
	}
	if p.Effect() == cedar.Forbid {
		a.Effect = Forbid
	}
	if err := a.checkAnnotations(notes, form); err != nil {
		return nil, err
	}
	var err error
	if a.roles, err = rolesInScope(tree.Principal); err != nil {
		return nil, err
	}
	if a.roles != everyRole {
		a.Roles = a.roles.ids()
	}
	if a.Verbs, err = verbsInScope(tree.Action, schema); err != nil {
		return nil, err
	}
	if a.Effect == Permit {
		if _, anything := tree.Action.(ast.ScopeTypeAll); anything || a.roles == everyRole {
			return nil, said("放行规则须写明操作和角色", "a permit must name its verbs and its roles")
		}
	}
	return a, checkRoles(tree)
}

func withinScope(tree *ast.Policy) *cedar.Policy {
	inner := *tree
	inner.Principal, inner.Action = ast.ScopeTypeAll{}, ast.ScopeTypeAll{}
	return cedar.NewPolicyFromAST((*cedarast.Policy)(&inner))
}

func (a *article) checkAnnotations(notes types.Annotations, form annotations) error {
	want := form.permit
	if a.Effect == Forbid {
		want = form.forbid
	}
	for _, key := range want {
		if strings.TrimSpace(string(notes[types.AnnotationKey(key)])) == "" {
			return said("缺少标注 @"+key, "annotation @"+key+" is missing")
		}
	}
	for key := range notes {
		if !slices.Contains(want, string(key)) && !slices.Contains(form.may, string(key)) {
			all := "@" + strings.Join(want, " @")
			return said("标注只能是 "+all, "annotations must be exactly "+all)
		}
	}
	if !ruleID.MatchString(a.ID) {
		return said("编号形如 subject.what", "the id must have the form subject.what")
	}
	for _, d := range a.Demands {
		if !demandID.MatchString(d) {
			return said("条款编号形如 A-077", strconv.Quote(d)+" is not a demand id such as A-077")
		}
	}
	if a.Effect == Forbid && a.Condition == "" {
		a.Condition = ConditionLocal
	}
	if a.Effect == Forbid && !slices.Contains(conditionNames, a.Condition) {
		names := strings.Join(conditionNames, " ")
		return said("没有条件 "+a.Condition+"；可用 "+names, "no condition "+strconv.Quote(a.Condition)+"; one of "+names)
	}
	return nil
}

func rolesInScope(scope ast.IsPrincipalScopeNode) (roleSet, error) {
	var uid types.EntityUID
	switch s := scope.(type) {
	case ast.ScopeTypeAll:
		return everyRole, nil
	case ast.ScopeTypeIn:
		uid = s.Entity
	default:
		return 0, said(`主体只能写作 principal 或 principal in Role::"…"`, `the principal must be written: principal, or principal in Role::"…"`)
	}
	set, ok := rolesNamed(uid)
	if !ok {
		return 0, said("没有角色 "+uid.String(), "no role or group of roles "+uid.String())
	}
	return set, nil
}

func rolesNamed(uid types.EntityUID) (roleSet, bool) {
	if uid.Type != roleType {
		return 0, false
	}
	if set, ok := roleBits[string(uid.ID)]; ok {
		return set, true
	}
	set, ok := groupBits[string(uid.ID)]
	return set, ok
}

// checkRoles finds role names that the validator cannot know to be wrong.
func checkRoles(tree *ast.Policy) error {
	var unknown []string
	for _, c := range tree.Conditions {
		ast.Inspect(ast.NewNode(c.Body), func(n ast.IsNode) bool {
			value, ok := n.(ast.NodeValue)
			if !ok {
				return true
			}
			if uid, ok := value.Value.(types.EntityUID); ok && uid.Type == roleType {
				if _, known := rolesNamed(uid); !known {
					unknown = append(unknown, uid.String())
				}
			}
			return true
		})
	}
	if len(unknown) > 0 {
		names := strings.Join(unknown, ", ")
		return said("没有角色 "+names, "no role or group of roles "+names)
	}
	return nil
}

func verbsInScope(scope ast.IsActionScopeNode, schema *resolved.Schema) ([]string, error) {
	var named []types.EntityUID
	switch s := scope.(type) {
	case ast.ScopeTypeAll:
		return verbsOf(schema), nil
	case ast.ScopeTypeEq:
		named = []types.EntityUID{s.Entity}
	case ast.ScopeTypeIn:
		named = []types.EntityUID{s.Entity}
	case ast.ScopeTypeInSet:
		named = s.Entities
	}
	for _, n := range named {
		if _, known := schema.Actions[n]; !known {
			return nil, said("没有操作 "+n.String(), "no verb "+n.String()+" in the schema")
		}
	}
	var verbs []string
	for uid, action := range schema.Actions {
		if action.AppliesTo == nil {
			continue
		}
		for _, n := range named {
			if uid == n || action.Entity.Parents.Contains(n) {
				verbs = append(verbs, string(uid.ID))
				break
			}
		}
	}
	if len(verbs) == 0 {
		return nil, errors.New("the rule is about no verb of the schema")
	}
	slices.Sort(verbs)
	return verbs, nil
}

func verbsOf(schema *resolved.Schema) []string {
	var verbs []string
	for uid, action := range schema.Actions {
		if action.AppliesTo != nil {
			verbs = append(verbs, string(uid.ID))
		}
	}
	slices.Sort(verbs)
	return verbs
}
