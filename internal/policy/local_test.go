package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/policy"
)

const noNightPrint = `@id("local.no-print") @zh("本院不许病区打印。") @en("Wards do not print here.")
@remedy_zh("请到病案室。") @remedy_en("Go to the records office.")
forbid (principal in Role::"clinician", action == Action::"record.print", resource);
`

const departmentQuality = `@id("local.quality-reads") @zh("质控员为质控阅读本科病历。") @en("Quality reads its department.")
permit (principal in Role::"quality", action == Action::"record.view", resource)
when { context.purpose == "quality" && context.department };
`

func own(t testing.TB, text string, release int) *policy.Book {
	t.Helper()
	b, problems := book(t).With(text, release)
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	return b
}

func TestAnOwnRuleForbidsAndIsNamedWithItsRelease(t *testing.T) {
	b := own(t, noNightPrint, 7)
	printing := policy.Situation{Roles: []string{"attending"}, Clearance: 4, Verb: "record.print", Kind: "Document", Purpose: "care", Level: 2, Holds: []string{"care", "lead", "department", "signed"}}
	before, err := book(t).Judge(printing)
	if err != nil || !before.Allowed {
		t.Fatalf("the delivered rules do not let her print: %+v %v", before, err)
	}
	after, err := b.Judge(printing)
	if err != nil || after.Allowed || !slices.Equal(after.Rules, []string{"local.no-print@7"}) {
		t.Errorf("%+v %v", after, err)
	}
	unmet := after.Refusal.Unmet()
	if len(unmet) != 1 || unmet[0].Rule != "local.no-print@7" || unmet[0].Text.ZH != "本院不许病区打印。" || unmet[0].Remedy.EN != "Go to the records office." {
		t.Errorf("why: %+v", unmet)
	}
	if d, _ := book(t).Judge(printing); !d.Allowed {
		t.Error("the book that was added to has changed")
	}
}

func TestAnOwnRulePermitsWithinItsFence(t *testing.T) {
	b := own(t, departmentQuality, 1)
	reading := policy.Situation{Roles: []string{"quality"}, Clearance: 3, Verb: "record.view", Kind: "Document", Purpose: "quality", Level: 2, Holds: []string{"department"}}
	if d, _ := b.Judge(reading); !d.Allowed || !slices.Contains(d.Rules, "local.quality-reads@1") {
		t.Errorf("%+v", d)
	}
	for _, shut := range []string{"disputed", "barred"} {
		s := reading
		s.Holds = append(slices.Clone(s.Holds), shut, "sealed")
		if d, _ := b.Judge(s); d.Allowed {
			t.Errorf("an own permit opens what is %s", shut)
		}
	}
	far := reading
	far.Lacks = []string{"organisation"}
	if d, _ := b.Judge(far); d.Allowed {
		t.Error("an own permit crosses organisations")
	}
}

