package policy_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cedar-policy/cedar-go"

	"github.com/medward/medward/internal/policy"
)

// The reference decides slowly and by other means: it reads the rules in their JSON
// form with an interpreter of its own, asks every rule about every request, and
// works out the facts from the request by tables of its own. It shares with the book
// only the parser.

var groupsByHand = map[string][]string{
	"doctor": {"resident", "attending", "chief"}, "senior": {"attending", "chief"}, "nursing": {"nurse", "head-nurse"},
	"bedside":   {"resident", "attending", "chief", "nurse", "head-nurse"},
	"clinician": {"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician"},
	"ward-lead": {"attending", "chief", "head-nurse"}, "watcher": {"discipline", "auditor"},
	"platform":     {"security-administrator", "system-administrator", "network-administrator", "dba", "vendor-engineer"},
	"staff-office": {"security-administrator", "personnel", "science-education"},
	"machine":      {"feed", "job", "cli", "first-start", "anonymous", "demo-operator"},
}

type reference struct {
	rules  []map[string]any
	verbs  map[string][]string // the groups of each verb
	groups map[string][]string
}

var (
	actionLine = regexp.MustCompile(`(?m)^action ((?:"[a-z.-]+"(?:, )?)+)(?: in \[([a-z, ]+)\])? appliesTo`)
	quoted     = regexp.MustCompile(`"([a-z.-]+)"`)
)

func newReference(t testing.TB) *reference {
	t.Helper()
	schema, err := os.ReadFile("policies/schema.cedarschema")
	if err != nil {
		t.Fatal(err)
	}
	ref := &reference{verbs: map[string][]string{}, groups: groupsByHand}
	for _, line := range actionLine.FindAllStringSubmatch(string(schema), -1) {
		for _, verb := range quoted.FindAllStringSubmatch(line[1], -1) {
			ref.verbs[verb[1]] = strings.FieldsFunc(line[2], func(r rune) bool { return r == ',' || r == ' ' })
		}
	}
	files, err := filepath.Glob("policies/*.cedar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		list, err := cedar.NewPolicyListFromBytes(file, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			var rule map[string]any
			text, err := p.MarshalJSON()
			if err == nil {
				err = json.Unmarshal(text, &rule)
			}
			if err != nil {
				t.Fatal(err)
			}
			ref.rules = append(ref.rules, rule)
		}
	}
	return ref
}

// situation is a request as the reference sees it.
type situation struct {
	ref            *reference
	verb, kind     string
	roles          []string
	actor, object  map[string]any
	relation       map[string]any
	organisedRoles map[string]bool
}

func (ref *reference) allows(r policy.Request) bool {
	s := situation{ref: ref, verb: r.Verb, kind: r.Object.Kind, roles: append(slices.Clone(r.Actor.Roles), r.Actor.Kind)}
	s.actor = map[string]any{"clearance": float64(r.Actor.Clearance)}
	o := r.Object
	s.object = map[string]any{
		"sensitivity": float64(o.Sensitivity), "signed": o.Signed, "archived": o.Archived, "discharged": o.Discharged,
		"sealed": o.Sealed, "disputed": o.Sealed && o.SealKind != "attention", "unauthorised": o.Unauthorised,
	}
	s.relation = relationByHand(r)
	for _, t := range r.Ties {
		s.tie(t, r)
	}
	s.organisedRoles = map[string]bool{}
	for _, role := range s.roles {
		s.organisedRoles[role] = true
		for group, members := range ref.groups {
			if slices.Contains(members, role) {
				s.organisedRoles[group] = true
			}
		}
	}
	permitted := false
	for _, rule := range ref.rules {
		if !s.matches(rule) {
			continue
		}
		if rule["effect"] == "forbid" {
			return false
		}
		permitted = true
	}
	return permitted
}

