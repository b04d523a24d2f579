package sysaccount_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/sysaccount"
)

// office is a bench with a HIS, for which sys answers, and some who have accounts in it.
type office struct {
	*acttest.Bench
	room   *sysaccount.Room
	staff  *staff.Room
	http   http.Handler
	people map[string]string
	roles  map[string]string
	wards  map[string]string
}

func both(t *testing.T, fn func(t *testing.T, o *office)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *office {
	b.T.Helper()
	rules, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	o := &office{
		Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), people: map[string]string{}, wards: map[string]string{},
		roles: map[string]string{"sys": "system-administrator", "head": "it-head", "safe": "security-administrator", "auditor": "auditor", "chen": "attending", "mei": "nurse", "personnel": "personnel"},
	}
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	tasks := duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: o.staff, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	o.room = sysaccount.New(sysaccount.Options{Door: b.Door, Duty: tasks, Vault: b.Vault, Org: acttest.Org,
		Systems: func(_ context.Context, _ db.Reader, _, code string) (sysaccount.System, bool, error) {
			return sysaccount.System{Code: code, Name: fault.Text{ZH: "住院系统", EN: "HIS"}, Owner: o.people["head"], Live: code == "his"}, code == "his", nil
		},
	})
	for _, ward := range []string{"ward-3", "it"} {
		made, err := o.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: ward, NameZH: ward, Kind: staff.Clinical})
		if err != nil {
			b.T.Fatal(err)
		}
		o.wards[ward] = made.ID
	}
	for name, role := range o.roles {
		ward := o.wards["it"]
		if name == "chen" || name == "mei" {
			ward = o.wards["ward-3"]
		}
		made, err := o.staff.AddPerson(b.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
		if err == nil {
			_, err = o.staff.Appoint(b.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: ward, Until: b.Clock.Now().AddDate(3, 0, 0)})
		}
		if err != nil {
			b.T.Fatal(err)
		}
		o.people[name] = made.ID
	}
	s := web.New("test")
	o.room.Routes(s)
	s.Gate = o.Door.Begin
	o.http = s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if who := r.Header.Get("As"); who != "" {
				r = r.WithContext(act.With(r.Context(), act.From(o.as(who))))
			}
			next.ServeHTTP(w, r)
		})
	})
	return o
}

func (o *office) as(who string) context.Context {
	o.T.Helper()
	role := o.roles[who]
	purpose := map[string]string{"auditor": "supervision", "attending": "care", "nurse": "care"}[role]
	if purpose == "" {
		purpose = "operation"
	}
	return acttest.For(o.Person(o.people[who], []string{"it"}, 1, role), purpose)
}

func (o *office) ready() {
	o.T.Helper()
	_, err := o.room.SetMapping(o.as("sys"), "his", sysaccount.Mapping{
		Fields: map[string]string{"account": "账号", "name": "姓名", "staff": "工号", "roles": "角色", "department": "科室", "state": "状态"}, Apart: ";", Alive: []string{"启用"},
	})
	if err == nil {
		err = o.room.SetRoles(o.as("sys"), "his", []sysaccount.RoleRuling{{Role: "医生", Ours: "attending", Level: 3}, {Role: "护士", Ours: "nurse", Level: 2}, {Role: "管理", Ours: "system-administrator", Level: 1}})
	}
	if err != nil {
		o.T.Fatal(err)
	}
}

func list(rows ...string) []byte {
	return []byte("账号,姓名,工号,角色,科室,状态\n" + strings.Join(rows, "\n") + "\n")
}

func (o *office) take(rows ...string) sysaccount.Taking {
	o.T.Helper()
	taken, err := o.room.Take(o.as("sys"), "his", list(rows...), false)
	if err != nil {
		o.T.Fatal(err)
	}
	return taken
}

func (o *office) issues(state string) []sysaccount.Seen {
	o.T.Helper()
	l, err := o.room.Issues(o.as("auditor"), "", state, web.Paging{})
	if err != nil {
		o.T.Fatal(err)
	}
	return l.Items
}

