package staff

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// AddQualification registers a certificate.
func (r *Room) AddQualification(ctx context.Context, n NewQualification) (Qualification, error) {
	if err := n.check(r.desk.Now()); err != nil {
		return Qualification{}, err
	}
	var made Qualification
	err := r.desk.Do(ctx, "staff.add-qualification", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := mustKnow(findPerson(ctx, w, org, n.Person)); err != nil {
			return err
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Person", ID: n.Person, Org: org, Concerns: n.Person}); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), n.Person); err != nil {
			return err
		}
		made = Qualification{
			Org: org, ID: id.New(w.Now()), Person: n.Person, Kind: n.Kind, Number: n.Number, Issuer: n.Issuer,
			Since: n.Since.UTC(), Until: n.Until.UTC(), Made: w.Now(), MadeBy: w.Actor().ID,
		}
		w.Note("qualification", made.ID)
		return qualifications.Insert(ctx, w, &made)
	})
	if err != nil {
		return Qualification{}, err
	}
	r.powersChanged(made.Org, made.Person)
	return made, nil
}

// EndQualification withdraws a certificate now.
func (r *Room) EndQualification(ctx context.Context, qualification string) (Qualification, error) {
	var ended Qualification
	err := r.desk.Do(ctx, "staff.end-qualification", func(ctx context.Context, w *act.Work) error {
		var err error
		ended, err = qualifications.Get(ctx, w, w.Actor().Org, qualification)
		if errors.Is(err, db.ErrNone) {
			return errNoQualification.Because(err)
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Person", ID: ended.Person, Org: ended.Org, Concerns: ended.Person}); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), ended.Person); err != nil {
			return err
		}
		if !ended.End().After(w.Now()) {
			return errEnded.With()
		}
		ended.Ended, ended.EndedBy = w.Now(), w.Actor().ID
		w.Note("qualification", ended.ID)
		return qualifications.Update(ctx, w, &ended)
	})
	if err != nil {
		return Qualification{}, err
	}
	r.powersChanged(ended.Org, ended.Person)
	return ended, nil
}

// QualificationsOf shows every qualification of a person.
func (r *Room) QualificationsOf(ctx context.Context, person string) ([]Qualification, error) {
	var found []Qualification
	err := r.desk.Disclose(ctx, "staff.list-qualifications", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := mustKnow(findPerson(ctx, v, org, person)); err != nil {
			return err
		}
		if err := v.Permit(ctx, policy.Object{Kind: "Person", ID: person, Org: org, Concerns: person}); err != nil {
			return err
		}
		found, err = qualificationsOf(ctx, v, org, person)
		return err
	})
	return found, err
}

// RequireLicence says that from a moment on nobody writes in a role without a kind
// of qualification. A zero Since is now.
func (r *Room) RequireLicence(ctx context.Context, n Requirement) (Requirement, error) {
	if err := n.check(); err != nil {
		return Requirement{}, err
	}
	made := n
	err := r.desk.Do(ctx, "staff.require-licence", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		made = Requirement{Org: org, Role: n.Role, Kind: n.Kind, Since: later(n.Since.UTC(), w.Now()), Made: w.Now(), MadeBy: w.Actor().ID}
		w.Note("role", n.Role)
		_, err := requirements.Get(ctx, w, org, n.Role)
		switch {
		case errors.Is(err, db.ErrNone):
			return requirements.Insert(ctx, w, &made)
		case err != nil:
			return err
		}
		return requirements.Update(ctx, w, &made)
	})
	return made, err
}

// Requirements lists which roles need a qualification.
func (r *Room) Requirements(ctx context.Context) ([]Requirement, error) {
	var found []Requirement
	err := r.desk.Disclose(ctx, "staff.list-qualifications", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err = requirementsOf(ctx, v, org)
		return err
	})
	return found, err
}
