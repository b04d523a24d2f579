package privilege

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// Important is a line of the list of operations that want a second person's own sign-in
// (B-108, E-197), as the organisation changed it: an operation it added, or fewer minutes.
// The newest that was agreed to holds; 0 minutes take an added one off again. It decides
// what one person may do alone, so its row is keyed.
type Important struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Verb       string    `db:"verb"`
	Minutes    int       `db:"minutes"`
	State      string    `db:"state"`
	Proposed   time.Time `db:"proposed"`
	ProposedBy string    `db:"proposed_by"`
	Settled    time.Time `db:"settled"`
	SettledBy  string    `db:"settled_by"`
	MAC        []byte    `db:"mac"`
}

// Operation is an operation of the list.
type Operation struct {
	Verb    string
	Minutes int
	Floor   bool       // delivered: an organisation shortens it and never removes it
	Flow    fault.Text // by what steps it has two persons already; empty: the door asks for the second
}

// longestConfirmation is how many minutes a second person's sign-in may be old.
const longestConfirmation = 10

var changeFlow = fault.Text{ZH: "后台变更：申请、审查、批准分属三人", EN: "changes: asked, reviewed and approved by three"}

// floor are the operations that no organisation does by one person.
var floor = []Operation{
	{Verb: "access.unseal", Minutes: longestConfirmation, Floor: true},
	{Verb: "record.unseal", Minutes: longestConfirmation, Floor: true},
	{Verb: "output.export", Floor: true, Flow: fault.Text{ZH: "超过阈值的导出由两名无关人员批准", EN: "above the threshold two unrelated people approve an export"}},
	{Verb: "privilege.approve-change", Floor: true, Flow: changeFlow},
	{Verb: "privilege.begin-change", Floor: true, Flow: changeFlow},
	{Verb: "privilege.begin-session", Floor: true, Flow: fault.Text{ZH: "特权会话由第二人批准，紧急的次日复核", EN: "sessions: approved by a second person; an urgent one is reviewed the next day"}},
	{Verb: "privilege.open-half", Floor: true, Flow: fault.Text{ZH: "口令信封由两人各看一半", EN: "credentials: each of two sees one half"}},
	{Verb: "staff.appoint", Floor: true, Flow: fault.Text{ZH: "管理岗位经申请，由负责人、授权部门批准，实施部门另一人任命", EN: "administrators: asked for, approved by the head and the authorising department, appointed by a third person"}},
}

// neverWaiting are the operations that an organisation cannot add: whatever care rests on,
// signing in, and the steps by which a second person is found.
var neverWaiting = []string{
	"access.break-glass", "access.state-reason", "access.clock", "patient.", "identity.", "duty.", "ledger.", "consent.", "record.draft", "record.file", "record.amend", "record.sign",
	"record.list", "record.view", "record.versions", "record.observations", "record.orders", "record.attachment", "decide.", "intake.", "feed.",
	"privilege.call-second", "privilege.confirm-second", "privilege.see-important", "privilege.propose-important", "privilege.settle-important", "privilege.lock", "privilege.list", "privilege.view",
}

// mayWait reports whether an organisation may ask for a second person at a verb.
func mayWait(verb string) bool {
	return !slices.ContainsFunc(neverWaiting, func(never string) bool {
		return verb == never || strings.HasSuffix(never, ".") && strings.HasPrefix(verb, never)
	})
}

// operations is the list that holds: the floor with what was agreed to, by verb.
func operations(agreed []Important) []Operation {
	all := slices.Clone(floor)
	for _, one := range agreed {
		i := slices.IndexFunc(all, func(o Operation) bool { return o.Verb == one.Verb })
		switch {
		case i < 0 && one.Minutes > 0:
			all = append(all, Operation{Verb: one.Verb, Minutes: one.Minutes})
		case i < 0:
		case one.Minutes > 0:
			all[i].Minutes = one.Minutes
		case !all[i].Floor:
			all = slices.Delete(all, i, i+1)
		}
	}
	slices.SortFunc(all, func(a, b Operation) int { return strings.Compare(a.Verb, b.Verb) })
	return all
}

// Second is the confirmation of one act by a second person: called by whoever is to act,
// confirmed by another within minutes, spent by that very act. It lets somebody do what he
// may not do alone, so its row is keyed.
type Second struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Verb      string    `db:"verb"`
	Kind      string    `db:"kind"`
	Object    string    `db:"object"`
	Digest    []byte    `db:"digest"` // of who does what to what, as he sent it
	AskedBy   string    `db:"asked_by"`
	Asked     time.Time `db:"asked"`
	Expires   time.Time `db:"expires"` // by when it must be confirmed
	State     string    `db:"state"`
	Second    string    `db:"second"`
	Session   string    `db:"session"` // of the second person
	Confirmed time.Time `db:"confirmed"`
	Until     time.Time `db:"until"` // how long it counts
	Spent     time.Time `db:"spent"`
	Act       string    `db:"act"`
	MAC       []byte    `db:"mac"`
}

// States of a confirmation.
const (
	Called    = "called"
	Confirmed = "confirmed"
	Spent     = "spent"
)

// counts reports whether the act may rest on the confirmation at a moment.
func (s Second) counts(at time.Time) bool { return s.State == Confirmed && s.Until.After(at) }

func (s Second) object() policy.Object { return object(s.Org, s.ID, s.AskedBy) }

// boundTo is the digest of an act: who does what to what, as he sent it. said is the digest
// of the request in hex.
func boundTo(org, actor, verb, kind, object, said string) []byte {
	var b []byte
	for _, part := range []string{org, actor, verb, kind, object, said} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(part)))
		b = append(b, part...)
	}
	d := sm.Sum(b)
	return d[:]
}

func saidDigest(request []byte) string {
	d := sm.Sum(request)
	return hex.EncodeToString(d[:])
}
