package amendment_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/amendment"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/record"
)

func TestACorrectionAfterArchiveIsAgreedSignedAndToldToEverybodyWhoHasIt(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		h.archive(document)
		first, second := h.partner("one"), h.partner("two")
		if _, err := h.send(first, document, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := h.send(second, document, 1); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(time.Hour)

		c := h.until("lin", document, amendment.StepConfirm)
		if c.State != amendment.Asked || c.Approver != amendment.OfficeApproval || h.waiting(amendment.Approval, c.ID) != 1 {
			t.Fatalf("%+v", c)
		}
		if _, err := h.room.Sign(h.as("lin"), c.ID); codeOf(err) != "amendment.state" {
			t.Errorf("signed before anybody agreed: %v", err)
		}
		if _, err := h.room.Decide(h.as("gu"), c.ID, true, ""); codeOf(err) != "amendment.not-approver" {
			t.Errorf("a chief agreed in the place of medical affairs: %v", err)
		}
		must[amendment.Case](t)(h.room.Decide(h.as("yiwu"), c.ID, true, "属实"))
		done := must[amendment.Case](t)(h.room.Sign(h.as("lin"), c.ID))
		if done.State != amendment.Completed || done.Version != 2 || done.Told != 2 {
			t.Fatalf("%+v", done)
		}
		now, original := must[*record.View](t)(h.records.View(h.as("chen"), document, 0)), must[*record.View](t)(h.records.View(h.as("chen"), document, 1))
		if now.Content.Sections[1].Text != "右肺炎" || now.State != record.Archived || now.Reason != "左右写反" || len(now.Signatures) != 1 || original.Content.Sections[1].Text != "左肺炎" || len(now.Holds) != 0 {
			t.Errorf("%+v", now)
		}
		seen := h.seen("yiwu", c.ID)
		if seen.Said.Before[0].Text != "左肺炎" || seen.Said.After[0].Text != "右肺炎" || len(seen.Said.Before) != 1 || seen.Said.Decision != "属实" || seen.DecidedBy != h.people["yiwu"] {
			t.Errorf("%+v", seen)
		}

		h.Clock.Advance(time.Minute)
		again, err := h.send(first, document, 2)
		if err != nil {
			t.Fatal(err)
		}
		h.tick()
		if n := h.notice(c.ID, first.ID); n.State != amendment.Told || n.Sending != again.ID || h.waiting(amendment.Chase, n.ID) != 1 || h.waiting(amendment.Tell, n.ID) != 0 {
			t.Errorf("%+v", n)
		}
		h.arrived(again)
		h.tick()
		if n := h.notice(c.ID, first.ID); n.State != amendment.Acknowledged || h.waiting(amendment.Chase, n.ID) != 0 {
			t.Errorf("%+v", n)
		}
		if n := h.notice(c.ID, second.ID); n.State != amendment.Due || h.waiting(amendment.Tell, n.ID) != 1 {
			t.Errorf("%+v", n)
		}
		h.met(t, "amendment.agreed-after-archive", "amendment.trail", "amendment.by-steps", "amendment.told", "amendment.replayed", "amendment.attempts-refused", "amendment.versions-compared")
		h.Clock.Advance(10 * day)
		if f := h.finding(t, "amendment.told"); f.Verdict != evidence.NotMet {
			t.Errorf("nobody was told for ten days: %+v", f)
		}
	})
}

func TestWhatIsUnderCorrectionDoesNotLeaveAndIsReadOnlyByCare(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		h.archive(document)
		to := h.partner("one")
		c := h.until("lin", document, amendment.StepWrong)
		_, err := h.send(to, document, 1)
		h.refused(err)
		v, err := h.records.View(h.as("chen"), document, 0)
		if err != nil || len(v.Holds) != 1 || v.Holds[0].Kind != record.HoldCorrection || !slices.Equal(v.Holds[0].Sections, []string{"initial-diagnosis"}) {
			t.Fatalf("the care team is kept from it, or not told: %v", err)
		}
		h.refusedView(document, "patient-request")
		must[amendment.Case](t)(h.room.Withdraw(h.as("lin"), c.ID, "核对后无误"))
		if _, err := h.send(to, document, 1); err != nil {
			t.Errorf("it is held although the correction ended: %v", err)
		}
		if got := h.seen("lin", c.ID); got.State != amendment.Withdrawn || got.Said.Ending != "核对后无误" {
			t.Errorf("%+v", got)
		}
	})
}

