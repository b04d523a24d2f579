package staff

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// AddPerson adds somebody who works here, and makes the data key under which
// all that is sealed about this person lies.
func (r *Room) AddPerson(ctx context.Context, n NewPerson) (Person, error) {
	if err := n.check(); err != nil {
		return Person{}, err
	}
	org := act.From(ctx).Org
	added := Person{
		Org: org, ID: id.New(r.desk.Now()), Number: n.Number, NameZH: n.NameZH, NameEN: n.NameEN,
		Category: n.Category, Find: findText(n), Made: r.desk.Now(),
	}
	subject, err := r.vault.NewSubject(org, added.ID)
	if err != nil {
		return Person{}, err
	}
	if n.Phone != "" {
		if added.Phone, err = subject.Seal(phonePlace(added.ID), []byte(n.Phone)); err != nil {
			return Person{}, err
		}
	}
	taken := errNumberTaken.With("number", n.Number)
	err = r.desk.Do(ctx, "staff.add-person", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "Person", ID: added.ID, Org: org}); err != nil {
			return err
		}
		_, found := personNumbered(ctx, w, org, n.Number)
		if err := mustBeFree(found, taken); err != nil {
			return err
		}
		if err := r.barring.MustPass(ctx, &w.Reading, Party{Name: n.NameZH, Field: "nameZh", About: numberOf(n.Number)}); err != nil {
			return err
		}
		if err := subject.Save(ctx, w); err != nil {
			return err
		}
		return people.Insert(ctx, w, &added)
	})
	if errors.Is(err, db.ErrExists) {
		return Person{}, taken
	}
	return added, r.barring.Kept(ctx, err)
}

func phonePlace(person string) vault.Place {
	return vault.Place{Kind: "staff_person", Object: person, Field: "phone"}
}