func TestRulesBeyondTheirFenceAreRefusedByLine(t *testing.T) {
	permit := func(principal, action, when string) string {
		return fmt.Sprintf("@id(\"local.x\") @zh(\"x\") @en(\"x\")\npermit (%s, %s, resource)\nwhen { %s };\n", principal, action, when)
	}
	forbid := func(scope, when string) string {
		return fmt.Sprintf("@id(\"local.x\") @zh(\"x\") @en(\"x\") @remedy_zh(\"x\") @remedy_en(\"x\")\nforbid (%s)\nwhen { %s };\n", scope, when)
	}
	view := `action == Action::"record.view"`
	for name, c := range map[string]struct {
		text, says string
		line       int
	}{
		"a syntax error":               {noNightPrint + "permit (principal", "cannot be read", 4},
		"an id of the house":           {strings.Replace(noNightPrint, "local.no-print", "record.no-print", 1), "local.", 1},
		"the same id twice":            {noNightPrint + noNightPrint, "has this id", 4},
		"no remedy":                    {strings.Replace(noNightPrint, `@remedy_zh("请到病案室。")`, "", 1), "@remedy_zh", 1},
		"an unknown fact":              {forbid("principal, "+view+", resource", "context.angry"), "angry", 1},
		"arithmetic":                   {forbid("principal, "+view+", resource", "resource.sensitivity * 9223372036854775807 > 0"), "may only compare", 1},
		"a hidden failure":             {forbid("principal, "+view+", resource", "context.care && (resource.sensitivity + 1 > 2)"), "may only compare", 1},
		"one thing by its id":          {strings.Replace(noNightPrint, "resource)", `resource == Document::"x")`, 1), "resource is a kind", 1},
		"forbidding to roll back":      {forbid(`principal, action == Action::"policy.roll-back", resource`, "true"), "policy.roll-back", 1},
		"forbidding to sign in":        {forbid(`principal, action == Action::"identity.sign-in", resource`, "true"), "identity.sign-in", 1},
		"another's condition":          {strings.Replace(forbid("principal, "+view+", resource", "true"), "@zh", `@condition("organisation") @zh`, 1), "condition", 1},
		"opening a seal":               {permit(`principal in Role::"doctor"`, `action == Action::"access.unseal"`, "context.care"), "access.unseal", 1},
		"opening amendment":            {permit(`principal in Role::"doctor"`, `action == Action::"record.amend"`, "context.care"), "record.amend", 1},
		"opening print":                {permit(`principal in Role::"doctor"`, `action == Action::"record.print"`, "context.care"), "record.print", 1},
		"for administrators":           {permit(`principal in Role::"dba"`, view, "context.care"), "not machines", 1},
		"for machines":                 {permit(`principal in Role::"machine"`, view, "context.care"), "not machines", 1},
		"for everybody":                {permit(`principal in Role::"person"`, view, "context.care"), "everybody", 1},
		"without a relation":           {permit(`principal in Role::"nurse"`, view, `context.purpose == "care"`), "relation", 1},
		"with a relation one can skip": {permit(`principal in Role::"nurse"`, view, `context.care || context.stepped`), "relation", 1},
		"at a level only":              {permit(`principal in Role::"nurse"`, view, `principal.clearance > resource.sensitivity`), "relation", 1},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := book(t).With(c.text, 1)
			if len(problems) == 0 {
				t.Fatal("it was taken")
			}
			if p := problems[0]; !strings.Contains(p.Text.EN, c.says) || p.Line != c.line || p.Text.ZH == "" {
				t.Errorf("line %d: %q", p.Line, p.Text.EN)
			}
		})
	}
	if _, problems := book(t).With(strings.Repeat(" ", 1<<17), 1); len(problems) != 1 {
		t.Errorf("too long a text: %+v", problems)
	}
}

// fiftyRules are rules that say something about most acts.
func fiftyRules() string {
	var text strings.Builder
	purposes, verbs := policy.Purposes(), []string{"record.view", "record.print", "patient.view", "record.list", "access.state-reason"}
	for i := range 50 {
		fmt.Fprintf(&text, `@id("local.rule-%d") @zh("甲") @en("a") @remedy_zh("乙") @remedy_en("b")
forbid (principal in Role::"clinician", action == Action::"%s", resource)
when { context.purpose == "%s" && !context.care && principal.clearance < %d && context.remote };
`, i, verbs[i%len(verbs)], purposes[i%len(purposes)].ID, i%5)
	}
	return text.String()
}

// Whatever an organisation writes within the fences: what a delivered rule forbids
// stays forbidden, nobody outside comes in, and no machine is stopped.
func TestOwnRulesNeverWeakenTheBoundaries(t *testing.T) {
	relations := []string{"care", "duty", "task", "reason", "grant", "department", "author"}
	lendable := book(t).LendableVerbs()
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		for i := range rapid.IntRange(1, 4).Draw(t, "rules") {
			role := rapid.SampledFrom([]string{"clinician", "quality", "records-clerk", "coder", "medical-affairs", "researcher"}).Draw(t, "role")
			verb := rapid.SampledFrom(lendable).Draw(t, "verb")
			fmt.Fprintf(&text, "@id(\"local.r%d\") @zh(\"x\") @en(\"x\")\npermit (principal in Role::\"%s\", action == Action::\"%s\", resource) when { context.%s };\n",
				i, role, verb, rapid.SampledFrom(relations).Draw(t, "relation"))
		}
		fmt.Fprint(&text, "@id(\"local.f\") @zh(\"x\") @en(\"x\") @remedy_zh(\"x\") @remedy_en(\"x\")\nforbid (principal, action, resource) when { context.remote || context.glass };\n")
		more, problems := loadedBook.With(text.String(), 1)
		if len(problems) > 0 {
			t.Fatalf("%+v\n%s", problems, text.String())
		}
		for range 20 {
			r := anyRequest(t, loadedBook)
			before, after := loadedBook.Decide(r), more.Decide(r)
			switch {
			case after.Allowed && !before.Allowed && (before.Failed != nil || len(before.Rules) > 0):
				t.Fatalf("what %v forbids was opened: %+v", before.Rules, r)
			case r.Actor.Kind != "person" && after.Allowed != before.Allowed:
				t.Fatalf("a %s was touched: %+v", r.Actor.Kind, r)
			case before.Allowed && !after.Allowed && slices.Contains(policy.KeptVerbs(), r.Verb):
				t.Fatalf("%s was shut", r.Verb)
			}
		}
	})
}

