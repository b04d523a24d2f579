package identity

import (
	"context"
	"errors"
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
	account, own, err := r.accountAndWords(ctx, act.From(ctx))
	if err != nil {
		return err
	}
	if err := r.mustKnow(ctx, account, old); err != nil {
		return err
	}
	if err := checkPassword("body.chosen", chosen, own...); err != nil {
		return err
	}
	if chosen == old {
		return weak("body.chosen", "必须与原密码不同", "must differ from the old password")
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
		ended, err := endSessions(ctx, w, fresh.Org, fresh.ID, w.Actor().Session, w.Now())
		w.Note("sessions", strconv.Itoa(ended))
		return err
	})
	if err != nil {
		return err
	}
	r.present.dropPerson(account.Person)
	return nil
}

// accountAndWords finds the caller's account and the words that are the caller's
// own and so make no password.
func (r *Room) accountAndWords(ctx context.Context, caller act.Actor) (account Account, own []string, err error) {
	var standing staff.Standing
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		account, err = accountOf(ctx, v, caller.Org, caller.ID)
		if errors.Is(err, db.ErrNone) {
			return errNoAccount.Because(err)
		}
		if err != nil {
			return err
		}
		standing, err = staff.StandingOf(ctx, v, caller.Org, caller.ID, r.desk.Now())
		return err
	})
	person := standing.Person
	own = append(strings.Fields(person.NameEN), account.Name, person.Number, person.NameZH, strings.ReplaceAll(person.NameEN, " ", ""))
	return account, own, r.doubted(ctx, err)
}

// mustKnow holds the caller to the account's password, with the delays and the
// account of failures that a sign-in has.
func (r *Room) mustKnow(ctx context.Context, account Account, password string) error {
	t := r.newTry(ctx, "identity.change-password", account.Name)
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
