package policy_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/medward/medward/internal/policy"
)

var (
	kinds = []string{
		"Patient", "Encounter", "Document", "Observation", "Order", "Draft", "Access", "Person", "Account",
		"Department", "LedgerEntry", "Ledger", "Import", "Quarantine", "Job", "Policy", "House", "Duty", "Grant", "Seal", "Bar",
	}
	departments = []string{"", "cardiology", "surgery", "psychiatry"}
	people      = []string{"", "p1", "p2"}
)

func anyActor(t *rapid.T) policy.Actor {
	a := policy.Actor{
		Kind:      rapid.SampledFrom([]string{"person", "person", "person", "person", "feed", "job", "cli", "first-start", "anonymous"}).Draw(t, "actor"),
		ID:        "p1",
		Org:       "renhe",
		Clearance: rapid.IntRange(0, 5).Draw(t, "clearance"),
		Zone:      rapid.SampledFrom([]string{"", "inside", "remote"}).Draw(t, "zone"),
		Weak:      rapid.Bool().Draw(t, "one factor"), Stale: rapid.Bool().Draw(t, "long ago"),
	}
	switch a.Kind {
	case "person":
		var appointed []string
		for _, r := range policy.Roles() {
			if r.Person {
				appointed = append(appointed, r.ID)
			}
		}
		a.Roles = rapid.SliceOfNDistinct(rapid.SampledFrom(appointed), 0, 2, rapid.ID).Draw(t, "roles")
		a.Departments = rapid.SliceOfNDistinct(rapid.SampledFrom(departments[1:]), 0, 2, rapid.ID).Draw(t, "departments")
	case "cli":
		if rapid.Bool().Draw(t, "demo") {
			a.Roles = []string{"demo-operator"}
		}
	}
	return a
}

func anyObject(t *rapid.T) policy.Object {
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	return policy.Object{
		Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), ID: "x", Org: "renhe", Patient: "chen",
		Department:  rapid.SampledFrom(departments).Draw(t, "department"),
		Sensitivity: rapid.IntRange(0, 5).Draw(t, "sensitivity"),
		Author:      rapid.SampledFrom(people).Draw(t, "author"),
		CreatedBy:   rapid.SampledFrom(people).Draw(t, "source"),
		Concerns:    rapid.SampledFrom(people).Draw(t, "concerns"),
		Signed:      flag("signed"), Archived: flag("archived"), Discharged: flag("discharged"),
		Sealed: flag("sealed"), Unauthorised: flag("unauthorised"),
		SealKind: rapid.SampledFrom([]string{"", "dispute", "attention", "?"}).Draw(t, "seal"),
	}
}

func anyTie(t *rapid.T) policy.Tie {
	return policy.Tie{
		Kind: rapid.SampledFrom([]string{"care", "task", "duty", "reason", "glass", "grant", "own", "charge", "listed", "work", "silent", "theatre", "mandate", "seal", "bar", "freeze", "moving", "hold", "?"}).Draw(t, "tie"),
		ID:   "tie", Role: rapid.SampledFrom([]string{"", "attending", "resident", "care", "management", "research", "quality", "coding"}).Draw(t, "tie role"),
		Since: noon.Add(-time.Duration(rapid.IntRange(-1, 3).Draw(t, "since")) * time.Hour),
		Until: rapid.SampledFrom([]time.Time{{}, noon, noon.Add(time.Hour)}).Draw(t, "until"),
	}
}

func anyRequest(t *rapid.T, b *policy.Book) policy.Request {
	purposes := []string{"", "?"}
	for _, p := range policy.Purposes() {
		purposes = append(purposes, p.ID)
	}
	return policy.Request{
		Actor: anyActor(t), Verb: rapid.SampledFrom(b.Verbs()).Draw(t, "verb"), Object: anyObject(t),
		Ties:    rapid.SliceOfN(rapid.Custom(anyTie), 0, 4).Draw(t, "ties"),
		Purpose: rapid.SampledFrom(purposes).Draw(t, "purpose"), At: noon,
	}
}

