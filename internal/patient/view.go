package patient

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// View is a patient as those who may open him see him.
type View struct {
	ID string
	Demographics
	Rev        int
	Level      int
	Age        int // -1 when unknown
	Department string
	Encounters []Encounter
	Team       []Relation
	Staff      map[string]staff.Name // whom the ids of persons name
	Tie        *policy.Tie           // what explains this access
	Purpose    string
}

// View opens a patient.
func (room *Room) View(ctx context.Context, patient string) (*View, error) {
	var v View
	err := room.desk.Disclose(ctx, "patient.view", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		p, stays, err := findWith(ctx, r, org, patient)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, object(p, stays)); err != nil {
			return err
		}
		var d Demographics
		var team []Relation
		err = r.Together(ctx,
			func() (err error) {
				d, err = room.unseal(ctx, r, p)
				return err
			},
			func() (err error) {
				team, err = teamOf(ctx, r, org, patient, r.Now())
				return err
			},
		)
		if err != nil {
			return err
		}
		v = View{ID: p.ID, Demographics: d, Rev: p.Rev, Level: p.Level, Age: -1, Department: object(p, stays).Department, Encounters: stays, Team: team, Tie: r.Tie(), Purpose: r.Actor().Purpose}
		if age, ok := d.Age(r.Now()); ok {
			v.Age = age
		}
		var people []string
		for _, relation := range team {
			people = append(people, relation.Person)
		}
		for _, e := range stays {
			people = append(people, e.Attending)
		}
		v.Staff, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	return &v, nil
}