func relationByHand(r policy.Request) map[string]any {
	a, o, person := r.Actor, r.Object, r.Actor.Kind == "person"
	relation := map[string]any{}
	for _, name := range []string{"care", "lead", "duty", "task", "reason", "glass", "grant", "charge", "listed", "guarded", "barred", "consented", "exempt", "unmasked", "work", "silent", "mandate", "theatre", "frozen", "moving", "doubted", "quarantined"} {
		relation[name] = false
	}
	maps.Copy(relation, map[string]any{
		"organisation": a.Org == o.Org && a.Org != "" || a.Kind == "anonymous" && a.Org == "",
		"department":   o.Department != "" && slices.Contains(a.Departments, o.Department),
		"own":          person && a.ID == o.Concerns, "author": person && a.ID == o.Author, "origin": !person && a.ID == o.CreatedBy,
		"remote": a.Zone == "remote", "purpose": "",
	})
	maps.Copy(relation, furtherFacts(a))
	relation["beyond"] = beyondByHand(r)
	for _, p := range policy.Purposes() {
		if p.ID == r.Purpose {
			relation["purpose"] = p.ID
		}
	}
	if a.Kind == "anonymous" {
		relation["purpose"] = "operation"
	}
	return relation
}

// tie adds what a tie gives, or takes, if it counts at the moment of the request.
func (s *situation) tie(t policy.Tie, r policy.Request) {
	endless := slices.Contains([]string{"own", "seal", "bar", "consent"}, t.Kind)
	begun, over := !r.At.Before(t.Since), !t.Until.IsZero() && !r.At.Before(t.Until)
	if !begun || over || t.Until.IsZero() && !endless || !within(t.Bounds, r) {
		return
	}
	forThis := t.Role != "" && t.Role == s.relation["purpose"]
	switch t.Kind {
	case "care":
		s.relation["care"] = true
		if t.Role == "attending" || t.Role == "chief" {
			s.relation["lead"] = true
		}
	case "own", "duty", "task", "charge", "listed", "silent", "theatre":
		s.relation[t.Kind] = true
	case "bar":
		s.relation["barred"] = true
	case "freeze":
		s.relation["frozen"] = true
	case "moving":
		s.relation["moving"] = true
	case "hold":
		s.relation[map[bool]string{true: "doubted", false: "quarantined"}[t.Role == "correction"]] = true
	case "seal":
		if t.Role == "attention" {
			s.relation["guarded"] = true
			return
		}
		s.object["sealed"], s.object["disputed"] = true, true
	case "reason", "glass", "grant", "work", "mandate", "consent", "exemption", "unmask":
		fact := map[string]string{"consent": "consented", "exemption": "exempt", "unmask": "unmasked"}[t.Kind]
		if fact == "" {
			fact = t.Kind
		}
		if forThis {
			s.relation[fact] = true
		}
	}
}

func within(b *policy.Bounds, r policy.Request) bool {
	o := r.Object
	switch {
	case b == nil:
		return true
	case len(b.Verbs) > 0 && !slices.Contains(b.Verbs, r.Verb):
		return false
	case b.Department != "" && b.Department != o.Department:
		return false
	case len(b.Documents) > 0 && (o.Kind != "Document" || !slices.Contains(b.Documents, o.ID)):
		return false
	case o.Kind == "Patient" && (r.Verb == "patient.view" || r.Verb == "patient.find" || r.Verb == "record.list"):
		return true
	}
	return (b.Encounter == "" || b.Encounter == o.Encounter) && (len(b.Forms) == 0 || slices.Contains(b.Forms, o.Form))
}

func (s situation) matches(rule map[string]any) bool {
	if !s.inScope("principal", rule) || !s.inScope("action", rule) || !s.inScope("resource", rule) {
		return false
	}
	conditions, _ := rule["conditions"].([]any)
	for _, c := range conditions {
		clause := c.(map[string]any)
		if s.value(clause["body"]).(bool) != (clause["kind"] == "when") {
			return false
		}
	}
	return true
}

func (s situation) inScope(part string, rule map[string]any) bool {
	scope := rule[part].(map[string]any)
	switch scope["op"] {
	case "All":
		return true
	case "is":
		return scope["entity_type"] == s.kind
	}
	return slices.ContainsFunc(entitiesOf(scope), s.has)
}

func entitiesOf(scope map[string]any) []map[string]any {
	if one, ok := scope["entity"].(map[string]any); ok {
		return []map[string]any{one}
	}
	var all []map[string]any
	for _, e := range scope["entities"].([]any) {
		all = append(all, e.(map[string]any))
	}
	return all
}

// has reports whether a role is held, or a verb is meant, by itself or in a group.
func (s situation) has(entity map[string]any) bool {
	id := entity["id"].(string)
	if entity["type"] == "Role" {
		return s.organisedRoles[id]
	}
	return id == s.verb || slices.Contains(s.ref.verbs[s.verb], id)
}

