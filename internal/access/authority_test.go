package access_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/staff"
)

func (h *hospital) authority(wanted ...staff.NewAuthority) {
	h.T.Helper()
	made, err := h.staff.ProposeAuthorities(h.as("affairs"), wanted)
	if err != nil {
		h.T.Fatal(err)
	}
	var ids []string
	for _, a := range made {
		ids = append(ids, a.ID)
	}
	if err := h.staff.SettleAuthorities(h.as("safe"), ids, true); err != nil {
		h.T.Fatal(err)
	}
}

// parted records that attending physicians are authorised by medical affairs and carried
// out by IT, which has another security administrator.
func (h *hospital) parted() {
	h.T.Helper()
	h.authority(staff.NewAuthority{Permission: "role:attending", Authorises: h.place("affairs"), Implements: h.place("it"), Apart: true})
}

func (h *hospital) askRole(by, person string) access.RoleRequest {
	h.T.Helper()
	q, err := h.room.AskRole(h.as(by), access.RoleApplication{
		Person: h.id(person), Role: "attending", Department: h.place("brain"), TitleZH: "主治医师", Until: h.Clock.Now().Add(300 * 24 * time.Hour), Words: "已通过主治医师资格考试",
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return q
}

func (h *hospital) agree(who string, q access.RoleRequest) access.RoleRequest {
	h.T.Helper()
	q, err := h.room.ApproveRole(h.as(who), q.ID)
	if err != nil {
		h.T.Fatalf("%s: %v", who, err)
	}
	return q
}

func (h *hospital) rolesOf(person string) []string {
	h.T.Helper()
	reach, err := h.room.WhatReaches(h.as("watch"), h.id(person))
	if err != nil {
		h.T.Fatal(err)
	}
	return reach.Roles
}

func TestARoleIsAskedForApprovedTwiceAndCarriedOutByTheImplementingDepartment(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.parted()
		q := h.askRole("zhao", "zhao")
		if h.waits("head", access.RoleApproval) != 1 || h.waits("affairs", access.RoleApproval) != 0 {
			t.Error("the head of the department is not asked first")
		}
		for _, who := range []string{"zhao", "affairs", "safe", "wang", "qian"} {
			if _, err := h.room.ApproveRole(h.as(who), q.ID); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s approved the step of the head: %v", who, err)
			}
		}
		q = h.agree("head", q)
		if h.waits("head", access.RoleApproval) != 0 || h.waits("affairs", access.RoleApproval) != 1 || h.waits("affairs2", access.RoleApproval) != 1 {
			t.Error("the authorising department is not asked next")
		}
		q = h.agree("affairs", q)
		if slices.Contains(h.rolesOf("zhao"), "attending") {
			t.Error("approved is not given yet")
		}
		if _, err := h.room.ApproveRole(h.as("affairs2"), q.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the authorising department carried it out: %v", err)
		}
		q = h.agree("safe", q)
		if q.State != access.Approved || q.Appointment == "" || !slices.Contains(h.rolesOf("zhao"), "attending") {
			t.Errorf("%+v", q)
		}
		if e := h.Entries(); !slices.ContainsFunc(e, func(e ledger.Entry) bool {
			return e.Verb == "access.approve" && slices.ContainsFunc(e.Writes, func(w ledger.Write) bool { return w.Table == "staff_appointment" })
		}) {
			t.Error("the ledger does not tell who appointed")
		}
		if _, err := h.room.ApproveRole(h.as("safe"), q.ID); codeOf(err) != "access.decided" && !errors.Is(err, act.ErrRefused) {
			t.Errorf("twice: %v", err)
		}
		reach, err := h.room.WhatReaches(h.as("zhao"), h.id("zhao"))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(reach.Posts, func(p access.PostHeld) bool { return p.Role == "attending" })
		if i < 0 || reach.Posts[i].Authority == nil || reach.Posts[i].Authority.Authorises != h.place("affairs") || !slices.Contains(reach.Posts[i].Approvers, h.id("head")) {
			t.Errorf("he cannot see who gave it: %+v", reach.Posts)
		}
		h.Clock.Advance(300 * 24 * time.Hour)
		if slices.Contains(h.rolesOf("zhao"), "attending") {
			t.Error("it lasts beyond its end")
		}
	})
}

func TestWhoeverWorksInBothDepartmentsDoesNotCarryOutWhatIsApart(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.parted()
		q := h.agree("affairs", h.agree("head", h.askRole("zhao", "zhao")))
		both := acttest.For(h.Person(h.id("safe"), []string{h.place("it"), h.place("affairs")}, 1, "security-administrator"), "operation")
		if _, err := h.room.ApproveRole(both, q.ID); codeOf(err) != "access.carries-both" {
			t.Errorf("%v", err)
		}
		h.bonds = staff.Bonds{Creations: []staff.Creation{{By: h.id("affairs"), Whom: h.id("safe")}}}
		if _, err := h.room.ApproveRole(h.as("safe"), q.ID); codeOf(err) != "access.carries-oneself" {
			t.Errorf("somebody who counts as the approver carried it out: %v", err)
		}
	})
}

