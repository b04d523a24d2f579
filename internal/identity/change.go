package identity

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// ChangePassword gives the caller's account a new password and ends its other
// sessions. Whoever calls must know the old one.
func (r *Room) ChangePassword(ctx context.Context, old, chosen string) error {
	if err := r.mustBeKnown(ctx, "identity.change-password"); err != nil {
		return err
	}
	caller, err := r.callerOf(ctx)
	if err != nil {
		return err
	}
	account := caller.account
	if err := r.mustKnow(ctx, "identity.change-password", account, old); err != nil {
		return err
	}
	if err := r.mayBecome(ctx, caller, old, chosen); err != nil {
		return err
	}
	hash, err := r.hasher.Hash(ctx, chosen)
	if err != nil {
		return err
	}
	err = r.desk.Do(ctx, "identity.change-password", func(ctx context.Context, w *act.Work) error {
		fresh, err := findAccount(ctx, w, account.Org, account.ID)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(fresh)); err != nil {
			return err
		}
		if fresh.Password != account.Password {
			return errMovedOn.With()
		}
		fresh.setPassword(hash, w.Now())
		if err := accounts.Update(ctx, w, &fresh); err != nil {
			return err
		}
		if err := keepPassword(ctx, w, fresh, w.Actor().ID); err != nil {
			return err
		}
		ended, err := endSessions(ctx, w, fresh.Org, fresh.ID, w.Actor().Session, w.Now())
		if err != nil {
			return err
		}
		w.Note("sessions", strconv.Itoa(ended))
		return goOn(ctx, w, caller.rules.Number)
	})
	if err != nil {
		return err
	}
	r.present.dropPerson(account.Person)
	return nil
}

// goOn gives the calling session what the old password withheld from it.
func goOn(ctx context.Context, w *act.Work, rules int64) error {
	session, err := sessions.Get(ctx, w, w.Actor().Org, w.Actor().Session)
	if errors.Is(err, db.ErrNone) {
		return act.ErrNobody.Because(err)
	}
	if err != nil {
		return err
	}
	session.Change, session.Stepped = ChangeNone, w.Now()
	if err := sessions.Update(ctx, w, &session); err != nil {
		return err
	}
	return uses.Put(ctx, w, &lastUse{Org: session.Org, Account: session.Account, Latest: session.Since, IP: session.IP, Rules: rules})
}

// caller is who changes something of his own.
type caller struct {
	account  Account
	standing staff.Standing
	rules    Version
}

func (r *Room) callerOf(ctx context.Context) (c caller, err error) {
	who := act.From(ctx)
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		c.account, err = accountOf(ctx, v, who.Org, who.ID)
		if errors.Is(err, db.ErrNone) {
			return errNoAccount.Because(err)
		}
		if err != nil {
			return err
		}
		if c.standing, err = staff.StandingOf(ctx, v, who.Org, who.ID, r.desk.Now()); err != nil {
			return err
		}
		c.rules, err = r.rulesOf(ctx, v, who.Org)
		return err
	})
	return c, r.doubted(ctx, err)
}

// ownWords belong to the person and so make no password.
func ownWords(a Account, holder staff.Person) []string {
	return append(strings.Fields(holder.NameEN), a.Name, holder.Number, holder.NameZH, strings.ReplaceAll(holder.NameEN, " ", ""))
}

// mayBecome says why a password may not be the next: it is less than the rules
// ask for, it became known somewhere, or it was the account's before (B-105, B-107).
func (r *Room) mayBecome(ctx context.Context, c caller, old, chosen string) error {
	const field = "body.chosen"
	rules := c.rules.Rules.Password
	if err := rules.checkPassword(field, chosen, ownWords(c.account, c.standing.Person)...); err != nil {
		return err
	}
	known, err := r.breached.Has(chosen)
	switch {
	case err != nil:
		return err
	case known:
		return weak(field, "此密码已在别处泄露，请换一个", "has become known elsewhere; choose another")
	case chosen == old:
		return weak(field, "必须与原密码不同", "must differ from the old password")
	}
	var before []formerPassword
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		before, err = chosenBefore(ctx, v, c.account, rules.History)
		return err
	})
	if err != nil {
		return r.doubted(ctx, err)
	}
	for _, p := range before {
		same, err := r.hasher.Matches(ctx, p.Hash, chosen)
		if err != nil {
			return err
		}
		if same {
			return weak(field, fmt.Sprintf("不得与最近 %d 次用过的密码相同", rules.History), fmt.Sprintf("was one of your last %d passwords", rules.History))
		}
	}
	return nil
}

// mustKnow holds the caller to the account's password, with the delays and the
// account of failures that a sign-in has.
func (r *Room) mustKnow(ctx context.Context, verb string, account Account, password string) error {
	t := r.newTry(ctx, verb, account.Name)
	_, wait, err := r.beforeHash(ctx, t, account.Name)
	if err != nil {
		return err
	}
	if wait > 0 {
		return waitFor(wait)
	}
	right, err := r.hasher.Matches(ctx, account.Password, password)
	if err != nil {
		return err
	}
	if !right {
		return r.fail(ctx, t, account, whyPassword, errOldWrong.With().At("body.old", fault.Text{ZH: "与原密码不符", EN: "is not the old password"}))
	}
	return nil
}
