package inspection_test

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/inspection"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/staff"
)

func (h *hospital) look(name, role string) error {
	_, err := h.patients.View(h.doctor(name, role), h.patient)
	return err
}

func TestAPatientIsAnsweredAbout(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for range 2 {
			if err := h.look("chen", "attending"); err != nil {
				t.Fatal(err)
			}
		}
		stranger := h.Person(h.people["gu"], []string{"surgery"}, 4, "resident")
		for range 3 {
			if _, err := h.patients.View(stranger, h.patient); err == nil {
				t.Fatal("a stranger opened the patient")
			}
		}
		if _, err := h.access.BreakGlass(stranger, access.Asking{Patient: h.patient, Choice: "resuscitation", Words: "夜间抢救，立即需要"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.patients.View(stranger, h.patient); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(8 * 24 * time.Hour)
		d := h.answers(h.auditor(), h.names(inspection.Patient, "R0001").ID)

		h.judged(d, "registered", inspection.InOrder)
		opened := h.judged(d, "opened", inspection.InOrder)
		if h.figure(opened, "in 180 days") != "3" || h.figure(opened, "care relation") != "2" || h.figure(opened, "break-glass") != "1" {
			t.Errorf("opened: %v", opened.Figures)
		}
		if refused := h.judged(d, "refused", inspection.ToExplain); h.figure(refused, "refused") != "3" {
			t.Errorf("refused: %v", refused.Figures)
		}
		if glass := h.judged(d, "reasons", inspection.NotInOrder); h.figure(glass, "overdue for review") != "1" {
			t.Errorf("reasons: %v", glass.Figures)
		}
		reach := h.judged(d, "reach", inspection.InOrder)
		if !slices.ContainsFunc(reach.Lines, func(l inspection.Line) bool { return l.Person == h.people["chen"] }) {
			t.Errorf("chen could open it: %v", reach.Lines)
		}
		if d.Verdict != inspection.NotInOrder || d.Subject.Name.ZH == "李四" || !strings.HasPrefix(d.Subject.Name.ZH, "李") {
			t.Errorf("%s, %q", d.Verdict, d.Subject.Name.ZH)
		}
		account(t, h, d)
	})
}

// account holds the dossier against its ledger entry and its proofs.
func account(t *testing.T, h *hospital, d inspection.Dossier) {
	t.Helper()
	e := h.Last()
	if e.Verb != "inspection.answer" || e.Note["digest"] != hex.EncodeToString(d.Digest) || e.Note["draw"] != d.Draw.ID || e.Note["verdict"] != string(d.Verdict) {
		t.Errorf("the account of the answer: %+v", e)
	}
	signed, err := ledger.OpenCheckpoint(d.Checkpoint.Note, h.Vault.LedgerSigner().PublicKey())
	if err != nil || len(d.Entries) == 0 {
		t.Fatalf("%d entries: %v", len(d.Entries), err)
	}
	named := map[string]bool{}
	for _, p := range d.Entries {
		named[p.ID] = true
		if p.Proof == nil || p.Proof.Size != signed.Size || !bytes.Equal(p.Proof.Root, signed.Root[:]) || !bytes.Contains(p.Proof.Entry, []byte(p.ID)) {
			t.Errorf("entry %s is not proven", p.ID)
		}
	}
	for _, q := range d.Questions {
		for _, id := range q.Entries {
			if !named[id] {
				t.Errorf("%s names %s, which is not among the entries", q.ID, id)
			}
		}
	}
}

func TestFiguresAreForAllAndNamesForThoseWhoMay(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		if err := h.look("chen", "attending"); err != nil {
			t.Fatal(err)
		}
		d := h.answers(h.president(), h.names(inspection.Patient, h.patient).ID)
		opened := h.judged(d, "opened", inspection.InOrder)
		if h.figure(opened, "in 180 days") != "1" || len(opened.Lines) != 0 || opened.Withheld == nil {
			t.Fatalf("the leadership was shown %+v", opened)
		}
		if !slices.ContainsFunc(opened.Withheld.Who, func(r fault.Text) bool { return r.EN == "auditor" }) {
			t.Errorf("who may is not said: %v", opened.Withheld.Who)
		}
		if reach := h.question(d, "reach"); reach.Withheld == nil || len(reach.Figures) != 0 {
			t.Errorf("reach: %+v", reach)
		}
		if d.Proofs == nil || slices.ContainsFunc(d.Entries, func(p inspection.Proven) bool { return p.Proof != nil }) {
			t.Error("the leadership was given proofs, which hold entries")
		}
		affairs := h.answers(h.affairs(), d.Draw.ID)
		if opened := h.question(affairs, "opened"); len(opened.Lines) != 1 || opened.Lines[0].Person != h.people["chen"] {
			t.Errorf("medical affairs was shown %+v", opened.Lines)
		}
	})
}

