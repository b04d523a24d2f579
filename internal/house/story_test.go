package house_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
)

type document struct {
	ID, Title, State, Author, Reason string
	Version, Shown                   int
	Sections                         []section
	Versions                         []struct {
		Number int
		Signed bool
	}
	Signatures []struct {
		Person, Role string
		Valid        bool
	}
	Tie  *struct{ Kind string }
	Mark struct{ Code, Account string }
}

type section struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// scene is the story's setting: a resident with a patient of his own and a
// document that he wrote.
type scene struct {
	doctor   *housetest.Caller
	patient  string
	number   string // record number
	document document
}

func setScene(t *testing.T, h *housetest.House) scene {
	t.Helper()
	for _, who := range h.People() {
		if !who.Is("resident") {
			continue
		}
		s := scene{doctor: h.SignIn(who)}
		var mine struct {
			Items []struct {
				ID, RecordNumber string
				Level            int
			}
		}
		s.doctor.Must("GET", "/api/patients?scope=mine", nil, http.StatusOK, &mine)
		for _, p := range mine.Items {
			var documents struct{ Items []document }
			s.doctor.Must("GET", "/api/patients/"+p.ID+"/documents?limit=200", nil, http.StatusOK, &documents)
			for _, d := range documents.Items {
				if d.Author == who.Person && p.Level == 1 {
					s.patient, s.number = p.ID, p.RecordNumber
					s.doctor.Must("GET", "/api/documents/"+d.ID, nil, http.StatusOK, &s.document)
					return s
				}
			}
		}
	}
	t.Fatal("the demo hospital has no resident with a document of his own")
	return scene{}
}

func TestTheStory(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		correctAnError(t, s)
		stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))
		refuseAndBreakTheGlass(t, h, s, stranger)
		watch(t, h, s, stranger)
		verifyClean(t, h)
	})
}

func correctAnError(t *testing.T, s scene) {
	t.Helper()
	before := s.document
	if before.Mark.Code == "" || len(before.Sections) == 0 {
		t.Fatalf("%+v", before)
	}
	amended := append([]section(nil), before.Sections...)
	amended[0].Text += "（更正：补录青霉素过敏史）"
	path := "/api/documents/" + before.ID
	s.doctor.Must("POST", path+"/versions", map[string]any{"base": before.Version, "sections": amended, "reason": "补录过敏史", "sign": true}, http.StatusCreated, nil)
	var now, first document
	s.doctor.Must("GET", path, nil, http.StatusOK, &now)
	if now.Version != before.Version+1 || now.Sections[0] != amended[0] || now.Reason != "补录过敏史" || now.State != "signed" {
		t.Errorf("%+v", now)
	}
	if len(now.Signatures) != 1 || !now.Signatures[0].Valid || now.Signatures[0].Person != s.doctor.Who.Person {
		t.Errorf("signatures: %+v", now.Signatures)
	}
	s.doctor.Must("GET", fmt.Sprintf("%s?version=%d", path, before.Version), nil, http.StatusOK, &first)
	if first.Sections[0] != before.Sections[0] || len(first.Signatures) != 0 {
		t.Errorf("the old version: %+v", first)
	}
	s.doctor.Refused("POST", path+"/versions", map[string]any{"base": before.Version, "sections": amended, "reason": "再次更正"}, "record.guided")
}

func refuseAndBreakTheGlass(t *testing.T, h *housetest.House, s scene, stranger *housetest.Caller) {
	t.Helper()
	refusal := stranger.Refused("GET", "/api/documents/"+s.document.ID, nil, "act.refused")
	if refusal.Status != http.StatusForbidden || refusal.Extra.Way != "break-glass" || refusal.Extra.Patient != s.patient {
		t.Errorf("%+v", refusal)
	}
	remedy := false
	for _, c := range refusal.Extra.Conditions {
		remedy = remedy || !c.Met && c.Remedy.ZH != "" && c.Remedy.EN != ""
	}
	if !remedy || refusal.Detail == "" {
		t.Errorf("a refusal that does not say what to do: %+v", refusal)
	}
	var cards struct{ Cards []struct{ ID, Name string } }
	stranger.Must("POST", "/api/patients/locate", map[string]string{"identifier": s.number}, http.StatusOK, &cards)
	if len(cards.Cards) != 1 || cards.Cards[0].ID != s.patient || !strings.Contains(cards.Cards[0].Name, "*") {
		t.Errorf("%+v", cards)
	}
	glass := "/api/patients/" + s.patient + "/break-glass"
	stranger.Refused("POST", glass, map[string]any{"choice": "emergency-consult"}, "access.invalid")
	var given struct{ Until time.Time }
	stranger.Must("POST", glass, map[string]any{"choice": "emergency-consult", "words": "夜间急会诊，患者意识障碍", "hours": 2}, http.StatusCreated, &given)
	var read document
	stranger.Must("GET", "/api/documents/"+s.document.ID, nil, http.StatusOK, &read)
	if read.Tie == nil || read.Tie.Kind != "glass" {
		t.Errorf("%+v", read.Tie)
	}
	stranger.Refused("POST", "/api/documents/"+s.document.ID+"/versions", map[string]any{"base": read.Version, "sections": read.Sections, "reason": "不该能改"}, "act.refused")
	h.Time.Advance(2*time.Hour + time.Minute)
	stranger = h.SignIn(stranger.Who)
	stranger.Refused("GET", "/api/documents/"+s.document.ID, nil, "act.refused")
}