var loadedBook = func() *policy.Book {
	b, err := loadOnce()
	if err != nil {
		panic(err)
	}
	return b
}()

func TestAShelfFollowsItsTurns(t *testing.T) {
	shelf, err := policy.NewShelf(book(t), "renhe")
	if err != nil {
		t.Fatal(err)
	}
	printing := policy.Request{Actor: person("attending", 4, "cardiology"), Verb: "record.print", Object: note(signed), Ties: []policy.Tie{tie("care", "attending")}, Purpose: "care"}
	at := func(moment time.Time) bool {
		r := printing
		r.At = moment
		r.Ties = []policy.Tie{{Kind: "care", ID: "c", Role: "attending", Since: noon.Add(-time.Hour), Until: noon.Add(99 * time.Hour)}}
		return shelf.Decide(r).Allowed
	}
	no := own(t, noNightPrint, 1)
	shelf.Place([]policy.Turn{{Since: noon, Until: noon.Add(10 * time.Hour), Book: no}, {Since: noon.Add(5 * time.Hour)}})
	for after, want := range map[time.Duration]bool{-time.Minute: true, 0: false, 4 * time.Hour: false, 5 * time.Hour: true, 12 * time.Hour: true} {
		if at(noon.Add(after)) != want {
			t.Errorf("after %s: %v", after, !want)
		}
	}
	shelf.Place([]policy.Turn{{Since: noon, Until: noon.Add(2 * time.Hour), Book: no}})
	if at(noon.Add(time.Hour)) || !at(noon.Add(2*time.Hour)) {
		t.Error("the end of a release is not kept")
	}
	elsewhere := printing
	elsewhere.At, elsewhere.Actor.Org, elsewhere.Object.Org = noon.Add(time.Minute), "tongde", "tongde"
	if !shelf.Decide(elsewhere).Allowed {
		t.Error("another organisation obeys these rules")
	}
}

func TestAWithheldReleaseLeavesCareOfOnesPatients(t *testing.T) {
	shelf, err := policy.NewShelf(book(t), "renhe")
	if err != nil {
		t.Fatal(err)
	}
	shelf.Withhold()
	if !shelf.Withheld() {
		t.Fatal("not withheld")
	}
	rules := shelf.At(noon)
	for _, o := range rules.Try(policy.CareCases()) {
		if !o.Passed {
			t.Errorf("%s: %+v", o.Case, o)
		}
	}
	for name, s := range map[string]policy.Situation{
		"a stated reason":       {Roles: []string{"attending"}, Clearance: 4, Verb: "record.view", Kind: "Document", Purpose: "care", Level: 1, Holds: []string{"reason", "department", "signed"}},
		"quality":               {Roles: []string{"quality"}, Clearance: 4, Verb: "record.view", Kind: "Document", Purpose: "quality", Level: 1, Holds: []string{"signed", "archived", "department"}},
		"print by the records":  {Roles: []string{"records-clerk"}, Clearance: 4, Verb: "record.print", Kind: "Document", Purpose: "patient-request", Level: 1, Holds: []string{"signed", "archived", "mandate"}},
		"an appointment":        {Roles: []string{"security-administrator"}, Clearance: 1, Verb: "staff.appoint", Kind: "Person", Purpose: "operation"},
		"approving for oneself": {Roles: []string{"chief"}, Clearance: 4, Verb: "access.approve", Kind: "Grant", Purpose: "care", Holds: []string{"charge"}},
	} {
		if d, err := rules.Judge(s); err != nil || d.Allowed {
			t.Errorf("%s goes on: %+v %v", name, d, err)
		}
	}
	kept := policy.Situation{Roles: []string{"security-administrator"}, Clearance: 1, Verb: "policy.roll-back", Kind: "Policy", Purpose: "operation"}
	if d, err := rules.Judge(kept); err != nil || !d.Allowed {
		t.Errorf("nobody can take the release back: %+v %v", d, err)
	}
}

func TestEveryReleaseIsHeldToTheCareCases(t *testing.T) {
	for _, o := range book(t).Try(policy.CareCases()) {
		if !o.Passed {
			t.Errorf("%s: %+v", o.Case, o)
		}
	}
	cruel := own(t, `@id("local.cruel") @zh("x") @en("x") @remedy_zh("x") @remedy_en("x")
forbid (principal in Role::"nurse", action == Action::"patient.view", resource);`, 2)
	failed := 0
	for _, o := range cruel.Try(policy.CareCases()) {
		if !o.Passed {
			failed++
		}
	}
	if failed != 1 {
		t.Errorf("%d care cases fail under a rule that shuts the ward out", failed)
	}
}

