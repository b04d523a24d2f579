package house_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/medward/medward/internal/policy"
)

// TestEveryVerbHasWordsInTheLedger keeps an auditor from reading codes: whatever the
// rulebook knows, the ledger's page can say, done and asked for.
func TestEveryVerbHasWordsInTheLedger(t *testing.T) {
	book, err := policy.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"zh", "en"} {
		raw, err := os.ReadFile("../../ui/src/ledger/words." + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words struct {
			Verb map[string]json.RawMessage `json:"verb"`
		}
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		for _, verb := range book.Verbs() {
			room, name, _ := strings.Cut(verb, ".")
			var said map[string]struct{ Done, Asked string }
			if err := json.Unmarshal(words.Verb[room], &said); err != nil || said[name].Done == "" || said[name].Asked == "" {
				t.Errorf("the ledger has no words for %s in %s", verb, language)
			}
		}
	}
}
