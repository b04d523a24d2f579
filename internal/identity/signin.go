package identity

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
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
	whyHours    = "hours"
	whyCode     = "code"
	whyCodeUsed = "code-used"
	whyProof    = "browser"
	whyPasskey  = "passkey"
	whyLink     = "link"
	whyMessage  = "message"
	whyTunnel   = "tunnel"
	whyFace     = "face"
	whyNotLive  = "not-living"
)

// Credentials are what somebody brings who wants to come in.
type Credentials struct {
	Name       string
	Password   string
	Code       string // of the second factor, or a recovery code
	BrowserKey []byte // uncompressed P-256 point; empty where the browser keeps no key
}

// SignIn lets in whoever knows the password of an account and, where its holder
// has a second factor, shows a code. It fails with [ErrWrong], with [ErrWait],
// with the wish for a code, or with why the account cannot be used.
func (r *Room) SignIn(ctx context.Context, c Credentials) (Admission, error) {
	if err := checkBrowserKey(c.BrowserKey); err != nil {
		return Admission{}, err
	}
	if err := r.mustComeThroughTunnel(ctx, "identity.sign-in"); err != nil {
		return Admission{}, err
	}
	name := canonicalName(c.Name)
	t := r.newTry(ctx, "identity.sign-in", name)
	account, wait, err := r.beforeHash(ctx, t, name)
	if err != nil {
		return Admission{}, err
	}
	if wait > 0 {
		r.countNobody(ctx, t.verb)
		return Admission{}, waitFor(wait)
	}
	by, err := r.vouch(ctx, name, account, c.Password)
	if err != nil {
		return Admission{}, err
	}
	if !by.right {
		return Admission{}, r.fail(ctx, t, by.account, whyPassword, ErrWrong.With())
	}
	second, err := r.mustShow(ctx, t, by.account, c.Code)
	if err != nil {
		return Admission{}, err
	}
	second.fallback = by.fallback
	shown := proof{means: by.means, second: second, browserKey: c.BrowserKey}
	if by.means == ByPassword {
		shown.password = c.Password
	}
	return r.admit(ctx, t, by.account, shown)
}

// proof is what somebody has shown.
type proof struct {
	means    Means
	password string
	second   second
	// browserKey is the public half of a key that the browser keeps, or nil.
	browserKey []byte
	// wanting says that a second factor which the account has was not shown yet:
	// the screen of the session begins locked.
	wanting bool
}

// admits says why an account cannot be used by what was shown. How long an initial
// password is good is nothing to whoever did not use it.
func (p proof) admits(a Account, t try, at time.Time) error {
	if p.means.outside() {
		return a.open()
	}
	return a.usable(at, loopback(t.who.IP))
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
func (r *Room) admit(ctx context.Context, t try, account Account, shown proof) (Admission, error) {
	if err := r.mustComeThroughTunnel(ctx, t.verb); err != nil {
		return Admission{}, err
	}
	now := r.desk.Now()
	if err := shown.admits(account, t, now); err != nil {
		return Admission{}, r.fail(ctx, t, account, whyAccount, err)
	}
	standing, rules, err := r.standing(ctx, account.Person, now)
	if err != nil {
		return Admission{}, err
	}
	if len(standing.Appointments) == 0 {
		return Admission{}, r.fail(ctx, t, account, whyPost, errNoPost.With())
	}
	if rules.Rules.Session.NeedKey && len(shown.browserKey) == 0 && shown.means != ByChoice {
		return Admission{}, errInput.With().At("body.browserKey", fault.Text{
			ZH: "本院要求浏览器持有密钥，请使用受支持的浏览器", EN: "is needed here; use a browser that can keep a key",
		})
	}
	counting, err := r.countingAt(ctx, rules.Rules, standing, t.who.Zone == outsideZone, now)
	if err != nil {
		return Admission{}, err
	}
	if len(counting) == 0 {
		return Admission{}, r.fail(ctx, t, account, whyHours, errHours.With())
	}
	in := newAdmission(t, account, shown.browserKey, now)
	if in.Session.Means = shown.means; shown.second.strong() {
		in.Session.Means, in.Session.Strong = shown.means.and(shown.second.means), true
	}
	if shown.wanting {
		in.Session.Locked = now
	}
	in.Session.Zone, in.Session.Tunnel, in.Session.Fallback = t.who.Zone, tunnelOf(ctx), shown.second.fallback
	if in.Session.Change, err = r.changeDue(rules.Rules.Password, account, standing.Person, shown, now); err != nil {
		return Admission{}, err
	}
	actor := r.actorOf(standing, counting, account, in.Session, rules.Rules, now)
	err = r.desk.Do(act.With(ctx, actor), t.verb, func(ctx context.Context, w *act.Work) error {
		fresh, err := r.stillAdmitted(ctx, w, t, account, shown)
		if err != nil {
			return err
		}
		if err := shown.second.spend(ctx, w, fresh.Org); err != nil {
			return err
		}
		w.Note("means", string(in.Session.Means))
		if err := noteFallback(ctx, w, fresh, actor.Department, in.Session.Fallback); err != nil {
			return err
		}
		if err := r.replace(ctx, w, in.Session, rules.Rules.Session); err != nil {
			return err
		}
		if err := sessions.Insert(ctx, w, &in.Session); err != nil {
			return err
		}
		use := lastUse{
			Org: fresh.Org, Account: fresh.ID, Latest: w.Now(), IP: t.who.IP,
			Rules: rules.Number, Weak: in.Session.Change == ChangeWeak,
		}
		if err := uses.Put(ctx, w, &use); err != nil {
			return err
		}
		if shown.means != ByChoice {
			if err := noteSharing(ctx, w, fresh, actor.Department); err != nil {
				return err
			}
		}
		return r.forgive(ctx, w, t)
	})
	if err != nil {
		return Admission{}, err
	}
	r.leaveReplaced(ctx, account, rules.Rules.Session)
	return in, nil
}

// leaveReplaced forgets what was remembered of the sessions that a new one has taken
// the place of.
func (r *Room) leaveReplaced(ctx context.Context, account Account, rules SessionRules) {
	if rules.Concurrent == TakeOver {
		r.leave(account)
	}
	if before, ok := sessionBefore(ctx); ok {
		r.present.dropSession(before.ID)
		r.signers.close(before.ID)
	}
}

// countingAt are the appointments of somebody that count at a moment.
func (r *Room) countingAt(ctx context.Context, rules Rules, s staff.Standing, remote bool, at time.Time) (counting []staff.Appointment, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		counting, err = r.inHours(ctx, v, rules, s, remote, at)
		return err
	})
	return counting, r.doubted(ctx, err)
}

