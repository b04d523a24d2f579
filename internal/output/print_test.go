package output_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
)

func TestACopyIsNamedByItsCode(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		m := h.print("chen", h.printing())
		page := string(m.Bytes)
		for _, needed := range []string{"出院记录", "病情好转", m.Serial, m.Code, "李四", "共 1 份"} {
			if !strings.Contains(page, needed) {
				t.Errorf("the page lacks %q", needed)
			}
		}
		if strings.Contains(page, "N-chen") {
			t.Error("a page for the care team bears the name of who printed it")
		}
		v, err := h.room.Verify(h.nobody(), strings.ToLower(m.Code), m.Bytes)
		if err != nil || v.Serial != m.Serial || v.File != output.FileSame || !v.Left || len(v.Documents) != 1 || !bytes.Equal(v.Digest, m.Digest) {
			t.Errorf("verified %+v: %v", v, err)
		}
		if v, err = h.room.Verify(h.nobody(), m.Code, append(bytes.Clone(m.Bytes), ' ')); err != nil || v.File != output.FileDiffers {
			t.Errorf("a changed file: %+v %v", v, err)
		}
		if h.did("output.print") != 1 || h.did("output.verify") != 2 {
			t.Errorf("in the account: %d prints, %d verifications", h.did("output.print"), h.did("output.verify"))
		}
		page2, err := h.room.Issues(h.as("chen"), "", 10)
		if err != nil || len(page2.Items) != 1 || page2.Items[0].Serial != m.Serial {
			t.Errorf("one's own copies: %+v %v", page2.Items, err)
		}
	})
}

func TestACodeCannotBeMadeUpOrMoved(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		m := h.print("chen", h.printing())
		typo := []byte(m.Code)
		typo[0], typo[1] = typo[1], typo[0]
		if _, err := h.room.Verify(h.nobody(), string(typo), nil); !bytes.Equal(typo, []byte(m.Code)) && faulttest.Code(err) != "output.input" {
			t.Errorf("a typing error: %v", err)
		}
		if _, err := h.room.Verify(h.nobody(), "HHFG-W2MN-QPFE-XPAN-G8", nil); faulttest.Code(err) != "output.unknown-code" {
			t.Errorf("a code of another house: %v", err)
		}
		if h.At.Engine == db.SQLite {
			h.Behind("DROP TRIGGER output_issue_never_changes")
		}
		h.Behind("UPDATE output_issue SET person = 'somebody else'")
		if v, err := h.room.Verify(h.nobody(), m.Code, nil); err == nil {
			t.Errorf("a row changed behind the house vouches: %+v", v)
		}
	})
}

func TestVerifyingIsBounded(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		var err error
		for range 25 {
			if _, err = h.room.Verify(h.nobody(), "HHFG-W2MN-QPFE-XPAN-G8", nil); faulttest.Code(err) == "output.verify-rate" {
				break
			}
		}
		if faulttest.Code(err) != "output.verify-rate" {
			t.Errorf("25 questions in a minute: %v", err)
		}
		h.Clock.Advance(time.Minute)
		if _, err = h.room.Verify(h.nobody(), "HHFG-W2MN-QPFE-XPAN-G8", nil); faulttest.Code(err) != "output.unknown-code" {
			t.Errorf("a minute later: %v", err)
		}
	})
}

func TestACopyForAPatientSaysForWhomAndNotByWhom(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		in := h.printing()
		in.Profile = "patient"
		if _, err := h.room.Print(h.as("clerk"), in); faulttest.Fields(err) != "recipient" {
			t.Errorf("without saying for whom: %v", err)
		}
		in.Recipient = "李四本人"
		if _, err := h.room.Print(h.as("clerk"), in); !refused(err) || h.Count("output_issue") != 0 {
			t.Errorf("without an approved case: %v", err)
		}
		view, err := h.records.View(h.as("clerk"), h.document, 0)
		if err != nil {
			t.Fatal(err)
		}
		made, err := h.room.Prepare(h.as("clerk"), in, []*record.View{view})
		if err != nil {
			t.Fatal(err)
		}
		page := string(made.Bytes)
		if !strings.Contains(page, "致 李四本人") || !strings.Contains(page, "盖章处") || strings.Contains(page, "员工clerk") {
			t.Error("the footer of a patient's copy is wrong")
		}
		if _, err := h.room.Print(h.as("chen"), in); faulttest.Code(err) != "output.other-purpose" {
			t.Errorf("for care with the profile of patients: %v", err)
		}
		in.Profile = "court"
		if _, err := h.room.Print(acttest.For(h.as("clerk"), "legal"), in); faulttest.Fields(err) != "case" {
			t.Errorf("for a court without a case: %v", err)
		}
	})
}

func TestWhoMayNotPrintMakesNoCopy(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		if _, err := h.room.Print(h.as("stranger"), h.printing()); !refused(err) {
			t.Errorf("a stranger: %v", err)
		}
		if err := h.records.Seal(acttest.For(h.as("affairs"), "legal"), h.document, "dispute"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Print(h.as("chen"), h.printing()); !refused(err) {
			t.Errorf("under seal: %v", err)
		}
		if n := h.Count("output_issue"); n != 0 {
			t.Errorf("%d copies", n)
		}
	})
}