// kinds are the open issues, as account:kind.
func (o *office) kinds(state string) string {
	var all []string
	for _, i := range o.issues(state) {
		all = append(all, i.Account+":"+i.Kind)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func (o *office) asked(k *duty.Kind, subject string) []duty.Task {
	o.T.Helper()
	var all []duty.Task
	err := o.Store.Read(o.T.Context(), func(r db.Reader) (err error) {
		all, err = duty.OpenAbout(o.T.Context(), r, acttest.Org, k, subject)
		return err
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return all
}

func (o *office) tick() {
	o.T.Helper()
	if err := o.room.Tick(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
}

func TestAListTellsWhoHasAnAccountAndASecondChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ready()
		rows := []string{"chen,陈,N-chen,医生,ward-3,启用", "mei,mei,,护士,ward-3,启用", "x1,某人,N-404,医生,,启用", "old,chen,N-chen,管理,,停用"}
		tried, err := o.room.Try(o.as("sys"), "his", list(rows...))
		if err != nil || tried.Added != 4 || tried.Met != 3 || o.Count("sysaccount_account") != 0 {
			t.Fatalf("%+v: %v", tried, err)
		}
		taken := o.take(rows...)
		if taken.Added != 4 || taken.Alive != 3 || taken.Gone != 0 {
			t.Errorf("%+v", taken)
		}
		if again := o.take(rows...); again.Added+again.Changed+again.Gone != 0 {
			t.Errorf("%+v", again)
		}
		if got := o.kinds(sysaccount.Open); got != "x1:orphan" {
			t.Errorf("%s", got)
		}
		m, err := o.room.Matrix(o.as("auditor"), web.Paging{})
		if err != nil || len(m.Items) != 2 {
			t.Fatalf("%+v: %v", m, err)
		}
		row, err := o.room.OfPerson(o.as("chen"), o.people["chen"])
		if err != nil || len(row.Accounts) != 2 {
			t.Errorf("of oneself: %+v: %v", row, err)
		}
		if _, err := o.room.OfPerson(o.as("mei"), o.people["chen"]); !errors.Is(err, act.ErrRefused) {
			t.Errorf("of a colleague: %v", err)
		}
		found := map[string]string{}
		if err := o.Store.Read(t.Context(), func(r db.Reader) (err error) {
			found, err = o.room.Holders(t.Context(), r, acttest.Org, "his", []string{"chen", "x1", "nobody"})
			return err
		}); err != nil || len(found) != 1 || found["chen"] != o.people["chen"] {
			t.Errorf("%v: %v", found, err)
		}
	})
}

func TestALeaversAccountIsRedUntilItsSystemShowsItClosed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ready()
		o.take("chen,陈,N-chen,医生,ward-3,启用", "mei,,N-mei,护士,ward-3,启用")
		if got := o.kinds(sysaccount.Open); got != "" {
			t.Fatalf("%s", got)
		}
		left := o.Clock.Now().Add(time.Hour)
		if _, err := o.staff.Leave(o.as("personnel"), staff.NewDeparture{Person: o.people["chen"], Kind: staff.Resigned, At: left}); err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(3 * time.Hour)
		o.tick()
		found := o.issues(sysaccount.Open)
		if len(found) != 1 || found[0].Kind != sysaccount.Leaver || !found[0].Since.Equal(left) {
			t.Fatalf("%+v", found)
		}
		if asked := o.asked(sysaccount.Closing, "his/red"); len(asked) != 1 || asked[0].Person != o.people["head"] || asked[0].Deadline.IsZero() {
			t.Errorf("%+v", asked)
		}
		until := o.Clock.Now().Add(time.Hour)
		if _, err := o.room.Dispose(o.as("safe"), found[0].ID, sysaccount.Disposing{Decision: "confirm", Until: &until, Words: "仍需交接"}); faulttest.Code(err) != "sysaccount.only-there" {
			t.Errorf("talked away: %v", err)
		}
		o.take("chen,陈,N-chen,医生,ward-3,启用", "mei,,N-mei,护士,ward-3,启用")
		if got := o.kinds(sysaccount.Open); got != "chen:leaver" {
			t.Errorf("%s", got)
		}
		o.take("chen,陈,N-chen,医生,ward-3,停用", "mei,,N-mei,护士,ward-3,启用")
		if got := o.kinds(sysaccount.Closed); got != "chen:leaver" {
			t.Errorf("%s", got)
		}
		if asked := o.asked(sysaccount.Closing, "his/red"); len(asked) != 0 {
			t.Errorf("%+v", asked)
		}
		for _, c := range o.room.Checks() {
			if f := c.Ask(t.Context()); f.Verdict != "met" {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
	})
}

func TestARightGivenOverThereIsConfirmedWithAnEndOrTakenBack(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ready()
		o.take("chen,陈,N-chen,医生;管理,ward-3,启用", "safe,,N-safe,管理,it,启用")
		if got := o.kinds(sysaccount.Open); got != "chen:extra-right safe:conflict safe:extra-right" {
			t.Fatalf("%s", got)
		}
		if asked := o.asked(sysaccount.Confirming, "his/right"); len(asked) != 1 || asked[0].Role != "security-administrator" {
			t.Errorf("%+v", asked)
		}
		until := o.Clock.Now().AddDate(0, 1, 0)
		long := o.Clock.Now().AddDate(1, 0, 0)
		for _, i := range o.issues(sysaccount.Open) {
			switch i.Account {
			case "safe":
				if _, err := o.room.Dispose(o.as("safe"), i.ID, sysaccount.Disposing{Decision: "confirm", Until: &until, Words: "应急"}); !errors.Is(err, act.ErrRefused) {
					t.Errorf("one's own: %v", err)
				}
				if _, err := o.room.Dispose(o.as("head"), i.ID, sysaccount.Disposing{Decision: "close", Words: "收回"}); err != nil {
					t.Errorf("by the owner: %v", err)
				}
			case "chen":
				if _, err := o.room.Dispose(o.as("mei"), i.ID, sysaccount.Disposing{Decision: "close", Words: "x"}); !errors.Is(err, act.ErrRefused) {
					t.Errorf("by a nurse: %v", err)
				}
				if _, err := o.room.Dispose(o.as("safe"), i.ID, sysaccount.Disposing{Decision: "confirm", Until: &long, Words: "应急"}); faulttest.Fields(err) != "until" {
					t.Errorf("for a year: %v", err)
				}
				if _, err := o.room.Dispose(o.as("safe"), i.ID, sysaccount.Disposing{Decision: "confirm", Until: &until, Words: "专科系统管理员，已备案"}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := o.kinds(sysaccount.Confirmed) + "; " + o.kinds(sysaccount.ToClose); got != "chen:extra-right; safe:conflict safe:extra-right" {
			t.Errorf("%s", got)
		}
		o.Clock.Advance(32 * 24 * time.Hour)
		o.tick()
		if got := o.kinds(sysaccount.Open); got != "chen:extra-right" {
			t.Errorf("a confirmation outlives its end: %s", got)
		}
		o.take("chen,陈,N-chen,医生,ward-3,启用", "safe,,N-safe,,it,启用")
		if got := o.kinds(sysaccount.Open) + o.kinds(sysaccount.ToClose); got != "" {
			t.Errorf("%s", got)
		}
	})
}

func TestAnAccountIsAssignedByWhoMayAndNotToOneself(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ready()
		o.take("w3,三病区,,护士,,启用")
		if got := o.kinds(sysaccount.Open); got != "w3:orphan" {
			t.Fatalf("%s", got)
		}
		if _, err := o.room.Assign(o.as("head"), "his", "w3", o.people["head"], false); !errors.Is(err, act.ErrRefused) {
			t.Errorf("to oneself: %v", err)
		}
		if _, err := o.room.Assign(o.as("head"), "his", "w3", "", false); faulttest.Fields(err) != "person" {
			t.Errorf("to nobody: %v", err)
		}
		if _, err := o.room.Assign(o.as("head"), "his", "w3", o.people["mei"], false); err != nil {
			t.Fatal(err)
		}
		o.take("w3,三病区,,护士,,启用")
		if got := o.kinds(sysaccount.Open); got != "" {
			t.Errorf("%s", got)
		}
		if _, err := o.room.Assign(o.as("safe"), "his", "w3", "", true); err != nil {
			t.Fatal(err)
		}
		if got := o.kinds(sysaccount.Open); got != "w3:shared" {
			t.Errorf("%s", got)
		}
	})
}

