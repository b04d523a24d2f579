package identity

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
)

// ResetPassword gives an account a random password, which is shown once and must
// be changed, and ends its sessions.
func (r *Room) ResetPassword(ctx context.Context, account string) (password string, err error) {
	if err := r.mustBeKnown(ctx, "identity.reset-password"); err != nil {
		return "", err
	}
	password, hash, err := r.freshPassword(ctx)
	if err != nil {
		return "", err
	}
	err = r.changeAccount(ctx, "identity.reset-password", account, func(_ context.Context, w *act.Work, a *Account) error {
		if a.State != Active {
			return errIsDisabled.With()
		}
		a.setInitialPassword(hash, w.Now())
		return nil
	})
	if err != nil {
		return "", err
	}
	return password, nil
}

// DisableAccount stops an account for good and ends its sessions.
func (r *Room) DisableAccount(ctx context.Context, account string) error {
	return r.changeAccount(ctx, "identity.disable-account", account, func(_ context.Context, _ *act.Work, a *Account) error {
		if a.State != Active {
			return errIsDisabled.With()
		}
		a.State = Disabled
		return nil
	})
}

// changeAccount carries out an act on somebody's account after which none of its
// sessions counts any more.
func (r *Room) changeAccount(ctx context.Context, verb, account string, change func(ctx context.Context, w *act.Work, a *Account) error) error {
	var of Account
	err := r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		var err error
		if of, err = findAccount(ctx, w, w.Actor().Org, account); err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		password := of.Password
		if err := change(ctx, w, &of); err != nil {
			return err
		}
		if err := accounts.Update(ctx, w, &of); err != nil {
			return err
		}
		if of.Password != password {
			if err := keepPassword(ctx, w, of, w.Actor().ID); err != nil {
				return err
			}
			if err := r.tell(ctx, w, of.Person, ToldReset, of.ID); err != nil {
				return err
			}
		}
		ended, err := endSessions(ctx, w, of.Org, of.ID, "", w.Now())
		w.Note("sessions", strconv.Itoa(ended))
		return err
	})
	if err != nil {
		return err
	}
	r.leave(of)
	return nil
}
