package identity

import (
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// lockReasons are why an account can be locked.
var lockReasons = []string{"compromised", "sharing", "inquiry", "other"}

// LockAccount stops an account by decision of the security administrator, ends its
// sessions and tells its owner. Failed attempts never do this: whoever guesses at
// names must not be able to keep people from their patients.
func (r *Room) LockAccount(ctx context.Context, account, why string) error {
	if err := r.mustBeKnown(ctx, "identity.lock-account"); err != nil {
		return err
	}
	if !slices.Contains(lockReasons, why) {
		choices := strings.Join(lockReasons, ", ")
		return errInput.With().At("body.why", fault.Text{ZH: "应为以下之一：" + choices, EN: "must be one of " + choices})
	}
	return r.changeAccount(ctx, "identity.lock-account", account, func(ctx context.Context, w *act.Work, a *Account) error {
		if a.State != Active {
			return errIsDisabled.With()
		}
		a.State = Locked
		w.Note("why", why)
		return r.tell(ctx, w, a.Person, ToldLocked, a.ID)
	})
}

// UnlockAccount opens a locked account with a new initial password: the old one
// may be why it was locked.
func (r *Room) UnlockAccount(ctx context.Context, account string) (password string, err error) {
	if err := r.mustBeKnown(ctx, "identity.unlock-account"); err != nil {
		return "", err
	}
	password, hash, err := r.freshPassword(ctx)
	if err != nil {
		return "", err
	}
	err = r.changeAccount(ctx, "identity.unlock-account", account, func(_ context.Context, w *act.Work, a *Account) error {
		if a.State != Locked {
			return errNotLocked.With()
		}
		a.State = Active
		a.setInitialPassword(hash, w.Now())
		return nil
	})
	if err != nil {
		return "", err
	}
	return password, nil
}

func (r *Room) freshPassword(ctx context.Context) (password, hash string, err error) {
	password = randomPassword()
	hash, err = r.hasher.Hash(ctx, password)
	return password, hash, err
}
