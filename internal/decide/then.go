package decide

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// past is what uses are about: who and what is named does not depend on their times,
// what people were and what tied them does.
type past struct {
	*round
	stood map[stance]someone
}

// stance is somebody at a moment.
type stance struct {
	person string
	at     time.Time
}

func (room *Room) findThen(ctx context.Context, r *act.Reading, in Asking) (*past, error) {
	x := room.begin(r, in)
	err := r.Together(ctx,
		func() error { return x.findPeople(ctx, r, r.Actor().ID) },
		func() error { return x.findContent(ctx, r) },
		func() error { return x.findDepartments(ctx, r) },
	)
	return &past{x, map[stance]someone{}}, err
}

// judge answers as of the time of a use.
func (p *past) judge(ctx context.Context, r *act.Reading, d Done) (judged, error) {
	x := *p.round
	x.now, x.in = d.At, Asking{Purpose: d.Purpose, Place: d.Place, Questions: []Question{d.Question}}
	x.people, x.ties, x.patients = map[string]someone{}, map[string]map[string][]policy.Tie{}, map[string]patient.Known{}
	for id, known := range p.patients {
		x.patients[id] = lying(known, d.At)
	}
	person := x.ids[d.Question.Person]
	if person != "" {
		who, err := p.standing(ctx, r, person, d)
		if err != nil {
			return judged{}, err
		}
		x.people[person] = who
	}
	if err := x.findTies(ctx, r); err != nil {
		return judged{}, err
	}
	if err := x.addShifts(ctx, r, person, d.Question.Object); err != nil {
		return judged{}, err
	}
	return x.judge(d.Question, r.ID())
}

// standing is what somebody was at the time of a use, and how he was signed in over
// there as its source says. Whoever had left then is nobody.
func (p *past) standing(ctx context.Context, r *act.Reading, person string, d Done) (someone, error) {
	who, met := p.stood[stance{person, d.At}]
	if !met {
		s, err := staff.StandingOf(ctx, r, p.org, person, d.At)
		if err != nil && !errors.Is(err, staff.ErrNoPerson) {
			return someone{}, err
		}
		if err == nil && s.Lacks != staff.LackPresence {
			who = someone{s.Actor(), s.Person.Number, s.Until}
		}
		p.stood[stance{person, d.At}] = who
	}
	who.actor.Weak, who.actor.Stale = !d.Place.Strong, !d.Place.Stepped
	if who.actor.Zone = ""; d.Place.Remote {
		who.actor.Zone = "remote"
	}
	return who, nil
}

// addShifts adds the shifts of that time in the department where the patient then lay:
// the roster's own answer is about where he lies now.
func (x *round) addShifts(ctx context.Context, r *act.Reading, person string, o Object) error {
	known, here := x.patients[x.patientOf(o)]
	if !here || x.people[person].actor.ID == "" {
		return nil
	}
	shifts, err := x.room.duty.ShiftsOf(ctx, r, x.org, person, x.now)
	for _, s := range shifts {
		if s.Dept == known.Object.Department {
			ties := x.ties[person]
			ties[known.Object.ID] = append(ties[known.Object.ID], policy.Tie{Kind: policy.TieDuty, ID: s.ID, Role: string(s.Kind), Source: "roster", Since: s.Since, Until: s.Until})
		}
	}
	return err
}

// lying is a patient as he was at a moment: in the stay that had begun last.
func lying(known patient.Known, at time.Time) patient.Known {
	known.Object.Discharged = true
	for _, e := range known.Encounters {
		if !e.Since.After(at) && (e.Until.IsZero() || e.Until.After(at)) {
			known.Object.Department, known.Object.Discharged = e.Department, false
			return known
		}
	}
	return known
}
