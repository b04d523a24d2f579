package access_test

import (
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
)

const days = 24 * time.Hour

// seldom is a hospital whose quality office holds a grant of half a year.
func seldom(t *testing.T, fn func(t *testing.T, h *hospital, grant string)) {
	t.Helper()
	staffed(t, func(t *testing.T, h *hospital) {
		q := h.apply("quality", func(a *access.Application) {
			a.Scope.Patient, a.Scope.Department, a.Scope.Purpose, a.Scope.Until = "", h.place("heart"), "quality", h.Clock.Now().Add(170*days)
		})
		fn(t, h, h.approve("affairs", q).Grant)
	})
}

// after lets the clock of the house run, a look each day.
func (h *hospital) after(n int) {
	h.T.Helper()
	for range n {
		h.Clock.Advance(days)
		h.Entries()
		h.tick()
	}
}

func (h *hospital) adjustments(who, trigger string) []access.AdjustmentSeen {
	h.T.Helper()
	return webtest.EveryPage(h.T, func(cursor string) (web.Page[access.AdjustmentSeen], error) {
		found, err := h.room.Adjustments(h.as(who), "", trigger, cursor, 1)
		return found.Page, err
	})
}

func TestAGrantThatNobodyUsesEndsAfterANotice(t *testing.T) {
	seldom(t, func(t *testing.T, h *hospital, grant string) {
		h.after(89)
		if h.waits("quality", access.IdleGrant) != 0 {
			t.Fatal("noticed too early")
		}
		h.after(1)
		if h.waits("quality", access.IdleGrant) != 1 {
			t.Fatal("its holder does not hear of it")
		}
		mine, err := h.room.Grants(h.as("quality"), true, "", 10)
		if err != nil || len(mine.Items) != 1 || !mine.Items[0].Idle.Ends.Equal(h.Clock.Now().Add(7*days)) || mine.Items[0].Idle.Days != 90 {
			t.Fatalf("%+v %v", mine.Items, err)
		}
		h.after(6)
		if g := h.grant(grant); g.State != access.Live {
			t.Fatalf("it ended within the notice: %+v", g)
		}
		h.after(1)
		if g := h.grant(grant); g.State != access.Ended || g.Cause != access.Unused {
			t.Errorf("%+v", g)
		}
		if h.waits("quality", access.IdleGrant) != 0 {
			t.Error("what is over is still asked about")
		}
		found := h.adjustments("safe", "inactivity")
		if len(found) != 1 || found[0].Person != h.id("quality") || found[0].At.Sub(found[0].Noticed) < 7*days || found[0].Who.ZH != "quality" {
			t.Errorf("%+v", found)
		}
		if got := h.verdict("access.adjusts-itself"); got != "met" {
			t.Errorf("%s", got)
		}
	})
}

func TestAGrantThatIsKeptStays(t *testing.T) {
	seldom(t, func(t *testing.T, h *hospital, grant string) {
		_, err := h.room.KeepGrant(h.as("quality"), grant, "课题仍在进行")
		if codeOf(err) != "access.not-idle" {
			t.Errorf("kept without a notice: %v", err)
		}
		h.after(90)
		_, err = h.room.KeepGrant(h.as("head"), grant, "课题仍在进行")
		h.refused(err, "access.keep-grant")
		if _, err := h.room.KeepGrant(h.as("quality"), grant, ""); codeOf(err) != "access.input" {
			t.Errorf("kept without words: %v", err)
		}
		kept, err := h.room.KeepGrant(h.as("quality"), grant, "课题仍在进行")
		if err != nil || kept.Outcome != access.IdleKept {
			t.Fatalf("%+v %v", kept, err)
		}
		if e := h.Last(); e.Verb != "access.keep-grant" || e.Note["grant"] != grant {
			t.Errorf("%+v", e)
		}
		h.after(20)
		if g := h.grant(grant); g.State != access.Live || h.waits("quality", access.IdleGrant) != 0 {
			t.Errorf("%+v", g)
		}
	})
}

func TestAGrantThatIsUsedWithinTheNoticeStays(t *testing.T) {
	seldom(t, func(t *testing.T, h *hospital, grant string) {
		h.after(91)
		if h.waits("quality", access.IdleGrant) != 1 {
			t.Fatal("no notice")
		}
		if !h.opens("quality", h.patient) {
			t.Fatal("the grant does not open")
		}
		h.after(1)
		if h.waits("quality", access.IdleGrant) != 0 {
			t.Error("what was used is still about to end")
		}
		h.after(10)
		if g := h.grant(grant); g.State != access.Live {
			t.Errorf("%+v", g)
		}
	})
}

func TestTheLinesOfAReviewTellWhenAGrantWasUsed(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		long := func(a *access.Application) { a.Scope.Until = h.Clock.Now().Add(29 * days) }
		used, idle := h.approve("wang", h.apply("zhao", long)), h.approve("wang", h.apply("qian", long))
		h.Clock.Advance(15 * days)
		if !h.opens("zhao", h.patient) {
			t.Fatal("the grant does not open")
		}
		at := h.Clock.Now()
		h.Entries()
		if _, err := h.room.OpenCampaign(h.as("affairs"), "2026 年第一季度"); err != nil {
			t.Fatal(err)
		}
		h.tick()
		page, err := h.room.MyLines(h.as("head"), "", 50)
		if err != nil {
			t.Fatal(err)
		}
		for subject, want := range map[string]struct {
			used   time.Time
			unused bool
		}{used.Grant: {at, false}, idle.Grant: {time.Time{}, true}} {
			i := slices.IndexFunc(page.Items, func(l access.LineSeen) bool { return l.Subject == subject })
			if i < 0 || !page.Items[i].Used.Equal(want.used) || page.Items[i].Unused != want.unused {
				t.Errorf("%s: %+v", subject, page.Items)
			}
		}
	})
}

func TestWhatAdjustedItselfIsListedByTrigger(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.approve("wang", h.apply("zhao"))
		h.Clock.Advance(3 * days)
		h.tick()
		if found := h.adjustments("affairs", "run-out"); len(found) != 1 || found[0].Person != h.id("zhao") {
			t.Errorf("%+v", found)
		}
		all, err := h.room.Adjustments(h.as("safe"), "", "", "", 10)
		if err != nil || all.Counts["run-out"] != 1 || len(all.Page.Items) != 1 {
			t.Errorf("%+v %v", all, err)
		}
		if before, err := h.room.Adjustments(h.as("watch"), "2026-01", "", "", 10); err != nil || len(before.Page.Items) != 0 {
			t.Errorf("of another month: %+v %v", before, err)
		}
		for name, ask := range map[string][2]string{"month": {"January", ""}, "trigger": {"", "moon"}} {
			if _, err := h.room.Adjustments(h.as("safe"), ask[0], ask[1], "", 10); codeOf(err) != "access.input" {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err = h.room.Adjustments(h.as("zhao"), "", "", "", 10)
		h.refused(err, "access.see-adjustments")
		if _, err := h.room.Adjustments(acttest.For(h.as("affairs"), "care"), "", "", "", 10); err == nil {
			t.Error("shown for care")
		}
	})
}
