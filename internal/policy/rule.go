package policy

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
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
		ConditionState, ConditionOrganisation, ConditionPlace, ConditionFactor, ConditionStanding, ConditionConsent,
	}
	permitAnnotations = []string{"demand", "en", "id", "zh"}
	forbidAnnotations = []string{"condition", "demand", "en", "id", "remedy_en", "remedy_zh", "zh"}
)

func newArticle(file string, p *cedar.Policy, schema *resolved.Schema) (*article, error) {
	tree := (*ast.Policy)(p.AST())
	notes := p.Annotations()
	a := &article{
		Rule: Rule{
			ID: string(notes["id"]), Effect: Permit, File: file, Text: string(p.MarshalCedar()),
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
	where := func(err error) error {
		return fmt.Errorf("%s line %d, rule %q: %w", file, p.Position().Line, a.ID, err)
	}
	if err := a.checkAnnotations(notes); err != nil {
		return nil, where(err)
	}
	var err error
	if a.roles, err = rolesInScope(tree.Principal); err != nil {
		return nil, where(err)
	}
	if a.roles != everyRole {
		a.Roles = a.roles.ids()
	}
	if a.Verbs, err = verbsInScope(tree.Action, schema); err != nil {
		return nil, where(err)
	}
	if a.Effect == Permit {
		if _, anything := tree.Action.(ast.ScopeTypeAll); anything || a.roles == everyRole {
			return nil, where(errors.New("a permit must name its verbs and its roles"))
		}
	}
	if err := checkRoles(tree); err != nil {
		return nil, where(err)
	}
	return a, nil
}

func withinScope(tree *ast.Policy) *cedar.Policy {
	inner := *tree
	inner.Principal, inner.Action = ast.ScopeTypeAll{}, ast.ScopeTypeAll{}
	return cedar.NewPolicyFromAST((*cedarast.Policy)(&inner))
}

func (a *article) checkAnnotations(notes types.Annotations) error {
	want := permitAnnotations
	if a.Effect == Forbid {
		want = forbidAnnotations
	}
	for _, key := range want {
		if strings.TrimSpace(string(notes[types.AnnotationKey(key)])) == "" {
			return fmt.Errorf("annotation @%s is missing", key)
		}
	}
	if len(notes) != len(want) {
		return fmt.Errorf("annotations must be exactly @%s", strings.Join(want, " @"))
	}
	if !ruleID.MatchString(a.ID) {
		return errors.New("the id must have the form subject.what")
	}
	for _, d := range a.Demands {
		if !demandID.MatchString(d) {
			return fmt.Errorf("%q is not a demand id such as A-077", d)
		}
	}
	if a.Effect == Forbid && !slices.Contains(conditionNames, a.Condition) {
		return fmt.Errorf("no condition %q; one of %s", a.Condition, strings.Join(conditionNames, " "))
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
		return 0, errors.New(`the principal must be written: principal, or principal in Role::"…"`)
	}
	set, ok := rolesNamed(uid)
	if !ok {
		return 0, fmt.Errorf("no role or group of roles %s", uid)
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
		return fmt.Errorf("no role or group of roles %s", strings.Join(unknown, ", "))
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
			return nil, fmt.Errorf("no verb %s in the schema", n)
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