// value interprets an expression of the JSON form.
func (s situation) value(n any) any {
	for op, args := range n.(map[string]any) {
		switch op {
		case "Value":
			return args
		case "Var":
			return args
		case "Set":
			var all []any
			for _, e := range args.([]any) {
				all = append(all, s.value(e))
			}
			return all
		}
		a := args.(map[string]any)
		switch op {
		case ".":
			of := map[string]map[string]any{"principal": s.actor, "resource": s.object, "context": s.relation}[s.value(a["left"]).(string)]
			v, known := of[a["attr"].(string)]
			if !known {
				panic(fmt.Sprintf("the reference does not know %v; add it to relationByHand", a["attr"]))
			}
			return v
		case "!":
			return !s.value(a["arg"]).(bool)
		case "&&":
			return s.value(a["left"]).(bool) && s.value(a["right"]).(bool)
		case "||":
			return s.value(a["left"]).(bool) || s.value(a["right"]).(bool)
		case "is":
			return a["entity_type"] == s.kind
		case "in", "==", "!=":
			return s.compare(op, a)
		case "contains":
			return slices.Contains(s.value(a["left"]).([]any), s.value(a["right"]))
		case "<":
			return s.value(a["left"]).(float64) < s.value(a["right"]).(float64)
		case "<=":
			return s.value(a["left"]).(float64) <= s.value(a["right"]).(float64)
		case ">":
			return s.value(a["left"]).(float64) > s.value(a["right"]).(float64)
		case ">=":
			return s.value(a["left"]).(float64) >= s.value(a["right"]).(float64)
		}
		panic("the reference does not know the operator " + op)
	}
	panic("an empty expression")
}

func (s situation) compare(op string, a map[string]any) bool {
	left, right := s.value(a["left"]), s.value(a["right"])
	named := right
	if set, ok := right.([]any); ok && op == "in" {
		return slices.ContainsFunc(set, func(e any) bool { return s.named(e) })
	}
	if _, entity := named.(map[string]any); entity {
		return s.named(named) == (op != "!=")
	}
	return (left == right) == (op == "==")
}

func (s situation) named(e any) bool {
	entity, _ := e.(map[string]any)["__entity"].(map[string]any)
	return entity != nil && s.has(entity)
}

// dice throws situations. Names are few, so that they often meet.
type dice struct{ *rand.Rand }

func pick[T any](d dice, of ...T) T { return of[d.IntN(len(of))] }

func (d dice) yes() bool { return d.IntN(2) == 0 }

func (d dice) situation(b *policy.Book) policy.Request {
	verb := pick(d, b.Verbs()...)
	if d.IntN(2) == 0 {
		verb = pick(d, "record.view", "record.list", "record.print", "record.amend", "record.file", "patient.view", "patient.find")
	}
	r := policy.Request{Verb: verb, At: noon, Purpose: pick(d, "care", "care", "care", "management", "quality", "research", "legal", "supervision", "operation", "coding", "", "?")}
	r.Actor = policy.Actor{Kind: pick(d, "person", "person", "person", "person", "person", "feed", "job", "anonymous"), ID: "p1", Org: pick(d, "renhe", "renhe", "renhe", "tongde"), Clearance: d.IntN(6), Zone: pick(d, "", "inside", "remote")}
	if r.Actor.Kind == "person" {
		for range d.IntN(3) {
			role := pick(d, policy.Roles()...)
			if role.Person && !slices.Contains(r.Actor.Roles, role.ID) {
				r.Actor.Roles = append(r.Actor.Roles, role.ID)
			}
		}
		r.Actor.Departments = []string{pick(d, "heart", "brain")}
	}
	throwFurther(d, &r.Actor)
	r.Object = policy.Object{
		Kind: pick(d, b.Kinds(verb)...), ID: pick(d, "x", "y"), Org: pick(d, "renhe", "renhe", "renhe", "tongde"), Patient: "chen", Department: pick(d, "", "heart", "brain"),
		Sensitivity: d.IntN(6), Encounter: pick(d, "", "e1", "e2"), Form: pick(d, "", "C0034", "C0038"), Author: pick(d, "", "p1", "p2"), CreatedBy: pick(d, "", "p1", "p2"),
		Concerns: pick(d, "", "", "p1", "p2"), Signed: d.yes(), Archived: d.yes(), Discharged: d.yes(), Sealed: d.IntN(4) == 0, SealKind: pick(d, "", "dispute", "attention"), Unauthorised: d.IntN(4) == 0,
	}
	for range d.IntN(5) {
		r.Ties = append(r.Ties, d.tie())
	}
	return r
}

