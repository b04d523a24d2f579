package debarment

import (
	"testing"

	"github.com/medward/medward/internal/staff"
)

func TestMatch(t *testing.T) {
	k := knownAs(Debarment{Person: "p1"}, Content{Name: "王伟", Aliases: []string{"Donglan Data Co., Ltd."}, Number: "33010219800101123X"})
	for _, c := range []struct {
		what  string
		party staff.Party
		how   string
	}{
		{"the number, however it is written", staff.Party{Name: "李四", Number: "330102 19800101-123x"}, ByNumber},
		{"the place in the list", staff.Party{Name: "李四", Person: "p1"}, ByPerson},
		{"the name alone", staff.Party{Name: "王　伟"}, ByName},
		{"another name, in other signs", staff.Party{Name: "ＤＯＮＧＬＡＮ data co ltd"}, ByName},
		{"the name with another citizen's number", staff.Party{Name: "王伟", Number: "330102199001011234"}, ""},
		{"the name with a passport, which settles nothing", staff.Party{Name: "王伟", Number: "E12345678"}, ByName},
		{"a part of the name", staff.Party{Name: "王伟明"}, ""},
		{"nobody", staff.Party{}, ""},
	} {
		if how := k.match(askedAs(c.party)); how != c.how {
			t.Errorf("%s: %q", c.what, how)
		}
	}
	nameless := knownAs(Debarment{}, Content{})
	if how := nameless.match(askedAs(staff.Party{})); how != "" {
		t.Errorf("what was destroyed names somebody: %q", how)
	}
}
