package identity

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// State tells whether an account may be used.
type State string

// The states of an account.
const (
	Active   State = "active"
	Disabled State = "disabled"
	Locked   State = "locked" // stopped by decision until it is unlocked; no number of failures does it
)

// Account is how one person signs in. It grants power, so its row is keyed.
type Account struct {
	Org           string    `db:"org,key"`
	ID            string    `db:"id,key"`
	Person        string    `db:"person"`
	Name          string    `db:"name"`     // sign-in name, in lower case
	Password      string    `db:"password"` // argon2id hash with its parameters; empty when nobody can sign in by password
	State         State     `db:"state"`
	MustChange    bool      `db:"must_change"` // the password was seen by somebody else
	Loopback      bool      `db:"loopback"`    // while MustChange: only from the machine itself
	PasswordSince time.Time `db:"password_since"`
	PasswordUntil time.Time `db:"password_until"` // zero: does not end by itself
	Made          time.Time `db:"made"`
	MadeBy        string    `db:"made_by"`
	MAC           []byte    `db:"mac"`
}

// How long a password that somebody else has seen can be used.
const (
	initialLife      = 72 * time.Hour
	firstInitialLife = 24 * time.Hour
)

// setPassword gives the account a new hash.
func (a *Account) setPassword(hash string, at time.Time) {
	a.Password, a.PasswordSince = hash, at
	a.MustChange, a.Loopback, a.PasswordUntil = false, false, time.Time{}
}

// setInitialPassword gives the account a hash of a password that was shown to
// somebody else.
func (a *Account) setInitialPassword(hash string, at time.Time) {
	a.setPassword(hash, at)
	a.MustChange, a.PasswordUntil = true, at.Add(initialLife)
}

// usable says why somebody with the right password may still not come in.
func (a Account) usable(at time.Time, loopback bool) error {
	if err := a.open(); err != nil {
		return err
	}
	switch {
	case !a.PasswordUntil.IsZero() && !a.PasswordUntil.After(at):
		return errPasswordOver.With()
	case a.MustChange && a.Loopback && !loopback:
		return errOnlyHere.With()
	}
	return nil
}

// open says why nobody may come in by an account, whatever he shows.
func (a Account) open() error {
	switch a.State {
	case Active:
		return nil
	case Locked:
		return errLocked.With()
	}
	return errDisabled.With()
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,39}$`)

// postNames name posts or nobody, and so cannot be anybody's own (A-148, D-043).
var postNames = []string{
	"admin", "administrator", "anonymous", "auditor", "dba", "demo", "doctor", "everyone", "guest", "hulishi", "hushi",
	"manager", "medward", "nurse", "office", "operator", "public", "root", "security", "shared", "super", "superuser",
	"support", "sysadmin", "system", "temp", "test", "tester", "user", "yisheng", "zhiban",
}

// canonicalName is the one form in which sign-in names are kept and looked up.
func canonicalName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func checkName(name string) error {
	if !nameForm.MatchString(name) {
		return errInput.With().At("name", fault.Text{
			ZH: "应为 3–40 个字母、数字或 . _ -，以字母或数字开头",
			EN: "must be 3 to 40 letters, digits or . _ -, beginning with a letter or digit",
		})
	}
	if slices.Contains(postNames, strings.TrimRight(name, "0123456789._-")) {
		return errInput.With().At("name", fault.Text{
			ZH: "这是岗位名而不是个人的名字；账号必须一人一号，建议用工号或姓名拼音",
			EN: "names a post and not a person; accounts are personal: use the staff number or the person's own name",
		})
	}
	return nil
}
