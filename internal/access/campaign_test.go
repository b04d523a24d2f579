package access_test

import (
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
)

func TestACampaignKeepsCutsAndAnswersForThoseWhoDidNot(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		long := func(a *access.Application) { a.Scope.Until = h.Clock.Now().Add(29 * 24 * time.Hour) }
		kept, cut := h.approve("wang", h.apply("zhao", long)), h.approve("wang", h.apply("zhao", long))
		silent := h.approve("wang", h.apply("sun", long))
		if _, err := h.room.OpenCampaign(h.as("wang"), "2026 年第一季度"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a chief opened it: %v", err)
		}
		c, err := h.room.OpenCampaign(h.as("affairs"), "2026 年第一季度")
		if err != nil {
			t.Fatal(err)
		}
		h.tick()
		if h.waits("head", access.GrantReview) != 1 || h.waits("wang", access.GrantReview) != 1 {
			t.Error("the heads are not asked")
		}
		mine := webtest.EveryPage(t, func(cursor string) (web.Page[access.LineSeen], error) { return h.room.MyLines(h.as("head"), cursor, 1) })
		var verdicts []access.Verdict
		for _, l := range mine {
			if l.Person == h.id("head") {
				t.Error("somebody reviews himself")
			}
			verdicts = append(verdicts, access.Verdict{Line: l.ID, Keep: l.Subject != cut.Grant})
		}
		if len(verdicts) != 4 { // two grants and the posts of zhao and qian
			t.Fatalf("%+v", mine)
		}
		if err := h.room.DecideLines(h.as("wang"), verdicts); !errors.Is(err, act.ErrRefused) {
			t.Errorf("another reviewer decides: %v", err)
		}
		if err := h.room.DecideLines(h.as("head"), verdicts); err != nil {
			t.Fatal(err)
		}
		if h.waits("head", access.GrantReview) != 0 {
			t.Error("who has answered everything is still asked")
		}
		if h.grant(kept.Grant).State != access.Live || h.grant(cut.Grant).State != access.Ending || h.grant(silent.Grant).State != access.Live {
			t.Error("a verdict did something else")
		}
		h.Clock.Advance(c.Deadline.Sub(h.Clock.Now()))
		h.tick()
		if g := h.grant(silent.Grant); g.State != access.Ended || g.Cause != access.Cut {
			t.Errorf("an unanswered extra right goes on: %+v", g)
		}
		if !h.opens("wang", h.patient) {
			t.Error("a review took care away")
		}
		all, err := h.room.Campaigns(h.as("affairs"), "", 0)
		if err != nil || len(all.Items) != 1 || all.Items[0].State != access.Closed || all.Items[0].Cut != 1 || all.Items[0].Waiting != 0 || all.Items[0].Unanswered == 0 {
			t.Errorf("%+v %v", all, err)
		}
		if err := h.room.DecideLines(h.as("head"), verdicts[:1]); codeOf(err) != "access.campaign-closed" {
			t.Error(err)
		}
	})
}
