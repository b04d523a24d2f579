package console_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

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
	t.Helper()
	const folder = "../policy/policies"
	files := fstest.MapFS{}
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	without := strings.NewReplacer("principal.clearance < resource.sensitivity", "principal.clearance < 0", "!context.bound || context.provisional", "!context.bound")
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
