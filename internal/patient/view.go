package patient

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// View is a patient as those who may open him see him.
type View struct {
	ID string
	Demographics
	Rev        int
	UpdatedAt  time.Time
	Level      int
	Age        int // -1 when unknown
	Department string
	Encounters []Encounter
	Team       []Relation
	Calls      map[string]string     // kind of requisition by the relation that came with it
	Staff      map[string]staff.Name // whom the ids of persons name
	Tie        *policy.Tie           // what explains this access
	Seals      []policy.Tie          // those that lie on him; whoever may still look is told
	Purpose    string
	Masks      []policy.Mask // what of it is not shown in full
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
		v = View{ID: p.ID, Demographics: d, Rev: p.Rev, UpdatedAt: p.UpdatedAt, Level: p.Level, Age: -1, Department: object(p, stays).Department, Encounters: stays, Team: team, Tie: r.Tie(), Seals: r.SealsOn(patient), Purpose: r.Actor().Purpose}
		if age, ok := d.Age(r.Now()); ok {
			v.Age = age
		}
		var people []string
		for _, relation := range team {
			people = append(people, relation.Person, relation.GivenBy)
		}
		for _, e := range stays {
			people = append(people, e.Attending)
		}
		if v.Calls, err = callsOf(ctx, r, org, team); err != nil {
			return err
		}
		if v.Masks, err = r.Masks(ctx, object(p, stays)); err != nil {
			return err
		}
		v.Demographics = v.masked(v.Masks)
		v.Staff, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	return &v, nil
}
