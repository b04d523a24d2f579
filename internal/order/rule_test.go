package order_test

import (
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/order"
)

func TestEveryRuleThatComesWithTheProgramNamesItsOriginAndWhatToDoInstead(t *testing.T) {
	rules, err := order.Starter()
	if err != nil || len(rules) == 0 {
		t.Fatalf("%d rules: %v", len(rules), err)
	}
	for _, r := range rules {
		if r.Origin == "" || len(r.Alternatives) == 0 || r.Say.ZH == "" || r.Say.EN == "" || strings.TrimSpace(r.ID) == "" {
			t.Errorf("%+v", r)
		}
	}
}

func TestEachKindOfConflictIsFoundByTheRulesThatComeWithTheProgram(t *testing.T) {
	for _, c := range new(order.Room).Checks() {
		if c.ID != "order.found" {
			continue
		}
		if f := c.Ask(t.Context()); f.Verdict != evidence.Met || f.Figure != "0 / 4" {
			t.Errorf("%s %s", f.Verdict, f.Figure)
		}
	}
}