func TestEveryAnswerIsWhole(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		d := b.Decide(anyRequest(t, b))
		if d.Allowed {
			if d.Refusal != nil || d.Failed != nil || len(d.Rules) == 0 {
				t.Fatalf("an allowed access without its rule: %+v", d)
			}
			return
		}
		if d.Refusal == nil || len(d.Refusal.Unmet()) == 0 {
			t.Fatalf("a no that names nothing: %+v", d)
		}
		for _, c := range d.Refusal.Unmet() {
			if c.Text.ZH == "" || c.Text.EN == "" || c.Remedy.ZH == "" || c.Remedy.EN == "" {
				t.Fatalf("condition %s does not say what to do: %+v", c.Name, c)
			}
		}
	})
}

func TestNothingCrossesOrganisations(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		r.Object.Org = rapid.SampledFrom([]string{"", "tongde"}).Draw(t, "other")
		if rapid.Bool().Draw(t, "nowhere") && r.Actor.Kind != "anonymous" {
			r.Actor.Org = ""
		}
		d := b.Decide(r)
		if d.Allowed && r.Actor.Org != "" {
			t.Fatalf("allowed across organisations: %+v", r)
		}
		if d.Failed != nil || d.Allowed {
			return
		}
		for _, c := range d.Refusal.Conditions {
			if c.Name != "organisation" {
				t.Fatalf("told of %s about a thing elsewhere", c.Name)
			}
		}
	})
}

func TestNothingWithoutAPurpose(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		r.Purpose = ""
		if d := b.Decide(r); d.Allowed && r.Actor.Kind != "anonymous" {
			t.Fatalf("allowed without a purpose: %+v", r)
		}
	})
}

// A tie opens; it never closes, except that one is the patient oneself, or that it is
// a seal or a bar.
func TestLosingATieNeverOpens(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		if len(r.Ties) == 0 {
			return
		}
		i := rapid.IntRange(0, len(r.Ties)-1).Draw(t, "lost")
		if slices.Contains([]string{policy.TieOwn, policy.TieSeal, policy.TieBar}, r.Ties[i].Kind) {
			return
		}
		fewer := r
		fewer.Ties = slices.Delete(slices.Clone(r.Ties), i, i+1)
		if !b.Decide(r).Allowed && b.Decide(fewer).Allowed {
			t.Fatalf("losing %+v turned no into yes: %+v", r.Ties[i], r)
		}
	})
}

func TestASealOrABarNeverOpens(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		shut := r
		shut.Ties = append(slices.Clone(r.Ties), rapid.SampledFrom([]policy.Tie{
			{Kind: policy.TieSeal, Role: "attention"}, {Kind: policy.TieSeal, Role: "dispute"}, {Kind: policy.TieBar},
		}).Draw(t, "shut by"))
		if !b.Decide(r).Allowed && b.Decide(shut).Allowed {
			t.Fatalf("%+v turned no into yes: %+v", shut.Ties, r)
		}
	})
}

// What a tie with bounds opens, it opens without them.
func TestBoundsNeverOpen(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		wide := r
		wide.Ties = slices.DeleteFunc(slices.Clone(r.Ties), func(t policy.Tie) bool {
			return t.Kind == policy.TieSeal || t.Kind == policy.TieOwn || t.Kind == policy.TieBar
		})
		narrow := wide
		narrow.Ties = slices.Clone(wide.Ties)
		for i := range narrow.Ties {
			narrow.Ties[i].Bounds = &policy.Bounds{Verbs: []string{rapid.SampledFrom(b.Verbs()).Draw(t, "within")}, Department: rapid.SampledFrom(departments).Draw(t, "of")}
		}
		if !b.Decide(wide).Allowed && b.Decide(narrow).Allowed {
			t.Fatalf("bounds turned no into yes: %+v", narrow)
		}
	})
}

