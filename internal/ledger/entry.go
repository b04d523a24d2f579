package ledger

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"github.com/medward/medward/internal/base/fault"
)

// Outcomes of an act.
const (
	Done     = "done"
	Refused  = "refused"
	Reported = "reported" // happened elsewhere and was told to us
)

// Entry is the account of one act: who, when, where, what, why, with what
// outcome, and which protected rows it wrote (E-196).
type Entry struct {
	V       int               `json:"v"`
	ID      string            `json:"id"` // of the act
	At      int64             `json:"at"` // µs since 1970 UTC
	Org     string            `json:"org"`
	Verb    string            `json:"verb"`
	Outcome string            `json:"outcome"`
	Actor   Actor             `json:"actor"`
	Purpose string            `json:"purpose,omitempty"`
	Why     Why               `json:"why,omitzero"`
	Objects []Object          `json:"objects,omitempty"`
	Writes  []Write           `json:"writes,omitempty"`
	N       int               `json:"n,omitempty"`    // how many like events this entry stands for, when more than one
	Note    map[string]string `json:"note,omitempty"` // ids and counts, never names or content
	Salt    []byte            `json:"salt"`           // 16 random bytes
}

// Actor is who acted, and from where.
type Actor struct {
	Kind       string   `json:"kind"`
	ID         string   `json:"id"`
	Session    string   `json:"session,omitempty"`
	Roles      []string `json:"roles,omitempty"`
	Department string   `json:"department,omitempty"`
	IP         string   `json:"ip,omitempty"`
	Terminal   string   `json:"terminal,omitempty"`
}

// Why tells which rules decided, and on what ground.
type Why struct {
	Rules      []string `json:"rules,omitempty"`
	Tie        *Tie     `json:"tie,omitempty"`
	Conditions []string `json:"conditions,omitempty"` // that failed, when refused
}

// Tie is what tied the actor to the patient: a care relation, a stated reason,
// a break-glass, a grant.
type Tie struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Object is something the act was about.
type Object struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Patient string `json:"patient,omitempty"`
	Version int    `json:"version,omitempty"`
}

// Write is one protected row that the act wrote.
type Write struct {
	Table  string `json:"t"`
	Key    string `json:"k"`
	Op     string `json:"op"` // insert, update, delete
	Digest []byte `json:"d,omitempty"`
}

// Payload is an encoded entry, to be left with the store in the act's own
// transaction.
type Payload struct {
	id    string
	at    int64
	bytes []byte
}

// Bytes returns the entry as it is hashed and kept.
func (p Payload) Bytes() []byte { return p.bytes }

const (
	entryVersion = 1
	saltSize     = 16
	maxEntry     = 1 << 20
	maxNotes     = 32
	maxNote      = 256
	maxID        = 64
)

// ErrIncomplete is returned for an entry that does not say who did what, when
// and with what outcome. Its fields name what is missing.
var ErrIncomplete = fault.Define("ledger.incomplete", fault.Internal,
	"程序缺陷：操作记录不完整，操作已撤销。",
	"Defect: the account of the operation was incomplete and the operation was undone.",
	"an entry without who, what, when or outcome was about to be written; the log names the fields")

// Encode checks an entry, salts it and returns the bytes to be kept.
func Encode(e Entry) (Payload, error) {
	if err := e.check(); err != nil {
		return Payload{}, err
	}
	e.V = entryVersion
	e.Salt = make([]byte, saltSize)
	if _, err := rand.Read(e.Salt); err != nil {
		return Payload{}, fmt.Errorf("salting a ledger entry: %w", err)
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return Payload{}, fmt.Errorf("encoding ledger entry %s: %w", e.ID, err)
	}
	if len(raw) > maxEntry {
		return Payload{}, ErrIncomplete.With().At("entry", problem(fmt.Sprintf("has %d bytes, at most %d are allowed", len(raw), maxEntry)))
	}
	return Payload{id: e.ID, at: e.At, bytes: raw}, nil
}

func (e Entry) check() error {
	broken := ErrIncomplete.With()
	need := func(ok bool, path, what string) {
		if !ok {
			broken.At(path, problem(what))
		}
	}
	need(e.ID != "" && len(e.ID) <= maxID, "id", "must be the act's id")
	need(e.At > 0, "at", "must be the time of the act")
	need(strings.Contains(e.Verb, "."), "verb", "must be room.verb")
	need(e.Outcome == Done || e.Outcome == Refused || e.Outcome == Reported, "outcome", "must be done, refused or reported")
	need(e.Actor.Kind != "", "actor.kind", "must say what kind of actor it was")
	need(e.Actor.ID != "", "actor.id", "must say who it was")
	need(e.N >= 0, "n", "must not be negative")
	for i, o := range e.Objects {
		if o.Kind == "" && o.ID != "" {
			need(false, fmt.Sprintf("objects[%d].kind", i), "must name the kind of the object")
		}
	}
	for i, w := range e.Writes {
		if !w.complete() {
			need(false, fmt.Sprintf("writes[%d]", i), "must name table, key, operation and digest")
		}
	}
	need(len(e.Note) <= maxNotes, "note", "must have at most 32 values")
	for name, value := range e.Note {
		need(len(value) <= maxNote, "note."+name, "must be an id or a count of at most 256 bytes")
	}
	if len(broken.Fields) > 0 {
		return broken
	}
	return nil
}

func (w Write) complete() bool {
	if w.Table == "" || w.Key == "" {
		return false
	}
	switch w.Op {
	case "insert", "update":
		return len(w.Digest) == sm3.Size
	case "delete":
		return len(w.Digest) == 0
	}
	return false
}

func problem(en string) fault.Text { return fault.Text{EN: en} }

// Decode reads the bytes of an entry.
func Decode(raw []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(raw, &e); err != nil {
		return Entry{}, fmt.Errorf("reading a ledger entry: %w", err)
	}
	return e, nil
}
