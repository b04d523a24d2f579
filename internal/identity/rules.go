package identity

import (
	"fmt"
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
}

// FactorRules say who must show a second factor. From outside everybody must,
// whatever they say (A-064, E-143, E-146).
type FactorRules struct {
	Roles []string `json:"roles" maxItems:"60" doc:"roles that give nothing without a second factor"`
}

// allowed returns the appointments that count in a session, and the roles of
// those that wait for a second factor.
func (f FactorRules) allowed(all []staff.Appointment, in Session) (counting []staff.Appointment, waiting []string) {
	if in.Strong || in.Means == ByChoice {
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
	}
}

// DemoRules are those of a demonstration, whose people come in by choice.
func DemoRules() Rules {
	rules := DefaultRules()
	rules.Factor.Roles = []string{}
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
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

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
