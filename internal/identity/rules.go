package identity

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Rules are what a hospital sets for itself about signing in. Each change is a
// new version; what is in force is the newest.
type Rules struct {
	Password PasswordRules `json:"password"`
	Factor   FactorRules   `json:"factor"`
	Session  SessionRules  `json:"session"`
	Account  AccountRules  `json:"account"`
	Hours    []Hours       `json:"hours" maxItems:"60" doc:"roles or people that count at certain hours only"`
}

// AccountRules say when an account that nobody uses is found (A-153, B-103).
type AccountRules struct {
	Dormant   int `json:"dormant" minimum:"0" maximum:"3650" doc:"days without a sign-in after which an account is found; 0 never"`
	PostGrace int `json:"postGrace" minimum:"0" maximum:"90" doc:"days without a sign-in after which an account is locked whose person holds no appointment"`
}

// Concurrency says what happens to a session when its person signs in elsewhere.
type Concurrency string

// What can happen to it.
const (
	TakeOver Concurrency = "take-over" // it ends, and its terminal says where the new one is
	Several  Concurrency = "several"   // it goes on
)

// SessionRules say how sessions are bound to one person at one terminal (B-056,
// B-106, A-152).
type SessionRules struct {
	Concurrent Concurrency `json:"concurrent" enum:"take-over,several" doc:"what happens to a session when its person signs in elsewhere"`
	ProveEvery int         `json:"proveEvery" minimum:"1" maximum:"480" doc:"minutes after which a browser must use its key again"`
	NeedKey    bool        `json:"needKey" doc:"no sign-in without a key that the browser keeps"`
}

// FactorRules say who must show a second factor. From outside everybody must,
// whatever they say (A-064, E-143, E-146).
type FactorRules struct {
	Roles  []string `json:"roles" maxItems:"60" doc:"roles that give nothing without a second factor"`
	Origin string   `json:"origin,omitempty" maxLength:"200" doc:"address of this house in browsers, such as https://medward.example; passkeys are of it, and without it there are none"`
}

// allowed returns the appointments that count in a session, and the roles of
// those that wait for a second factor.
func (f FactorRules) allowed(all []staff.Appointment, in Session) (counting []staff.Appointment, waiting []string) {
	sent := in.Means.and(ByMessage) == in.Means // telephone numbers change hands
	if in.Strong && !sent || in.Means == ByChoice {
		return all, nil
	}
	for _, a := range all {
		switch {
		case !slices.Contains(f.Roles, a.Role):
			counting = append(counting, a)
		case !slices.Contains(waiting, a.Role):
			waiting = append(waiting, a.Role)
		}
	}
	return counting, waiting
}

// PasswordRules say what a password must be and how long it is good (A-060,
// B-105).
type PasswordRules struct {
	Least   int `json:"least" minimum:"8" maximum:"64" doc:"characters that a password has at least"`
	Kinds   int `json:"kinds" minimum:"1" maximum:"4" doc:"of upper case, lower case, digit and sign, how many it mixes"`
	Long    int `json:"long" minimum:"12" maximum:"128" doc:"from so many characters on the kinds do not matter"`
	History int `json:"history" minimum:"0" maximum:"24" doc:"how many earlier passwords may not come back"`
	MaxAge  int `json:"maxAge" minimum:"0" maximum:"3650" doc:"days after which it must be changed; 0 never"`
	Warn    int `json:"warn" minimum:"0" maximum:"90" doc:"days before that in which its holder is reminded"`
	Grace   int `json:"grace" minimum:"0" maximum:"30" doc:"days after that in which it still opens everything"`
}

// DefaultRules hold until the hospital sets its own.
func DefaultRules() Rules {
	return Rules{
		Password: PasswordRules{Least: 10, Kinds: 3, Long: 16, History: 5, MaxAge: 90, Warn: 14, Grace: 7},
		Factor: FactorRules{Roles: []string{
			"security-administrator", "system-administrator", "network-administrator", "dba", "auditor", "discipline",
		}},
		Session: SessionRules{Concurrent: TakeOver, ProveEvery: 10},
		Account: AccountRules{Dormant: 90, PostGrace: 1},
		Hours:   []Hours{},
	}
}

