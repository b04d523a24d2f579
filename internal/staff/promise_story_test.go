package staff_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

func (o *office) publish(grace int, roles []string, categories ...staff.Category) staff.Undertaking {
	o.T.Helper()
	u, err := o.room.PublishUndertaking(o.admin, staff.NewUndertaking{
		Code: "secrecy", TitleZH: "保密承诺书", TitleEN: "Undertaking of secrecy", TextZH: "我承诺……", TextEN: "I undertake …",
		Roles: roles, Categories: categories, Period: 365, Grace: grace,
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return u
}

func (o *office) self(p staff.Person, roles ...string) context.Context {
	return acttest.For(o.Person(p.ID, nil, 3, roles...), "care")
}

func TestAPromiseIsDueThenLapsesAndIsKeptAgainBySigning(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		o.appoint(chen, ward, "attending", 1000)
		o.Clock.Advance(time.Hour)
		u := o.publish(14, nil)
		bound := func(when string, want bool) {
			t.Helper()
			if s := o.standing(chen); s.Unbound == want || s.Actor().Unbound == want || len(s.Actor().Roles) != 1 {
				t.Errorf("%s: %+v", when, s)
			}
		}
		bound("in grace", true)
		o.Clock.Advance(14*day - time.Microsecond)
		bound("in the last moment of grace", true)
		o.Clock.Advance(time.Microsecond)
		bound("after grace", false)

		mine, err := o.room.PromisesOf(o.self(chen, "attending"), chen.ID)
		if err != nil || len(mine) != 1 || mine[0].State != staff.Lapsed {
			t.Fatalf("%+v, %v", mine, err)
		}
		signed, err := o.room.SignUndertaking(o.self(chen, "attending"), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		bound("signed", true)
		if e := o.Last(); e.Verb != "staff.sign-undertaking" || e.Actor.ID != chen.ID || e.Note["undertaking"] != u.ID {
			t.Errorf("the ledger tells %+v", e)
		}
		late := o.person("10002", "李强", "Li Qiang")
		o.appoint(late, ward, "nurse", 1000)
		if s := o.standing(late); !s.Unbound {
			t.Error("who came after the undertaking has a grace")
		}
		second := o.publish(7, nil)
		if second.Version != 2 {
			t.Errorf("version %d", second.Version)
		}
		bound("in the grace of the new version", true)
		o.Clock.Advance(7 * day)
		bound("the new version unsigned", false)
		if _, err := o.room.SignUndertaking(o.self(chen, "attending"), u.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the old version was signed: %v", err)
		}
		if _, err := o.room.SignUndertaking(o.self(chen, "attending"), second.ID); err != nil {
			t.Fatal(err)
		}
		bound("the new version signed", true)
		o.at(signed.Until.Add(21 * day))
		bound("after the signature and its grace", false)
	})
}

func TestAnUndertakingIsAskedOnlyOfWhomItBinds(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		o.appoint(chen, ward, "attending", 100)
		u := o.publish(0, []string{"dba"}, staff.Vendor)
		if s := o.standing(chen); s.Unbound {
			t.Error("a physician is bound by what database administrators sign")
		}
		if _, err := o.room.SignUndertaking(o.self(chen, "attending"), u.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("signed all the same: %v", err)
		}
		if _, err := o.room.PublishUndertaking(o.self(chen, "attending"), staff.NewUndertaking{Code: "x", TitleZH: "甲", TitleEN: "a", TextZH: "甲", TextEN: "a", Period: 1}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a physician published one: %v", err)
		}
		if err := o.room.WithdrawUndertaking(o.admin, u.ID); err != nil {
			t.Fatal(err)
		}
	})
}

