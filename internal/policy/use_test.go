package policy_test

import (
	"slices"
	"testing"

	"github.com/medward/medward/internal/policy"
)

func TestEveryVerbThatTouchesAPatientIsOneKindOfUseInOneLink(t *testing.T) {
	b := book(t)
	if missing := policy.WithoutUse(b); len(missing) > 0 {
		t.Errorf("no kind of use for %v; add each to a line of uses.go", missing)
	}
	used, linked := map[policy.Use]int{}, map[policy.Link]int{}
	for _, verb := range b.Verbs() {
		use, link := policy.UseOf(verb)
		if (use == "") != (link == "") {
			t.Errorf("%s is %q in %q", verb, use, link)
		}
		used[use]++
		linked[link]++
	}
	if len(policy.Uses()) != 5 || len(policy.Links()) != 8 {
		t.Errorf("%d kinds of use, %d links", len(policy.Uses()), len(policy.Links()))
	}
	for _, u := range policy.Uses() {
		if used[u.ID] == 0 || u.Name.ZH == "" || u.Name.EN == "" {
			t.Errorf("no verb is %s", u.ID)
		}
	}
	for _, l := range policy.Links() {
		if linked[l.ID] == 0 || l.Name.ZH == "" || l.Name.EN == "" {
			t.Errorf("no verb is in the link %s", l.ID)
		}
	}
}

func TestAUseIsOfAVerbThatThereIs(t *testing.T) {
	verbs := book(t).Verbs()
	for _, verb := range policy.UsedVerbs() {
		if !slices.Contains(verbs, verb) {
			t.Errorf("a kind of use for %s, which is no verb", verb)
		}
	}
}

func TestUsesReadAsPeopleWouldSayThem(t *testing.T) {
	for verb, want := range map[string]policy.Use{
		"record.view": policy.Open, "patient.find": policy.Search, "record.amend": policy.Modify, "record.file": policy.Edit, "output.print": policy.Borrow, "sharing.disclose": policy.Borrow,
	} {
		if got, _ := policy.UseOf(verb); got != want {
			t.Errorf("%s is %s, not %s", verb, got, want)
		}
	}
	if use, link := policy.UseOf("staff.list"); use != "" || link != "" {
		t.Errorf("the list of staff is %s in %s", use, link)
	}
}

func TestEachKindOfUseHasARuleOfItsOwn(t *testing.T) {
	permitted := map[policy.Use][]string{}
	for _, r := range book(t).Rules() {
		if r.Effect != policy.Permit {
			continue
		}
		for _, verb := range r.Verbs {
			if use, _ := policy.UseOf(verb); use != "" {
				permitted[use] = append(permitted[use], r.ID)
			}
		}
	}
	for _, u := range policy.Uses() {
		alone := slices.DeleteFunc(slices.Clone(permitted[u.ID]), func(rule string) bool {
			return slices.ContainsFunc(policy.Uses(), func(other policy.NamedUse) bool {
				return other.ID != u.ID && slices.Contains(permitted[other.ID], rule)
			})
		})
		if len(alone) == 0 {
			t.Errorf("nobody can be given %s alone", u.ID)
		}
	}
}