func TestAHeldPrintIsFetchedByItsOwnerWhoShowsAgainWhoHeIs(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		in := h.printing()
		in.Hold = true
		m := h.print("chen", in)
		if m.Bytes != nil || m.Held == nil {
			t.Fatalf("a held print came out: %d bytes", len(m.Bytes))
		}
		if v, err := h.room.Verify(h.nobody(), m.Code, nil); err != nil || v.Left {
			t.Errorf("a print in the queue counts as out: %+v %v", v, err)
		}
		if _, err := h.room.Release(stale(h.as("chen")), m.ID); !refused(err) || !slices.Contains(unmet(err), "factor") {
			t.Errorf("without showing again: %v", err)
		}
		if _, err := h.room.Release(h.as("stranger"), m.ID); !refused(err) {
			t.Errorf("by somebody else: %v", err)
		}
		waiting, err := h.room.Queue(h.as("chen"))
		if err != nil || len(waiting) != 1 {
			t.Errorf("in the queue: %v %v", waiting, err)
		}
		s, err := h.room.Release(h.as("chen"), m.ID)
		if err != nil || !bytes.Contains(s.Bytes, []byte(m.Serial)) {
			t.Fatalf("released %d bytes: %v", len(s.Bytes), err)
		}
		if _, err := h.room.Release(h.as("chen"), m.ID); faulttest.Code(err) != "output.state" {
			t.Errorf("twice: %v", err)
		}
		if n := h.number("SELECT COUNT(*) FROM output_hold WHERE sealed IS NOT NULL"); n != 0 {
			t.Error("the bytes stay after the print came out")
		}
	})
}

func TestAPrintThatNobodyFetchesIsDestroyed(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		in := h.printing()
		in.Hold = true
		m := h.print("chen", in)
		h.Clock.Advance(29 * time.Minute)
		if err := h.room.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := h.number("SELECT COUNT(*) FROM output_hold WHERE sealed IS NOT NULL"); n != 1 {
			t.Fatal("it was destroyed before its time")
		}
		h.Clock.Advance(2 * time.Minute)
		if _, err := h.room.Release(h.as("chen"), m.ID); faulttest.Code(err) != "output.over" {
			t.Errorf("after its time, before the clock struck: %v", err)
		}
		if err := h.room.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := h.number("SELECT COUNT(*) FROM output_hold WHERE sealed IS NOT NULL OR state <> 'expired'"); n != 0 {
			t.Error("its bytes are still there")
		}
		err := h.Store.Read(t.Context(), func(r db.Reader) error {
			_, err := h.Vault.Subject(context.Background(), r, acttest.Org, "output-"+m.ID)
			return err
		})
		if !errors.Is(err, vault.KeyDestroyed) {
			t.Errorf("its key: %v", err)
		}
		if !slices.Equal(h.tasks(), []string{"output.unfetched"}) {
			t.Errorf("its owner was not told: %v", h.tasks())
		}
		if h.Last().Verb != "output.clock" {
			t.Errorf("the last entry is %s", h.Last().Verb)
		}
	})
}

func TestACardFetchesPrintsAtARegisteredStation(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		in := h.printing()
		in.Hold = true
		h.print("chen", in)
		until := h.Clock.Now().AddDate(0, 6, 0)
		station, secret, err := h.room.SetStation(h.as("it"), "三病区打印机", "三病区", until)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.SetBadge(h.as("it"), h.person("chen"), "A-1001", until); err != nil {
			t.Fatal(err)
		}
		for name, try := range map[string][2]string{"another secret": {"0", "a-1001"}, "another card": {secret, "A-1002"}} {
			if _, err := h.room.Fetch(h.nobody(), station.ID, try[0], try[1]); faulttest.Code(err) != "output.badge" {
				t.Errorf("%s: %v", name, err)
			}
		}
		out, err := h.room.Fetch(h.nobody(), station.ID, secret, " a-1001 ")
		if err != nil || len(out) != 1 || len(out[0].Bytes) == 0 {
			t.Fatalf("%d prints: %v", len(out), err)
		}
		h.print("chen", in)
		h.Clock.Advance(200 * 24 * time.Hour)
		if _, err := h.room.Fetch(h.nobody(), station.ID, secret, "A-1001"); faulttest.Code(err) != "output.badge" {
			t.Errorf("after the registrations ended: %v", err)
		}
	})
}

func TestAPrintForCareIsCountedAndNotBounded(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for range 3 {
			h.print("chen", h.printing())
		}
		used, err := h.room.MyQuota(h.as("chen"), "care")
		if err != nil || used.Day != 1 || used.DayMost != 0 {
			t.Errorf("one patient three times: %+v %v", used, err)
		}
		h.setProfile("care", func(p *output.Profile) { p.Burst = 1 })
		for range 2 {
			in := h.printing()
			in.Documents = []output.Wanted{{Document: h.file(h.ill[1], "病程记录", "一般情况可。")}}
			h.print("chen", in)
		}
		if !slices.Equal(h.tasks(), []string{"output.volume"}) {
			t.Errorf("nobody, or everybody, looks at an unusual number: %v", h.tasks())
		}
	})
}
