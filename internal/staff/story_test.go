package staff_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/staff"
)

// office is a bench with the staff room, and a security administrator at work.
type office struct {
	*acttest.Bench
	room  *staff.Room
	admin context.Context
}

func both(t *testing.T, fn func(t *testing.T, o *office)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, newOffice(b)) })
}

func newOffice(b *acttest.Bench) *office {
	return &office{
		Bench: b, room: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}),
		admin: acttest.For(b.Person("liu", []string{"it"}, 1, "security-administrator"), "operation"),
	}
}

func (o *office) department(code, zh string) staff.Department {
	o.T.Helper()
	d, err := o.room.AddDepartment(o.admin, staff.NewDepartment{Code: code, NameZH: zh, NameEN: code, Kind: staff.Clinical})
	if err != nil {
		o.T.Fatal(err)
	}
	return d
}

func (o *office) person(number, zh, en string) staff.Person {
	o.T.Helper()
	p, err := o.room.AddPerson(o.admin, staff.NewPerson{Number: number, NameZH: zh, NameEN: en, Category: staff.Employee})
	if err != nil {
		o.T.Fatal(err)
	}
	return p
}

func (o *office) appoint(p staff.Person, d staff.Department, role string, days int) staff.Appointment {
	o.T.Helper()
	a, err := o.room.Appoint(o.admin, staff.NewAppointment{
		Person: p.ID, Role: role, Department: d.ID, TitleZH: "职称", TitleEN: "title", Until: o.Clock.Now().Add(time.Duration(days) * 24 * time.Hour),
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return a
}

func (o *office) actor(person string) (act.Actor, error) {
	var a act.Actor
	err := o.Store.Read(o.T.Context(), func(r db.Reader) (err error) {
		a, err = staff.ActorOf(o.T.Context(), r, acttest.Org, person, o.Time.Now())
		return err
	})
	return a, err
}

func TestAnAppointmentGivesPowerForItsTimeAndEndsByItself(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward := o.department("0301", "心血管内科")
		chen := o.person("10023", "陈雅琴", "Chen Yaqin")
		made := o.appoint(chen, ward, "attending", 10)

		a, err := o.actor(chen.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(a.Roles, []string{"attending"}) || !slices.Equal(a.Departments, []string{ward.ID}) || a.Clearance != 4 || a.Department != ward.ID || a.Session != "" {
			t.Errorf("appointed: %+v", a)
		}

		o.Clock.Advance(10*24*time.Hour - time.Microsecond)
		if a, err = o.actor(chen.ID); err != nil || len(a.Roles) != 1 {
			t.Errorf("in the last moment: %+v, %v", a, err)
		}
		o.Clock.Advance(time.Microsecond)
		if a, err = o.actor(chen.ID); err != nil || len(a.Roles) != 0 || len(a.Departments) != 0 || a.Clearance != 0 {
			t.Errorf("at its end: %+v, %v", a, err)
		}

		entries := o.Entries()
		var verbs []string
		for _, e := range entries {
			verbs = append(verbs, e.Verb+" "+e.Outcome)
		}
		if !slices.Equal(verbs, []string{"staff.add-department done", "staff.add-person done", "staff.appoint done"}) {
			t.Fatalf("the ledger tells %v", verbs)
		}
		told := entries[2]
		if told.Actor.ID != "liu" || told.Objects[0].ID != chen.ID || told.Note["role"] != "attending" || told.Note["appointment"] != made.ID {
			t.Errorf("the ledger tells %+v", told)
		}
		if w := told.Writes; len(w) != 2 || w[0].Table != "staff_appointment" || w[1].Table != "staff_basis" {
			t.Errorf("it wrote %+v", told.Writes)
		}
		if w := entries[1].Writes; len(w) != 2 || w[0].Table != "vault_key" || w[1].Table != "staff_person" {
			t.Errorf("adding a person wrote %+v", w)
		}
	})
}

func TestEndingAnAppointmentTakesItsPowerAtOnce(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		var heard []string
		o.room.OnPowersChanged(func(_, person string) { heard = append(heard, person) })
		chen := o.person("10023", "陈雅琴", "Chen Yaqin")
		made := o.appoint(chen, o.department("0301", "心血管内科"), "chief", 300)
		o.Clock.Advance(time.Hour)
		if _, err := o.room.EndAppointment(o.admin, made.ID); err != nil {
			t.Fatal(err)
		}
		if a, err := o.actor(chen.ID); err != nil || len(a.Roles) != 0 {
			t.Errorf("after the end: %+v, %v", a, err)
		}
		if !slices.Equal(heard, []string{chen.ID, chen.ID}) {
			t.Errorf("listeners heard %v", heard)
		}
		if e := o.Last(); e.Verb != "staff.end-appointment" || e.Writes[0].Op != "update" || e.Note["appointment"] != made.ID {
			t.Errorf("the ledger tells %+v", e)
		}
		if _, err := o.room.EndAppointment(o.admin, made.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("ending twice: %v", err)
		}
	})
}