func TestACaseMayNameItsRule(t *testing.T) {
	s := policy.Situation{Roles: []string{"attending"}, Clearance: 4, Verb: "record.print", Kind: "Document", Purpose: "care", Level: 2, Holds: []string{"care", "lead", "signed"}}
	for because, want := range map[string]bool{"": true, "local.no-print": true, "boundary.remote": false} {
		got := own(t, noNightPrint, 3).Try([]policy.Case{{Name: "n", Because: because, Situation: s}})
		if got[0].Passed != want {
			t.Errorf("%q: %+v", because, got[0])
		}
	}
	for name, wrong := range map[string]policy.Situation{
		"verb": {Verb: "record.eat"}, "kind": {Verb: "record.view", Kind: "House"}, "roles": {Verb: "record.view", Kind: "Document", Roles: []string{"job"}},
		"facts": {Verb: "record.view", Kind: "Document", Holds: []string{"angry"}}, "purpose": {Verb: "record.view", Kind: "Document", Purpose: "fun"},
		"level": {Verb: "record.view", Kind: "Document", Level: 9},
	} {
		if got := book(t).Try([]policy.Case{{Name: name, Situation: wrong}}); got[0].Passed || !strings.HasPrefix(got[0].Wrong, name) {
			t.Errorf("%s: %+v", name, got[0])
		}
	}
}

func TestTreatingStaffSeeEverythingOthersAskFirst(t *testing.T) {
	r := policy.Request{Actor: person("attending", 4, "cardiology"), Verb: "patient.view", Object: thing("Patient", level(1)), Ties: []policy.Tie{tie("care", "attending")}, Purpose: "care", At: noon}
	if masks := policy.Masks(book(t), r); len(masks) != 0 {
		t.Errorf("masked for those who treat: %+v", masks)
	}
	r.Ties = []policy.Tie{tie("reason", "care")}
	masks := policy.Masks(book(t), r)
	if len(masks) != len(policy.Fields()) {
		t.Fatalf("with a stated reason: %+v", masks)
	}
	for _, m := range masks {
		if !m.Unmask || m.Name.ZH == "" || m.Remedy.EN == "" {
			t.Errorf("%+v", m)
		}
	}
	r.Ties = append(r.Ties, tie("unmask", "care"))
	if masks := policy.Masks(book(t), r); len(masks) != 0 {
		t.Errorf("with a reason to unmask: %+v", masks)
	}
	r.Purpose = "research"
	for _, m := range policy.Masks(book(t), r) {
		if m.Unmask {
			t.Errorf("research is offered %s", m.Field)
		}
	}
}

// BenchmarkDecideUnmetLocal is a decision about facts never met before, by the
// delivered rules and fifty of an organisation's own.
func BenchmarkDecideUnmetLocal(b *testing.B) {
	for name, rules := range map[string]*policy.Book{"delivered": book(b), "fifty more": own(b, fiftyRules(), 1)} {
		b.Run(name, func(b *testing.B) { judge(b, rules) })
	}
}

func judge(b *testing.B, rules *policy.Book) {
	s := policy.Situation{Roles: []string{"attending"}, Clearance: 4, Verb: "record.view", Kind: "Document", Purpose: "care", Level: 2, Holds: []string{"care", "lead", "department", "signed"}}
	b.ReportAllocs()
	for b.Loop() {
		if d, err := rules.Judge(s); err != nil || !d.Allowed {
			b.Fatal(d, err)
		}
	}
}

func BenchmarkLoadLocal(b *testing.B) {
	text := fiftyRules()
	for b.Loop() {
		own(b, text, 1)
	}
}

func FuzzOwnRules(f *testing.F) {
	f.Add(noNightPrint)
	f.Add(departmentQuality)
	f.Add(fiftyRules())
	f.Fuzz(func(t *testing.T, text string) {
		rules, problems := loadedBook.With(text, 1)
		if (rules == nil) == (len(problems) == 0) {
			t.Fatalf("neither taken nor told why: %v", problems)
		}
		if rules == nil {
			return
		}
		for _, c := range policy.CareCases() {
			if _, err := rules.Judge(c.Situation); err != nil {
				t.Fatalf("rules that were taken fail when asked: %v", err)
			}
		}
	})
}