func TestAFactAgainstNeverOpens(t *testing.T) {
	b := book(t)
	against := map[string]func(*policy.Request){
		"sealed in a dispute": func(r *policy.Request) { r.Object.Sealed, r.Object.SealKind = true, "dispute" },
		"sealed":              func(r *policy.Request) { r.Object.Sealed = true },
		"remote":              func(r *policy.Request) { r.Actor.Zone = "remote" },
		"level unknown": func(r *policy.Request) {
			if slices.Contains([]string{"Document", "Observation", "Order"}, r.Object.Kind) && content(r.Verb) {
				r.Object.Sensitivity = 0
			}
		},
		"one factor":     func(r *policy.Request) { r.Actor.Weak = true },
		"long ago":       func(r *policy.Request) { r.Actor.Stale = true },
		"less clearance": func(r *policy.Request) { r.Actor.Clearance = 0 },
		"oneself": func(r *policy.Request) {
			if content(r.Verb) {
				r.Ties = append(slices.Clone(r.Ties), policy.Tie{Kind: policy.TieOwn})
			}
		},
	}
	var names []string
	for name := range against {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		worse := r
		name := rapid.SampledFrom(names).Draw(t, "against")
		against[name](&worse)
		if !b.Decide(r).Allowed && b.Decide(worse).Allowed {
			t.Fatalf("%s turned no into yes: %+v", name, r)
		}
	})
}

func content(verb string) bool {
	return slices.Contains([]string{
		"record.list", "record.view", "record.versions", "record.observations", "record.orders", "record.print",
	}, verb)
}

func TestOneRungIsEnough(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		d := b.Decide(r)
		if d.Allowed || d.Refusal.Way == policy.WayNone {
			return
		}
		kind := map[policy.Rung]string{policy.WayReason: "reason", policy.WayGlass: "glass", policy.WayAsk: "grant"}[d.Refusal.Way]
		climbed := r
		if d.Refusal.Way == policy.WayStepUp {
			climbed.Actor.Stale = false
		} else {
			climbed.Ties = append(slices.Clone(r.Ties), tie(kind, r.Purpose))
		}
		if !b.Decide(climbed).Allowed {
			t.Fatalf("%s was offered and does not help: %+v", d.Refusal.Way, r)
		}
		if verb := map[string]string{"reason": "access.state-reason", "glass": "access.break-glass"}[kind]; verb != "" {
			step := r
			step.Verb, step.Object = verb, policy.Object{Kind: "Patient", ID: "chen", Patient: "chen", Org: r.Object.Org}
			if !b.Decide(step).Allowed {
				t.Fatalf("%s was offered to somebody who may not take it: %+v", d.Refusal.Way, r)
			}
		}
	})
}

func TestPrintingNeverFollowsFromGlass(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		r.Verb, r.Object.Kind = "record.print", "Document"
		d := b.Decide(r)
		if d.Allowed && d.Tie != nil && d.Tie.Kind == policy.TieGlass {
			t.Fatalf("printed by glass: %+v", r)
		}
		if !d.Allowed && d.Refusal.Way == policy.WayGlass {
			t.Fatalf("glass offered for printing: %+v", r)
		}
	})
}

func TestAdministratorsAndMachinesNeverReadContent(t *testing.T) {
	b := book(t)
	barred := []string{"security-administrator", "system-administrator", "dba", "auditor", "discipline"}
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		reads := content(r.Verb) || r.Verb == "patient.view"
		holds := slices.ContainsFunc(r.Actor.Roles, func(role string) bool { return slices.Contains(barred, role) })
		if d := b.Decide(r); reads && (holds || r.Actor.Kind != "person") && d.Allowed {
			t.Fatalf("%s %v read %s by %s", r.Actor.Kind, r.Actor.Roles, r.Object.Kind, strings.Join(d.Rules, " "))
		}
	})
}

