package staff_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// second is another security administrator.
func (o *office) second() context.Context {
	return acttest.For(o.Person("zhou", []string{"it"}, 1, "security-administrator"), "operation")
}

func (o *office) record(wanted ...staff.NewAuthority) {
	o.T.Helper()
	made, err := o.room.ProposeAuthorities(o.admin, wanted)
	if err != nil {
		o.T.Fatal(err)
	}
	var ids []string
	for _, a := range made {
		ids = append(ids, a.ID)
	}
	if err := o.room.SettleAuthorities(o.second(), ids, true); err != nil {
		o.T.Fatal(err)
	}
}

func (o *office) over(permission string) (found staff.Authority, recorded bool) {
	o.T.Helper()
	err := o.Store.Read(o.T.Context(), func(r db.Reader) (err error) {
		found, recorded, err = staff.AuthorityOver(o.T.Context(), r, acttest.Org, permission)
		return err
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return found, recorded
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}

func TestWhoGivesAPermissionIsChangedByTwoPersons(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		affairs, it := o.department("9002", "医务科"), o.department("9006", "信息科")
		wanted := staff.NewAuthority{Permission: "role:attending", Authorises: affairs.ID, Implements: it.ID, Apart: true}
		made, err := o.room.ProposeAuthorities(o.admin, []staff.NewAuthority{wanted})
		if err != nil {
			t.Fatal(err)
		}
		if _, recorded := o.over("role:attending"); recorded {
			t.Error("a proposal holds by itself")
		}
		if err := o.room.SettleAuthorities(o.admin, []string{made[0].ID}, true); codeOf(err) != "staff.agrees-oneself" {
			t.Errorf("whoever proposed agreed: %v", err)
		}
		if _, err := o.room.ProposeAuthorities(o.second(), []staff.NewAuthority{wanted}); codeOf(err) != "staff.authority-waits" {
			t.Errorf("two proposals wait: %v", err)
		}
		if err := o.room.SettleAuthorities(o.second(), []string{made[0].ID}, true); err != nil {
			t.Fatal(err)
		}
		if a, recorded := o.over("role:attending"); !recorded || a.Authorises != affairs.ID || a.Implements != it.ID || a.SettledBy != "zhou" || a.ProposedBy != "liu" {
			t.Errorf("%+v %v", a, recorded)
		}
		if err := o.room.SettleAuthorities(o.second(), []string{made[0].ID}, false); codeOf(err) != "staff.proposal-settled" {
			t.Errorf("settled twice: %v", err)
		}
		o.Clock.Advance(time.Minute)
		wanted.Apart = false
		again, err := o.room.ProposeAuthorities(o.second(), []staff.NewAuthority{wanted})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.room.SettleAuthorities(o.second(), []string{again[0].ID}, false); err != nil {
			t.Errorf("one's own proposal is taken back by declining it: %v", err)
		}
		if a, _ := o.over("role:attending"); !a.Apart {
			t.Error("what was declined holds")
		}
		history, err := o.room.AuthorityHistory(o.admin, "role:attending", "~", 10)
		if err != nil || len(history) != 2 || history[0].State != staff.Declined || history[1].State != staff.Agreed {
			t.Errorf("%+v %v", history, err)
		}
		for _, who := range []string{"attending", "auditor", "dba", "personnel"} {
			if _, err := o.room.ProposeAuthorities(o.Person("x", nil, 1, who), []staff.NewAuthority{wanted}); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s proposed for care: %v", who, err)
			}
		}
	})
}

func TestAProposalNamesWhatIsWrong(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		it := o.department("9006", "信息科").ID
		for name, c := range map[string]struct {
			wanted []staff.NewAuthority
			want   []string
		}{
			"nothing":        {nil, []string{"items"}},
			"no such role":   {[]staff.NewAuthority{{Permission: "role:king", Authorises: it, Implements: it}}, []string{"items[0].permission"}},
			"a machine":      {[]staff.NewAuthority{{Permission: "role:feed", Authorises: it, Implements: it}}, []string{"items[0].permission"}},
			"no department":  {[]staff.NewAuthority{{Permission: "role:nurse"}}, []string{"items[0].authorises", "items[0].implements"}},
			"not apart":      {[]staff.NewAuthority{{Permission: "role:nurse", Authorises: it, Implements: it, Apart: true}}, []string{"items[0].implements"}},
			"a role's ward":  {[]staff.NewAuthority{{Permission: "role:nurse", Authorises: "patient", Implements: it}}, []string{"items[0].authorises"}},
			"a direct grant": {[]staff.NewAuthority{{Permission: "grant:care", Authorises: "patient", Implements: it, Direct: true}}, []string{"items[0].direct"}},
			"twice":          {[]staff.NewAuthority{{Permission: "role:nurse", Authorises: it, Implements: it}, {Permission: "role:nurse", Authorises: it, Implements: it}}, []string{"items[1].permission"}},
			"unknown":        {[]staff.NewAuthority{{Permission: "role:nurse", Authorises: it, Implements: "nowhere"}}, []string{"items[0]"}},
		} {
			_, err := o.room.ProposeAuthorities(o.admin, c.wanted)
			var got []string
			for _, f := range fault.From(err).Fields {
				got = append(got, f.Path)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		if n := o.Count("staff_authority"); n != 0 {
			t.Errorf("%d rows were kept", n)
		}
	})
}

