package inspection_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/inspection"
)

// stranger is gu, a resident of another department.
func (h *hospital) stranger() context.Context {
	return h.Person(h.people["gu"], []string{"surgery"}, 4, "resident")
}

func (h *hospital) breaks(who context.Context) access.Reason {
	h.T.Helper()
	given, err := h.access.BreakGlass(who, access.Asking{Patient: h.patient, Choice: "resuscitation", Words: "夜间抢救，立即需要"})
	if err != nil {
		h.T.Fatal(err)
	}
	return given
}

func TestABreakGlassIsDrawnAndAnsweredAbout(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		given := h.breaks(h.stranger())
		for range 2 {
			if _, err := h.patients.View(h.stranger(), h.patient); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.look("chen", "attending"); err != nil {
			t.Fatal(err)
		}
		draw := h.draws(inspection.Glass, 77)
		d := h.answers(h.auditor(), draw.ID)
		if draw.Size != 1 || d.Subject.ID != given.ID || d.Subject.Person != h.people["gu"] || d.Subject.Patient != h.patient {
			t.Fatalf("drawn was %+v", d.Subject)
		}
		if d.Subject.Name.ZH == "gu · 李四" || d.Patients[h.patient] == "李四" {
			t.Errorf("the patient is not masked: %q", d.Subject.Name.ZH)
		}
		h.judged(d, "broken", inspection.InOrder)
		opened := h.judged(d, "opened", inspection.InOrder)
		if h.figure(opened, "opened") != "2" || len(opened.Entries) == 0 {
			t.Errorf("chen's own opening is counted, or the stranger's are not: %v", opened.Figures)
		}
		for _, id := range []string{"limits", "taken", "told", "review", "again"} {
			h.judged(d, id, inspection.InOrder)
		}
		account(t, h, d)

		h.Clock.Advance(8 * day)
		late := h.answers(h.auditor(), draw.ID)
		h.judged(late, "review", inspection.NotInOrder)
		h.judged(late, "again", inspection.NotInOrder)
		if err := h.access.Review(h.affairs(), given.ID, access.Improper); err != nil {
			t.Fatal(err)
		}
		review := h.judged(h.answers(h.auditor(), draw.ID), "review", inspection.NotInOrder)
		if h.figure(review, "late") != "1" || len(review.Lines) != 1 || len(review.Entries) != 1 {
			t.Errorf("a verdict that came late: %+v", review)
		}
	})
}

func TestABreakGlassThatGoesOnAfterItsEndIsNotInOrder(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		given := h.breaks(h.stranger())
		h.Clock.Advance(time.Hour)
		if _, err := h.patients.View(h.stranger(), h.patient); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(time.Second)
		if err := h.access.Withdraw(h.stranger(), given.ID); err != nil {
			t.Fatal(err)
		}
		named := h.names(inspection.Glass, given.ID)
		h.judged(h.answers(h.auditor(), named.ID), "limits", inspection.InOrder)
		h.Behind("UPDATE access_reason SET until = since + 60000000 WHERE id = '" + given.ID + "'")
		limits := h.judged(h.answers(h.auditor(), named.ID), "limits", inspection.NotInOrder)
		if h.figure(limits, "used after its end") != "1" {
			t.Errorf("limits: %v", limits.Figures)
		}
		if d := h.names(inspection.Glass, "R0001"); d.Subject != given.ID {
			t.Errorf("by the patient's record number %s is found", d.Subject)
		}
	})
}

// grants lets the stranger ask for the patient, and medical affairs agree.
func (h *hospital) grants() access.Grant {
	h.T.Helper()
	asked, err := h.access.Apply(h.stranger(), access.Application{Words: "术前会诊需要阅读", Scope: access.Scope{
		Patient: h.patient, Verbs: []string{"patient.view", "record.list"}, Until: h.Clock.Now().Add(48 * time.Hour),
	}})
	if err != nil {
		h.T.Fatal(err)
	}
	if asked, err = h.access.Approve(h.Person(h.people["wang"], []string{h.ward.ID}, 5, "chief"), asked.ID, false); err != nil {
		h.T.Fatal(err)
	}
	page, err := h.access.Grants(h.affairs(), false, "", 10)
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != asked.Grant {
		h.T.Fatalf("%d grants: %v", len(page.Items), err)
	}
	return page.Items[0].Grant
}