func TestAListThatLostMostOfItsAccountsIsDoubted(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ready()
		var rows []string
		for i := range 30 {
			rows = append(rows, fmt.Sprintf("u%d,某%d,,护士,,启用", i, i))
		}
		o.take(rows...)
		if _, err := o.room.Take(o.as("sys"), "his", list(rows[:5]...), false); faulttest.Code(err) != "sysaccount.shrunk" {
			t.Errorf("%v", err)
		}
		if _, err := o.room.Take(o.as("sys"), "his", list(rows[0], rows[0]), true); faulttest.Code(err) != "sysaccount.wrong-lines" {
			t.Errorf("a list with a line that cannot be read: %v", err)
		}
		taken, err := o.room.Take(o.as("sys"), "his", list(rows[:5]...), true)
		if err != nil || taken.Gone != 25 {
			t.Errorf("%+v: %v", taken, err)
		}
		if _, err := o.room.Take(o.as("chen"), "his", list(rows...), true); !errors.Is(err, act.ErrRefused) {
			t.Errorf("by a doctor: %v", err)
		}
		if _, err := o.room.Take(o.as("sys"), "lis", list(rows...), true); faulttest.Code(err) != "sysaccount.source" {
			t.Errorf("of a system that nobody knows: %v", err)
		}
	})
}

