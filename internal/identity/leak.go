package identity

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
)

// ReportLeak is for somebody who fears that his password is known: it is void at
// once and all his sessions end. He is shown a new one, which must be changed.
// Whoever calls shows again who he is, or an open screen would be enough to take
// the account (B-107).
func (r *Room) ReportLeak(ctx context.Context, again Shown) (fresh string, err error) {
	const verb = "identity.report-leak"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return "", err
	}
	who, err := r.callerOf(ctx)
	if err != nil {
		return "", err
	}
	if who.account.Password == "" {
		return "", errNoPassword.With()
	}
	shown, err := r.showAgain(ctx, verb, who.account, again)
	if err != nil {
		return "", err
	}
	fresh, hash, err := r.freshPassword(ctx)
	if err != nil {
		return "", err
	}
	var of Account
	err = r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		if of, err = findAccount(ctx, w, who.account.Org, who.account.ID); err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		if of.Password != who.account.Password {
			return errMovedOn.With()
		}
		if err := shown.spend(ctx, w, of.Org); err != nil {
			return err
		}
		of.setInitialPassword(hash, w.Now())
		if err := accounts.Update(ctx, w, &of); err != nil {
			return err
		}
		if err := keepPassword(ctx, w, of, act.Anonymous); err != nil {
			return err
		}
		ended, err := endSessions(ctx, w, of.Org, of.ID, "", w.Now())
		if err != nil {
			return err
		}
		w.Note("sessions", strconv.Itoa(ended))
		return r.tell(ctx, w, of.Person, ToldLeak, of.ID)
	})
	if err != nil {
		return "", err
	}
	r.leave(of)
	return fresh, nil
}