func TestAGrantIsDrawnAndAnsweredAbout(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.hire("wang", "chief")
		given := h.grants()
		if _, err := h.patients.View(h.stranger(), h.patient); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(time.Second)
		draw := h.draws(inspection.Granted, 9)
		d := h.answers(h.auditor(), draw.ID)
		if draw.Size != 1 || d.Subject.ID != given.ID || d.Subject.Person != h.people["gu"] {
			t.Fatalf("drawn was %+v", d.Subject)
		}
		h.judged(d, "asked", inspection.InOrder)
		agreed := h.judged(d, "approved", inspection.InOrder)
		if !slices.ContainsFunc(agreed.Lines, func(l inspection.Line) bool { return l.Person == h.people["wang"] && l.Entry != "" }) {
			t.Errorf("who agreed: %+v", agreed.Lines)
		}
		used := h.judged(d, "used", inspection.InOrder)
		if h.figure(used, "opened") != "1" {
			t.Errorf("used: %v", used.Figures)
		}
		for _, id := range []string{"signed", "bounds", "kept", "reviewed", "ended"} {
			h.judged(d, id, inspection.InOrder)
		}
		account(t, h, d)

		// What the house should have marked by now and has not is not in order.
		h.Clock.Advance(3 * day)
		h.judged(h.answers(h.auditor(), draw.ID), "ended", inspection.NotInOrder)
		if err := errors.Join(h.access.Tick(t.Context()), h.jobs.Settle(t.Context())); err != nil {
			t.Fatal(err)
		}
		ended := h.judged(h.answers(h.auditor(), draw.ID), "ended", inspection.InOrder)
		if len(ended.Lines) != 1 || ended.Lines[0].Person != "" {
			t.Errorf("the house ended it: %+v", ended.Lines)
		}
		if named := h.names(inspection.Granted, "N-gu"); named.Subject != given.ID {
			t.Errorf("by the staff number %s is found", named.Subject)
		}
	})
}

func TestAGrantThatWasStretchedBehindTheHouseIsNotInOrder(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.hire("wang", "chief")
		given := h.grants()
		if _, err := h.patients.View(h.stranger(), h.patient); err != nil {
			t.Fatal(err)
		}
		h.Behind("UPDATE access_grant SET requester = '" + h.people["wang"] + "' WHERE id = '" + given.ID + "'")
		h.Behind(`UPDATE access_grant SET scope = '{"verbs":["record.list"],"purpose":"care","until":"2027-01-01T00:00:00Z"}' WHERE id = '` + given.ID + "'")
		d := h.answers(h.auditor(), h.names(inspection.Granted, given.ID).ID)
		if agreed := h.judged(d, "approved", inspection.NotInOrder); h.figure(agreed, "by who asked or profits") != "1" {
			t.Errorf("approved: %v", agreed.Figures)
		}
		if kept := h.judged(d, "kept", inspection.NotInOrder); h.figure(kept, "beyond its scope") != "1" {
			t.Errorf("kept: %v", kept.Figures)
		}
	})
}

func TestWhoMayNotSeeGrantsHearsTheFiguresOfOne(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.hire("wang", "chief")
		given := h.grants()
		d := h.answers(h.president(), h.names(inspection.Granted, given.ID).ID)
		if agreed := h.question(d, "approved"); agreed.Withheld == nil || len(agreed.Lines) != 0 || h.figure(agreed, "who agreed") != "1" {
			t.Errorf("the leadership was shown %+v", agreed)
		}
	})
}

const day = 24 * time.Hour