func TestTheRolesOfASystemAreShownWithWhatExcludesThem(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ready()
		if err := o.room.SetRoles(o.as("sys"), "his", []sysaccount.RoleRuling{{Role: "审计", Ours: "auditor", Level: 1}, {Role: "x", Ours: "king", Level: 9}}); faulttest.Fields(err) != "roles[1].ours roles[1].level" {
			t.Errorf("%v", err)
		}
		if err := o.room.SetRoles(o.as("sys"), "his", []sysaccount.RoleRuling{{Role: "审计", Ours: "auditor", Level: 1}}); err != nil {
			t.Fatal(err)
		}
		o.take("chen,陈,N-chen,医生;超级,ward-3,启用")
		status, body := webtest.Ask(t, o.http, "auditor", "GET", "/api/system-accounts/systems", "")
		systems, _ := body["systems"].([]any)
		if status != 200 || len(systems) != 1 {
			t.Fatalf("%d %v", status, body)
		}
		told := map[string]string{}
		for _, role := range systems[0].(map[string]any)["roles"].([]any) {
			r := role.(map[string]any)
			told[r["role"].(string)] = fmt.Sprintf("%v%v%v", r["mapped"], r["alive"], r["against"])
		}
		if told["审计"] != "true0[管理]" || told["超级"] != "false1[]" || told["医生"] != "true1[]" {
			t.Errorf("%v", told)
		}
		if got := o.kinds(sysaccount.Open); got != "chen:unmapped-role" {
			t.Errorf("%s", got)
		}
	})
}

func TestEveryCheckOfTheRoomCanFail(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ready()
		o.take("chen,陈,N-chen,超级,ward-3,启用")
		if _, err := o.staff.Leave(o.as("personnel"), staff.NewDeparture{Person: o.people["chen"], Kind: staff.Resigned, At: o.Clock.Now().Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(2 * time.Hour)
		o.tick()
		o.Clock.Advance(40 * 24 * time.Hour)
		for _, c := range o.room.Checks() {
			if f := c.Ask(t.Context()); f.Verdict != "not-met" {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
	})
}