func watch(t *testing.T, h *housetest.House, s scene, stranger *housetest.Caller) {
	t.Helper()
	auditor := h.SignIn(h.Pick("auditor", nil))
	auditor.Refused("GET", "/api/documents/"+s.document.ID, nil, "act.refused")
	if err := h.Ledger.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	var lines struct {
		Items []struct{ ID, Verb, Outcome, Actor, Tie string }
	}
	auditor.Must("GET", "/api/patients/"+s.patient+"/readers?limit=200&actor="+url.QueryEscape(stranger.Who.Person), nil, http.StatusOK, &lines)
	seen := map[string]bool{}
	glassRead := ""
	for _, l := range lines.Items {
		seen[l.Verb+" "+l.Outcome] = true
		if l.Verb == "record.view" && l.Tie == "glass" {
			glassRead = l.ID
		}
	}
	for _, want := range []string{"record.view refused", "patient.locate done", "access.break-glass done", "record.view done", "record.amend refused"} {
		if !seen[want] {
			t.Errorf("the ledger does not show: %s (%v)", want, seen)
		}
	}
	var proof struct {
		Position, Size int64
		Path           []string
		Checkpoint     string
	}
	auditor.Must("GET", "/api/ledger/entries/"+glassRead+"/proof", nil, http.StatusOK, &proof)
	if proof.Size <= proof.Position || proof.Checkpoint == "" {
		t.Errorf("%+v", proof)
	}
}

func verifyClean(t *testing.T, h *housetest.House) {
	t.Helper()
	report, err := h.Verify(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if !report.Consistent {
		t.Errorf("findings: %+v", report.Findings)
	}
}

func TestADraftSurvivesTheEndOfTheSession(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		writing := map[string]any{"kind": "C0038", "title": "日常病程记录", "sections": []section{{"progress", "病程记录", "患者今日体温正常"}}}
		var saved struct {
			ID  string
			Rev int
		}
		s.doctor.Must("POST", "/api/drafts", map[string]any{"patient": s.patient, "writing": writing}, http.StatusOK, &saved)
		h.Time.Advance(9 * time.Hour)
		s.doctor.Refused("POST", "/api/drafts", map[string]any{"id": saved.ID, "rev": saved.Rev, "patient": s.patient, "writing": writing}, "act.nobody")
		again := h.SignIn(s.doctor.Who)
		var kept struct {
			Rev     int
			Writing struct{ Sections []section }
		}
		again.Must("GET", "/api/drafts/"+saved.ID, nil, http.StatusOK, &kept)
		if kept.Rev != 1 || kept.Writing.Sections[0].Text != "患者今日体温正常" {
			t.Errorf("%+v", kept)
		}
		other := h.SignIn(h.Pick("attending", nil))
		other.Refused("GET", "/api/drafts/"+saved.ID, nil, "record.draft-gone")
		var filed struct{ ID string }
		again.Must("POST", "/api/patients/"+s.patient+"/documents", map[string]any{
			"kind": "C0038", "title": "日常病程记录", "sections": kept.Writing.Sections, "sign": true, "draft": saved.ID,
		}, http.StatusCreated, &filed)
		again.Refused("GET", "/api/drafts/"+saved.ID, nil, "record.draft-gone")
	})
}

func TestASealStopsChangesAndAnArchiveIsNoSeal(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		affairs := h.SignIn(h.Pick("medical-affairs", nil))
		affairs.Purpose = "legal"
		path := "/api/documents/" + s.document.ID
		affairs.Must("POST", path+"/seal", map[string]string{"kind": "dispute"}, http.StatusNoContent, nil)
		change := map[string]any{"base": s.document.Version, "sections": s.document.Sections, "reason": "封存后修改"}
		s.doctor.Refused("POST", path+"/versions", change, "act.refused")
		s.doctor.Refused("POST", path+"/unseal", nil, "act.refused")
		confirmedBySecond(t, h, affairs, "POST", path+"/unseal", nil)
		affairs.Must("POST", path+"/unseal", nil, http.StatusNoContent, nil)
		s.doctor.Must("POST", path+"/versions", change, http.StatusCreated, nil)
	})
}

// tally is how often a ledger tells of a verb with so many objects.
type tally map[struct {
	Verb    string
	Objects int64
}]int

// untold depends on ids, which are drawn (whom an inspection meets, which of two heads a
// review asks), or on the reading itself.
var untold = []string{"inspection.answer", "access.decide-line", "access.see-grants", "ledger.search"}

// toldBy reads a whole ledger without those, and without what the clocks of the house do
// by themselves.
func toldBy(t *testing.T, h *housetest.House) tally {
	t.Helper()
	if err := h.Ledger.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	auditor := h.SignIn(h.Pick("auditor", nil))
	all := tally{}
	var page struct {
		Items []struct {
			Verb    string
			Objects int64
		}
		Next string
	}
	for cursor, more := "", true; more; cursor, more = page.Next, page.Next != "" {
		page.Items, page.Next = nil, ""
		auditor.Must("GET", "/api/ledger?limit=200&cursor="+cursor, nil, http.StatusOK, &page)
		for _, line := range page.Items {
			if !slices.Contains(untold, line.Verb) && !strings.HasSuffix(line.Verb, ".clock") {
				all[line]++
			}
		}
	}
	return all
}

func TestOneEngineIsLikeTheOther(t *testing.T) {
	left, right := toldBy(t, housetest.Demo(t, db.SQLite)), toldBy(t, housetest.Demo(t, db.Postgres))
	for line := range left {
		if left[line] != right[line] {
			t.Errorf("%v: %d times and %d times", line, left[line], right[line])
		}
	}
	if len(left) != len(right) || len(left) < 30 {
		t.Errorf("%d kinds of lines and %d", len(left), len(right))
	}
}
