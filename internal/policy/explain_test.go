package policy_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/medward/medward/internal/policy"
)

func condition(t *testing.T, d policy.Decision, name string) policy.Condition {
	t.Helper()
	if d.Refusal == nil {
		t.Fatalf("not refused: %+v", d)
	}
	for _, c := range d.Refusal.Conditions {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("nothing is said of %s: %+v", name, d.Refusal.Conditions)
	return policy.Condition{}
}

func TestARefusalSaysWhatToDo(t *testing.T) {
	ask := func(who policy.Actor, verb, purpose string, o policy.Object, ties ...policy.Tie) policy.Decision {
		return book(t).Decide(policy.Request{Actor: who, Verb: verb, Object: o, Ties: ties, Purpose: purpose, At: noon})
	}
	resident, nurse := person("resident", 3, "cardiology"), person("nurse", 3, "cardiology")
	for name, c := range map[string]struct {
		got    policy.Condition
		zh, en string
	}{
		"who seals": {
			condition(t, ask(nurse, "record.seal", "care", note()), "role"), "医务科", "medical affairs",
		},
		"which purpose": {
			condition(t, ask(resident, "record.view", "research", note(archived)), "purpose"), "诊疗、教学", "care, teaching",
		},
		"state a reason": {
			condition(t, ask(resident, "record.view", "care", note()), "relation"), "自述理由", "State a reason",
		},
		"break the glass": {
			condition(t, ask(person("resident", 3, "surgery"), "record.view", "care", note()), "relation"), "紧急调阅", "break the glass",
		},
		"amend after archiving": {
			condition(t, ask(resident, "record.amend", "care", note(archived, by("resident-1"))), "state"), "医务科", "medical affairs",
		},
		"one's own record": {
			condition(t, ask(resident, "record.view", "care", note(), tie("own", "")), "relation"), "病案室", "records office",
		},
		"under seal": {
			condition(t, ask(resident, "record.view", "care", note(dispute), tie("care", "")), "state"), "启封", "unseal",
		},
	} {
		if !strings.Contains(c.got.Remedy.ZH, c.zh) || !strings.Contains(c.got.Remedy.EN, c.en) {
			t.Errorf("%s: the remedy does not say %q / %q: %+v", name, c.zh, c.en, c.got.Remedy)
		}
	}
}

func TestARefusalShowsWhatIsMetToo(t *testing.T) {
	d := book(t).Decide(policy.Request{
		Actor: person("resident", 3, "cardiology"), Verb: "record.view", Object: note(), Purpose: "care", At: noon,
	})
	for _, name := range []string{"role", "purpose", "department"} {
		if c := condition(t, d, name); !c.Met || c.Remedy.ZH != "" {
			t.Errorf("%s is met and needs no remedy: %+v", name, c)
		}
	}
}

// Two refusals that differ only in what the object is must read the same to
// somebody who has nothing to do with it.
func TestARefusalTellsTheCuriousNothing(t *testing.T) {
	curious := person("resident", 3, "surgery")
	told := func(o policy.Object) string {
		d := book(t).Decide(policy.Request{Actor: curious, Verb: "record.view", Object: o, Purpose: "care", At: noon})
		var said strings.Builder
		for _, c := range d.Refusal.Conditions {
			said.WriteString(c.Name + c.Text.ZH + c.Rule + "\n")
		}
		return said.String()
	}
	plain := told(note())
	for name, o := range map[string]policy.Object{
		"psychiatric": note(level(5), in("psychiatry")),
		"sealed":      note(attention),
		"disputed":    note(dispute),
		"archived":    note(archived),
	} {
		if got := told(o); got != plain {
			t.Errorf("%s reads otherwise:\n%s\nthan plain:\n%s", name, got, plain)
		}
	}
}

func TestManyAskAtOnce(t *testing.T) {
	b, err := policy.Default()
	if err != nil {
		t.Fatal(err)
	}
	want := map[int]string{}
	ask := func(i int) string {
		return outcome(b.Decide(policy.Request{
			Actor: person("attending", i%6, "cardiology"), Verb: "record.view", Object: note(level(i % 5)),
			Ties: []policy.Tie{tie("care", "attending")}, Purpose: "care", At: noon,
		}))
	}
	for i := range 30 {
		want[i] = ask(i)
	}
	fresh, err := policy.Default()
	if err != nil {
		t.Fatal(err)
	}
	b = fresh
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 30 {
				if got := ask(i); got != want[i] {
					t.Errorf("%d: %s, alone %s", i, got, want[i])
				}
			}
		})
	}
	all.Wait()
}
