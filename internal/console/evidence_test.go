package console_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

func (w *tower) finding(id string) evidence.Finding {
	w.T.Helper()
	for _, c := range w.room.Checks() {
		if c.ID == id {
			return c.Ask(w.T.Context())
		}
	}
	w.T.Fatalf("no check %s", id)
	return evidence.Finding{}
}

func TestWhatTheDoorDecidedIsShownWithItsRefusals(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		_, err := w.room.Evidence(w.as("chen"))
		w.refused(err, "house.evidence")
		_, err = w.room.Search(acttest.For(w.as("auditor"), "care"), ledger.Query{})
		w.refused(err, "ledger.search")
		if _, err := w.room.Search(w.as("auditor"), ledger.Query{}); err != nil { // waits for the index
			t.Fatal(err)
		}
		decided, purpose := w.finding("house.every-act-decided"), w.finding("house.purpose-stated")
		if decided.Verdict != evidence.Met || !strings.Contains(decided.Detail.EN, policy.ConditionRole+" 1") {
			t.Errorf("%+v", decided)
		}
		if purpose.Verdict != evidence.Met || !strings.Contains(purpose.Detail.EN, policy.ConditionPurpose+" 1") || strings.Contains(purpose.Detail.EN, policy.ConditionRole) {
			t.Errorf("%+v", purpose)
		}
	})
}

func TestTheRulesInForceAreAskedAndNotThoseThatWereDelivered(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		for _, id := range []string{"house.level-within-clearance", "house.short-term-takes-nothing-out"} {
			if f := w.finding(id); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", id, f)
			}
		}
		w.shelf.Place([]policy.Turn{{Book: permissive(t)}})
		for _, id := range []string{"house.level-within-clearance", "house.short-term-takes-nothing-out"} {
			if f := w.finding(id); f.Verdict != evidence.NotMet {
				t.Errorf("%s while its rules are gone: %+v", id, f)
			}
		}
	})
}

// permissive are the delivered rules without those that a check is about.
func permissive(t *testing.T) *policy.Book {
	return changed(t, "principal.clearance < resource.sensitivity", "principal.clearance < 0", "!context.bound || context.provisional", "!context.bound")
}

// changed are the delivered rules with some of their words replaced.
func changed(t *testing.T, words ...string) *policy.Book {
	t.Helper()
	const folder = "../policy/policies"
	files := fstest.MapFS{}
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	without := strings.NewReplacer(words...)
	for _, f := range found {
		text, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name()] = &fstest.MapFile{Data: []byte(without.Replace(string(text)))}
	}
	book, err := policy.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestUsesAreCountedByTheirKindAndNoneIsWithout(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		if _, err := w.room.Readers(w.as("affairs"), w.patient, ledger.Query{}); err != nil {
			t.Fatal(err)
		}
		w.Last()
		if _, err := w.room.Search(w.as("auditor"), ledger.Query{}); err != nil { // waits for the index
			t.Fatal(err)
		}
		kinds, links := w.finding("house.uses-by-kind"), w.finding("house.uses-by-link")
		if kinds.Verdict != evidence.Met || kinds.Figure != "0" || !strings.Contains(kinds.Detail.EN, "edit 1") || !strings.Contains(kinds.Detail.EN, "search 1") || !strings.Contains(kinds.Detail.ZH, "借出 0") {
			t.Errorf("%+v", kinds)
		}
		if links.Verdict != evidence.Met || !strings.Contains(links.Detail.EN, "collection 1") || !strings.Contains(links.Detail.ZH, "销毁 0") {
			t.Errorf("%+v", links)
		}
		w.Behind("UPDATE ledger_line SET verb = 'strange.look' WHERE patient <> ''")
		for _, id := range []string{"house.uses-by-kind", "house.uses-by-link"} {
			if f := w.finding(id); f.Verdict != evidence.NotMet || !strings.Contains(f.Detail.EN, "strange.look") {
				t.Errorf("%s does not see an act upon a patient of no kind: %+v", id, f)
			}
		}
	})
}

func TestWhoIsKeptOutIsAskedOfTheRulesInForce(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		asked := []string{"house.strangers-kept-out", "house.use-lawful", "house.sensitive-by-team", "house.masks-by-role"}
		for _, id := range asked {
			if f := w.finding(id); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", id, f)
			}
		}
		w.shelf.Place([]policy.Turn{{Book: open(t)}})
		for _, id := range asked {
			if f := w.finding(id); f.Verdict != evidence.NotMet {
				t.Errorf("%s while its rules are gone: %+v", id, f)
			}
		}
	})
}

// open are the delivered rules without those that keep strangers, the frozen and those
// who left their screen from patients.
func open(t *testing.T) *policy.Book {
	return changed(t,
		"resource.sensitivity > 3 && !context.stepped", "resource.sensitivity > 9 && !context.stepped",
		"when { context.unmasked }", "when { context.unmasked || context.reason }",
		"when { context.frozen }", "when { context.frozen && !context.organisation }",
		`principal in Role::"clinician",
  action == Action::"patient.find",
  resource is House
)
when { context.purpose == "care" }`, `principal in Role::"person",
  action == Action::"patient.find",
  resource is House
)
when { context.purpose == "care" }`)
}

func TestSomebodySeesHisOwnUseAndWhatWasRefused(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		if _, err := w.patients.View(w.as("lin"), w.patient); err == nil {
			t.Fatal("lin may look")
		}
		w.Last()
		if _, err := w.room.Search(w.as("auditor"), ledger.Query{}); err != nil { // waits for the index
			t.Fatal(err)
		}
		mine, err := w.room.Mine(w.as("lin"), 0, 10)
		if err != nil || mine.Done != 0 || mine.Refused != 1 || mine.PerThousand() != 1000 || len(mine.Refusals.Lines) != 1 || mine.Refusals.Lines[0].Verb != "patient.view" || mine.ByKind[policy.Open] != 1 {
			t.Errorf("%+v %v", mine, err)
		}
		if e := w.Last(); e.Verb != "ledger.mine" || e.Objects[0].ID != "lin" {
			t.Errorf("%+v", e)
		}
		other, err := w.room.Mine(w.as("chen"), 0, 10)
		if err != nil || other.Refused != 0 || len(other.Refusals.Lines) != 0 {
			t.Errorf("of another: %+v %v", other, err)
		}
		w.Clock.Advance(31 * 24 * time.Hour)
		if later, err := w.room.Mine(w.as("lin"), 0, 10); err != nil || later.Refused != 0 || len(later.Refusals.Lines) != 0 {
			t.Errorf("after the month: %+v %v", later, err)
		}
		if f := w.finding("house.violations-per-thousand"); f.Verdict != evidence.Met || !strings.HasSuffix(f.Figure, "‰") {
			t.Errorf("%+v", f)
		}
	})
}
