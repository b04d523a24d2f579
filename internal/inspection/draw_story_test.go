package inspection_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/inspection"
	"github.com/medward/medward/internal/ledger"
)

func TestADrawIsReckonedAgainFromWhatIsKept(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for i, number := range []string{"R0002", "R0003", "R0004", "R0005"} {
			h.bring("患者"+string(rune('甲'+i)), number)
		}
		made := h.draws(inspection.Patient, 4711)
		kept, err := h.room.View(h.auditor(), made.ID)
		if err != nil {
			t.Fatal(err)
		}
		ids, err := h.room.Frame(h.auditor(), made.ID)
		if err != nil || len(ids) != 5 || kept.Size != 5 {
			t.Fatalf("a frame of %d ids, said to be %d: %v", len(ids), kept.Size, err)
		}
		if _, err := ledger.OpenCheckpoint(kept.Checkpoint, h.Vault.LedgerSigner().PublicKey()); err != nil {
			t.Errorf("the checkpoint of the draw: %v", err)
		}
		_, _, place := byHand(inspection.Patient, ids, 4711, kept.Checkpoint)
		if kept.Subject != ids[place] || kept.Named {
			t.Errorf("drawn was %s; by hand it is %s", kept.Subject, ids[place])
		}
		// What comes later does not change what was laid down.
		h.bring("后来", "R0009")
		if again, err := h.room.Frame(h.auditor(), made.ID); err != nil || !kept.Comes(again) {
			t.Errorf("the draw does not come out of its frame: %v", err)
		}
		verdicts(t, h, evidence.Met, evidence.Met)
	})
}

func verdicts(t *testing.T, h *hospital, want ...evidence.Verdict) {
	t.Helper()
	for i, check := range h.room.Checks() {
		if got := check.Ask(t.Context()); got.Verdict != want[i] || len(check.Demands) == 0 {
			t.Errorf("%s: %s, want %s: %s", check.ID, got.Verdict, want[i], got.Detail.EN)
		}
	}
}

func TestANumberIsTakenOnce(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		verdicts(t, h, evidence.Met, evidence.NotMet)
		made := h.draws(inspection.Person, 1)
		_, err := h.room.Choose(h.auditor(), made.ID, 2)
		if faulttest.Code(err) != "inspection.drawn-already" {
			t.Errorf("a second number: %v", err)
		}
		if _, err := h.room.Choose(h.auditor(), made.ID, -1); faulttest.Code(err) != "inspection.input" {
			t.Errorf("a number below nought: %v", err)
		}
		h.Clock.Advance(time.Second)
		prepared, err := h.room.Prepare(h.auditor(), inspection.Wanted{Kind: inspection.Person})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Answer(h.auditor(), prepared.ID); faulttest.Code(err) != "inspection.not-drawn" {
			t.Errorf("an answer before a number: %v", err)
		}
		// Given up, it stays in the list.
		list, err := h.room.List(h.auditor(), "", 1)
		if err != nil || len(list.Items) != 1 || list.Items[0].ID != prepared.ID || list.Next == "" {
			t.Fatalf("the newest is %+v: %v", list.Items, err)
		}
		rest, err := h.room.List(h.auditor(), list.Next, 10)
		if err != nil || len(rest.Items) != 1 || rest.Items[0].ID != made.ID || rest.Next != "" {
			t.Errorf("the rest is %+v: %v", rest.Items, err)
		}
	})
}

func TestARowThatWasChangedBehindTheHouseIsFound(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		made := h.draws(inspection.Person, 3)
		h.Behind("UPDATE inspection_draw SET subject = '" + h.people["gu"] + "x' WHERE id = '" + made.ID + "'")
		if _, err := h.room.View(h.auditor(), made.ID); !errors.Is(err, act.ErrUndecided) {
			t.Errorf("a forged draw was shown: %v", err)
		}
		if _, err := h.room.Answer(h.auditor(), made.ID); err == nil {
			t.Error("a forged draw was answered")
		}
		if len(h.Alarms()) == 0 {
			t.Error("nobody was told of a forged draw")
		}
		verdicts(t, h, evidence.Unknown, evidence.Met)
	})
}

func TestAFrameThatWasChangedBehindTheHouseIsNotDrawnFrom(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		prepared, err := h.room.Prepare(h.auditor(), inspection.Wanted{Kind: inspection.Person})
		if err != nil {
			t.Fatal(err)
		}
		other, err := h.room.Prepare(h.auditor(), inspection.Wanted{Kind: inspection.Patient})
		if err != nil {
			t.Fatal(err)
		}
		if h.At.Engine == db.SQLite {
			h.Behind("DROP TRIGGER inspection_frame_never_goes")
		}
		h.Behind("DELETE FROM inspection_frame WHERE draw = '" + prepared.ID + "'")
		h.Behind("INSERT INTO inspection_frame (org, draw, list) SELECT org, '" + prepared.ID + "', list FROM inspection_frame WHERE draw = '" + other.ID + "'")
		if _, err := h.room.Choose(h.auditor(), prepared.ID, 1); faulttest.Code(err) != "inspection.frame-changed" {
			t.Errorf("a list that was exchanged: %v", err)
		}
	})
}

func TestNothingToDrawFromIsSaid(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		if _, err := h.room.Prepare(h.auditor(), inspection.Wanted{Kind: inspection.Leaver}); faulttest.Code(err) != "inspection.nothing-to-draw" {
			t.Errorf("leavers, where nobody left: %v", err)
		}
		for field, in := range map[string]inspection.Wanted{
			"kind": {Kind: "room"}, "days": {Kind: inspection.Leaver, Days: -1}, "subject": {Kind: inspection.Patient, Subject: "R9999"},
		} {
			_, err := h.room.Prepare(h.auditor(), in)
			if e := fault.From(err); e.Code.Name != "inspection.input" || len(e.Fields) != 1 || e.Fields[0].Path != field {
				t.Errorf("%+v: %v", in, err)
			}
		}
	})
}

func TestOnlyThoseWhoStandBeforeAnInspectorDraw(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		made := h.names(inspection.Patient, "R0001")
		if !made.Named || made.Subject != h.patient {
			t.Fatalf("%+v", made)
		}
		for name, who := range map[string]context.Context{
			"a doctor": h.doctor("chen", "attending"), "the administrator": h.admin, "an auditor for care": h.Person("auditor", nil, 1, "auditor"),
		} {
			_, drawing := h.room.Prepare(who, inspection.Wanted{Kind: inspection.Patient})
			_, seeing := h.room.View(who, made.ID)
			_, listing := h.room.List(who, "", 10)
			_, framing := h.room.Frame(who, made.ID)
			_, saying := h.room.Choose(who, made.ID, 1)
			_, answering := h.room.Answer(who, made.ID)
			for what, err := range map[string]error{"draw": drawing, "view": seeing, "list": listing, "frame": framing, "number": saying, "answer": answering} {
				if !errors.Is(err, act.ErrRefused) {
					t.Errorf("%s, %s: %v", name, what, err)
				}
			}
		}
		if n := h.Count("inspection_draw"); n != 1 {
			t.Errorf("%d draws are kept", n)
		}
	})
}
