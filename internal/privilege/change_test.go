package privilege_test

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/privilege"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

func TestAChangeIsAskedReviewedApprovedAndClosed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		c := o.approved(o.asking())
		if e := o.Last(); e.Verb != "privilege.approve-change" || e.Note["change"] != c.ID {
			t.Errorf("the account: %+v", e)
		}
		if _, err := o.room.BeginChange(o.as("dba"), c.ID); faulttest.Code(err) != "privilege.outside-window" {
			t.Errorf("begun before its window: %v", err)
		}
		o.Clock.Advance(90 * time.Minute)
		if _, err := o.room.BeginChange(o.as("sys"), c.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("begun by somebody else: %v", err)
		}
		if _, err := o.room.BeginChange(o.as("dba"), c.ID); err != nil {
			t.Fatal(err)
		}
		o.Behind("UPDATE staff_appointment SET until = until + 1 WHERE role = 'attending'")
		if _, err := o.room.CloseChange(o.as("dba"), c.ID, privilege.ClosingChange{Outcome: "perhaps"}); faulttest.Fields(err) != "result outcome" {
			t.Errorf("closed without a result: %v", err)
		}
		closed, err := o.room.CloseChange(o.as("dba"), c.ID, privilege.ClosingChange{Outcome: privilege.Carried, Result: "一行已更正，核对无误"})
		if err != nil || closed.State != privilege.Closed {
			t.Fatalf("%+v: %v", closed, err)
		}
		seen, err := o.room.ViewChange(o.as("auditor"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		sum := sm.Sum([]byte(seen.Text))
		if seen.Why == "" || seen.Said == "" || hex.EncodeToString(sum[:]) != hex.EncodeToString(seen.Digest) {
			t.Errorf("%+v", seen)
		}
		if len(seen.Captures) != 2 || string(seen.Captures[0].Digest) == string(seen.Captures[1].Digest) || seen.Captures[0].Rows != seen.Captures[1].Rows {
			t.Errorf("before and after: %+v", seen.Captures)
		}
		if len(seen.Findings) != 1 || seen.Findings[0].Table != "staff_appointment" || len(seen.Findings[0].Was) != 32 || len(seen.Findings[0].Is) != 32 {
			t.Errorf("what was touched: %+v", seen.Findings)
		}
		if len(o.suspended) != 0 {
			t.Error("somebody was stopped although a change explains the row")
		}
	})
}

func TestThreeUnrelatedPeopleStandBehindAChange(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		c := o.asked(o.asking())
		if _, err := o.room.ReviewChange(o.as("dba"), c.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("reviewed by who asked: %v", err)
		}
		if _, err := o.room.ApproveChange(o.as("safe"), c.ID); faulttest.Code(err) != "privilege.out-of-order" {
			t.Errorf("approved unreviewed: %v", err)
		}
		o.bonds = staff.Bonds{Creations: []staff.Creation{{By: o.people["sys"], Whom: o.people["dba"]}}}
		if _, err := o.room.ReviewChange(o.as("sys"), c.ID); faulttest.Code(err) != "privilege.one-person" {
			t.Errorf("reviewed by who made the account of who asked: %v", err)
		}
		if _, err := o.room.ReviewChange(o.as("head"), c.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.ApproveChange(o.as("head"), c.ID); faulttest.Code(err) != "privilege.one-person" {
			t.Errorf("approved by who reviewed: %v", err)
		}
		o.bonds = staff.Bonds{Delegations: []staff.Delegation{{From: o.people["head"], To: o.people["safe"], Since: o.Clock.Now(), Until: o.Clock.Now().Add(time.Hour)}}}
		if _, err := o.room.ApproveChange(o.as("safe"), c.ID); faulttest.Code(err) != "privilege.one-person" {
			t.Errorf("approved by the deputy of who reviewed: %v", err)
		}
		o.bonds = staff.Bonds{}
		o.stale["safe"] = true
		if _, err := o.room.ApproveChange(o.as("safe"), c.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("approved without showing again who he is: %v", err)
		}
		o.stale["safe"] = false
		if _, err := o.room.ApproveChange(o.as("safe"), c.ID); err != nil {
			t.Error(err)
		}
	})
}

func TestAChangeMustSayEverything(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for field, spoil := range map[string]func(in *privilege.AskingChange){
			"title":   func(in *privilege.AskingChange) { in.Title = "" },
			"reason":  func(in *privilege.AskingChange) { in.Reason = " " },
			"script":  func(in *privilege.AskingChange) { in.Script = "" },
			"digest":  func(in *privilege.AskingChange) { in.Digest = strings.Repeat("0", 64) },
			"tables":  func(in *privilege.AskingChange) { in.Tables = []string{"nothing_here"} },
			"objects": func(in *privilege.AskingChange) { in.Objects = []string{""} },
			"risk":    func(in *privilege.AskingChange) { in.Risk = "none" },
			"since":   func(in *privilege.AskingChange) { in.Since, in.Until = time.Time{}, o.Clock.Now().Add(time.Hour) },
			"until":   func(in *privilege.AskingChange) { in.Until = in.Since.Add(13 * time.Hour) },
		} {
			in := o.asking()
			spoil(&in)
			if _, err := o.room.AskChange(o.as("dba"), in); !strings.Contains(faulttest.Fields(err), field) {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := o.room.AskChange(o.as("chen"), o.asking()); !errors.Is(err, act.ErrRefused) {
			t.Errorf("asked at the bedside: %v", err)
		}
		if n := o.Count("privilege_change"); n != 0 {
			t.Errorf("%d changes", n)
		}
	})
}

func TestTheEndOfTheWindowClosesAChange(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		begun, idle := o.approved(o.asking()), o.approved(o.asking())
		o.Clock.Advance(2 * time.Hour)
		if _, err := o.room.BeginChange(o.as("dba"), begun.ID); err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(61 * time.Minute)
		o.tick()
		for id, want := range map[string]string{begun.ID: privilege.Closed, idle.ID: privilege.Lapsed} {
			c, err := o.room.ViewChange(o.as("auditor"), id)
			if err != nil || c.State != want || c.ClosedBy != "" {
				t.Errorf("%s: %+v: %v", want, c.Change, err)
			}
		}
		if _, err := o.room.CloseChange(o.as("dba"), begun.ID, privilege.ClosingChange{Outcome: privilege.Carried, Result: "迟了"}); faulttest.Code(err) != "privilege.out-of-order" {
			t.Errorf("closed late: %v", err)
		}
		if n := o.Count("privilege_capture"); n != 2 {
			t.Errorf("%d captures", n)
		}
	})
}

func TestARefusalNeedsAReason(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		c := o.asked(o.asking())
		if n := o.tasks(privilege.Review, c.ID); n != 1 {
			t.Errorf("%d reviews wait", n)
		}
		if _, err := o.room.RefuseChange(o.as("head"), c.ID, ""); faulttest.Fields(err) != "words" {
			t.Errorf("without a reason: %v", err)
		}
		refused, err := o.room.RefuseChange(o.as("head"), c.ID, "请用系统功能办理")
		if err != nil || refused.State != privilege.Refused {
			t.Fatalf("%+v: %v", refused, err)
		}
		if n := o.tasks(privilege.Review, c.ID); n != 0 {
			t.Errorf("%d reviews still wait", n)
		}
	})
}