func TestALicenceThatRunsOutTakesWritingOnly(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		o.appoint(chen, ward, "attending", 1000)
		if s := o.standing(chen); s.Unlicensed {
			t.Error("unlicensed before anybody asked for a licence")
		}
		if _, err := o.room.RequireLicence(o.admin, staff.Requirement{Role: "attending", Kind: staff.PhysicianLicence, Since: o.Clock.Now().Add(30 * day)}); err != nil {
			t.Fatal(err)
		}
		if s := o.standing(chen); s.Unlicensed {
			t.Error("unlicensed before the day")
		}
		o.Clock.Advance(30 * day)
		if s := o.standing(chen); !s.Unlicensed || !s.Actor().Unlicensed || len(s.Actor().Roles) != 1 {
			t.Errorf("without a licence: %+v", s)
		}
		held, err := o.room.AddQualification(o.admin, staff.NewQualification{
			Person: chen.ID, Kind: staff.PhysicianLicence, Number: "110330100012345", Since: o.Clock.Now().Add(-100 * day), Until: o.Clock.Now().Add(100 * day),
		})
		if err != nil {
			t.Fatal(err)
		}
		if s := o.standing(chen); s.Unlicensed || s.Until.After(held.Until) {
			t.Errorf("with a licence: %+v", s)
		}
		o.at(held.Until)
		if s := o.standing(chen); !s.Unlicensed {
			t.Error("the licence outlived its day")
		}
	})
}

func TestVendorsPeopleDependOnAgreementTrainingAndTheirOwnWord(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		it := o.department("0901", "信息科")
		sponsor, engineer := o.person("10001", "王强", "Wang Qiang"), o.of(staff.Vendor, "C001", "周工")
		o.appoint(sponsor, it, "it-head", 1000)
		o.Clock.Advance(time.Hour)
		company, err := o.room.AddVendor(o.admin, "NR", "某医疗软件公司")
		if err != nil {
			t.Fatal(err)
		}
		until := o.Clock.Now().Add(100 * day)
		ask := staff.NewStay{Person: engineer.ID, Kind: staff.VendorStay, Department: it.ID, Sponsor: sponsor.ID, Vendor: company.ID, Until: until}
		if _, err := o.room.BeginStay(o.admin, ask); fault.KindOf(err) != fault.Conflict {
			t.Errorf("let in without an agreement: %v", err)
		}
		paper := []byte("%PDF-1.7 agreement")
		agreement, err := o.room.FileAgreement(o.admin, staff.NewAgreement{
			Vendor: company.ID, Scope: "EMR 驻场维护", Until: until, FileName: "协议.pdf", File: paper, Privacy: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		if name, content, err := o.room.Paper(o.admin, agreement.ID); err != nil || name != "协议.pdf" || string(content) != string(paper) {
			t.Errorf("the scan: %q, %q, %v", name, content, err)
		}
		stay := o.stay(ask)
		if _, err := o.room.MoveStay(o.admin, stay.ID, until.Add(day), until.Add(day)); fault.KindOf(err) != fault.Conflict {
			t.Errorf("kept on beyond the agreement: %v", err)
		}
		o.mustHold(engineer, "untrained")
		o.trained(engineer, 300*day)
		o.mustHold(engineer, "trained", "vendor-engineer")

		u := o.publish(0, nil, staff.Vendor)
		o.Clock.Advance(time.Second)
		o.mustHold(engineer, "unsigned")
		if s := o.standing(engineer); s.Lacks != staff.LackUndertaking || len(s.Appointments) != 1 {
			t.Errorf("must be able to sign in and sign: %+v", s)
		}
		if _, err := o.room.SignUndertaking(o.self(engineer), u.ID); err != nil {
			t.Fatal(err)
		}
		o.mustHold(engineer, "signed", "vendor-engineer")
		if _, err := o.room.EndAgreement(o.admin, agreement.ID); err != nil {
			t.Fatal(err)
		}
		o.mustHold(engineer, "after the agreement ended")
		if s := o.standing(engineer); s.Lacks != staff.LackAgreement {
			t.Errorf("lacks %q", s.Lacks)
		}
	})
}
