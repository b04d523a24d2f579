package identity

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
)

// Admission is somebody let in. The token is shown once and kept nowhere.
type Admission struct {
	Token   string
	Session Session
}

// What the ledger says of a sign-in that failed.
const (
	whyPassword = "password"
	whyAccount  = "account"
	whyPost     = "appointment"
)

// SignIn lets in whoever knows the password of an account. It fails with
// [ErrWrong], with [ErrWait], or with why the account cannot be used.
func (r *Room) SignIn(ctx context.Context, name, password string) (Admission, error) {
	name = canonicalName(name)
	t := r.newTry(ctx, "identity.sign-in", name)
	account, wait, err := r.beforeHash(ctx, t, name)
	if err != nil {
		return Admission{}, err
	}
	if wait > 0 {
		r.countNobody(ctx, t.verb)
		return Admission{}, waitFor(wait)
	}
	right, err := r.hasher.Matches(ctx, account.Password, password)
	if err != nil {
		return Admission{}, err
	}
	if !right {
		return Admission{}, r.fail(ctx, t, account, whyPassword, ErrWrong.With())
	}
	return r.admit(ctx, t, account)
}

// beforeHash finds what a sign-in needs before the password is looked at. An
// unknown name gives an account without an id or password.
func (r *Room) beforeHash(ctx context.Context, t try, name string) (account Account, wait time.Duration, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		account, err = accountNamed(ctx, v, r.org, name)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		wait, err = r.mustWait(ctx, v, t, account.ID, r.desk.Now())
		return err
	})
	return account, wait, r.doubted(ctx, err)
}

// admit begins a session for an account whose holder has shown who he is.
func (r *Room) admit(ctx context.Context, t try, account Account) (Admission, error) {
	now := r.desk.Now()
	if err := account.usable(now, loopback(t.who.IP)); err != nil {
		return Admission{}, r.fail(ctx, t, account, whyAccount, err)
	}
	standing, err := r.standing(ctx, account.Person, now)
	if err != nil {
		return Admission{}, err
	}
	if len(standing.Appointments) == 0 {
		return Admission{}, r.fail(ctx, t, account, whyPost, errNoPost.With())
	}
	in := r.newAdmission(t, account, now)
	actor := r.actorOf(standing, account, in.Session)
	err = r.desk.Do(act.With(ctx, actor), t.verb, func(ctx context.Context, w *act.Work) error {
		fresh, err := findAccount(ctx, w, account.Org, account.ID)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(fresh)); err != nil {
			return err
		}
		if fresh.Password != account.Password {
			return ErrWrong.With()
		}
		if err := fresh.usable(w.Now(), loopback(t.who.IP)); err != nil {
			return err
		}
		wait, err := r.mustWait(ctx, w, t, account.ID, w.Now())
		if err != nil {
			return err
		}
		if wait > 0 { // others failed while this password was being hashed
			return waitFor(wait)
		}
		if err := sessions.Insert(ctx, w, &in.Session); err != nil {
			return err
		}
		return r.forgive(ctx, w, t)
	})
	return in, err
}

func (r *Room) newAdmission(t try, account Account, now time.Time) Admission {
	token := newToken()
	digest, _ := tokenDigest(token)
	return Admission{Token: token, Session: Session{
		Org: account.Org, ID: id.New(now), Token: digest[:], Account: account.ID, Person: account.Person,
		Since: now, Seen: now, Until: now.Add(SessionLife), IP: t.who.IP, Terminal: t.who.Terminal,
	}}
}

func (r *Room) standing(ctx context.Context, person string, at time.Time) (standing staff.Standing, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		standing, err = staff.StandingOf(ctx, v, r.org, person, at)
		return err
	})
	return standing, r.doubted(ctx, err)
}

// doubted alarms about a row that the house did not write, and makes it a
// refusal for want of an answer.
func (r *Room) doubted(ctx context.Context, err error) error {
	if errors.Is(err, db.ErrForged) {
		r.alarm(ctx, "a row that grants power is forged", err)
		return act.ErrUndecided.Because(err)
	}
	return err
}

func loopback(ip string) bool {
	at, err := netip.ParseAddr(ip)
	return err == nil && at.Unmap().IsLoopback()
}
