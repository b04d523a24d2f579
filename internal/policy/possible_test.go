package policy

import (
	"testing"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/ast"
	"github.com/cedar-policy/cedar-go/types"
	"pgregory.net/rapid"
)

func anyFacts(t *rapid.T, b *Book) facts {
	verb := rapid.SampledFrom(b.Verbs()).Draw(t, "verb")
	return facts{
		verb: verb, kind: rapid.SampledFrom(b.Kinds(verb)).Draw(t, "kind"),
		roles:       roleSet(rapid.Uint32Range(1, 1<<len(roles)-1).Draw(t, "roles")),
		purpose:     rapid.Uint8Range(0, uint8(len(purposes))).Draw(t, "purpose"),
		clearance:   rapid.Uint8Range(0, highestLevel).Draw(t, "clearance"),
		sensitivity: rapid.Uint8Range(0, highestLevel).Draw(t, "sensitivity"),
		holds:       fact(rapid.Uint64Range(0, uint64(disputed)<<1-1).Draw(t, "holds")),
	}
}

// What is called impossible under partly settled facts must not match under
// any way of settling the rest; explanations and scopes stand on this.
func TestImpossibleNeverMatches(t *testing.T) {
	b, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t, b)
		v := b.verdict(f)
		if v.failed != nil {
			t.Fatal(v.failed)
		}
		s := supposition{
			facts: f, settled: fact(rapid.Uint32().Draw(t, "settled")),
			purposeKnown: rapid.Bool().Draw(t, "purpose known"), levelKnown: rapid.Bool().Draw(t, "level known"),
		}
		matched := map[string]bool{}
		for _, id := range v.rules {
			matched[id] = true
		}
		for _, a := range b.byVerb[f.verb] {
			if matched[a.ID] && !s.possible(a) {
				t.Fatalf("%s matched %+v and was called impossible with %b settled", a.ID, f, s.settled)
			}
		}
		all := supposition{facts: f, settled: ^fact(0), purposeKnown: true, levelKnown: true}
		if v.allowed && !anyPossible(all, b.permits(supposition{facts: f})) {
			t.Fatalf("allowed and impossible: %+v", f)
		}
		if !v.allowed && len(v.forbids) == 0 && anyPossible(all, b.permits(supposition{facts: f})) {
			t.Fatalf("possible with everything settled, but nothing permits: %+v", f)
		}
	})
}

// Verbs and roles are matched before Cedar is asked. Cedar, asked about the
// rules as they are written and all at once, must say the same.
func TestPartitionChangesNoAnswer(t *testing.T) {
	b, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	whole := cedar.NewPolicySet()
	for _, a := range b.articles {
		whole.Add(types.PolicyID(a.ID), cedar.NewPolicyFromAST((*ast.Policy)(a.policy)))
	}
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t, b)
		req, w := f.request(), f.world(b.fixed)
		if err := b.conforms(req, w); err != nil {
			t.Fatalf("a request that does not hold what the schema promises: %v", err)
		}
		decision, diagnostic := cedar.Authorize(whole, w, req)
		if len(diagnostic.Errors) > 0 {
			t.Fatal(diagnostic.Errors)
		}
		want := map[string]bool{}
		for _, r := range diagnostic.Reasons {
			want[string(r.PolicyID)] = true
		}
		got := b.verdict(f)
		if got.allowed != (decision == cedar.Allow) || len(got.rules) != len(want) {
			t.Fatalf("partitioned %v by %v, whole %v by %v", got.allowed, got.rules, decision, diagnostic.Reasons)
		}
		for _, id := range got.rules {
			if !want[id] {
				t.Fatalf("%s matched only in the partition", id)
			}
		}
	})
}

func TestMemoryStaysBounded(t *testing.T) {
	m := newMemory[int, int](8)
	asked := 0
	square := func(n int) int { asked++; return n * n }
	for n := range 1000 {
		if got := m.recall(n, square); got != n*n {
			t.Fatalf("%d: %d", n, got)
		}
		m.recall(0, square)
		if kept := len(m.young) + len(m.old); kept > 16 {
			t.Fatalf("%d kept", kept)
		}
	}
	if asked != 1000 {
		t.Errorf("worked %d times for 1000 arguments, though one was asked for all the time", asked)
	}
}

// BenchmarkFirst is a decision on facts that were never met: Cedar is asked,
// and for a no each rung and condition is worked out.
func BenchmarkFirst(b *testing.B) {
	rules, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	f := facts{
		verb: "record.view", kind: "Document", roles: roleBits["attending"] | roleBits["person"],
		purpose: purposeNumber("care"), clearance: 4, sensitivity: 2, holds: organisation | department,
	}
	for name, holds := range map[string]fact{"allowed": care, "refused": 0} {
		b.Run(name, func(b *testing.B) {
			f := f
			f.holds |= holds
			b.ReportAllocs()
			for b.Loop() {
				rules.work(f)
			}
		})
	}
}
