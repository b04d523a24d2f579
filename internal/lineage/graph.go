package lineage

import (
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

// Kinds of node, in the order in which data passes through them.
const (
	Origin    = "origin"    // a source, or whoever wrote
	Received  = "received"  // the file in which it came
	Document  = "document"  // as it is stored
	Version   = "version"   //
	Signature = "signature" //
	Issue     = "issue"     // a print, an export, a copy of text
	Forward   = "forward"   // pointed out to a colleague
	Sending   = "sending"   // left for a recipient
	Receipt   = "receipt"   // what the recipient says of it
	Return    = "return"    // came back, was destroyed, or stays on a file
)

// Node is one place or state of data.
type Node struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`
	Name   fault.Text `json:"name"`
	At     time.Time  `json:"at,omitzero"`
	Person string     `json:"person,omitempty" doc:"who did it"`
	Digest string     `json:"digest,omitempty" doc:"SM3, hexadecimal"`
}

// Edge leads from where data was to where it went.
type Edge struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Use is one time that somebody did something with it, as the ledger tells.
type Use struct {
	Entry   string    `json:"entry"`
	At      time.Time `json:"at"`
	Verb    string    `json:"verb"`
	Outcome string    `json:"outcome"`
	Person  string    `json:"person,omitempty"`
	Machine string    `json:"machine,omitempty" doc:"kind of machine, where no person acted"`
	Purpose string    `json:"purpose,omitempty"`
	Tie     string    `json:"tie,omitempty"`
}

// Subject is what is asked about.
type Subject struct {
	Kind    string `json:"kind" enum:"document,patient"`
	ID      string `json:"id"`
	Patient string `json:"patient"`
}

// Proven is an entry with its place in the ledger and, where it may be had, its proof.
type Proven struct {
	ID       string        `json:"id"`
	Position int64         `json:"position"`
	Proof    *ledger.Proof `json:"proof,omitempty"`
}

// Lineage is where something came from and where it went.
type Lineage struct {
	Subject   Subject
	At        time.Time
	By        string
	Nodes     []Node
	Edges     []Edge
	Uses      []Use // newest first
	More      bool  // there are more uses than are told
	Untracked int   // copies that left without a row that says to whom
	Untraced  int   // documents of which no origin is known
	Names     map[string]staff.Name

	Digest     []byte // SM3 of what is above, as [Lineage.claim] writes it
	Checkpoint string // the newest, signed
	Withheld   bool   // proofs are not for whoever asks
	Entries    []Proven
}

// claim is what an evidence says, without the proofs.
func (l *Lineage) claim() ([]byte, error) {
	return json.Marshal(struct {
		V         int     `json:"v"`
		Subject   Subject `json:"subject"`
		Nodes     []Node  `json:"nodes"`
		Edges     []Edge  `json:"edges"`
		Uses      []Use   `json:"uses"`
		More      bool    `json:"more"`
		Untracked int     `json:"untracked"`
		Untraced  int     `json:"untraced"`
	}{1, l.Subject, l.Nodes, l.Edges, l.Uses, l.More, l.Untracked, l.Untraced})
}

func (l *Lineage) seal() error {
	text, err := l.claim()
	sum := sm.Sum(text)
	l.Digest = sum[:]
	return err
}

// add puts a node and the ways that lead to it into the graph.
func (l *Lineage) add(n Node, from ...string) {
	l.Nodes = append(l.Nodes, n)
	for _, f := range from {
		l.Edges = append(l.Edges, Edge{f, n.ID})
	}
}

func words(zh, en string) fault.Text { return fault.Text{ZH: zh, EN: en} }