func TestALeaverWhoseSessionWentOnIsNotInOrder(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.signIn("gu", h.Clock.Now())
		h.Clock.Advance(time.Hour)
		if _, err := h.staff.Leave(h.admin, staff.NewDeparture{Person: h.people["gu"], Kind: staff.Resigned}); err != nil {
			t.Fatal(err)
		}
		gone := h.Clock.Now()
		h.Clock.Advance(time.Hour)
		draw := h.draws(inspection.Leaver, 12)
		d := h.answers(h.auditor(), draw.ID)
		if d.Subject.Person != h.people["gu"] {
			t.Fatalf("drawn was %+v", d.Subject)
		}
		for _, id := range []string{"left", "sessions", "posts", "grants", "delegations", "after", "minutes"} {
			h.judged(d, id, inspection.InOrder)
		}
		if lines := h.question(d, "lines"); lines.Verdict == inspection.NotInOrder {
			t.Errorf("the exit list: %s", lines.Says.EN)
		}
		account(t, h, d)

		h.signIn("gu", gone.Add(30*time.Minute))
		if _, err := h.patients.View(h.doctor("gu", "resident"), h.patient); err == nil {
			t.Fatal("gu opened a patient who is not his")
		}
		d = h.answers(h.auditor(), draw.ID)
		if late := h.judged(d, "sessions", inspection.NotInOrder); h.figure(late, "used after it") != "1" {
			t.Errorf("sessions: %v", late.Figures)
		}
		if after := h.judged(d, "after", inspection.ToExplain); h.figure(after, "refused") != "1" {
			t.Errorf("after: %v", after.Figures)
		}
		if took := h.judged(d, "minutes", inspection.NotInOrder); h.figure(took, "seconds") != "1800" {
			t.Errorf("minutes: %v", took.Figures)
		}
	})
}

// signIn puts a session behind the house, last used at a moment.
func (h *hospital) signIn(name string, at time.Time) {
	id, micros := "session-"+name+at.Format("150405"), at.UnixMicro()
	h.Behind(`INSERT INTO identity_session (org, id, token, account, person, since, seen, until, successor, ip, terminal, zone, tunnel, purpose, change, means, fallback, strong, stepped,
		proved_ip, proved_terminal, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', '', '', '', '', '', '', '', 0, 0, '', '', $9)`,
		acttest.Org, id, []byte(id), "account-"+name, h.people[name], micros, micros, at.Add(8*time.Hour).UnixMicro(), []byte{0})
}

func TestAPersonIsAnsweredAbout(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		if err := h.look("chen", "attending"); err != nil {
			t.Fatal(err)
		}
		d := h.answers(h.auditor(), h.names(inspection.Person, "N-chen").ID)
		if posts := h.judged(d, "posts", inspection.InOrder); h.figure(posts, "posts held") != "1" || len(posts.Entries) == 0 {
			t.Errorf("posts: %+v", posts)
		}
		opened := h.judged(d, "opened", inspection.InOrder)
		if h.figure(opened, "patients") != "1" || len(opened.Lines) != 1 || opened.Lines[0].Patient != h.patient || d.Patients[h.patient] == "李四" {
			t.Errorf("opened: %+v, called %q", opened, d.Patients[h.patient])
		}
		h.judged(d, "conflicts", inspection.InOrder)
		account(t, h, d)
	})
}

func TestASealedCaseIsAnsweredAbout(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		if err := h.look("chen", "attending"); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(time.Hour)
		placed, err := h.access.PlaceSeal(h.affairs(), access.Sealing{Patient: h.patient, Kind: access.Attention, Words: "网络舆情，立即封存"})
		if err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(5 * time.Second)
		stranger := h.Person(h.people["gu"], []string{"surgery"}, 4, "resident")
		if _, err := h.patients.View(stranger, h.patient); err == nil {
			t.Fatal("a stranger looked under the seal")
		}
		if err := h.look("chen", "attending"); err != nil {
			t.Fatal(err)
		}
		d := h.answers(h.auditor(), h.draws(inspection.Sealed, 5).ID)
		if d.Draw.Subject != placed.ID {
			t.Fatalf("drawn was %s", d.Draw.Subject)
		}
		h.judged(d, "order", inspection.InOrder)
		effect := h.judged(d, "effect", inspection.InOrder)
		if h.figure(effect, "seconds to the first refusal") != "5" || h.figure(effect, "opened since") != "1" {
			t.Errorf("effect: %v", effect.Figures)
		}
		if before := h.judged(d, "before", inspection.InOrder); h.figure(before, "opened") != "1" {
			t.Errorf("before: %v", before.Figures)
		}
		if attempts := h.judged(d, "attempts", inspection.InOrder); h.figure(attempts, "refused") != "1" {
			t.Errorf("attempts: %v", attempts.Figures)
		}
		h.judged(d, "unsealing", inspection.InOrder)
		account(t, h, d)

		h.Clock.Advance(8 * 24 * time.Hour)
		late := h.answers(h.auditor(), d.Draw.ID)
		h.judged(late, "renewals", inspection.NotInOrder)
	})
}