func TestNobodyDecidesAboutHimself(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, liu := o.department("0301", "心血管内科"), o.person("9001", "刘洋", "Liu Yang")
		held := o.appoint(liu, ward, "security-administrator", 30)
		self := acttest.For(o.Person(liu.ID, []string{ward.ID}, 1, "security-administrator"), "operation")
		for name, do := range map[string]func() error{
			"appointing": func() error {
				_, err := o.room.Appoint(self, staff.NewAppointment{Person: liu.ID, Role: "chief", Department: ward.ID, Until: o.Clock.Now().Add(time.Hour)})
				return err
			},
			"ending": func() error {
				_, err := o.room.EndAppointment(self, held.ID)
				return err
			},
		} {
			t.Run(name, func(t *testing.T) {
				if err := do(); !errors.Is(err, act.ErrRefused) {
					t.Fatalf("got %v", err)
				}
				if e := o.Last(); e.Outcome != ledger.Refused || e.Actor.ID != liu.ID || len(e.Writes) != 0 {
					t.Errorf("the ledger tells %+v", e)
				}
			})
		}
		if n := o.Count("staff_appointment"); n != 1 {
			t.Errorf("%d appointments", n)
		}
	})
}

func TestOnlyTheSecurityAdministratorKeepsStaff(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, chen := o.department("0301", "心血管内科"), o.person("10023", "陈雅琴", "Chen Yaqin")
		for _, role := range []string{"chief", "system-administrator", "dba", "auditor", "president"} {
			who := o.Person("somebody", []string{ward.ID}, 5, role)
			for _, purpose := range []string{"care", "operation", "management", "supervision"} {
				_, err := o.room.Appoint(acttest.For(who, purpose), staff.NewAppointment{
					Person: chen.ID, Role: "chief", Department: ward.ID, Until: o.Clock.Now().Add(time.Hour),
				})
				if !errors.Is(err, act.ErrRefused) {
					t.Errorf("%s for %s: %v", role, purpose, err)
				}
			}
		}
		if n := o.Count("staff_appointment"); n != 0 {
			t.Errorf("%d appointments", n)
		}
		if e := o.Last(); e.Verb != "staff.appoint" || e.Outcome != ledger.Refused || e.Objects[0].ID != chen.ID {
			t.Errorf("the ledger tells %+v", e)
		}
	})
}

func TestAForgedAppointmentGivesNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		chen := o.person("10023", "陈雅琴", "Chen Yaqin")
		made := o.appoint(chen, o.department("0301", "心血管内科"), "nurse", 30)
		for name, statement := range map[string]string{
			"raised":   "UPDATE staff_appointment SET role = 'chief' WHERE id = '" + made.ID + "'",
			"extended": "UPDATE staff_appointment SET role = 'nurse', until = until + 1 WHERE id = '" + made.ID + "'",
			"made up": `INSERT INTO staff_appointment (org, id, person, role, department, title_zh, title_en, team, since, until, ended, ended_by, mac)
				SELECT org, 'made-up', person, 'chief', department, '', '', '', since, until, ended, '', mac FROM staff_appointment WHERE id = '` + made.ID + "'",
		} {
			t.Run(name, func(t *testing.T) {
				o.Behind(statement)
				if a, err := o.actor(chen.ID); !errors.Is(err, db.ErrForged) || len(a.Roles) != 0 {
					t.Errorf("a forged appointment gave %+v, %v", a, err)
				}
			})
		}
	})
}

func TestNumbersAndCodesNameOneThingOnly(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.department("0301", "心血管内科")
		o.person("10023", "陈雅琴", "Chen Yaqin")
		_, err := o.room.AddPerson(o.admin, staff.NewPerson{Number: "10023", NameZH: "李强", Category: staff.Visiting})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second person of one number: %v", err)
		}
		_, err = o.room.AddDepartment(o.admin, staff.NewDepartment{Code: "0301", NameZH: "另一科", Kind: staff.Technical})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second department of one code: %v", err)
		}
		if p, d := o.Count("staff_person"), o.Count("staff_department"); p != 1 || d != 1 {
			t.Errorf("%d people and %d departments", p, d)
		}
	})
}

func TestATelephoneNumberIsSealedAndShownToWhoViews(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		added, err := o.room.AddPerson(o.admin, staff.NewPerson{Number: "10023", NameZH: "陈雅琴", NameEN: "Chen Yaqin", Category: staff.Employee, Phone: "13900001234"})
		if err != nil {
			t.Fatal(err)
		}
		if len(added.Phone) == 0 || bytes.Contains(added.Phone, []byte("13900001234")) {
			t.Errorf("the row holds %q", added.Phone)
		}
		seen, err := o.room.ViewPerson(o.Person("colleague", nil, 3, "nurse"), added.ID)
		if err != nil || seen.Phone != "13900001234" {
			t.Errorf("viewed: %q, %v", seen.Phone, err)
		}
		if e := o.Last(); e.Verb != "staff.view" || e.Actor.ID != "colleague" || e.Objects[0].ID != added.ID {
			t.Errorf("the ledger tells %+v", e)
		}
	})
}

func TestPeopleAreFoundByPostAndByAnyPartOfTheirNames(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, lab := o.department("0301", "心血管内科"), o.department("0801", "检验科")
		names := [][3]string{{"10001", "陈雅琴", "Chen Yaqin"}, {"10002", "李强", "Li Qiang"}, {"10003", "欧阳娜", "Ouyang Na"}, {"10_4", "王芳", "Wang Fang"}}
		people := map[string]staff.Person{}
		for _, n := range names {
			people[n[0]] = o.person(n[0], n[1], n[2])
		}
		o.appoint(people["10001"], ward, "attending", 30)
		o.appoint(people["10002"], ward, "nurse", 1)
		o.appoint(people["10003"], lab, "technician", 30)
		o.Clock.Advance(48 * time.Hour)

		colleague := o.Person("colleague", nil, 3, "nurse")
		for name, c := range map[string]struct {
			filter staff.PeopleFilter
			want   []string
		}{
			"everybody":               {staff.PeopleFilter{}, []string{"10001", "10002", "10003", "10_4"}},
			"of a department, now":    {staff.PeopleFilter{Department: ward.ID}, []string{"10001"}},
			"of a role":               {staff.PeopleFilter{Role: "technician"}, []string{"10003"}},
			"of a role elsewhere":     {staff.PeopleFilter{Department: ward.ID, Role: "technician"}, nil},
			"part of a name":          {staff.PeopleFilter{Text: "雅"}, []string{"10001"}},
			"pinyin":                  {staff.PeopleFilter{Text: "OuYangNa"}, []string{"10003"}},
			"initials":                {staff.PeopleFilter{Text: "cy"}, []string{"10001"}},
			"a sign that is no joker": {staff.PeopleFilter{Text: "10_"}, []string{"10_4"}},
			"nothing":                 {staff.PeopleFilter{Text: "%"}, nil},
		} {
			found, err := o.room.ListPeople(colleague, c.filter, "", 10, 1000)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got := numbers(found.Items); !slices.Equal(got, c.want) || found.Count != len(c.want) {
				t.Errorf("%s: %v, count %d", name, got, found.Count)
			}
		}
	})
}

