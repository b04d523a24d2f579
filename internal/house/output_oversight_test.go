package house

import (
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/policy"
)

func TestTheMatrixSaysByWhichRulesARoleMayDoWhat(t *testing.T) {
	book, err := policy.Default()
	if err != nil {
		t.Fatal(err)
	}
	rows := matrixRows(book.Rules())
	line := func(role, verb string) []string {
		i := slices.IndexFunc(rows, func(r output.Row) bool { return r.Cells[0] == role && r.Cells[1] == verb })
		if i < 0 {
			return nil
		}
		return rows[i].Cells
	}
	if found := line("住院医师", "record.view"); found == nil || !strings.Contains(found[2], "care.") || found[3] == "" {
		t.Errorf("a resident reads by %q", found)
	}
	if found := line("审计员", "record.sign"); found != nil {
		t.Errorf("an auditor signs by %q", found)
	}
	if found := line("所有人", "access.request"); found != nil && found[2] == "" {
		t.Errorf("a line without a rule that permits: %q", found)
	}
}

func TestRowsThatAreAllKnownArePagedToTheirEnd(t *testing.T) {
	all := make([]output.Row, 7)
	for i := range all {
		all[i].Cells = []string{string(rune('a' + i))}
	}
	var told []string
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		page, err := pageOf(all, cursor, 3)
		if err != nil || pages > 3 {
			t.Fatalf("page %d: %v", pages, err)
		}
		for _, r := range page.Rows {
			told = append(told, r.Cells[0])
		}
		cursor = page.Next
	}
	if strings.Join(told, "") != "abcdefg" {
		t.Errorf("told %v", told)
	}
	if _, err := pageOf(all, "somewhere", 3); err == nil {
		t.Error("a place that is none was believed")
	}
}