func TestNoStepIsSkipped(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		c := must[amendment.Case](t)(h.room.Open(h.as("lin"), document))
		for _, step := range amendment.Steps[2 : len(amendment.Steps)-1] {
			if _, err := h.take("lin", c, step); codeOf(err) != "amendment.step-skipped" {
				t.Errorf("%s was taken first: %v", step, err)
			}
		}
		if _, err := h.room.Sign(h.as("lin"), c.ID); codeOf(err) != "amendment.step-skipped" {
			t.Errorf("signed at once: %v", err)
		}
		if _, err := h.records.Amend(h.as("lin"), record.Amendment{Document: document, Base: 1, Content: says("别的", "右肺炎"), Reason: "绕过步骤"}); codeOf(err) != "record.guided" {
			t.Errorf("amended past the steps: %v", err)
		}
		c = must[amendment.Case](t)(h.take("lin", c, amendment.StepWrong))
		if _, err := h.room.Write(h.as("lin"), c.ID, amendment.StepWrong, amendment.Saying{Rev: c.Rev - 1, Sections: []string{"chief-complaint"}}); codeOf(err) != "amendment.changed" {
			t.Errorf("written over: %v", err)
		}
		c = must[amendment.Case](t)(h.take("lin", c, amendment.StepKind))
		for _, words := range []string{"", "   ", "　 \n"} {
			if _, err := h.room.Write(h.as("lin"), c.ID, amendment.StepReason, amendment.Saying{Rev: c.Rev, Words: words}); codeOf(err) != "amendment.input" || !slices.Equal(fields(err), []string{"words"}) {
				t.Errorf("a reason of blanks: %v", err)
			}
		}
		c = must[amendment.Case](t)(h.take("lin", c, amendment.StepReason))
		same := amendment.Saying{Rev: c.Rev, Values: []record.Section{{Key: "initial-diagnosis", Text: "左肺炎"}}}
		if _, err := h.room.Write(h.as("lin"), c.ID, amendment.StepValue, same); !slices.Equal(fields(err), []string{"values[0].text"}) {
			t.Errorf("nothing was changed: %v", err)
		}
		other := amendment.Saying{Rev: c.Rev, Values: []record.Section{{Key: "initial-diagnosis", Text: "右肺炎"}, {Key: "chief-complaint", Text: "x"}}}
		if _, err := h.room.Write(h.as("lin"), c.ID, amendment.StepValue, other); !slices.Equal(fields(err), []string{"values[1].key"}) {
			t.Errorf("more than was marked: %v", err)
		}
		if _, err := h.room.Write(h.as("chen"), c.ID, amendment.StepValue, other); err == nil {
			t.Error("somebody else took a step")
		}
		again := must[amendment.Case](t)(h.take("lin", c, amendment.StepWrong))
		if again.Step != 2 {
			t.Errorf("the steps after one that is taken again stand: %+v", again)
		}
	})
}

