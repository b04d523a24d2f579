package duty

import (
	"slices"
	"strings"
	"sync"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// Kind is what there is to do. Kinds are program text of the room that opens them.
type Kind struct {
	ID   string // room.what
	Name fault.Text
	// Limit is how long it may take where nobody says otherwise.
	Limit calendar.Limit
	// Remind says after which parts of the time the holder is reminded.
	Remind []calendar.Fraction
	// Interim says after which parts of the time an interim report is due.
	Interim []calendar.Fraction
	// Escalate is the chain along which a late task climbs.
	Escalate []Rung
	// Asked says that people may ask for it themselves.
	Asked bool
	// Recurs says that a periodic duty may be made of it.
	Recurs bool
}

// Room is the room that opens the kind.
func (k *Kind) Room() string {
	room, _, _ := strings.Cut(k.ID, ".")
	return room
}

// Reach says to whom a late task climbs.
type Reach string

// The steps of a chain.
const (
	Superior Reach = "superior" // the next in rank of the holder's team, or else the head
	Head     Reach = "head"     // of the department
	Office   Reach = "office"   // whoever holds a role, or is administrator on duty where nobody does
)

// Rung is one step of a chain.
type Rung struct {
	To    Reach
	Role  string         // of an office
	After calendar.Limit // since the deadline; at once when zero
}

// Usual is the chain of ordinary work: the superior at the deadline, the head after
// a working day, medical affairs after two.
func Usual() []Rung {
	return []Rung{
		{To: Superior},
		{To: Head, After: calendar.Limit{N: 1, Unit: calendar.WorkingDays}},
		{To: Office, Role: "medical-affairs", After: calendar.Limit{N: 2, Unit: calendar.WorkingDays}},
	}
}

var half, twoThirds = calendar.Fraction{N: 1, Of: 2}, calendar.Fraction{N: 2, Of: 3}

var registry = struct {
	sync.Mutex
	kinds map[string]*Kind
}{kinds: map[string]*Kind{}}

// Define adds a kind. It panics on one that cannot work and on a second of the
// same id: kinds are program text.
func Define(k Kind) *Kind {
	registry.Lock()
	defer registry.Unlock()
	if _, twice := registry.kinds[k.ID]; twice || k.Limit.IsZero() || k.Name.ZH == "" || k.Name.EN == "" || !strings.Contains(k.ID, ".") {
		panic("duty: a kind needs an id of its own, a name and a limit: " + k.ID)
	}
	registry.kinds[k.ID] = &k
	return &k
}

// Kinds returns every kind by its id.
func Kinds() []*Kind {
	registry.Lock()
	defer registry.Unlock()
	all := make([]*Kind, 0, len(registry.kinds))
	for _, k := range registry.kinds {
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b *Kind) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// kindOf finds a kind. A task of one that is no longer known keeps its row and
// shows its id.
func kindOf(id string) *Kind {
	registry.Lock()
	defer registry.Unlock()
	if k := registry.kinds[id]; k != nil {
		return k
	}
	return &Kind{ID: id, Name: fault.Text{ZH: id, EN: id}, Escalate: Usual()}
}

func known(id string) bool {
	registry.Lock()
	defer registry.Unlock()
	return registry.kinds[id] != nil
}
