package debarment_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/debarment"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// office is a bench with those who keep the register and those who meet it: yiwu is of
// medical affairs, jijian of the discipline office, safe the security administrator.
type office struct {
	*acttest.Bench
	room     *debarment.Room
	staff    *staff.Room
	duty     *duty.Room
	copies   map[string]debarment.Copy // by code
	people   map[string]string
	roles    map[string]string
	bonds    staff.Bonds
	officeID string
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
		Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), people: map[string]string{}, copies: map[string]debarment.Copy{},
		roles: map[string]string{"yiwu": "medical-affairs", "yiwu2": "medical-affairs", "jijian": "discipline", "safe": "security-administrator", "auditor": "auditor", "li": "technician"},
	}
	bonds := func(context.Context, db.Reader, string, []string, time.Time) (staff.Bonds, error) {
		return o.bonds, nil
	}
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	o.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: o.staff, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	o.room = debarment.New(debarment.Options{Door: b.Door, Duty: o.duty, Vault: b.Vault, Org: acttest.Org, Bonds: bonds})
	o.staff.Bars(o.room)
	o.room.Tie(func(_ context.Context, _ db.Reader, _, code string) (debarment.Copy, bool, error) {
		c, known := o.copies[code]
		return c, known, nil
	}, staff.PartiesNamed)
	department, err := o.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "office", NameZH: "医务科", Kind: staff.Administrative})
	if err != nil {
		b.T.Fatal(err)
	}
	o.officeID = department.ID
	for name, role := range o.roles {
		o.people[name] = o.hired(name, role)
	}
	return o
}

func (o *office) hired(name, role string) string {
	o.T.Helper()
	made, err := o.staff.AddPerson(o.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
	if err == nil {
		_, err = o.staff.Appoint(o.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: o.officeID, Until: o.Clock.Now().AddDate(4, 0, 0)})
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return made.ID
}

func (o *office) as(who string) context.Context {
	o.T.Helper()
	role := o.roles[who]
	purpose := map[string]string{"medical-affairs": "management", "discipline": "supervision", "auditor": "supervision", "security-administrator": "operation"}[role]
	return acttest.For(o.Person(o.people[who], []string{o.officeID}, 1, role), purpose)
}

// firm is a firm that sold records, as it is proposed to be barred.
func (o *office) firm() debarment.Proposal {
	return debarment.Proposal{
		Kind: debarment.Organisation, Reason: "sold", Basis: "个人信息保护法第十条", Evidence: []debarment.Proof{{What: "（2025）棠刑初字第 17 号判决"}},
		Content: debarment.Content{Name: "东澜数据有限公司", Aliases: []string{"Donglan Data"}, Number: "91330000MA0000001X", Facts: "购得出院患者名单并转售"},
		Review:  o.Clock.Now().AddDate(0, 6, 0),
	}
}

// person is somebody of whom only the name is known.
func (o *office) person(name string) debarment.Proposal {
	in := o.firm()
	in.Kind, in.Content = debarment.Natural, debarment.Content{Name: name, Facts: "在网络上传播患者照片"}
	return in
}

func (o *office) bar(in debarment.Proposal) debarment.Debarment {
	o.T.Helper()
	d, err := o.room.Propose(o.as("yiwu"), in)
	if err == nil {
		d, err = o.room.Settle(o.as("jijian"), d.ID, d.Rev, true)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return d
}

func (o *office) hits(state string) []debarment.SeenHit {
	o.T.Helper()
	page, err := o.room.Hits(o.as("auditor"), "", state, web.Paging{})
	if err != nil {
		o.T.Fatal(err)
	}
	return page.Items
}

func (o *office) tasks(k *duty.Kind, subject string) int {
	o.T.Helper()
	var n int
	err := o.Store.Read(o.T.Context(), func(r db.Reader) error {
		all, err := duty.OpenAbout(o.T.Context(), r, acttest.Org, k, subject)
		n = len(all)
		return err
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return n
}

func (o *office) check(id string) evidence.Finding {
	o.T.Helper()
	for _, c := range o.room.Checks() {
		if c.ID == id {
			return c.Ask(o.T.Context())
		}
	}
	o.T.Fatalf("no check %s", id)
	return evidence.Finding{}
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}

func (o *office) must(err error) {
	o.T.Helper()
	if err != nil {
		o.T.Fatal(err)
	}
}
