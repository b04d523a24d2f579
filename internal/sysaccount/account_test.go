package sysaccount

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/fault/faulttest"
)

var now = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func mapping() Mapping {
	return Mapping{
		Fields: map[string]string{"account": "账号", "name": "姓名", "staff": "工号", "roles": "角色", "department": "科室", "state": "状态", "signedIn": "最后登录"},
		Apart:  ";", Alive: []string{"启用"},
	}
}

func kindsOf(needs []need) string {
	var all []string
	for _, n := range needs {
		all = append(all, n.kind)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestWhatAnAccountGivesCauseFor(t *testing.T) {
	rules := map[string]RoleRule{"医生": {Ours: "attending"}, "管理": {Ours: "system-administrator"}, "审计": {Ours: "auditor"}, "查询": {}}
	own := holder{roles: []string{"attending"}, posts: []string{"ward"}}
	alive := Account{Account: "lihua", Person: "p", Alive: true, Roles: []string{"医生"}, Place: "ward", SignedIn: now, First: now}
	with := func(change func(a *Account)) Account { a := alive; change(&a); return a }
	for name, c := range map[string]struct {
		a    Account
		h    holder
		want string
	}{
		"as it should be":         {alive, own, ""},
		"locked":                  {with(func(a *Account) { a.Alive = false }), holder{gone: true}, ""},
		"of a leaver":             {alive, holder{gone: true}, Leaver},
		"of another department":   {with(func(a *Account) { a.Place = "office" }), own, Transfer},
		"nobody's":                {with(func(a *Account) { a.Person = "" }), holder{}, Orphan},
		"of several":              {with(func(a *Account) { a.Match = Shared }), holder{}, Common},
		"by its name":             {with(func(a *Account) { a.Account, a.Person = "nurse01", "" }), holder{}, Common},
		"asleep":                  {with(func(a *Account) { a.SignedIn, a.First = now.AddDate(0, 0, -100), now.AddDate(-1, 0, 0) }), own, Dormant},
		"new, never used":         {with(func(a *Account) { a.SignedIn = time.Time{} }), own, ""},
		"a right beyond ours":     {with(func(a *Account) { a.Roles = []string{"管理"} }), own, Extra},
		"a role nobody knows":     {with(func(a *Account) { a.Roles = []string{"超级"} }), own, Unknown},
		"a role anybody may have": {with(func(a *Account) { a.Roles = []string{"查询"} }), own, ""},
		"against a role of ours":  {with(func(a *Account) { a.Roles = []string{"审计"} }), holder{roles: []string{"auditor", "dba"}, posts: own.posts}, Conflict},
		"against one over there":  {with(func(a *Account) { a.Roles = []string{"审计"} }), holder{roles: []string{"auditor"}, beyond: []string{"system-administrator"}, posts: own.posts}, Conflict},
	} {
		if got := kindsOf(assess(c.a, c.h, rules, now)); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

func TestAListReadsAlikeInBothEncodings(t *testing.T) {
	list := "账号,姓名,工号,角色,科室,状态,最后登录\nlihua,李华,N-1,医生;查询,三病区,启用,2026/3/1 08:30\nold,王五,N-2,,,停用,\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(list))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range [][]byte{[]byte(list), append([]byte("\ufeff"), list...), gb} {
		l, err := mapping().read(file)
		if err != nil || len(l.Said) != 2 || len(l.Wrong) != 0 {
			t.Fatalf("%+v: %v", l, err)
		}
		s := l.Said[0]
		if s.Name != "李华" || !slices.Equal(s.Roles, []string{"医生", "查询"}) || !s.Alive || !s.SignedIn.Equal(time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)) || l.Said[1].Alive {
			t.Errorf("%+v", l.Said)
		}
	}
}

func TestAListThatCannotBeReadNamesTheLine(t *testing.T) {
	l, err := mapping().read([]byte("账号,姓名,工号,角色,科室,状态,最后登录\na,,,,,启用,gestern\n,,,,,启用,\nb,,,,,启用,\nb,,,,,启用,\n"))
	if err != nil || len(l.Said) != 1 || len(l.Wrong) != 3 {
		t.Fatalf("%+v: %v", l, err)
	}
	for i, want := range []Wrong{{Line: 2, Field: "signedIn"}, {Line: 3, Field: "account"}, {Line: 5, Field: "account"}} {
		if l.Wrong[i].Line != want.Line || l.Wrong[i].Field != want.Field {
			t.Errorf("%+v", l.Wrong[i])
		}
	}
	if _, err := mapping().read([]byte("账号,姓名\n")); !strings.Contains(faulttest.Fields(err), "fields.staff") {
		t.Errorf("without columns: %v", err)
	}
	if _, err := mapping().read([]byte{0xff, 0xff}); faulttest.Code(err) != "sysaccount.unread" {
		t.Errorf("no text: %v", err)
	}
}

func TestAMappingNamesAtLeastTheAccountAndItsHolder(t *testing.T) {
	for field, m := range map[string]Mapping{
		"fields.account": {Fields: map[string]string{"staff": "工号"}},
		"fields.staff":   {Fields: map[string]string{"account": "账号"}},
		"fields.wish":    {Fields: map[string]string{"account": "账号", "staff": "工号", "wish": "x"}},
		"delimiter":      {Fields: map[string]string{"account": "账号", "staff": "工号"}, Delimiter: "x"},
	} {
		if err := m.check(); !strings.Contains(faulttest.Fields(err), "mapping."+field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestAnAccountThatIsShutGivesNoCause(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Account{
			Account: rapid.String().Draw(t, "account"), Person: rapid.SampledFrom([]string{"", "p"}).Draw(t, "person"), Match: rapid.SampledFrom([]string{"", Shared, ByNumber}).Draw(t, "match"),
			Roles: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b"}), 0, 3).Draw(t, "roles"), Alive: rapid.Bool().Draw(t, "alive"),
		}
		if a.Alive {
			a.Gone = now
		}
		if needs := assess(a, holder{gone: rapid.Bool().Draw(t, "gone")}, nil, now); len(needs) != 0 {
			t.Fatalf("%+v", needs)
		}
	})
}

func FuzzList(f *testing.F) {
	f.Add([]byte("账号,姓名,工号,角色,科室,状态,最后登录\nlihua,李华,N-1,医生;查询,三病区,启用,2026/3/1\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		l, err := mapping().read(file)
		if err != nil && faulttest.Code(err) != "sysaccount.unread" {
			t.Fatal(err)
		}
		for _, s := range l.Said {
			if s.Account == "" {
				t.Fatal("an account without a name")
			}
		}
	})
}
