package identity

import (
	"context"
	"errors"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Enrolment is a factor that waits for its first code. Secret and URI are shown
// once.
type Enrolment struct {
	Factor Factor
	Secret string
	URI    string // otpauth://, to be shown as a QR code
}

// EnrolCodes begins to give the caller an authenticator.
func (r *Room) EnrolCodes(ctx context.Context, label string) (Enrolment, error) {
	if err := r.mustBeKnown(ctx, "identity.enrol-factor"); err != nil {
		return Enrolment{}, err
	}
	if err := checkLabel(label); err != nil {
		return Enrolment{}, err
	}
	who, err := r.callerOf(ctx)
	if err != nil {
		return Enrolment{}, err
	}
	secret, uri, err := newCodeSecret(who.account.Name)
	if err != nil {
		return Enrolment{}, err
	}
	now := r.desk.Now()
	f := Factor{
		Org: who.account.Org, ID: id.New(now), Account: who.account.ID, Person: who.account.Person,
		Kind: Codes, State: Pending, Label: label, Made: now,
	}
	subject, err := r.subjectOf(ctx, f.Org, f.Person)
	if err != nil {
		return Enrolment{}, err
	}
	if f.Secret, err = subject.Seal(f.place(), []byte(secret)); err != nil {
		return Enrolment{}, err
	}
	err = r.desk.Do(ctx, "identity.enrol-factor", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(who.account)); err != nil {
			return err
		}
		w.Note("factor", f.ID)
		return factors.Insert(ctx, w, &f)
	})
	if err != nil {
		return Enrolment{}, err
	}
	return Enrolment{Factor: f, Secret: secret, URI: uri}, nil
}

const mostLabel = 40

func checkLabel(label string) error {
	if len([]rune(label)) > mostLabel {
		return errInput.With().At("body.label", fault.Text{ZH: "不得超过 40 个字符", EN: "must not be longer than 40 characters"})
	}
	return nil
}

// ConfirmCodes takes the first code of an enrolment. The factor replaces the one
// before it, the calling session becomes strong, and fresh recovery codes are
// returned, which are shown once.
func (r *Room) ConfirmCodes(ctx context.Context, factor, code string) ([]string, error) {
	if err := r.mustBeKnown(ctx, "identity.confirm-factor"); err != nil {
		return nil, err
	}
	who, err := r.callerOf(ctx)
	if err != nil {
		return nil, err
	}
	t := r.newTry(ctx, "identity.confirm-factor", who.account.Name)
	if err := r.mayTry(ctx, t, who.account); err != nil {
		return nil, err
	}
	f, err := r.pendingFactor(ctx, who.account, factor)
	if err != nil {
		return nil, err
	}
	shown, err := r.secondOf(ctx, who.account, []Factor{f}, code)
	switch {
	case err != nil:
		return nil, err
	case shown.factor == "":
		return nil, r.fail(ctx, t, who.account, whyCode, errCodeWrong.With())
	}
	return r.confirm(ctx, who.account, f, shown)
}

// confirm makes a factor count of which its holder has shown that he has it.
// Codes replace those before them; of passkeys there may be several.
func (r *Room) confirm(ctx context.Context, a Account, f Factor, shown second) ([]string, error) {
	fresh := newRecoverySet()
	err := r.desk.Do(ctx, "identity.confirm-factor", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(a)); err != nil {
			return err
		}
		if f.Kind == Codes {
			if err := r.endOthers(ctx, w, f); err != nil {
				return err
			}
		}
		f.State, f.Since, f.LastStep, f.Used = Live, w.Now(), shown.step, w.Now()
		if err := factors.Update(ctx, w, &f); err != nil {
			return err
		}
		w.Note("factor", f.ID)
		if err := r.renewCodes(ctx, w, a, fresh); err != nil {
			return err
		}
		if err := stepped(ctx, w, shown); err != nil {
			return err
		}
		return r.tell(ctx, w, a.Person, ToldEnrolled, f.ID)
	})
	if err != nil {
		return nil, err
	}
	r.present.dropPerson(a.Person)
	return fresh, nil
}

