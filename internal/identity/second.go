package identity

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// second is what was shown besides a password: a code of a factor, or a recovery
// code. The zero value is nothing.
type second struct {
	means    Means
	factor   string
	step     int64
	recovery string
	link     string // by which it was shown, whether or not it stands for a factor
	message  string // ceremony of a code that was sent
	face     string // that was seen
	live     int64  // how surely it was alive, of 1000
	fallback Fallback
}

func (s second) strong() bool { return s.means != "" }

// errAnother says that a code is right and was taken before.
var errAnother = errors.New("identity: the code was taken before")

// secondOf finds what a code is of. Nothing is spent yet. A code that is of
// nothing gives the zero value.
func (r *Room) secondOf(ctx context.Context, a Account, factors []Factor, code string) (second, error) {
	code = canonicalCode(code)
	if len(code) != codeDigits {
		return r.recoveryOf(ctx, a, code)
	}
	for _, f := range factors {
		if f.Kind != Codes {
			continue
		}
		secret, err := r.secretOf(ctx, f)
		if err != nil {
			return second{}, err
		}
		step, err := stepShown(secret, code, r.desk.Now())
		switch {
		case err != nil:
			return second{}, err
		case step > f.LastStep:
			return second{means: ByCode, factor: f.ID, step: step}, nil
		case step > 0:
			return second{}, errAnother
		}
	}
	return second{}, nil
}

func (r *Room) recoveryOf(ctx context.Context, a Account, code string) (second, error) {
	var found []recoveryCode
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		found, err = recoveryNamed(ctx, v, a, r.digestOf(a, code))
		return err
	})
	if err != nil {
		return second{}, r.doubted(ctx, err)
	}
	for _, c := range found {
		if c.good() {
			return second{means: ByRecovery, recovery: c.ID}, nil
		}
	}
	return second{}, nil
}

func (r *Room) digestOf(a Account, code string) string {
	return r.vault.Blind(a.Org, "identity_recovery_code", a.ID+"\n"+canonicalCode(code))
}

func (r *Room) secretOf(ctx context.Context, f Factor) (string, error) {
	subject, err := r.subjectOf(ctx, f.Org, f.Person)
	if err != nil {
		return "", err
	}
	secret, err := subject.Open(f.place(), f.Secret)
	return string(secret), err
}

func (r *Room) subjectOf(ctx context.Context, org, person string) (subject *vault.Subject, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		subject, err = r.vault.Subject(ctx, v, org, person)
		return err
	})
	return subject, r.doubted(ctx, err)
}

// spend takes within an act what was shown, so that it is good once only. Two who
// show the same at the same moment do not both come in.
func (s second) spend(ctx context.Context, w *act.Work, org string) error {
	if s.link != "" {
		if err := useLink(ctx, w, org, s.link); err != nil {
			return err
		}
	}
	if s.face != "" {
		if err := useFace(ctx, w, org, s); err != nil {
			return err
		}
	}
	switch {
	case s.factor != "":
		f, err := factors.Get(ctx, w, org, s.factor)
		if err != nil {
			return err
		}
		// Passkeys that live in several places count nothing and say 0; their
		// ceremonies are good once.
		counts := f.Kind == Codes || s.step != 0 || f.LastStep != 0
		if f.State != Live || counts && f.LastStep >= s.step {
			return errCodeUsed.With()
		}
		f.LastStep, f.Used = s.step, w.Now()
		return factors.Update(ctx, w, &f)
	case s.recovery != "":
		c, err := recoveries.Get(ctx, w, org, s.recovery)
		if err != nil {
			return err
		}
		if !c.good() {
			return errCodeUsed.With()
		}
		c.Used = w.Now()
		return recoveries.Update(ctx, w, &c)
	case s.message != "":
		return spendMessage(ctx, w, org, s.message)
	}
	return nil
}

// mustShow holds somebody to his second factor when he has one. Without a code it
// asks for one; a wrong one counts as a failed attempt.
func (r *Room) mustShow(ctx context.Context, t try, a Account, code string) (second, error) {
	var has []Factor
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		has, err = liveFactors(ctx, v, a.Org, a.ID)
		return err
	})
	switch {
	case err != nil:
		return second{}, r.doubted(ctx, err)
	case code == "":
		token, err := r.tokenShown(ctx, a)
		if err == nil && !token.strong() && len(has) > 0 {
			err = errCodeNeeded.With()
		}
		return token, err
	case len(has) == 0:
		return r.mustHaveBeenSent(ctx, t, a, code)
	}
	shown, err := r.secondOf(ctx, a, has, code)
	switch {
	case errors.Is(err, errAnother):
		return shown, r.fail(ctx, t, a, whyCodeUsed, errCodeUsed.With())
	case err != nil:
		return shown, err
	case !shown.strong():
		return shown, r.fail(ctx, t, a, whyCode, errCodeWrong.With())
	}
	return shown, nil
}