// stillAdmitted asks again, within the act, for all that was so before it.
func (r *Room) stillAdmitted(ctx context.Context, w *act.Work, t try, account Account, shown proof) (Account, error) {
	fresh, err := findAccount(ctx, w, account.Org, account.ID)
	if err != nil {
		return fresh, err
	}
	if err := w.Permit(ctx, objectOf(fresh)); err != nil {
		return fresh, err
	}
	if fresh.Password != account.Password {
		return fresh, ErrWrong.With()
	}
	if err := shown.admits(fresh, t, w.Now()); err != nil {
		return fresh, err
	}
	wait, err := r.mustWait(ctx, w, t, account.ID, w.Now())
	if err != nil {
		return fresh, err
	}
	if wait > 0 { // others failed while this password was being hashed
		return fresh, waitFor(wait)
	}
	return fresh, nil
}

// changeDue says why a password that was right must be changed all the same. The
// rules may have become stricter since it was set, and it may have become known
// somewhere.
func (r *Room) changeDue(rules PasswordRules, a Account, holder staff.Person, shown proof, at time.Time) (Change, error) {
	switch {
	case shown.password == "":
		return ChangeNone, nil
	case a.MustChange:
		return ChangeInitial, nil
	}
	known, err := r.breached.Has(shown.password)
	if err != nil {
		return ChangeNone, err
	}
	switch {
	case known || !rules.meets(shown.password, ownWords(a, holder)...):
		return ChangeWeak, nil
	case rules.expired(a.PasswordSince, at):
		return ChangeExpired, nil
	}
	return ChangeNone, nil
}

func newAdmission(t try, account Account, browserKey []byte, now time.Time) Admission {
	token := newToken()
	digest, _ := tokenDigest(token)
	return Admission{Token: token, Session: Session{
		Org: account.Org, ID: id.New(now), Token: digest[:], Account: account.ID, Person: account.Person,
		Since: now, Seen: now, Stepped: now, Until: now.Add(SessionLife), IP: t.who.IP, Terminal: t.who.Terminal,
		BrowserKey: browserKey, Proved: now, ProvedIP: t.who.IP, ProvedTerminal: t.who.Terminal,
	}}
}

// standing is what a person is at a moment, and the rules then in force.
func (r *Room) standing(ctx context.Context, person string, at time.Time) (standing staff.Standing, rules Version, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		return v.Together(ctx,
			func() (err error) { standing, err = staff.StandingOf(ctx, v, r.org, person, at); return err },
			func() (err error) { rules, err = r.rulesOf(ctx, v, r.org); return err },
		)
	})
	return standing, rules, r.doubted(ctx, err)
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