func TestAListAnswersAsOpeningDoes(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		objects := rapid.SliceOfN(rapid.Custom(anyObject), 0, 5).Draw(t, "objects")
		ties := make([][]policy.Tie, len(objects))
		for i := range ties {
			ties[i] = rapid.SliceOfN(rapid.Custom(anyTie), 0, 3).Draw(t, "ties")
		}
		for i, got := range b.DecideAll(r, objects, ties) {
			one := r
			one.Object, one.Ties = objects[i], ties[i]
			want := b.Decide(one)
			if (got.Failed == nil) != (want.Failed == nil) {
				t.Fatalf("failed %v in a list, %v alone", got.Failed, want.Failed)
			}
			got.Failed, want.Failed = nil, nil
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("alone (-) and in a list (+) differ:\n%s", diff)
			}
		}
	})
}

func TestAListNamesNothingThatOpeningWouldRefuse(t *testing.T) {
	b := book(t)
	opening := map[string]struct{ kind, verb string }{
		"patient.find": {"Patient", "patient.view"},
		"record.list":  {"Document", "record.view"},
	}
	rapid.Check(t, func(t *rapid.T) {
		listed := anyRequest(t, b)
		listed.Verb = rapid.SampledFrom([]string{"patient.find", "record.list"}).Draw(t, "list")
		listed.Object.Kind = opening[listed.Verb].kind
		opened := listed
		opened.Verb = opening[listed.Verb].verb
		if b.Decide(listed).Allowed && !b.Decide(opened).Allowed {
			t.Fatalf("%s names what %s refuses: %+v", listed.Verb, opened.Verb, listed)
		}
	})
}

func TestAScopeHoldsAllThatIsAllowed(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		if !b.Decide(r).Allowed {
			return
		}
		s := b.Scope(r.Actor, r.Verb, r.Object.Kind, r.Purpose)
		if s.Nothing {
			if r.Actor.Kind == "anonymous" {
				return
			}
			t.Fatalf("allowed, and the scope is empty: %+v", r)
		}
		if r.Object.Sensitivity > s.MaxLevel {
			t.Fatalf("level %d allowed, scope ends at %d", r.Object.Sensitivity, s.MaxLevel)
		}
		inside := s.Organisation ||
			r.Object.Department != "" && slices.Contains(s.Departments, r.Object.Department) ||
			s.Author && r.Object.Author == r.Actor.ID || s.Origin && r.Object.CreatedBy == r.Actor.ID ||
			s.Concerns && r.Object.Concerns == r.Actor.ID ||
			slices.ContainsFunc(r.Ties, func(t policy.Tie) bool { return slices.Contains(s.Ties, t.Kind) })
		if !inside {
			t.Fatalf("allowed outside the scope %+v: %+v", s, r)
		}
	})
}

func TestScopeIsAUsefulStart(t *testing.T) {
	b := book(t)
	s := b.Scope(person("resident", 3, "cardiology"), "record.list", "Document", "care")
	if s.Organisation || s.Nothing || !s.Author || !slices.Contains(s.Ties, "care") || slices.Contains(s.Ties, "own") {
		t.Errorf("a resident's list starts from his ties and his own notes: %+v", s)
	}
	if s := b.Scope(person("nurse", 3, "cardiology"), "record.list", "Document", "care"); !slices.Equal(s.Departments, []string{"cardiology"}) {
		t.Errorf("a nurse's list starts from her ward as well: %+v", s)
	}
	if s := b.Scope(person("dba", 5), "record.list", "Document", "care"); !s.Nothing {
		t.Errorf("a database administrator has no list: %+v", s)
	}
	if s := b.Scope(person("records-clerk", 5), "record.list", "Document", "coding"); !s.Organisation {
		t.Errorf("the records office lists the house: %+v", s)
	}
	if s := b.Scope(person("technician", 5), "record.orders", "Order", "teaching"); !s.Nothing {
		t.Errorf("no purpose, no list: %+v", s)
	}
}