func TestAListIsReadPageByPageWithoutGapOrRepetition(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		var want []string
		for i := range 7 {
			want = append(want, o.person(fmt.Sprintf("%05d", i), "某人", "Mou Ren").Number)
		}
		var got []string
		after := ""
		for {
			page, err := o.room.ListPeople(o.admin, staff.PeopleFilter{}, after, 3, 5)
			if err != nil {
				t.Fatal(err)
			}
			if wanted := map[bool]int{true: 6, false: -1}[after == ""]; page.Count != wanted {
				t.Errorf("count %d, want %d", page.Count, wanted)
			}
			got = append(got, numbers(page.Items)...)
			if after = page.Next; after == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("read %v", got)
		}
	})
}

func TestNamesSayWhoAndWhatSomebodyIsNow(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward := o.department("0301", "心血管内科")
		chen, li := o.person("10001", "陈雅琴", "Chen Yaqin"), o.person("10002", "李强", "Li Qiang")
		o.appoint(chen, ward, "attending", 30)
		o.appoint(li, ward, "nurse", 1)
		o.Clock.Advance(48 * time.Hour)
		var names map[string]staff.Name
		err := o.Store.Read(t.Context(), func(r db.Reader) (err error) {
			names, err = staff.Names(t.Context(), r, acttest.Org, []string{li.ID, chen.ID, chen.ID, "nobody"}, o.Time.Now())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]staff.Name{
			chen.ID: {Number: "10001", ZH: "陈雅琴", EN: "Chen Yaqin", Department: fault.Text{ZH: "心血管内科", EN: "0301"}, Title: fault.Text{ZH: "职称", EN: "title"}},
			li.ID:   {Number: "10002", ZH: "李强", EN: "Li Qiang"},
		}
		if !maps.Equal(names, want) {
			t.Errorf("%+v", names)
		}
		o.Behind("UPDATE staff_appointment SET title_zh = '院长'")
		err = o.Store.Read(t.Context(), func(r db.Reader) (err error) {
			names, err = staff.Names(t.Context(), r, acttest.Org, []string{chen.ID}, o.Time.Now())
			return err
		})
		if n := names[chen.ID]; err != nil || n.ZH != "陈雅琴" || n.Title.ZH != "" {
			t.Errorf("with a forged post: %+v, %v", n, err)
		}
	})
}

func TestChecksFindWhatWasPutThereBehindTheHouse(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		made := o.appoint(o.person("10001", "陈雅琴", "Chen Yaqin"), o.department("0301", "心血管内科"), "nurse", 30)
		aboutPosts := o.room.Checks()[:3]
		for _, c := range aboutPosts {
			if f := c.Ask(t.Context()); f.Verdict != "met" || f.Figure != "0 / 1" {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
		o.Behind("UPDATE staff_appointment SET until = until + 1000000000000000, person = 'nobody' WHERE id = '" + made.ID + "'")
		o.Behind("UPDATE staff_person SET category = ''")
		for _, c := range aboutPosts {
			if f := c.Ask(t.Context()); f.Verdict != "not-met" || f.Figure != "1 / 1" {
				t.Errorf("%s after the change: %+v", c.ID, f)
			}
		}
	})
}

func numbers(items []staff.Listed) []string {
	var all []string
	for _, p := range items {
		all = append(all, p.Number)
	}
	return all
}
