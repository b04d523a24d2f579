package decide

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// telling writes into the account of a round what was asked and what was said: the
// people and things as its objects, and each answer as a word that names them by their
// place among those. The house itself has place 0. See docs/format/decide.md.
type telling struct {
	places map[policy.Object]int
	words  []string
}

func (t *telling) tell(r *act.Reading, action string, j judged) {
	person, object := "-", "-"
	if j.person != "" {
		person = t.place(r, policy.Object{Kind: "Person", ID: j.person})
	}
	switch {
	case j.document != "" && j.patient != "":
		object = t.place(r, policy.Object{Kind: "Document", ID: j.document, Patient: j.patient})
	case j.patient != "":
		object = t.place(r, policy.Object{Kind: "Patient", ID: j.patient, Patient: j.patient})
	}
	if !named[action] {
		action = "-"
	}
	t.words = append(t.words, strings.Join([]string{person, object, action, string(j.Decision)}, "."))
}

func (t *telling) place(r *act.Reading, o policy.Object) string {
	if t.places == nil {
		t.places = map[policy.Object]int{}
	}
	n, met := t.places[o]
	if !met {
		n = len(t.places) + 1
		t.places[o] = n
		r.Concerns(o)
	}
	return strconv.Itoa(n)
}

// longestNote is what a note of an entry holds at most, in bytes.
const longestNote = 256

// note packs the words into as few notes as hold them.
func (t *telling) note(r *act.Reading, purpose string) {
	if !published(purpose) {
		purpose = "-"
	}
	r.Note("purpose", purpose)
	var line string
	lines := 0
	keep := func() {
		r.Note(fmt.Sprintf("answers-%02d", lines), line)
		lines++
	}
	for _, word := range t.words {
		if len(line)+1+len(word) > longestNote {
			keep()
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	keep()
}