func TestARoleThatNobodyIsRecordedToGiveIsNotAskedFor(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		a := access.RoleApplication{Person: h.id("zhao"), Role: "attending", Department: h.place("brain"), Until: h.Clock.Now().Add(time.Hour), Words: "晋升主治医师"}
		if _, err := h.room.AskRole(h.as("zhao"), a); codeOf(err) != "access.no-authority" {
			t.Error(err)
		}
		h.parted()
		a.Words = "升"
		if _, err := h.room.AskRole(h.as("zhao"), a); codeOf(err) != "access.input" {
			t.Error(err)
		}
		a.Words, a.Until = "晋升主治医师", h.Clock.Now().Add(-time.Hour)
		if _, err := h.room.AskRole(h.as("zhao"), a); codeOf(err) != "staff.input" {
			t.Error(err)
		}
	})
}

func TestARefusedOrWithdrawnRequestGivesNoRole(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.parted()
		q := h.askRole("zhao", "zhao")
		if q, err := h.room.RefuseRole(h.as("head"), q.ID, "年限不足"); err != nil || q.State != access.Refused {
			t.Errorf("%+v %v", q, err)
		}
		page, err := h.room.RoleRequests(h.as("zhao"), false, "", 10)
		if err != nil || len(page.Items) != 1 || page.Items[0].Answered != "年限不足" || page.Items[0].Said == "" {
			t.Errorf("%+v %v", page.Items, err)
		}
		if page, err = h.room.RoleRequests(h.as("sun"), false, "", 10); err != nil || len(page.Items) != 0 {
			t.Errorf("a stranger sees it: %+v %v", page.Items, err)
		}
		q = h.askRole("zhao", "zhao")
		if _, err := h.room.WithdrawRole(h.as("sun"), q.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a stranger took it back: %v", err)
		}
		if q, err := h.room.WithdrawRole(h.as("zhao"), q.ID); err != nil || q.State != access.Withdrawn || h.waits("head", access.RoleApproval) != 0 {
			t.Errorf("%+v %v", q, err)
		}
		if slices.Contains(h.rolesOf("zhao"), "attending") {
			t.Error("it gave the role")
		}
	})
}

func TestAGrantIsAuthorisedByTheRecordedDepartmentAndCarriedOutByTheOther(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.authority(staff.NewAuthority{Permission: "grant:care", Authorises: h.place("brain"), Implements: h.place("it")})
		q := h.apply("zhao")
		if _, err := h.room.Approve(h.as("wang"), q.ID, false); codeOf(err) != "access.not-authorising-department" {
			t.Errorf("another department authorised: %v", err)
		}
		h.Clock.Advance(time.Minute)
		h.authority(staff.NewAuthority{Permission: "grant:care", Authorises: staff.WherePatientLies, Implements: h.place("it"), Apart: true})
		q = h.approve("wang", h.apply("qian"))
		if q.State != access.Waiting || h.opens("qian", h.patient) || h.waits("safe", access.Approval) != 1 {
			t.Errorf("it was given before it was carried out: %+v", q)
		}
		if _, err := h.room.Approve(h.as("wang"), q.ID, false); !errors.Is(err, act.ErrRefused) {
			t.Errorf("whoever authorised carried it out: %v", err)
		}
		q = h.approve("safe", q)
		if q.State != access.Approved || !h.opens("qian", h.patient) {
			t.Errorf("%+v", q)
		}
	})
}

func TestInUrgencyTheImplementingDepartmentDoesNotAuthorise(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.authority(staff.NewAuthority{Permission: "grant:care", Authorises: staff.WherePatientLies, Implements: h.place("it"), Apart: true})
		q := h.apply("zhao", func(a *access.Application) { a.Urgent = true })
		if _, err := h.room.Approve(h.as("safe"), q.ID, true); !errors.Is(err, act.ErrRefused) {
			t.Errorf("%v", err)
		}
		if q, err := h.room.Approve(h.as("wang"), q.ID, true); err != nil || q.Grant == "" || !h.opens("zhao", h.patient) {
			t.Errorf("%+v %v", q, err)
		}
	})
}

func TestTheChecksOfAuthorityTellWhatWasNotApproved(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.parted()
		h.agree("safe", h.agree("affairs", h.agree("head", h.askRole("zhao", "zhao"))))
		for _, id := range []string{"access.rights-approved", "access.carried-by-another", "access.grants-by-authority", "access.roles-explained"} {
			if got := h.verdict(id); got != "met" {
				t.Errorf("%s: %s", id, got)
			}
		}
		h.approve("wang", h.apply("zhao"))
		if got := h.verdict("access.grants-by-authority"); got != "not-met" {
			t.Errorf("a grant of no recorded authority: %s", got)
		}
		_, err := h.staff.Appoint(h.as("safe"), staff.NewAppointment{Person: h.id("qian"), Role: "researcher", Department: h.place("brain"), Until: h.Clock.Now().Add(24 * time.Hour)})
		if got := h.verdict("access.rights-approved"); err != nil || got != "not-met" {
			t.Errorf("nobody approved what was given directly: %s %v", got, err)
		}
	})
}
