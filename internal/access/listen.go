package access

import (
	"sync"

	"github.com/medward/medward/internal/duty"
)

// listeners are the open pages of this process, by person.
type listeners struct {
	mu       sync.Mutex
	byPerson map[string]map[chan duty.Ended]bool
}

// heldBack is how many ends one page may be behind; beyond it, asking again tells.
const heldBack = 16

// Listen returns a channel on which a person is told, within seconds, of what of his has
// ended, and how to stop listening. It is made for whoever streams to his open pages.
func (room *Room) Listen(person string) (told <-chan duty.Ended, leave func()) {
	l := &room.pages
	l.mu.Lock()
	defer l.mu.Unlock()
	c := make(chan duty.Ended, heldBack)
	if l.byPerson == nil {
		l.byPerson = map[string]map[chan duty.Ended]bool{}
	}
	if l.byPerson[person] == nil {
		l.byPerson[person] = map[chan duty.Ended]bool{}
	}
	l.byPerson[person][c] = true
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if delete(l.byPerson[person], c); len(l.byPerson[person]) == 0 {
			delete(l.byPerson, person)
		}
	}
}

// any reports whether anybody listens.
func (l *listeners) any() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.byPerson) > 0
}

func (l *listeners) tell(person string, what duty.Ended) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.byPerson[person] {
		select {
		case c <- what:
		default:
		}
	}
}
