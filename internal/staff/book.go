package staff

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// How many names are remembered, and for how long at most. Another process of
// the same store shows a change within this time; this one at once.
const (
	bookLife  = 2 * time.Second
	bookLimit = 8192
)

// book remembers how people were shown a moment ago, so that the pages that name
// them need not ask again. Names give no power.
type book struct {
	mu   sync.Mutex
	seen map[bookKey]shown
}

type bookKey struct{ org, person string }

// shown is a name as it was read at a moment. Of nobody there is none.
type shown struct {
	name Name
	any  bool
	at   time.Time
}

func newBook() *book { return &book{seen: map[bookKey]shown{}} }

func (b *book) names(ctx context.Context, r db.Reader, org string, ids []string, at time.Time) (map[string]Name, error) {
	names, unknown := b.recall(org, ids, at)
	if len(unknown) == 0 {
		return names, nil
	}
	read, err := readNames(ctx, r, org, unknown, at)
	if err != nil {
		return nil, err
	}
	b.remember(org, unknown, read, at)
	maps.Copy(names, read)
	return names, nil
}

// recall returns the names that are remembered and the ids of the others.
func (b *book) recall(org string, ids []string, at time.Time) (names map[string]Name, unknown []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	names = make(map[string]Name, len(ids))
	for _, id := range ids {
		s, found := b.seen[bookKey{org, id}]
		switch age := at.Sub(s.at); {
		case !found || age < 0 || age >= bookLife:
			unknown = append(unknown, id)
		case s.any:
			names[id] = s.name
		}
	}
	return names, unknown
}

func (b *book) remember(org string, ids []string, names map[string]Name, at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.seen)+len(ids) > bookLimit {
		clear(b.seen)
	}
	for _, id := range ids {
		name, known := names[id]
		b.seen[bookKey{org, id}] = shown{name, known, at}
	}
}

func (b *book) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.seen)
}
