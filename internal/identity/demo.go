package identity

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// SignInAs lets in a person of a demonstration by choice, without a password.
// In a real store it answers as for an address that does not exist.
func (r *Room) SignInAs(ctx context.Context, person string) (Admission, error) {
	if !r.demo {
		return Admission{}, errNotDemo.With()
	}
	var account Account
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		account, err = accountOf(ctx, v, r.org, person)
		if errors.Is(err, db.ErrNone) {
			return errNoAccount.Because(err)
		}
		return err
	})
	if err != nil {
		return Admission{}, r.doubted(ctx, err)
	}
	return r.admit(ctx, r.newTry(ctx, "identity.sign-in", account.Name), account, proof{means: ByChoice})
}

// DemoPerson is somebody as whom a visitor of a demonstration can sign in.
type DemoPerson struct {
	Person string
	Name   staff.Name
	Roles  []string
}

// maxDemoPeople bounds the choice.
const maxDemoPeople = 200

// DemoPeople lists whom a visitor of a demonstration can be. They are invented
// people, so that nobody in particular may see them; a real store has none.
func (r *Room) DemoPeople(ctx context.Context) ([]DemoPerson, error) {
	if !r.demo {
		return nil, errNotDemo.With()
	}
	var people []DemoPerson
	err := r.desk.Look(ctx, func(v db.Reader) error {
		people = nil
		all, err := listAccounts(ctx, v, r.org, "", maxDemoPeople)
		if err != nil {
			return err
		}
		names, err := staff.Names(ctx, v, r.org, personsOf(all), r.desk.Now())
		if err != nil {
			return err
		}
		for _, a := range all {
			actor, err := staff.ActorOf(ctx, v, r.org, a.Person, r.desk.Now())
			if err != nil {
				return err
			}
			if a.State == Active && len(actor.Roles) > 0 {
				people = append(people, DemoPerson{Person: a.Person, Name: names[a.Person], Roles: actor.Roles})
			}
		}
		return nil
	})
	return people, r.doubted(ctx, err)
}

func personsOf(all []Account) []string {
	persons := make([]string, len(all))
	for i, a := range all {
		persons[i] = a.Person
	}
	return persons
}
