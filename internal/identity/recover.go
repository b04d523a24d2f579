package identity

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// AskRecovery asks that somebody's second factors be taken away. The holder is
// told at once, so that a recovery he knows nothing of does not pass unseen.
func (r *Room) AskRecovery(ctx context.Context, account, why string) (Recovery, error) {
	const verb = "identity.ask-recovery"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return Recovery{}, err
	}
	if !slices.Contains(recoveryReasons, why) {
		choices := strings.Join(recoveryReasons, ", ")
		return Recovery{}, errInput.With().At("body.why", fault.Text{ZH: "应为以下之一：" + choices, EN: "must be one of " + choices})
	}
	var asked Recovery
	err := r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		of, err := findAccount(ctx, w, w.Actor().Org, account)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		has, err := liveFactors(ctx, w, of.Org, of.ID)
		if err != nil {
			return err
		}
		if len(has) == 0 {
			return errNoFactor.With()
		}
		asked = Recovery{
			Org: of.Org, ID: id.New(w.Now()), Account: of.ID, Person: of.Person, State: Asked, Why: why,
			Asked: w.Now(), AskedBy: w.Actor().ID, Until: w.Now().Add(recoveryLife),
		}
		w.Note("recovery", asked.ID)
		w.Note("why", why)
		if err := recoveriesAsked.Insert(ctx, w, &asked); err != nil {
			return err
		}
		return r.tell(ctx, w, of.Person, ToldAsked, asked.ID)
	})
	return asked, err
}

// ApproveRecovery is the second person's yes. The holder's factors and recovery
// codes end, so do his sessions, and his signing key is replaced: whoever held
// the lost factor may have signed with it.
func (r *Room) ApproveRecovery(ctx context.Context, recovery string) error {
	const verb = "identity.approve-recovery"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return err
	}
	asked, err := r.lookRecovery(ctx, recovery)
	if err != nil {
		return err
	}
	key, err := r.newKey(ctx, asked.Person)
	if err != nil {
		return err
	}
	var of Account
	err = r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		fresh, account, err := permitRecovery(ctx, w, recovery)
		if err != nil {
			return err
		}
		of = account
		fresh.State, fresh.Decided, fresh.DecidedBy = Approved, w.Now(), w.Actor().ID
		if err := recoveriesAsked.Update(ctx, w, &fresh); err != nil {
			return err
		}
		if err := takeFactors(ctx, w, of); err != nil {
			return err
		}
		if err := replaceKey(ctx, w, key, "recovery"); err != nil {
			return err
		}
		ended, err := endSessions(ctx, w, of.Org, of.ID, "", w.Now())
		if err != nil {
			return err
		}
		w.Note("sessions", strconv.Itoa(ended))
		return r.tell(ctx, w, of.Person, ToldRecovered, fresh.ID)
	})
	if err == nil {
		r.leave(of)
	}
	return err
}

// DeclineRecovery is a no, from whoever may approve or from the holder himself.
func (r *Room) DeclineRecovery(ctx context.Context, recovery string) error {
	return r.desk.Do(ctx, "identity.decline-recovery", func(ctx context.Context, w *act.Work) error {
		fresh, _, err := permitRecovery(ctx, w, recovery)
		if err != nil {
			return err
		}
		fresh.State, fresh.Decided, fresh.DecidedBy = Declined, w.Now(), w.Actor().ID
		return recoveriesAsked.Update(ctx, w, &fresh)
	})
}

// ListRecoveries lists the requests that wait for a second person.
func (r *Room) ListRecoveries(ctx context.Context) ([]Recovery, error) {
	var waiting []Recovery
	err := r.desk.Disclose(ctx, "identity.list-recoveries", func(ctx context.Context, v *act.Reading) error {
		org := v.Actor().Org
		if err := v.Permit(ctx, houseOf(org)); err != nil {
			return err
		}
		var err error
		waiting, err = waitingRecoveries(ctx, v, org, v.Now())
		return err
	})
	return waiting, err
}

func (r *Room) lookRecovery(ctx context.Context, recovery string) (found Recovery, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		found, err = findRecovery(ctx, v, act.From(ctx).Org, recovery)
		return err
	})
	return found, r.doubted(ctx, err)
}

func findRecovery(ctx context.Context, v db.Reader, org, recovery string) (Recovery, error) {
	found, err := recoveriesAsked.Get(ctx, v, org, recovery)
	if errors.Is(err, db.ErrNone) {
		return found, errNoRecovery.Because(err)
	}
	return found, err
}

// permitRecovery finds an open request and asks whether the actor may decide it.
func permitRecovery(ctx context.Context, w *act.Work, recovery string) (Recovery, Account, error) {
	found, err := findRecovery(ctx, w, w.Actor().Org, recovery)
	if err != nil {
		return found, Account{}, err
	}
	of, err := findAccount(ctx, w, found.Org, found.Account)
	if err != nil {
		return found, of, err
	}
	resetters, err := lateResetters(ctx, w, of, w.Now().Add(-resetMemory))
	if err != nil {
		return found, of, err
	}
	if err := w.Permit(ctx, found.objectFor(of, w.Actor().ID, resetters)); err != nil {
		return found, of, err
	}
	w.Note("recovery", found.ID)
	if !found.open(w.Now()) {
		return found, of, errNoRecovery.With()
	}
	return found, of, nil
}

// takeFactors ends all that somebody holds besides his password.
func takeFactors(ctx context.Context, w *act.Work, of Account) error {
	has, err := liveFactors(ctx, w, of.Org, of.ID)
	if err != nil {
		return err
	}
	for i := range has {
		if err := endFactor(ctx, w, &has[i]); err != nil {
			return err
		}
	}
	w.Note("factors", strconv.Itoa(len(has)))
	tokens, err := tokensOf(ctx, w, of.Org, of.ID)
	if err != nil {
		return err
	}
	for i := range tokens {
		if err := endLink(ctx, w, &tokens[i], "lost"); err != nil {
			return err
		}
	}
	return voidCodes(ctx, w, of)
}

// replaceKey ends a person's signing key and gives him a new one.
func replaceKey(ctx context.Context, w *act.Work, by signingKey, why string) error {
	old, err := keyOf(ctx, w, by.Org, by.Person)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return err
	}
	if err == nil {
		ended := keyEnd{Org: old.Org, ID: old.ID, Person: old.Person, Ended: w.Now(), EndedBy: w.Actor().ID, Why: why}
		if err := keyEnds.Insert(ctx, w, &ended); err != nil {
			return err
		}
		w.Note("key-ended", old.ID)
	}
	return keys.Insert(ctx, w, &by)
}
