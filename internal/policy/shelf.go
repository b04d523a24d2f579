package policy

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sync/atomic"
	"time"

	"github.com/cedar-policy/cedar-go"
)

// Turn says which rules hold from a moment.
type Turn struct {
	Since, Until time.Time // Until zero: until another turn
	Book         *Book     // nil: the delivered rules alone
	Limits       Limits
}

// Limits are what an organisation sets of the ladder. Zero is as delivered.
type Limits struct {
	ReasonHours int `json:"reasonHours,omitempty"` // a stated reason lasts, 1 to 24
	GlassHours  int `json:"glassHours,omitempty"`  // a break-glass lasts at most, 1 to 8

	FreezeAfter   int `json:"freezeAfter,omitempty"`   // so many patients or things refused beyond one's scope freeze what is extra, 3 to 100
	FreezeMinutes int `json:"freezeMinutes,omitempty"` // within so long, 5 to 1440
	FreezeHours   int `json:"freezeHours,omitempty"`   // for so long, 1 to 72

	IdleDays int `json:"idleDays,omitempty"` // a grant that nobody uses for so long ends after a notice, 14 to 365
}

// FreezeWindow is how long refusals are counted together.
func (l Limits) FreezeWindow() time.Duration { return time.Duration(l.FreezeMinutes) * time.Minute }

// The longest that an organisation can set, and what is delivered.
const (
	MaxReasonHours = 24
	MaxGlassHours  = 8

	MinFreezeAfter   = 3
	MaxFreezeAfter   = 100
	MinFreezeMinutes = 5
	MaxFreezeMinutes = 24 * 60
	MaxFreezeHours   = 72

	MinIdleDays = 14
	MaxIdleDays = 365

	usualFreezeAfter   = 10
	usualFreezeMinutes = 60
	usualFreezeHours   = 24
	usualIdleDays      = 90
)

// Or returns the limits with what is delivered in the place of zeros.
func (l Limits) Or() Limits {
	if l.ReasonHours == 0 {
		l.ReasonHours = MaxReasonHours
	}
	if l.GlassHours == 0 {
		l.GlassHours = MaxGlassHours
	}
	l.FreezeAfter = cmp.Or(l.FreezeAfter, usualFreezeAfter)
	l.FreezeMinutes = cmp.Or(l.FreezeMinutes, usualFreezeMinutes)
	l.FreezeHours = cmp.Or(l.FreezeHours, usualFreezeHours)
	l.IdleDays = cmp.Or(l.IdleDays, usualIdleDays)
	return l
}

// Shelf is the rulebook of an organisation as it changes: the delivered rules, and
// beside them those of the release whose turn it is. It is asked by many at once.
type Shelf struct {
	delivered *Book
	withheld  *Book
	org       string
	turns     atomic.Pointer[[]Turn]
}

//go:embed withheld.cedar
var withheldFile embed.FS

// NewShelf returns a shelf that holds the delivered rules only.
func NewShelf(delivered *Book, org string) (*Shelf, error) {
	withheld, err := delivered.withheld()
	if err != nil {
		return nil, fmt.Errorf("policy: the rules for when a release cannot be trusted: %w", err)
	}
	s := &Shelf{delivered: delivered, withheld: withheld, org: org}
	s.Place(nil)
	return s, nil
}

// withheld adds what holds while it is not known which own rules are in force.
func (b *Book) withheld() (*Book, error) {
	text, err := fs.ReadFile(withheldFile, "withheld.cedar")
	if err != nil {
		return nil, err
	}
	list, err := cedar.NewPolicyListFromBytes("withheld.cedar", text)
	if err != nil {
		return nil, err
	}
	more := b.copied()
	for _, p := range list {
		a, err := newArticle("withheld.cedar", p, b.words, delivered)
		if err == nil {
			err = b.check.Policy(a.ID, a.policy)
		}
		if err != nil {
			return nil, err
		}
		more.keep(a)
	}
	return more, nil
}

// Place puts the turns of releases on the shelf, in the order in which they were
// ordered: a later one outweighs those before it from its beginning on.
func (s *Shelf) Place(turns []Turn) {
	held := slices.Clone(turns)
	s.turns.Store(&held)
}

// Withhold closes what a release could have closed, because it cannot be read or
// was forged: what is left is the care of one's own patients, and what keeps the
// house answerable.
func (s *Shelf) Withhold() { s.Place([]Turn{{Book: s.withheld}}) }

// Withheld reports whether the shelf is closed so.
func (s *Shelf) Withheld() bool {
	turns := *s.turns.Load()
	return len(turns) == 1 && turns[0].Book == s.withheld
}

// At returns the rules that hold at a moment.
func (s *Shelf) At(at time.Time) *Book {
	if t := s.turnAt(at); t.Book != nil {
		return t.Book
	}
	return s.delivered
}

// LimitsAt returns the limits that hold at a moment.
func (s *Shelf) LimitsAt(at time.Time) Limits { return s.turnAt(at).Limits.Or() }

func (s *Shelf) turnAt(at time.Time) Turn {
	for _, t := range slices.Backward(*s.turns.Load()) {
		if t.Since.After(at) {
			continue
		}
		if !t.Until.IsZero() && !t.Until.After(at) {
			break
		}
		return t
	}
	return Turn{}
}

// Delivered returns the rules that Medward is delivered with.
func (s *Shelf) Delivered() *Book { return s.delivered }

// Decide answers a request by the rules that hold at its moment.
func (s *Shelf) Decide(r Request) Decision {
	if r.Actor.Org != s.org {
		return s.delivered.Decide(r)
	}
	return s.At(r.At).Decide(r)
}

// Verbs returns every verb of the schema, sorted.
func (s *Shelf) Verbs() []string { return s.delivered.Verbs() }

// Kinds returns the kinds of object a verb applies to, sorted.
func (s *Shelf) Kinds(verb string) []string { return s.delivered.Kinds(verb) }

// GrantVerbs returns the verbs that a grant can open, sorted.
func (s *Shelf) GrantVerbs() []string { return s.delivered.GrantVerbs() }
