package patient

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// word is that an admission of a patient who was known before stands by what one
// person says. Until a second person, or a source, confirms it, the ward is not
// given what there is to read; whoever admitted states a reason.
type word struct {
	Org         string    `db:"org,key"`
	Encounter   string    `db:"encounter,key"`
	Patient     string    `db:"patient"`
	Department  string    `db:"department"`
	Person      string    `db:"person"`
	Since       time.Time `db:"since"`
	Confirmed   time.Time `db:"confirmed"`
	ConfirmedBy string    `db:"confirmed_by"`
	MAC         []byte    `db:"mac"`
}

func (x word) waits() bool { return x.Confirmed.IsZero() }

// giveWord writes down by whose word an admission stands, where it opens something
// that was there before.
func giveWord(ctx context.Context, w *act.Work, e Encounter) error {
	return words.Insert(ctx, w, &word{
		Org: e.Org, Encounter: e.ID, Patient: e.Patient, Department: e.Department, Person: w.Actor().ID, Since: w.Now(),
	})
}

// ConfirmAdmission makes an admission that stands by one person's word one of the
// ward's. Whoever admitted cannot confirm it.
func (room *Room) ConfirmAdmission(ctx context.Context, encounter string) error {
	return room.desk.Do(ctx, "patient.confirm-admission", func(ctx context.Context, w *act.Work) error {
		e, err := encounters.Get(ctx, w, w.Actor().Org, encounter)
		if err != nil {
			return absent(err)
		}
		known, err := room.Find(ctx, w, e.Org, e.Patient)
		if err != nil {
			return err
		}
		given, err := words.Select(ctx, w, "WHERE org = $1 AND encounter = $2", e.Org, e.ID)
		if err != nil {
			return err
		}
		o := known.Object
		o.Kind, o.ID, o.Department, o.CreatedBy, o.Concerns, o.Discharged = "Encounter", e.ID, e.Department, e.Source, "", !e.Open()
		if len(given) > 0 {
			o.Concerns = given[0].Person
		}
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		if len(given) == 0 || !given[0].waits() {
			return errNothingToConfirm.With()
		}
		return confirm(ctx, w, given[0])
	})
}

func confirm(ctx context.Context, w *act.Work, given word) error {
	given.Confirmed, given.ConfirmedBy = w.Now(), w.Actor().ID
	return words.Update(ctx, w, &given)
}

// confirmBy confirms the admissions to a department that wait for a second person,
// by what another person or a source says of the patient.
func confirmBy(ctx context.Context, w *act.Work, stays []Encounter, department string) error {
	for _, e := range stays {
		if e.Unconfirmed == "" || e.Unconfirmed == w.Actor().ID || e.Department != department {
			continue
		}
		given, err := words.Get(ctx, w, e.Org, e.ID)
		if err == nil {
			err = confirm(ctx, w, given)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moveWord lets an admission that waits for a second person wait in the department
// to which it was moved; who moves another's admission has confirmed it.
func moveWord(ctx context.Context, w *act.Work, e Encounter) error {
	given, err := words.Select(ctx, w, "WHERE org = $1 AND encounter = $2", e.Org, e.ID)
	if err != nil || len(given) == 0 || !given[0].waits() {
		return err
	}
	if given[0].Person != w.Actor().ID {
		return confirm(ctx, w, given[0])
	}
	given[0].Department = e.Department
	return words.Update(ctx, w, &given[0])
}

// unconfirmedIn reads the admissions to a department that wait for a second
// person; of some patients, when they are given.
func unconfirmedIn(ctx context.Context, r db.Reader, org, department string, some []string) ([]word, error) {
	where, args := "WHERE org = $1 AND department = $2 AND confirmed IS NULL", []any{org, department}
	if len(some) == 1 {
		where, args = where+" AND patient = $3", append(args, some[0])
	}
	waiting, err := words.Select(ctx, r, where, args...)
	return slices.DeleteFunc(waiting, func(x word) bool { return len(some) > 1 && !slices.Contains(some, x.Patient) }), err
}

// mark tells encounters which of them stand by one person's word.
func mark(stays []Encounter, given []word) {
	for i := range stays {
		for _, one := range given {
			if one.Encounter == stays[i].ID && one.waits() {
				stays[i].Unconfirmed = one.Person
			}
		}
	}
}
