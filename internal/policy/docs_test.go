package policy_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/policy"
)

var update = flag.Bool("update", false, "write docs/policy.md")

const docsFile = "../../docs/policy.md"

func TestTheTableOfRulesIsCurrent(t *testing.T) {
	want := table(book(t))
	if *update {
		if err := os.WriteFile(docsFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(docsFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/policy.md is not what the rules say; run: go test ./internal/policy -run TestTheTableOfRulesIsCurrent -update")
	}
}

func table(b *policy.Book) string {
	var w strings.Builder
	fmt.Fprintf(&w, `# Policy · 访问策略

Who may do what, by which rule. Written from the rules themselves
(`+"`internal/policy/policies/*.cedar`"+`, %d rules about %d verbs) by
`+"`go test ./internal/policy -run TestTheTableOfRulesIsCurrent -update`"+`; do not edit.

Deny is the default: what no rule permits is refused, and a forbid outweighs every permit.
A rule lists the verbs and roles it may match; its sentence says under which relation, purpose, level and state.
Ties (care, duty, task, stated reason, break-glass, grant) count only between their start and their end;
reason, break-glass and grant only for the purpose they were given for.

## Roles · 角色

| id | 中文 | English | by appointment |
|---|---|---|---|
`, len(b.Rules()), len(b.Verbs()))
	for _, r := range policy.Roles() {
		fmt.Fprintf(&w, "| %s | %s | %s | %s |\n", r.ID, r.Name.ZH, r.Name.EN, map[bool]string{true: "yes", false: "no"}[r.Person])
	}
	w.WriteString("\n## Purposes · 目的\n\n| id | 中文 | English |\n|---|---|---|\n")
	for _, p := range policy.Purposes() {
		fmt.Fprintf(&w, "| %s | %s | %s |\n", p.ID, p.Name.ZH, p.Name.EN)
	}
	w.WriteString("\n## By verb · 按操作\n\nEvery member of staff holds the role `person` as well.\n\n| verb | asked about | permitted to | by | forbidden by |\n|---|---|---|---|---|\n")
	for _, verb := range b.Verbs() {
		writeVerb(&w, b, verb)
	}
	w.WriteString("\n## By role · 按角色\n\n| role | may, where its rules say so |\n|---|---|\n")
	for _, r := range policy.Roles() {
		fmt.Fprintf(&w, "| %s %s | %s |\n", r.ID, r.Name.ZH, strings.Join(verbsOf(b, r.ID), " "))
	}
	w.WriteString("\n## Rules · 规则\n")
	file := ""
	for _, r := range b.Rules() {
		if r.File != file {
			file = r.File
			fmt.Fprintf(&w, "\n### %s\n\n| rule | effect | 中文 | English | demands |\n|---|---|---|---|---|\n", strings.TrimSuffix(file, ".cedar"))
		}
		zh, en := r.Sentence.ZH, r.Sentence.EN
		if r.Effect == policy.Forbid {
			zh += " → " + r.Remedy.ZH
			en += " → " + r.Remedy.EN
		}
		fmt.Fprintf(&w, "| %s | %s | %s | %s | %s |\n", r.ID, r.Effect, zh, en, strings.Join(r.Demands, " "))
	}
	return w.String()
}

func writeVerb(w *strings.Builder, b *policy.Book, verb string) {
	roles := map[string]bool{}
	var permits, forbids []string
	for _, r := range b.Rules() {
		switch {
		case !slices.Contains(r.Verbs, verb) || strings.HasPrefix(r.ID, "boundary.") && r.ID != "boundary.remote":
		case r.Effect == policy.Forbid:
			forbids = append(forbids, r.ID)
		default:
			permits = append(permits, r.ID)
			for _, role := range r.Roles {
				roles[role] = true
			}
		}
	}
	var to []string
	for _, r := range policy.Roles() {
		if roles[r.ID] {
			to = append(to, r.ID)
		}
	}
	fmt.Fprintf(w, "| %s | %s | %s | %s | %s |\n", verb, strings.Join(b.Kinds(verb), " "), strings.Join(to, " "), strings.Join(permits, " "), strings.Join(forbids, " "))
}

func verbsOf(b *policy.Book, role string) []string {
	var verbs []string
	for _, verb := range b.Verbs() {
		if slices.ContainsFunc(b.Rules(), func(r policy.Rule) bool {
			return r.Effect == policy.Permit && slices.Contains(r.Roles, role) && slices.Contains(r.Verbs, verb)
		}) {
			verbs = append(verbs, verb)
		}
	}
	return verbs
}
