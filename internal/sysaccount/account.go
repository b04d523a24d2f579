package sysaccount

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Account is an account of a foreign system, as its newest list tells it.
type Account struct {
	Org        string    `db:"org,key"`
	Source     string    `db:"source,key"` // code of the system
	Account    string    `db:"account,key"`
	Name       string    `db:"name"`   // of its holder, as the system says
	Number     string    `db:"number"` // staff number, as the system says
	Roles      []string  `db:"roles,json"`
	Department string    `db:"department"` // as the system says
	Place      string    `db:"place"`      // id of that department here, or empty
	State      string    `db:"state"`      // as the system says
	Alive      bool      `db:"alive"`
	SignedIn   time.Time `db:"signed_in"`
	Person     string    `db:"person"`
	Match      string    `db:"matched_by"`
	First      time.Time `db:"first_seen"`
	Changed    time.Time `db:"changed"`
	Gone       time.Time `db:"gone"` // zero while it is in the list
}

// How an account came to its person.
const (
	ByNumber = "number"   // the system names the staff number
	ByName   = "name"     // only one person bears the name
	Assigned = "assigned" // somebody said so
	Shared   = "shared"   // somebody said that several people use it
)

// Said is an account as one line of a list tells it.
type Said struct {
	Account, Name, Number, Department, State string
	Roles                                    []string
	Alive                                    bool
	SignedIn                                 time.Time
}

// tells reports whether a line says what is known already.
func (a Account) tells(s Said) bool {
	return a.Gone.IsZero() && a.Name == s.Name && a.Number == s.Number && a.Department == s.Department && a.State == s.State && a.Alive == s.Alive &&
		a.SignedIn.Equal(s.SignedIn) && slices.Equal(a.Roles, s.Roles)
}

func (a *Account) take(s Said) {
	a.Name, a.Number, a.Department, a.State, a.Alive, a.SignedIn, a.Roles, a.Gone = s.Name, s.Number, s.Department, s.State, s.Alive, s.SignedIn, s.Roles, time.Time{}
}

func (a Account) object() policy.Object {
	return policy.Object{Kind: "Foreign", ID: a.Source + "/" + a.Account, Org: a.Org, Concerns: a.Person}
}

// RoleRule says what a role of a foreign system comes to here.
type RoleRule struct {
	Org    string    `db:"org,key"`
	Source string    `db:"source,key"`
	Role   string    `db:"role,key"`
	Ours   string    `db:"ours"`  // id of a role; empty: none of ours, anybody may have it
	Level  int       `db:"level"` // of content that it opens, 1 to 5
	By     string    `db:"set_by"`
	Set    time.Time `db:"set_at"`
}

// Kinds of issue.
const (
	Leaver   = "leaver"        // alive although its holder has left
	Transfer = "transfer"      // of a department in which its holder does not work any more
	Orphan   = "orphan"        // nobody's
	Common   = "shared"        // of several people, or of nobody in particular
	Dormant  = "dormant"       // nobody signs in
	Extra    = "extra-right"   // a role that its holder does not have here
	Unknown  = "unmapped-role" // a role of which nobody has said what it comes to
	Conflict = "conflict"      // roles that nobody holds together
)

// Group is by whom an issue is seen to.
type Group string

// The groups of issues.
const (
	Red   Group = "red"   // only the system itself ends it
	Right Group = "right" // the designated department confirms it or has it taken back
	Tidy  Group = "tidy"  // whoever answers for the system clears it up
)

// GroupOf is the group of a kind of issue.
func GroupOf(kind string) Group {
	switch kind {
	case Leaver, Transfer:
		return Red
	case Extra, Unknown, Conflict:
		return Right
	}
	return Tidy
}

// need is an issue that an account gives cause for.
type need struct{ kind, detail string }

// dormantAfter is after how long without signing in an account is asleep.
const dormantAfter = 90 * 24 * time.Hour

// generic are words of accounts that are of nobody in particular.
var generic = []string{"admin", "test", "guest", "public", "temp", "user", "doctor", "nurse", "demo", "公用", "共用", "公共", "测试", "临时", "管理员", "值班", "护士站", "医生站"}

func isGeneric(a Account) bool {
	account, name := strings.ToLower(a.Account), strings.ToLower(a.Name)
	return slices.ContainsFunc(generic, func(word string) bool {
		return account == word || strings.TrimRight(account, "0123456789") == word || strings.Contains(name, word) && word > "\x7f"
	})
}

// holder is what is known of whose an account is.
type holder struct {
	gone   bool
	roles  []string // here
	beyond []string // what the roles of his accounts in the system come to, and he does not have here
	posts  []string // departments
}

// assess tells what an account gives cause for.
func assess(a Account, h holder, rules map[string]RoleRule, now time.Time) []need {
	if !a.Alive || !a.Gone.IsZero() {
		return nil
	}
	var needs []need
	add := func(kind, detail string) { needs = append(needs, need{kind, detail}) }
	switch {
	case a.Match == Shared || isGeneric(a):
		add(Common, "")
	case a.Person == "":
		add(Orphan, "")
	case h.gone:
		add(Leaver, "")
	case a.Place != "" && !slices.Contains(h.posts, a.Place):
		add(Transfer, a.Department)
	}
	if last := later(a.SignedIn, a.First); now.Sub(last) > dormantAfter {
		add(Dormant, "")
	}
	return append(needs, rightsOf(a, h, rules)...)
}

// rightsOf compares the roles of an account with those that its holder has here.
func rightsOf(a Account, h holder, rules map[string]RoleRule) []need {
	var needs []need
	for _, role := range a.Roles {
		rule, known := rules[role]
		switch {
		case !known:
			needs = append(needs, need{Unknown, role})
			continue
		case rule.Ours == "" || a.Person == "" || a.Match == Shared || h.gone:
			continue
		case !slices.Contains(h.roles, rule.Ours):
			needs = append(needs, need{Extra, role})
		}
		for _, other := range slices.Concat(h.roles, h.beyond) {
			if conflicting(rule.Ours, other) {
				needs = append(needs, need{Conflict, role + " / " + other})
			}
		}
	}
	return needs
}

// conflicting reports whether nobody holds two roles together.
func conflicting(a, b string) bool {
	return slices.ContainsFunc(staff.Incompatible(), func(pair [2]string) bool {
		return pair == [2]string{a, b} || pair == [2]string{b, a}
	})
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Issue is something about an account that should not be. Its row is keyed, because a
// confirmation lets a right stand.
type Issue struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Source  string    `db:"source"`
	Account string    `db:"account"`
	Person  string    `db:"person"`
	Kind    string    `db:"kind"`
	Detail  string    `db:"detail"` // the role, or the department
	State   string    `db:"state"`
	Since   time.Time `db:"since"` // of a leaver: when he left; otherwise when it was found
	Found   time.Time `db:"found"`
	Until   time.Time `db:"until"` // of a confirmation
	Closed  time.Time `db:"closed"`
	By      string    `db:"disposed_by"`
	At      time.Time `db:"disposed"`
	Words   []byte    `db:"words"` // sealed
	MAC     []byte    `db:"mac"`
}

// States of an issue.
const (
	Open      = "open"
	Confirmed = "confirmed" // it may stand until a day
	ToClose   = "to-close"  // it is to be taken back
	Closed    = "closed"    // the system, or our own roles, show it no more
)

func (i Issue) key() [3]string { return [3]string{i.Account, i.Kind, i.Detail} }