func (r *Room) pendingFactor(ctx context.Context, a Account, factor string) (f Factor, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		f, err = factors.Get(ctx, v, a.Org, factor)
		return err
	})
	switch {
	case errors.Is(err, db.ErrNone):
		return f, errNoFactor.Because(err)
	case err != nil:
		return f, r.doubted(ctx, err)
	case f.Account != a.ID || f.State != Pending || !f.Made.Add(enrolLife).After(r.desk.Now()):
		return f, errNoFactor.With()
	}
	return f, nil
}

// endOthers ends what a confirmed factor replaces.
func (r *Room) endOthers(ctx context.Context, w *act.Work, by Factor) error {
	has, err := liveFactors(ctx, w, by.Org, by.Account)
	if err != nil {
		return err
	}
	for i := range has {
		if has[i].Kind != by.Kind {
			continue
		}
		if err := endFactor(ctx, w, &has[i]); err != nil {
			return err
		}
	}
	return nil
}

func endFactor(ctx context.Context, w *act.Work, f *Factor) error {
	f.State, f.Ended, f.EndedBy, f.Secret = Gone, w.Now(), w.Actor().ID, nil
	return factors.Update(ctx, w, f)
}

// EndFactor ends one of the caller's own factors.
func (r *Room) EndFactor(ctx context.Context, factor string) error {
	var of Account
	err := r.desk.Do(ctx, "identity.end-factor", func(ctx context.Context, w *act.Work) error {
		f, err := factors.Get(ctx, w, w.Actor().Org, factor)
		if errors.Is(err, db.ErrNone) {
			return errNoFactor.Because(err)
		}
		if err != nil {
			return err
		}
		if of, err = findAccount(ctx, w, f.Org, f.Account); err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		if f.State == Gone {
			return errNoFactor.With()
		}
		w.Note("factor", f.ID)
		return endFactor(ctx, w, &f)
	})
	if err == nil {
		r.present.dropPerson(of.Person)
	}
	return err
}

func newRecoverySet() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = newRecoveryCode()
	}
	return codes
}

// RenewCodes replaces the caller's recovery codes.
func (r *Room) RenewCodes(ctx context.Context) ([]string, error) {
	fresh := newRecoverySet()
	err := r.desk.Do(ctx, "identity.renew-codes", func(ctx context.Context, w *act.Work) error {
		own, err := ownOr(ctx, w, w.Actor(), "")
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(own)); err != nil {
			return err
		}
		has, err := liveFactors(ctx, w, own.Org, own.ID)
		if err != nil {
			return err
		}
		if len(has) == 0 {
			return errNoFactor.With()
		}
		return r.renewCodes(ctx, w, own, fresh)
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

// renewCodes voids the recovery codes of an account and keeps fresh ones.
func (r *Room) renewCodes(ctx context.Context, w *act.Work, a Account, fresh []string) error {
	if err := voidCodes(ctx, w, a); err != nil {
		return err
	}
	for _, code := range fresh {
		kept := recoveryCode{Org: a.Org, ID: id.New(w.Now()), Account: a.ID, Digest: r.digestOf(a, code), Made: w.Now()}
		if err := recoveries.Insert(ctx, w, &kept); err != nil {
			return err
		}
	}
	w.Note("recovery-codes", strconv.Itoa(len(fresh)))
	return nil
}

func voidCodes(ctx context.Context, w *act.Work, a Account) error {
	old, err := openRecovery(ctx, w, a)
	if err != nil {
		return err
	}
	for i := range old {
		old[i].Voided = w.Now()
		if err := recoveries.Update(ctx, w, &old[i]); err != nil {
			return err
		}
	}
	return nil
}

// ListFactors lists the caller's factors that are live, and how many recovery
// codes are left.
func (r *Room) ListFactors(ctx context.Context) (has []Factor, codesLeft int, err error) {
	err = r.desk.Disclose(ctx, "identity.list-factors", func(ctx context.Context, v *act.Reading) error {
		own, err := accountOf(ctx, v, v.Actor().Org, v.Actor().ID)
		if errors.Is(err, db.ErrNone) {
			return errNoAccount.Because(err)
		}
		if err != nil {
			return err
		}
		if err := v.Permit(ctx, objectOf(own)); err != nil {
			return err
		}
		if has, err = liveFactors(ctx, v, own.Org, own.ID); err != nil {
			return err
		}
		left, err := openRecovery(ctx, v, own)
		codesLeft = len(left)
		return err
	})
	return has, codesLeft, err
}
