package access_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

var promised = fault.Text{
	ZH: "本人对所获授权范围内信息的安全和保密承担责任，违反时承担相应后果。",
	EN: "I answer for the safety and secrecy of what this grant opens, and bear what follows from a breach.",
}

// bound is a hospital that has published a statement of responsibility.
func bound(t *testing.T, fn func(t *testing.T, h *hospital)) {
	t.Helper()
	staffed(t, func(t *testing.T, h *hospital) {
		if _, err := h.room.SetStatement(h.as("affairs"), promised); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(time.Minute)
		fn(t, h)
	})
}

func TestNoGrantIsGivenBeforeItIsSignedFor(t *testing.T) {
	bound(t, func(t *testing.T, h *hospital) {
		q := h.apply("zhao")
		if h.waits("zhao", access.StatementDue) != 1 {
			t.Error("whoever would have it is not asked to sign")
		}
		if _, err := h.room.Approve(h.as("wang"), q.ID, false); codeOf(err) != "access.unsigned" || h.opens("zhao", h.patient) {
			t.Errorf("given without a signature: %v", err)
		}
		for _, who := range []string{"wang", "qian", "affairs"} {
			h.refused(h.room.SignStatement(h.as(who), q.ID), "access.sign-statement")
		}
		if err := h.room.SignStatement(h.as("zhao"), q.ID); err != nil {
			t.Fatal(err)
		}
		if e := h.Last(); e.Verb != "access.sign-statement" || e.Note["request"] != q.ID || e.Note["pledge"] == "" {
			t.Errorf("%+v", e)
		}
		if h.waits("zhao", access.StatementDue) != 0 {
			t.Error("who has signed is still asked")
		}
		h.approve("wang", q)
		if !h.opens("zhao", h.patient) {
			t.Error("what was signed for does not open")
		}
		if got := h.verdict("access.grants-signed"); got != "met" {
			t.Errorf("%s", got)
		}
		h.Behind("UPDATE access_grant SET person = 'qian'")
		if got := h.verdict("access.grants-signed"); got == "met" {
			t.Error("a grant whose holder signed nothing is not found")
		}
	})
}

func TestWhatIsUrgentIsSignedForToo(t *testing.T) {
	bound(t, func(t *testing.T, h *hospital) {
		q := h.apply("zhao", func(a *access.Application) { a.Urgent = true })
		if _, err := h.room.Approve(h.as("wang"), q.ID, true); codeOf(err) != "access.unsigned" {
			t.Errorf("given without a signature: %v", err)
		}
		if err := h.room.SignStatement(h.as("zhao"), q.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Approve(h.as("wang"), q.ID, true); err != nil || !h.opens("zhao", h.patient) {
			t.Error(err)
		}
	})
}

func TestAStatementBindsRequestsThatFollowIt(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		if got := h.verdict("access.grants-signed"); got != "not-met" {
			t.Errorf("without a statement: %s", got)
		}
		before := h.apply("zhao")
		if err := h.room.SignStatement(h.as("zhao"), before.ID); codeOf(err) != "access.no-statement" {
			t.Errorf("signed for nothing: %v", err)
		}
		h.Clock.Advance(time.Minute)
		if _, err := h.room.SetStatement(h.as("zhao"), promised); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a resident wrote it: %v", err)
		}
		if _, err := h.room.SetStatement(h.as("affairs"), fault.Text{ZH: "保密", EN: promised.EN}); codeOf(err) != "access.input" {
			t.Errorf("a statement of two words: %v", err)
		}
		for want := 1; want <= 2; want++ {
			if s, err := h.room.SetStatement(h.as("affairs"), promised); err != nil || s.Version != want {
				t.Fatalf("%+v %v", s, err)
			}
			h.Clock.Advance(time.Minute)
		}
		h.approve("wang", before)
		q := h.apply("zhao")
		if _, err := h.room.Approve(h.as("wang"), q.ID, false); codeOf(err) != "access.unsigned" {
			t.Error(err)
		}
		if _, err := h.room.Refuse(h.as("wang"), q.ID, "不符合最小必要"); err != nil || h.waits("zhao", access.StatementDue) != 0 {
			t.Errorf("who was refused is still asked to sign: %v", err)
		}
		if err := h.room.SignStatement(h.as("zhao"), q.ID); codeOf(err) != "access.decided" {
			t.Errorf("signed for what was refused: %v", err)
		}
		if seen, err := h.room.Responsibility(h.as("watch")); err != nil || len(seen.Versions) != 2 || seen.Versions[0].Version != 2 {
			t.Errorf("%+v %v", seen, err)
		}
	})
}

func TestAFreezeTellsWhatWasSigned(t *testing.T) {
	bound(t, func(t *testing.T, h *hospital) {
		q := h.apply("zhao")
		if err := h.room.SignStatement(h.as("zhao"), q.ID); err != nil {
			t.Fatal(err)
		}
		given := h.approve("wang", q)
		for range 10 {
			if stranger := h.admit("陌生", "heart", h.id("wang")); h.opens("zhao", stranger) {
				t.Fatal("a stranger is open")
			}
		}
		h.Entries()
		h.Clock.Advance(time.Minute)
		h.tick()
		page, err := h.room.Freezes(h.as("safe"), "", 10)
		if err != nil || len(page.Items) != 1 || len(page.Items[0].Signed) != 1 {
			t.Fatalf("%+v %v", page.Items, err)
		}
		if s := page.Items[0].Signed[0]; s.Grant != given.Grant || !strings.Contains(s.Said.ZH, promised.ZH) || !strings.Contains(s.Said.ZH, q.ID) {
			t.Errorf("%+v", s)
		}
		seen, err := h.room.Responsibility(h.as("safe"))
		if err != nil || len(seen.Units) != 1 || seen.Units[0].Grants != 1 || seen.Units[0].Signed != 1 || seen.Units[0].Breaches != 1 {
			t.Errorf("%+v %v", seen.Units, err)
		}
	})
}
