package staff

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// PublishUndertaking publishes the next version of an undertaking, which takes the
// place of the one before it from its beginning on.
func (r *Room) PublishUndertaking(ctx context.Context, n NewUndertaking) (Undertaking, error) {
	now := r.desk.Now()
	if n.Since.IsZero() {
		n.Since = now
	}
	if err := n.check(now); err != nil {
		return Undertaking{}, err
	}
	var made Undertaking
	err := r.desk.Do(ctx, "staff.publish-undertaking", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		made = Undertaking{
			Org: org, ID: id.New(w.Now()), Code: n.Code, Version: 1, TitleZH: n.TitleZH, TitleEN: n.TitleEN, TextZH: n.TextZH, TextEN: n.TextEN,
			Roles: n.Roles, Categories: n.Categories, Period: n.Period, Grace: n.Grace, Since: later(n.Since.UTC(), w.Now()), Made: w.Now(), MadeBy: w.Actor().ID,
		}
		before, err := undertakings.Select(ctx, w, "WHERE org = $1 AND code = $2 ORDER BY version DESC", org, n.Code)
		if err != nil {
			return err
		}
		if len(before) > 0 {
			made.Version = before[0].Version + 1
		}
		for _, u := range before {
			if u.Withdrawn.IsZero() || u.Withdrawn.After(made.Since) {
				u.Withdrawn = later(made.Since, u.Since)
				if err := undertakings.Update(ctx, w, &u); err != nil {
					return err
				}
			}
		}
		w.Note("undertaking", made.ID)
		return undertakings.Insert(ctx, w, &made)
	})
	return made, err
}

// WithdrawUndertaking ends a version now, without another in its place.
func (r *Room) WithdrawUndertaking(ctx context.Context, undertaking string) error {
	return r.desk.Do(ctx, "staff.withdraw-undertaking", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err := inForce(ctx, w, org, undertaking, w.Now())
		if err != nil {
			return err
		}
		found.Withdrawn = w.Now()
		w.Note("undertaking", found.ID)
		return undertakings.Update(ctx, w, &found)
	})
}

// SignUndertaking is the word of whoever acts on the current version of an
// undertaking that he is asked to sign.
func (r *Room) SignUndertaking(ctx context.Context, undertaking string) (Signature, error) {
	if err := r.desk.Begin(ctx, "staff.sign-undertaking"); err != nil {
		return Signature{}, err
	}
	actor := act.From(ctx)
	made, promised, err := r.prepareSignature(ctx, actor, undertaking)
	if err != nil {
		return Signature{}, err
	}
	err = r.desk.Do(ctx, "staff.sign-undertaking", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "Person", ID: actor.ID, Org: actor.Org, Concerns: actor.ID}); err != nil {
			return err
		}
		found, err := inForce(ctx, w, actor.Org, undertaking, w.Now())
		if err != nil {
			return err
		}
		if found.Version != promised.Version {
			return errNoUndertaking.With()
		}
		p, asked, err := promiseFor(ctx, w, actor.Org, actor.ID, found, w.Now())
		if err != nil {
			return err
		}
		if !asked {
			return errNotAsked.With()
		}
		w.Note("undertaking", found.ID)
		if err := signatures.Insert(ctx, w, &made); err != nil {
			return err
		}
		return r.settled(ctx, w, RenewUndertaking, p.Signature.ID)
	})
	if err != nil {
		return Signature{}, err
	}
	r.powersChanged(made.Org, made.Person)
	return made, nil
}

// prepareSignature signs before the act, because signing is no work of the
// database.
func (r *Room) prepareSignature(ctx context.Context, actor act.Actor, undertaking string) (Signature, Undertaking, error) {
	now := r.desk.Now()
	var found Undertaking
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		found, err = inForce(ctx, v, actor.Org, undertaking, now)
		return err
	})
	if err != nil {
		return Signature{}, Undertaking{}, err
	}
	made := Signature{
		Org: actor.Org, ID: id.New(now), Person: actor.ID, Undertaking: found.ID,
		Signed: now, Until: now.Add(time.Duration(found.Period) * days),
	}
	if r.signer != nil {
		if made.Key, made.Bytes, err = r.signer.Sign(ctx, actor, made.message(found)); err != nil {
			return Signature{}, Undertaking{}, err
		}
	}
	return made, found, nil
}

func inForce(ctx context.Context, r db.Reader, org, undertaking string, at time.Time) (Undertaking, error) {
	found, err := undertakings.Get(ctx, r, org, undertaking)
	if errors.Is(err, db.ErrNone) {
		return Undertaking{}, errNoUndertaking.Because(err)
	}
	if err == nil && !found.inForce(at) {
		return Undertaking{}, errNoUndertaking.With()
	}
	return found, err
}

// promiseFor returns what one undertaking means for somebody, and whether he is
// asked at all.
func promiseFor(ctx context.Context, r db.Reader, org, person string, u Undertaking, at time.Time) (Promise, bool, error) {
	all, err := promisesOf(ctx, r, org, person, at)
	i := slices.IndexFunc(all, func(p Promise) bool { return p.Undertaking.ID == u.ID })
	if err != nil || i < 0 {
		return Promise{}, false, err
	}
	return all[i], true, nil
}

func promisesOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Promise, error) {
	found, err := findPerson(ctx, r, org, person)
	if err := mustKnow(found, err); err != nil {
		return nil, err
	}
	live, err := liveAppointments(ctx, r, org, person, at)
	if err != nil {
		return nil, err
	}
	all, err := undertakingsAt(ctx, r, org, at)
	if err != nil {
		return nil, err
	}
	signed, err := signaturesOf(ctx, r, org, person)
	if err != nil {
		return nil, err
	}
	return promises(all, signed, found, rolesOf(live), at), nil
}

// PromisesOf lists what a person must have signed, and how that stands.
func (r *Room) PromisesOf(ctx context.Context, person string) ([]Promise, error) {
	var found []Promise
	err := r.desk.Disclose(ctx, "staff.list-undertakings", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "Person", ID: person, Org: org, Concerns: person}); err != nil {
			return err
		}
		found, err = promisesOf(ctx, v, org, person, v.Now())
		return err
	})
	return found, err
}

// Undertakings lists every version of every undertaking that counts or will.
func (r *Room) Undertakings(ctx context.Context) ([]Undertaking, error) {
	var found []Undertaking
	err := r.desk.Disclose(ctx, "staff.list-undertakings", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err = undertakingsAt(ctx, v, org, v.Now())
		return err
	})
	return found, err
}