func TestWhoMayCorrectStandsInRules(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		_, err := h.room.Open(h.as("xu"), document)
		h.refused(err)
		if c, err := h.room.Open(h.as("chen"), document); err != nil || c.OpenedBy != h.people["chen"] {
			t.Fatalf("a superior corrects a junior: %v", err)
		}
		if _, err := h.room.Open(h.as("lin"), document); codeOf(err) != "amendment.under-way" || !strings.Contains(err.Error(), "chen") {
			t.Errorf("two at once: %v", err)
		}
		above := h.write("gu")
		if _, err := h.room.Open(h.as("chen"), above); codeOf(err) != "amendment.rank" {
			t.Errorf("a junior corrects a senior: %v", err)
		}
		drafted := h.write("lin")
		if _, _, err := h.records.SaveDraft(h.as("lin"), record.Draft{Patient: h.patient, Document: drafted, Base: 1, Writing: record.Writing{Sections: says("写", "写").Sections}}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Open(h.as("chen"), drafted); codeOf(err) != "amendment.draft-open" {
			t.Errorf("corrected under somebody's draft: %v", err)
		}
		sealed := h.write("lin")
		if err := h.records.Seal(acttest.For(h.as("yiwu"), "legal"), sealed, record.DisputeSeal); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Open(h.as("lin"), sealed); codeOf(err) != "amendment.sealed" {
			t.Errorf("corrected under seal: %v", err)
		}
		late := h.write("lin")
		h.Clock.Advance(31 * day)
		if _, err := h.room.Open(h.as("lin"), late); codeOf(err) != "amendment.window" {
			t.Errorf("corrected after its time: %v", err)
		}
		p := must[amendment.Release](t)(h.room.ProposeRules(h.as("quality"), []amendment.Rule{
			{Kind: "*", State: "filed", Who: "either", Approval: "none"}, {Kind: "*", State: "signed", Who: "either", Approval: "senior", Days: 60}, {Kind: "*", State: "archived", Who: "author", Approval: "medical-affairs"},
		}, "放宽期限"))
		if c, err := h.room.Open(h.as("lin"), late); codeOf(err) != "amendment.window" {
			t.Errorf("rules that nobody released hold: %v %v", c.Rules, err)
		}
		must[amendment.Release](t)(h.room.SettleRules(h.as("yiwu"), p.ID, true))
		c := h.until("lin", late, amendment.StepConfirm)
		if c.Rules != 1 || c.State != amendment.Asked || c.Approver != amendment.SeniorApproval {
			t.Errorf("%+v", c)
		}
		if seen := must[amendment.RulesSeen](t)(h.room.SeeRules(h.as("lin"))); seen.Refused["amendment.window"] != 2 || seen.Refused["amendment.sealed"] != 1 || seen.Number != 1 {
			t.Errorf("%+v", seen.Refused)
		}
	})
}

func TestNobodyAgreesToHisOwnCorrection(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("chen")
		rules := []amendment.Rule{{Kind: "*", State: "filed", Who: "either", Approval: "none"}, {Kind: "*", State: "signed", Who: "either", Approval: "senior"}, {Kind: "*", State: "archived", Who: "author", Approval: "none"}}
		if _, err := h.room.ProposeRules(h.as("yiwu"), rules, "试"); !slices.Equal(fields(err), []string{"rules[2].approval"}) {
			t.Errorf("archived without anybody's agreement: %v", err)
		}
		rules[2].Approval = "medical-affairs"
		p := must[amendment.Release](t)(h.room.ProposeRules(h.as("yiwu"), rules, "试"))
		if _, err := h.room.SettleRules(h.as("yiwu"), p.ID, true); codeOf(err) != "amendment.one-person" {
			t.Errorf("released by whoever proposed: %v", err)
		}
		must[amendment.Release](t)(h.room.SettleRules(h.as("second"), p.ID, true))
		c := h.until("chen", document, amendment.StepConfirm)
		_, err := h.room.Decide(h.as("chen"), c.ID, true, "")
		h.refused(err)
		if _, err := h.room.Decide(h.as("gu"), c.ID, false, " "); !slices.Equal(fields(err), []string{"words"}) {
			t.Errorf("sent back without a reason: %v", err)
		}
		back := must[amendment.Case](t)(h.room.Decide(h.as("gu"), c.ID, false, "依据不足"))
		if back.State != amendment.Refused || h.waiting(amendment.Approval, c.ID) != 0 {
			t.Errorf("%+v", back)
		}
		if v := must[*record.View](t)(h.records.View(h.as("chen"), document, 0)); v.Version != 1 || len(v.Holds) != 0 {
			t.Errorf("%+v", v)
		}
	})
}

