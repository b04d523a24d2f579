package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// StepLife is how long somebody who has shown who he is may do what is marked.
const StepLife = 10 * time.Minute

// Shown is what somebody who is signed in shows again: his passkey, a code where he
// has a factor, or his password where he has none.
type Shown struct {
	Password string
	Code     string
	Ceremony string // of a passkey
	Passkey  []byte // the browser's answer
}

// StepUp lets the caller show again who he is and returns until when that holds
//
func (r *Room) StepUp(ctx context.Context, again Shown) (until time.Time, err error) {
	const verb = "identity.step-up"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return until, err
	}
	who, err := r.callerOf(ctx)
	if err != nil {
		return until, err
	}
	shown, err := r.showAgain(ctx, verb, who.account, again)
	if err != nil {
		return until, err
	}
	err = r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(who.account)); err != nil {
			return err
		}
		if err := shown.spend(ctx, w, who.account.Org); err != nil {
			return err
		}
		until = w.Now().Add(StepLife)
		return stepped(ctx, w, shown)
	})
	r.present.dropPerson(who.account.Person)
	return until, err
}

// showAgain holds somebody who is signed in to what he has. In a demonstration an
// account without a password has nothing to show.
func (r *Room) showAgain(ctx context.Context, verb string, a Account, again Shown) (second, error) {
	if again.Ceremony != "" {
		h, shown, err := r.passkeyShown(ctx, verb, again.Ceremony, again.Passkey)
		if err == nil && h.account.ID != a.ID {
			err = errPasskey.With()
		}
		return shown, err
	}
	t := r.newTry(ctx, verb, a.Name)
	if err := r.mayTry(ctx, t, a); err != nil {
		return second{}, err
	}
	shown, err := r.mustShow(ctx, t, a, again.Code)
	if err != nil || shown.strong() || a.Password == "" {
		return shown, err
	}
	by, err := r.vouchAgain(ctx, a, again.Password)
	shown.fallback = by.fallback
	if err == nil && !by.right {
		err = r.fail(ctx, t, a, whyPassword, errOldWrong.With().At("body.password", fault.Text{ZH: "与密码不符", EN: "is not the password"}))
	}
	return shown, err
}

// mayTry keeps somebody waiting who has failed too often.
func (r *Room) mayTry(ctx context.Context, t try, a Account) error {
	var wait time.Duration
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		wait, err = r.mustWait(ctx, v, t, a.ID, r.desk.Now())
		return err
	})
	if err == nil && wait > 0 {
		return waitFor(wait)
	}
	return r.doubted(ctx, err)
}

// stepped writes into the calling session that its person has shown who he is.
func stepped(ctx context.Context, w *act.Work, shown second) error {
	session, err := sessions.Get(ctx, w, w.Actor().Org, w.Actor().Session)
	if errors.Is(err, db.ErrNone) {
		return act.ErrNobody.Because(err)
	}
	if err != nil {
		return err
	}
	session.show(shown, w.Now())
	w.Note("means", string(session.Means))
	return sessions.Update(ctx, w, &session)
}