func TestOnlyTheImplementingDepartmentAppointsAndOnlyWhereThatMayBeDirect(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, affairs, it := o.department("0301", "心血管内科"), o.department("9002", "医务科"), o.department("9006", "信息科")
		chen := o.person("10023", "陈雅琴", "Chen Yaqin")
		until := o.Clock.Now().Add(100 * 24 * time.Hour)
		appoint := func(by context.Context, role string) error {
			_, err := o.room.Appoint(by, staff.NewAppointment{Person: chen.ID, Role: role, Department: ward.ID, Until: until})
			return err
		}
		inIT := acttest.For(o.Person("ma", []string{it.ID}, 1, "security-administrator"), "operation")
		o.record(
			staff.NewAuthority{Permission: "role:attending", Authorises: affairs.ID, Implements: it.ID, Direct: true},
			staff.NewAuthority{Permission: "role:chief", Authorises: affairs.ID, Implements: it.ID},
		)
		if err := appoint(o.admin, "attending"); codeOf(err) != "staff.not-implementing-department" {
			t.Errorf("appointed from elsewhere: %v", err)
		}
		if err := appoint(inIT, "attending"); err != nil {
			t.Errorf("the implementing department: %v", err)
		}
		if err := appoint(inIT, "chief"); codeOf(err) != "staff.needs-request" {
			t.Errorf("appointed without a request: %v", err)
		}
		if err := appoint(o.FirstStart(), "chief"); err != nil {
			t.Errorf("the house itself: %v", err)
		}
		if err := appoint(o.admin, "nurse"); err != nil {
			t.Errorf("nothing is recorded for nurses: %v", err)
		}
		kinds := map[string]string{}
		err := o.Store.Read(t.Context(), func(r db.Reader) error {
			live, err := staff.LiveBases(t.Context(), r, acttest.Org, o.Time.Now())
			for _, b := range live {
				kinds[b.Role] = b.Basis.Kind
			}
			return err
		})
		if err != nil || kinds["attending"] != staff.Directly || kinds["chief"] != staff.UponFirstStart || kinds["nurse"] != staff.Directly {
			t.Errorf("%v %v", kinds, err)
		}
	})
}

func TestAnAuthorityForgedBehindTheHouseGivesNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		affairs, ward := o.department("9002", "医务科"), o.department("0301", "心血管内科")
		chen := o.person("10023", "陈雅琴", "Chen Yaqin")
		o.record(staff.NewAuthority{Permission: "role:chief", Authorises: affairs.ID, Implements: affairs.ID})
		o.Behind("UPDATE staff_authority SET implements = 'it', direct = 1")
		_, err := o.room.Appoint(o.admin, staff.NewAppointment{Person: chen.ID, Role: "chief", Department: ward.ID, Until: o.Clock.Now().Add(time.Hour)})
		if !errors.Is(err, db.ErrForged) || o.Count("staff_appointment") != 0 {
			t.Errorf("appointed by a forged row: %v", err)
		}
	})
}

func TestTheChecksOfAuthorityCountWhatIsNotRecorded(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		it, affairs := o.department("9006", "信息科"), o.department("9002", "医务科")
		o.person("10023", "陈雅琴", "Chen Yaqin")
		if got := o.verdicts()["staff.authorities-recorded"]; got != "not-met" {
			t.Errorf("nothing is recorded: %s", got)
		}
		var all []staff.NewAuthority
		for _, p := range staff.Permissions() {
			all = append(all, staff.NewAuthority{Permission: p.ID, Authorises: affairs.ID, Implements: it.ID, Apart: true})
		}
		o.record(all...)
		for _, id := range []string{"staff.authorities-recorded", "staff.authorities-by-two"} {
			if got := o.verdicts()[id]; got != "met" {
				t.Errorf("%s: %s", id, got)
			}
		}
		o.Behind("UPDATE staff_authority SET settled_by = proposed_by WHERE permission = 'role:nurse'")
		for _, c := range o.room.Checks() {
			if f := c.Ask(t.Context()); c.ID == "staff.authorities-by-two" && f.Verdict != evidence.NotMet {
				t.Errorf("one person did both: %+v", f)
			}
		}
	})
}