func (d dice) tie() policy.Tie {
	t := policy.Tie{
		Kind: pick(d, "care", "care", "task", "duty", "reason", "glass", "grant", "grant", "own", "charge", "listed", "seal", "bar", "freeze", "moving", "hold", "consent", "exemption", "unmask", "work", "work", "silent", "theatre", "mandate", "mandate", "?"), ID: "tie",
		Role: pick(d, "", "attending", "care", "care", "management", "quality", "attention", "dispute", "coding"), Since: noon.Add(time.Duration(d.IntN(4)-2) * time.Hour),
		Until: pick(d, time.Time{}, noon, noon.Add(time.Hour), noon.Add(time.Hour)),
	}
	if d.IntN(2) == 0 {
		t.Bounds = &policy.Bounds{Encounter: pick(d, "", "", "e1"), Department: pick(d, "", "", "heart")}
		if d.IntN(3) == 0 {
			t.Bounds.Verbs = []string{"record.view", "patient.view"}
		}
		if d.IntN(4) == 0 {
			t.Bounds.Forms = []string{"C0034"}
		}
		if d.IntN(4) == 0 {
			t.Bounds.Documents = []string{"x"}
		}
	}
	return t
}

// furtherFacts are facts about the actor that other rooms bring.
func furtherFacts(a policy.Actor) map[string]any {
	return map[string]any{"program": a.Kind == "person" && a.Agreed != nil, "bound": !a.Unbound, "licensed": !a.Unlicensed, "provisional": a.Provisional, "stepped": !a.Stale, "strong": !a.Weak}
}

// beyondByHand reports whether an act was not agreed with whoever does it.
func beyondByHand(r policy.Request) bool {
	a := r.Actor.Agreed
	if a == nil {
		return r.Actor.Kind == "feed"
	}
	elsewhere := len(a.Departments) > 0 && r.Object.Department != "" && !slices.Contains(a.Departments, r.Object.Department)
	about := !slices.Contains([]string{"House", "Department", "Person", "Source"}, r.Object.Kind)
	another := a.Patient != "" && about && r.Object.Patient != a.Patient
	return another || elsewhere || !slices.Contains(a.Verbs, r.Verb) || !slices.Contains(a.Kinds, r.Object.Kind)
}

func throwFurther(d dice, a *policy.Actor) {
	if a.Kind == "feed" && d.yes() {
		a.Agreed = &policy.Agreed{Verbs: pick(d, nil, []string{"record.amend", "record.file"}), Kinds: pick(d, nil, []string{"Document"}), Departments: pick(d, nil, []string{"heart"})}
	}
	if a.Kind == "person" && d.IntN(4) == 0 {
		a.Agreed = &policy.Agreed{
			Verbs: pick(d, nil, []string{"patient.view", "record.list", "record.view"}), Kinds: pick(d, nil, []string{"Patient", "Encounter", "Document"}), Patient: pick(d, "", "chen", "another"),
		}
	}
	a.Unbound, a.Unlicensed, a.Provisional, a.Stale, a.Weak = d.IntN(4) == 0, d.IntN(4) == 0, d.IntN(4) == 0, d.IntN(4) == 0, d.IntN(4) == 0
}

func TestTheBookDecidesAsASlowReferenceDoes(t *testing.T) {
	b, ref := book(t), newReference(t)
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	seed := uint64(time.Now().UnixNano())
	d := dice{rand.New(rand.NewPCG(seed, 1))}
	allowed := 0
	for i := range n {
		r := d.situation(b)
		got := b.Decide(r)
		if got.Failed != nil {
			t.Fatalf("seed %d, situation %d: %v", seed, i, got.Failed)
		}
		if want := ref.allows(r); got.Allowed != want {
			t.Fatalf("seed %d, situation %d: the book says %v by %v, the reference %v: %+v", seed, i, got.Allowed, got.Rules, want, r)
		}
		if got.Allowed {
			allowed++
		}
	}
	if allowed < n/100 {
		t.Errorf("only %d of %d situations were allowed; they do not try the rules", allowed, n)
	}
	t.Logf("%d situations, %d allowed", n, allowed)
}
