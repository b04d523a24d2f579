package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// NewAccount is what is asked for when a person gets an account.
type NewAccount struct {
	Person string
	Name   string // sign-in name
	// ByChoice makes an account without a password, which only a demonstration
	// has: its person is signed in as by choice.
	ByChoice bool
}

// Created is a new account with its initial password, which is shown once and
// must be changed at the first sign-in.
type Created struct {
	Account  Account
	Password string
}

// CreateAccount gives a person an account and a signing key.
func (r *Room) CreateAccount(ctx context.Context, n NewAccount) (Created, error) {
	if err := r.mustBeKnown(ctx, "identity.create-account"); err != nil {
		return Created{}, err
	}
	n.Name = canonicalName(n.Name)
	if err := checkName(n.Name); err != nil {
		return Created{}, err
	}
	if n.ByChoice && !r.demo {
		return Created{}, errNotDemo.With()
	}
	return r.create(ctx, n, initialLife, false)
}

func (r *Room) create(ctx context.Context, n NewAccount, life time.Duration, onlyHere bool) (Created, error) {
	key, err := r.newKey(ctx, n.Person)
	if err != nil {
		return Created{}, err
	}
	now := r.desk.Now()
	made := Created{Account: Account{
		Org: act.From(ctx).Org, ID: id.New(now), Person: n.Person, Name: n.Name, State: Active,
		PasswordSince: now, Made: now, MadeBy: act.From(ctx).ID,
	}}
	if !n.ByChoice {
		made.Password = randomPassword()
		hash, err := r.hasher.Hash(ctx, made.Password)
		if err != nil {
			return Created{}, err
		}
		made.Account.setInitialPassword(hash, now)
		made.Account.PasswordUntil, made.Account.Loopback = now.Add(life), onlyHere
	}
	err = r.desk.Do(ctx, "identity.create-account", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(made.Account)); err != nil {
			return err
		}
		if err := r.staff.MustNotBeBarred(ctx, &w.Reading, n.Person); err != nil {
			return err
		}
		if err := unclaimed(ctx, w, made.Account); err != nil {
			return err
		}
		if err := keys.Insert(ctx, w, &key); err != nil {
			return err
		}
		w.Note("person", n.Person)
		if err := accounts.Insert(ctx, w, &made.Account); err != nil || n.ByChoice {
			return err
		}
		return keepPassword(ctx, w, made.Account, w.Actor().ID)
	})
	if errors.Is(err, db.ErrExists) {
		return Created{}, errHasAccount.Because(err)
	}
	if err != nil {
		return Created{}, r.staff.Kept(ctx, err)
	}
	return made, nil
}

// unclaimed says why an account cannot be: its person or its name has one.
func unclaimed(ctx context.Context, r db.Reader, a Account) error {
	_, found := accountOf(ctx, r, a.Org, a.Person)
	if err := mustBeFree(found, errHasAccount.With()); err != nil {
		return err
	}
	_, found = accountNamed(ctx, r, a.Org, a.Name)
	return mustBeFree(found, errNameTaken.With("name", a.Name))
}

// newKey makes a person's signing key, sealed under the person's data key.
func (r *Room) newKey(ctx context.Context, person string) (signingKey, error) {
	org := act.From(ctx).Org
	var subject *vault.Subject
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		if _, err = staff.StandingOf(ctx, v, org, person, r.desk.Now()); err != nil {
			return err
		}
		subject, err = r.vault.Subject(ctx, v, org, person)
		return err
	})
	if err != nil {
		return signingKey{}, r.doubted(ctx, err)
	}
	now := r.desk.Now()
	key := signingKey{Org: org, ID: id.New(now), Person: person, Made: now}
	public, private, err := subject.NewSigningKey(key.ID)
	if err != nil {
		return signingKey{}, err
	}
	key.Public, key.Private = public.Raw(), private
	return key, nil
}
