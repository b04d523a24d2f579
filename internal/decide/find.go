package decide

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// round is what some questions are about, as our own rooms know it. What is missing in
// a map is not known here.
type round struct {
	room        *Room
	org         string
	now         time.Time
	in          Asking
	agreed      *policy.Agreed // with the caller
	ids         map[Person]string
	people      map[string]someone
	numbered    map[string]string // patients, by how the caller names them
	patients    map[string]patient.Known
	documents   map[string]policy.Object
	departments map[string]string // by code
	ties        map[string]map[string][]policy.Tie
}

// someone is a person who is at work here.
type someone struct {
	actor  act.Actor
	number string
	until  time.Time // of what he is here; zero when nothing of it has an end
}

// absent stands in the place of a patient whom there is not.
const absent = "absent"

// find looks up all that questions are about. What does not depend on one another is
// asked for together.
func (room *Room) find(ctx context.Context, r *act.Reading, in Asking) (*round, error) {
	x := room.begin(r, in)
	err := r.Together(ctx,
		func() error {
			if err := x.findPeople(ctx, r, r.Actor().ID); err != nil {
				return err
			}
			return x.findStanding(ctx, r)
		},
		func() error { return x.findContent(ctx, r) },
		func() error { return x.findDepartments(ctx, r) },
	)
	if err != nil {
		return nil, err
	}
	return x, x.findTies(ctx, r)
}

// begin is a round in which nothing is known yet.
func (room *Room) begin(r *act.Reading, in Asking) *round {
	caller := r.Actor()
	return &round{
		room: room, org: caller.Org, now: r.Now(), in: in, agreed: caller.Agreed, ids: map[Person]string{}, people: map[string]someone{}, numbered: map[string]string{},
		patients: map[string]patient.Known{}, documents: map[string]policy.Object{}, departments: map[string]string{}, ties: map[string]map[string][]policy.Tie{},
	}
}

func (x *round) findPeople(ctx context.Context, r *act.Reading, caller string) error {
	byNumber, byAccount := map[string]string{}, map[string]string{}
	var asking []func() error
	for _, q := range x.in.Questions {
		x.ids[q.Person] = ""
		if number := q.Person.Number; number != "" {
			if _, met := byNumber[number]; met {
				continue
			}
			byNumber[number] = ""
			asking = append(asking, func() error {
				p, err := staff.FindByNumber(ctx, r, x.org, number)
				byNumber[number] = p.ID
				return unless(err, staff.ErrNoPerson)
			})
		}
	}
	asking = append(asking, func() (err error) {
		byAccount, err = x.holders(ctx, r, caller)
		return err
	})
	if err := r.Together(ctx, asking...); err != nil {
		return err
	}
	for named := range x.ids {
		x.ids[named] = personOf(named, byNumber, byAccount)
	}
	return nil
}

// personOf is whom number and account belong to; nobody when they belong to two.
func personOf(named Person, byNumber, byAccount map[string]string) string {
	number, account := byNumber[named.Number], byAccount[named.Account]
	switch {
	case named.Account == "":
		return number
	case named.Number == "" || number == account:
		return account
	}
	return ""
}

// holders are the people to whom accounts of the caller belong.
func (x *round) holders(ctx context.Context, r *act.Reading, caller string) (map[string]string, error) {
	var accounts []string
	for _, q := range x.in.Questions {
		if a := q.Person.Account; a != "" && !slices.Contains(accounts, a) {
			accounts = append(accounts, a)
		}
	}
	if len(accounts) == 0 {
		return nil, nil
	}
	s, err := x.room.sources.Find(ctx, r, x.org, caller)
	if err != nil {
		return nil, err
	}
	return x.room.accounts.Holders(ctx, r, x.org, s.Code, accounts)
}

// findStanding finds what everybody who is asked about is here, from where he is.
func (x *round) findStanding(ctx context.Context, r *act.Reading) error {
	at := x.in.Place
	var asking []func() error
	for _, person := range x.ids {
		if _, met := x.people[person]; met || person == "" {
			continue
		}
		x.people[person] = someone{}
		asking = append(asking, func() error {
			actor, standing, err := x.room.identity.ActorElsewhere(ctx, r, x.org, person, identity.Elsewhere{
				IP: at.IP, Terminal: at.Terminal, Purpose: x.in.Purpose, Remote: at.Remote, Strong: at.Strong, Stepped: at.Stepped,
			})
			x.people[person] = someone{actor, standing.Person.Number, standing.Until}
			return unless(err, staff.ErrNoPerson)
		})
	}
	return r.Together(ctx, asking...)
}

func (x *round) findContent(ctx context.Context, r *act.Reading) error {
	var named, wanted []string
	var asking []func() error
	for _, q := range x.in.Questions {
		if p := q.Object.Patient; p != "" && !slices.Contains(named, p) {
			named = append(named, p)
			if id.Valid(p) {
				wanted = append(wanted, p)
			}
		}
		d := q.Object.Document
		if _, met := x.documents[d]; met || d == "" {
			continue
		}
		x.documents[d] = policy.Object{}
		asking = append(asking, func() error {
			o, err := x.room.records.Asked(ctx, r, x.org, d)
			x.documents[d] = o
			return unless(err, act.ErrAbsent)
		})
	}
	asking = append(asking, func() (err error) {
		x.numbered, err = x.room.patients.Numbered(ctx, r, x.org, named)
		return err
	})
	if err := r.Together(ctx, asking...); err != nil {
		return err
	}
	for _, p := range x.numbered {
		wanted = append(wanted, p)
	}
	for _, d := range x.documents {
		if d.Patient != "" {
			wanted = append(wanted, d.Patient)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	slices.Sort(wanted)
	found, err := x.room.patients.FindAll(ctx, r, x.org, slices.Compact(wanted))
	x.patients = found
	return err
}

func (x *round) findDepartments(ctx context.Context, r *act.Reading) error {
	for _, q := range x.in.Questions {
		code := q.Object.Department
		if _, met := x.departments[code]; met || code == "" {
			continue
		}
		d, _, err := staff.FindDepartment(ctx, r, x.org, code)
		if err != nil {
			return err
		}
		x.departments[code] = d.ID
	}
	return nil
}

// findTies finds what ties people to patients: one question for each person.
func (x *round) findTies(ctx context.Context, r *act.Reading) error {
	asked := map[string][]string{}
	for _, q := range x.in.Questions {
		person := x.ids[q.Person]
		if x.people[person].actor.ID == "" {
			continue
		}
		patient := x.patientOf(q.Object)
		if patient == "" {
			patient = absent
		}
		if !slices.Contains(asked[person], patient) {
			asked[person] = append(asked[person], patient)
		}
	}
	var asking []func() error
	for person, patients := range asked {
		asking = append(asking, func() error {
			found, err := r.TiesOf(ctx, x.people[person].actor, patients, x.now)
			x.ties[person] = found
			return err
		})
	}
	return r.Together(ctx, asking...)
}

// patientOf is our id of the patient whom an object is about; empty when there is none,
// or when the document is of another.
func (x *round) patientOf(o Object) string {
	named := x.numbered[o.Patient]
	if _, ours := x.patients[o.Patient]; ours {
		named = o.Patient
	}
	if o.Document == "" {
		return named
	}
	owner := x.documents[o.Document].Patient
	if o.Patient != "" && named != owner {
		return ""
	}
	return owner
}

func unless(err error, expected *fault.Code) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}
