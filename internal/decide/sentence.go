package decide

import (
	"strings"
	"sync/atomic"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// sentences remembers what the rules of the book in force say.
type sentences struct{ newest atomic.Pointer[said] }

type said struct {
	book   *policy.Book
	byRule map[string]fault.Text
}

// of is what some rules of a book say, one after another.
func (s *sentences) of(book *policy.Book, rules []string) fault.Text {
	known := s.newest.Load()
	if known == nil || known.book != book {
		known = &said{book, map[string]fault.Text{}}
		for _, r := range book.Rules() {
			known.byRule[r.ID] = r.Sentence
		}
		s.newest.Store(known)
	}
	var zh, en []string
	for _, id := range rules {
		if text, found := known.byRule[id]; found {
			zh, en = append(zh, text.ZH), append(en, text.EN)
		}
	}
	return fault.Text{ZH: strings.Join(zh, ""), EN: strings.Join(en, " ")}
}
