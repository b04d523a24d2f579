package policy_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/policy"
)

func TestTheCatalogueOfGrantsHoldsReadingAndNoPower(t *testing.T) {
	verbs := book(t).GrantVerbs()
	for _, wanted := range []string{"record.view", "record.list", "patient.view", "record.amend"} {
		if !slices.Contains(verbs, wanted) {
			t.Errorf("%s cannot be granted", wanted)
		}
	}
	for _, never := range []string{"staff.appoint", "identity.create-account", "ledger.search", "access.approve", "access.seal", "record.seal"} {
		if slices.Contains(verbs, never) {
			t.Errorf("%s can be granted", never)
		}
	}
}

// Whoever a grant lets in must have been one whom it could let in.
func TestWhatAGrantOpensCouldBeGranted(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		without := r
		without.Ties = slices.DeleteFunc(slices.Clone(r.Ties), func(t policy.Tie) bool { return t.Kind == policy.TieGrant })
		with := without
		with.Ties = append(slices.Clone(without.Ties), tie("grant", r.Purpose))
		if !b.Decide(without).Allowed && b.Decide(with).Allowed && !b.CouldGrant(r.Actor, r.Verb, r.Purpose) {
			t.Fatalf("a grant opens what it could not: %+v", with)
		}
	})
}

func TestAConflictOfPostsIsFoundWhicheverComesFirst(t *testing.T) {
	for _, roles := range [][]string{{"auditor", "dba"}, {"dba", "resident", "auditor"}, {"nurse", "system-administrator"}} {
		if len(policy.ConflictsAmong(roles)) == 0 {
			t.Errorf("%v are held together", roles)
		}
	}
	if found := policy.ConflictsAmong([]string{"chief", "medical-affairs"}); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	known := map[string]bool{}
	for _, r := range policy.Roles() {
		known[r.ID] = r.Person
	}
	for _, c := range policy.Conflicts() {
		if !known[c.A] || !known[c.B] || c.Why.ZH == "" || c.Why.EN == "" {
			t.Errorf("%+v", c)
		}
	}
}