// DemoRules are those of a demonstration, whose people come in by choice.
func DemoRules() Rules {
	rules := DefaultRules()
	rules.Factor.Roles = []string{}
	rules.Session.Concurrent = Several // visitors share the invented people
	return rules
}

// Version is one state of the rules, as it was set.
type Version struct {
	Org    string    `db:"org,key"`
	Number int64     `db:"version,key"` // 0 is what the house is delivered with and is not kept
	Rules  Rules     `db:"rules,json"`
	Made   time.Time `db:"made"`
	MadeBy string    `db:"made_by"`
	MAC    []byte    `db:"mac"`
}

func (v Rules) check() error {
	e := errInput.With()
	bounds := []struct {
		field       string
		value       int
		least, most int
	}{
		{"password.least", v.Password.Least, 8, 64},
		{"password.kinds", v.Password.Kinds, 1, 4},
		{"password.long", v.Password.Long, max(12, v.Password.Least), mostLength},
		{"password.history", v.Password.History, 0, 24},
		{"password.maxAge", v.Password.MaxAge, 0, 3650},
		{"password.warn", v.Password.Warn, 0, 90},
		{"password.grace", v.Password.Grace, 0, 30},
		{"account.dormant", v.Account.Dormant, 0, 3650},
		{"account.postGrace", v.Account.PostGrace, 0, 90},
		{"session.proveEvery", v.Session.ProveEvery, 1, 480},
	}
	for _, b := range bounds {
		if b.value < b.least || b.value > b.most {
			e.At("body.rules."+b.field, fault.Text{
				ZH: fmt.Sprintf("应在 %d 至 %d 之间", b.least, b.most), EN: fmt.Sprintf("must be %d to %d", b.least, b.most),
			})
		}
	}
	for _, role := range v.Factor.Roles {
		if !slices.ContainsFunc(policy.Roles(), func(r policy.Role) bool { return r.ID == role && r.Person }) {
			e.At("body.rules.factor.roles", fault.Text{ZH: "没有角色 " + role, EN: "there is no role " + role})
		}
	}
	for _, h := range v.Hours {
		if err := h.check(); err != nil {
			return err
		}
	}
	if v.Factor.Origin != "" && !originForm.MatchString(v.Factor.Origin) {
		e.At("body.rules.factor.origin", fault.Text{ZH: "应如 https://medward.example，不带路径", EN: "must be such as https://medward.example, without a path"})
	}
	if v.Session.Concurrent != TakeOver && v.Session.Concurrent != Several {
		e.At("body.rules.session.concurrent", fault.Text{ZH: "应为 take-over 或 several", EN: "must be take-over or several"})
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// proveEvery is how long a browser's use of its key holds.
func (s SessionRules) proveEvery() time.Duration { return time.Duration(s.ProveEvery) * time.Minute }

var originForm = regexp.MustCompile(`^https://[a-z0-9.-]+(:[0-9]+)?$`)

const day = 24 * time.Hour

// over is when a password set at a moment must be changed; zero when never.
func (p PasswordRules) over(since time.Time) time.Time {
	if p.MaxAge == 0 {
		return time.Time{}
	}
	return since.Add(time.Duration(p.MaxAge) * day)
}

// Change says why a password must be changed before anything else is done.
type Change string

// Reasons for which a password must be changed.
const (
	ChangeNone    Change = ""
	ChangeInitial Change = "initial" // somebody else has seen it
	ChangeExpired Change = "expired" // it is older than the rules allow, and the grace is over
	ChangeWeak    Change = "weak"    // it is not what the rules ask for any more
)

// left is until when a password set at a moment is good, and whether its holder
// is to be reminded.
func (p PasswordRules) left(since, at time.Time) (until time.Time, remind bool) {
	until = p.over(since)
	return until, !until.IsZero() && !until.Add(-time.Duration(p.Warn)*day).After(at)
}

// expired says whether a password is past its time and its grace. It is asked
// when somebody signs in and never later: a session that has begun goes on, so
// that nobody is shut out in the middle of a shift.
func (p PasswordRules) expired(since, at time.Time) bool {
	over := p.over(since)
	return !over.IsZero() && !over.Add(time.Duration(p.Grace)*day).After(at)
}