func TestARecipientThatNoLongerExistsIsToldAsSuch(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		to := h.partner("one")
		if _, err := h.send(to, document, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := h.recipients.End(h.as("sys"), to.ID, "机构撤销"); err != nil {
			t.Fatal(err)
		}
		c := h.until("lin", document, amendment.StepConfirm)
		must[amendment.Case](t)(h.room.Sign(h.as("lin"), c.ID))
		n := h.notice(c.ID, to.ID)
		if n.State != amendment.Unreachable {
			t.Fatalf("%+v", n)
		}
		if _, err := h.room.Acknowledge(h.as("yiwu"), n.ID, amendment.Telling{State: amendment.Acknowledged}); codeOf(err) != "amendment.recipient-gone" {
			t.Errorf("it acknowledged although it is gone: %v", err)
		}
		if _, err := h.room.Acknowledge(h.as("yiwu"), n.ID, amendment.Telling{State: amendment.Unreachable}); !slices.Equal(fields(err), []string{"words"}) {
			t.Errorf("%v", err)
		}
		must[amendment.Notice](t)(h.room.Acknowledge(h.as("yiwu"), n.ID, amendment.Telling{State: amendment.Unreachable, Words: "机构已注销"}))
		if h.waiting(amendment.Tell, n.ID) != 0 || h.seen("yiwu", c.ID).Words[n.ID] != "机构已注销" {
			t.Error("the task stays, or the words are lost")
		}
	})
}

func TestWhatNobodyGoesOnWithIsEndedAndReleased(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		c := h.until("lin", document, amendment.StepKind)
		h.Clock.Advance(8 * day)
		h.tick()
		got := h.seen("lin", c.ID)
		if got.State != amendment.Abandoned || len(must[*record.View](t)(h.records.View(h.as("chen"), document, 0)).Holds) != 0 {
			t.Errorf("%+v", got.Case)
		}
		if f := h.finding(t, "amendment.by-steps"); !strings.Contains(f.Detail.EN, "reason 1") {
			t.Errorf("%+v", f)
		}
	})
}

func TestADocumentIsReplayedAsItStood(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		before := h.Clock.Now()
		h.Clock.Advance(time.Hour)
		h.archive(document)
		h.Clock.Advance(time.Hour)
		c := h.until("lin", document, amendment.StepConfirm)
		during := h.Clock.Now()
		h.Clock.Advance(time.Hour)
		must[amendment.Case](t)(h.room.Decide(h.as("yiwu"), c.ID, true, ""))
		must[amendment.Case](t)(h.room.Sign(h.as("lin"), c.ID))
		h.Clock.Advance(time.Hour)
		h.tick()
		for _, want := range []struct {
			at    time.Time
			state string
			says  string
			held  int
		}{{before, "signed", "左肺炎", 0}, {during, "archived", "左肺炎", 1}, {h.Clock.Now(), "archived", "右肺炎", 0}} {
			got := must[amendment.Replay](t)(h.room.Replay(h.as("chen"), document, want.at))
			if got.State != want.state || got.View.Content.Sections[1].Text != want.says || len(got.Holds) != want.held {
				t.Errorf("at %s: %s, %s, %d held", want.at, got.State, got.View.Content.Sections[1].Text, len(got.Holds))
			}
		}
		if _, err := h.room.Replay(h.as("chen"), document, before.Add(-day)); codeOf(err) != "amendment.replay-moment" {
			t.Errorf("before it was there: %v", err)
		}
		_, err := h.room.Replay(h.as("sys"), document, during)
		if err == nil {
			t.Error("replayed to somebody who may not read it")
		}
	})
}

// notice is that of one recipient.
func (h *ward) notice(correction, recipient string) amendment.Notice {
	h.T.Helper()
	for _, n := range h.seen("yiwu", correction).Notices {
		if n.Recipient == recipient {
			return n
		}
	}
	h.T.Fatalf("no notice to %s", recipient)
	return amendment.Notice{}
}

func (h *ward) refusedView(document, purpose string) {
	h.T.Helper()
	_, err := h.records.View(acttest.For(h.as("clerk"), purpose), document, 0)
	h.refused(err)
	if e := h.Last(); e.Outcome != ledger.Refused || !slices.Contains(e.Why.Rules, "release.under-correction") {
		h.T.Errorf("%+v", e.Why)
	}
}

func (h *ward) finding(t *testing.T, check string) evidence.Finding {
	t.Helper()
	for _, c := range h.room.Checks() {
		if c.ID == check {
			return c.Ask(t.Context())
		}
	}
	t.Fatalf("no check %s", check)
	return evidence.Finding{}
}

func (h *ward) met(t *testing.T, checks ...string) {
	t.Helper()
	for _, check := range checks {
		if f := h.finding(t, check); f.Verdict != evidence.Met {
			t.Errorf("%s: %+v", check, f)
		}
	}
}
