package sysaccount

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

// AccountBody is an account of a foreign system on the wire.
type AccountBody struct {
	Source     string     `json:"source"`
	Account    string     `json:"account"`
	Name       string     `json:"name,omitempty" doc:"of its holder, as the system says"`
	Number     string     `json:"number,omitempty" doc:"staff number, as the system says"`
	Roles      []string   `json:"roles" nullable:"false"`
	Department string     `json:"department,omitempty" doc:"as the system says"`
	State      string     `json:"state,omitempty" doc:"as the system says"`
	Alive      bool       `json:"alive" doc:"somebody can sign in"`
	SignedIn   *time.Time `json:"signedIn,omitempty" doc:"last"`
	Match      string     `json:"match,omitempty" enum:"number,name,assigned,shared" doc:"how it came to its person"`
}

func wireAccount(a Account) AccountBody {
	roles := a.Roles
	if roles == nil {
		roles = []string{}
	}
	return AccountBody{
		Source: a.Source, Account: a.Account, Name: a.Name, Number: a.Number, Roles: roles, Department: a.Department, State: a.State, Alive: a.Alive, SignedIn: web.Moment(a.SignedIn), Match: a.Match,
	}
}

// RowBody is a person with his accounts on the wire. Without a person they are nobody's.
type RowBody struct {
	Person   string        `json:"person"`
	Accounts []AccountBody `json:"accounts" nullable:"false"`
	Red      []string      `json:"red" nullable:"false" doc:"accounts that must be closed, as system/account"`
}

func wireRow(r Row) RowBody {
	b := RowBody{Person: r.Person, Accounts: make([]AccountBody, len(r.Accounts)), Red: r.Red}
	for i, a := range r.Accounts {
		b.Accounts[i] = wireAccount(a)
	}
	if b.Red == nil {
		b.Red = []string{}
	}
	return b
}

// IssueBody is an issue on the wire.
type IssueBody struct {
	ID      string     `json:"id"`
	Source  string     `json:"source"`
	Account string     `json:"account"`
	Person  string     `json:"person,omitempty"`
	Kind    string     `json:"kind" enum:"leaver,transfer,orphan,shared,dormant,extra-right,unmapped-role,conflict"`
	Group   string     `json:"group" enum:"red,right,tidy" doc:"red: only the system itself ends it"`
	Detail  string     `json:"detail,omitempty"`
	State   string     `json:"state" enum:"open,confirmed,to-close,closed"`
	Since   time.Time  `json:"since" doc:"of a leaver: when he left"`
	Found   time.Time  `json:"found"`
	Until   *time.Time `json:"until,omitempty"`
	Closed  *time.Time `json:"closed,omitempty"`
	By      string     `json:"by,omitempty"`
	At      *time.Time `json:"at,omitempty"`
	Words   string     `json:"words,omitempty"`
	Mine    bool       `json:"mine" doc:"it can be disposed of here"`
}

func wireIssue(s Seen) IssueBody {
	return IssueBody{
		ID: s.ID, Source: s.Source, Account: s.Account, Person: s.Person, Kind: s.Kind, Group: string(GroupOf(s.Kind)), Detail: s.Detail, State: s.State, Since: s.Since, Found: s.Found,
		Until: web.Moment(s.Until), Closed: web.Moment(s.Closed), By: s.By, At: web.Moment(s.At), Words: s.Said, Mine: s.Mine,
	}
}

// TakingBody is what a list changes, on the wire.
type TakingBody struct {
	Source  string    `json:"source"`
	Taken   time.Time `json:"taken"`
	Digest  string    `json:"digest" doc:"SM3 of the list"`
	Size    int       `json:"size"`
	Alive   int       `json:"alive"`
	Met     int       `json:"met" doc:"accounts that are somebody's"`
	Added   int       `json:"added"`
	Changed int       `json:"changed"`
	Gone    int       `json:"gone"`
	Wrong   []Wrong   `json:"wrong" nullable:"false" doc:"lines that cannot be read"`
}

func wireTaking(t Taking) TakingBody {
	wrong := t.Wrong
	if wrong == nil {
		wrong = []Wrong{}
	}
	return TakingBody{Source: t.Source, Taken: t.Taken, Digest: t.Digest, Size: t.Size, Alive: t.Alive, Met: t.Met, Added: t.Added, Changed: t.Changed, Gone: t.Gone, Wrong: wrong}
}

// RoleBody is a role of a system on the wire.
type RoleBody struct {
	Role    string   `json:"role"`
	Mapped  bool     `json:"mapped"`
	Ours    string   `json:"ours,omitempty"`
	Level   int      `json:"level,omitempty"`
	Alive   int      `json:"alive" doc:"accounts"`
	Against []string `json:"against" nullable:"false" doc:"roles of the system that nobody may hold together with it"`
}

// StandingBody is a system on the wire.
type StandingBody struct {
	Source  string         `json:"source"`
	Name    fault.Text     `json:"name"`
	Owner   string         `json:"owner,omitempty"`
	Live    bool           `json:"live"`
	Rev     int            `json:"rev"`
	Mapping Mapping        `json:"mapping"`
	Last    *TakingBody    `json:"last,omitempty"`
	Open    map[string]int `json:"open" doc:"issues by kind"`
	Roles   []RoleBody     `json:"roles" nullable:"false"`
}

func wireStanding(s Standing) StandingBody {
	b := StandingBody{Source: s.Code, Name: s.Name, Owner: s.Owner, Live: s.Live, Rev: s.Rev, Mapping: s.Mapping, Open: s.Open, Roles: make([]RoleBody, len(s.Roles))}
	if s.Last != nil {
		last := wireTaking(Taking{Snapshot: *s.Last})
		b.Last = &last
	}
	for i, use := range s.Roles {
		b.Roles[i] = RoleBody{Role: use.Role, Alive: use.Alive, Against: use.Against}
		if use.Rule != nil {
			b.Roles[i].Mapped, b.Roles[i].Ours, b.Roles[i].Level = true, use.Rule.Ours, use.Rule.Level
		}
	}
	return b
}
