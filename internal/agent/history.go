package agent

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/medward/medward/internal/agent/spool"
)

// stateFile is where an agent at work says how it is doing, beside the spool.
const stateFile = "state.json"

// Said is what an agent says of itself. Nothing of a patient stands in it.
type Said struct {
	At time.Time `json:"at"`
	// Delivered is when something last reached the server; zero when nothing did since the
	// agent began, Count how many messages and gatherings of lines did.
	Delivered time.Time `json:"delivered,omitzero"`
	Count     int       `json:"count"`
	// Away is why the server of messages does not answer, LogsAway that of logs.
	Away     string `json:"away,omitempty"`
	LogsAway string `json:"logsAway,omitempty"`
	// Refused are messages that wait because the server refuses them.
	Refused []Refusal `json:"refused,omitempty"`
	// Dropped are datagrams that could not be kept.
	Dropped int `json:"dropped,omitempty"`
	// Stopped is set when the agent ended in its own way.
	Stopped bool `json:"stopped,omitempty"`
}

// Refusal is why what waits of a sender is not taken.
type Refusal struct {
	Application string    `json:"application"`
	Facility    string    `json:"facility,omitempty"`
	Rule        string    `json:"rule"`
	Arrived     time.Time `json:"arrived"`
}

// history is what happened since the agent began.
type history struct {
	mu      sync.Mutex
	last    time.Time
	count   int
	refused map[byte]Refusal
	dropped int
}

func (h *history) delivered(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last, h.count = at, h.count+1
}

func (h *history) refusedAs(lane byte, r Refusal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.refused == nil {
		h.refused = map[byte]Refusal{}
	}
	h.refused[lane] = r
}

func (h *history) settled(lane byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.refused, lane)
}

func (h *history) drop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dropped++
}

func (h *history) said(at time.Time) Said {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Said{At: at, Delivered: h.last, Count: h.count, Dropped: h.dropped,
		Refused: slices.SortedFunc(maps.Values(h.refused), func(a, b Refusal) int { return a.Arrived.Compare(b.Arrived) })}
}

// tell writes the state now and then until ctx ends.
func (a *Agent) tell(ctx context.Context) {
	for {
		if err := a.writeState(ctx); err != nil {
			a.Log.WarnContext(ctx, "the state of the agent could not be written", "cause", err)
		}
		if !wait(ctx, a.Paces.Told) {
			return
		}
	}
}

func (a *Agent) writeState(ctx context.Context) error {
	said := a.history.said(a.Clock.Now())
	said.Stopped = ctx.Err() != nil
	if err := a.server.trouble(); err != nil {
		said.Away = err.Error()
	}
	if err := a.logs.trouble(); err != nil {
		said.LogsAway = err.Error()
	}
	text, err := json.Marshal(said)
	if err != nil {
		return err
	}
	path := filepath.Join(a.Folder, stateFile)
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// State is what waits in a folder and what its agent said last.
type State struct {
	spool.State
	Said *Said `json:"said,omitempty"` // nil when no agent ever said anything
}

// Look tells the state of an agent from its folder, without its key and beside it.
func Look(folder string) (State, error) {
	kept, err := spool.Look(folder)
	if err != nil {
		return State{}, err
	}
	text, err := os.ReadFile(filepath.Join(folder, stateFile)) //nolint:gosec // named by the operator
	if errors.Is(err, fs.ErrNotExist) {
		return State{State: kept}, nil
	}
	if err != nil {
		return State{}, err
	}
	said := new(Said)
	if err := json.Unmarshal(text, said); err != nil {
		return State{State: kept}, nil //nolint:nilerr // a crash may leave it half written; then nothing is known
	}
	return State{State: kept, Said: said}, nil
}

// silentAfter is how old the word of an agent at work may be.
const silentAfter = time.Minute

// Finding is something that an operator should see.
type Finding string

const (
	FindingNotRunning Finding = "not-running" // no agent is at work in the folder
	FindingWaiting    Finding = "waiting"     // something waits for longer than it should
	FindingRefused    Finding = "refused"     // the server refuses what waits
	FindingSetAside   Finding = "set-aside"   // a record was damaged
	FindingDropped    Finding = "dropped"     // datagrams were lost
)

// Findings are what is amiss, when what waits may be so old.
func (s State) Findings(now time.Time, patience time.Duration) (found []Finding) {
	add := func(is bool, f Finding) {
		if is {
			found = append(found, f)
		}
	}
	add(s.Said == nil || s.Said.Stopped || now.Sub(s.Said.At) > silentAfter, FindingNotRunning)
	add(!s.Oldest.IsZero() && now.Sub(s.Oldest) > patience, FindingWaiting)
	add(s.Said != nil && len(s.Said.Refused) > 0, FindingRefused)
	add(s.SetAside > 0, FindingSetAside)
	add(s.Said != nil && s.Said.Dropped > 0, FindingDropped)
	return found
}
