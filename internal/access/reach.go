package access

import (
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Why is one way in which somebody could open something: for a purpose, by rules,
// on the ground of a tie.
type Why struct {
	Person    string
	Patient   string
	Purpose   string
	Rules     []string
	Sentences []fault.Text
	Tie       *policy.Tie
}

// PatientReach is who could open a patient at this moment, and why.
type PatientReach struct {
	Openers    []Why // one for each person, by the purpose that the list of purposes has first
	More       bool
	WithReason int // how many more could after stating a reason
	WithGlass  int // how many more could by breaking the glass
	Names      map[string]staff.Name
}

const maxReach = 1000

// WhoReaches discloses who could open a patient, and why (A-167, D-033).
func (room *Room) WhoReaches(ctx context.Context, patient string) (PatientReach, error) {
	var reach PatientReach
	err := room.asking.Disclose(ctx, "policy.reach", func(ctx context.Context, r *act.Reading) error {
		reach = PatientReach{}
		known, err := room.patients.Find(ctx, r, r.Actor().Org, patient)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, known.Object); err != nil {
			return err
		}
		people, err := room.everybody(ctx, r)
		if err != nil {
			return err
		}
		ties, err := tiesOfEach(ctx, r, people, patient)
		if err != nil {
			return err
		}
		var named []string
		for i, actor := range people {
			d, purpose := room.couldOpen(actor, known.Object, ties[i], r)
			switch {
			case !d.Allowed && d.Refusal.Way == policy.WayReason:
				reach.WithReason++
			case !d.Allowed && d.Refusal.Way == policy.WayGlass:
				reach.WithGlass++
			case !d.Allowed:
			case len(reach.Openers) == maxReach:
				reach.More = true
			default:
				reach.Openers = append(reach.Openers, room.why(actor.ID, patient, purpose, d))
				named = append(named, actor.ID)
			}
		}
		reach.Names, err = staff.Names(ctx, r, r.Actor().Org, named, r.Now())
		return err
	})
	return reach, err
}

// couldOpen asks for each purpose in turn and returns the first yes, or else the no
// that leaves the nearest way.
func (room *Room) couldOpen(actor policy.Actor, o policy.Object, ties []policy.Tie, r *act.Reading) (policy.Decision, string) {
	best := policy.Decision{Refusal: &policy.Refusal{}}
	for _, p := range policy.Purposes() {
		d := room.rules.Decide(policy.Request{Actor: actor, Verb: "patient.view", Object: o, Ties: ties, Purpose: p.ID, At: r.Now()})
		if d.Allowed {
			return d, p.ID
		}
		nearer := d.Refusal.Way == policy.WayReason || d.Refusal.Way == policy.WayGlass && best.Refusal.Way != policy.WayReason
		if nearer {
			best = d
		}
	}
	return best, ""
}

func (room *Room) why(person, patient, purpose string, d policy.Decision) Why {
	w := Why{Person: person, Patient: patient, Purpose: purpose, Rules: d.Rules, Tie: d.Tie}
	for _, rule := range room.rules.At(room.desk.Now()).Rules() {
		if slices.Contains(d.Rules, rule.ID) {
			w.Sentences = append(w.Sentences, rule.Sentence)
		}
	}
	return w
}

// peopleAtOnce is of how many people the ties are asked for in one round trip.
const peopleAtOnce = 32

// tiesOfEach are what ties each of the people to a patient now, as acts of theirs
// would find it.
func tiesOfEach(ctx context.Context, r *act.Reading, people []policy.Actor, patient string) ([][]policy.Tie, error) {
	ties := make([][]policy.Tie, len(people))
	for from := 0; from < len(people); from += peopleAtOnce {
		some := people[from:min(from+peopleAtOnce, len(people))]
		asking := make([]func() error, len(some))
		for i, actor := range some {
			asking[i] = func() error {
				found, err := r.TiesOf(ctx, act.Actor{Actor: actor}, []string{patient}, r.Now())
				ties[from+i] = found[patient]
				return err
			}
		}
		if err := r.Together(ctx, asking...); err != nil {
			return nil, err
		}
	}
	return ties, nil
}

// everybody returns all who hold a post now. The clearance of a set of roles is
// asked of one of its holders.
func (room *Room) everybody(ctx context.Context, r *act.Reading) ([]policy.Actor, error) {
	org := r.Actor().Org
	found := map[string]*policy.Actor{}
	var order []string
	for after := ""; ; {
		posts, err := postsAfter(ctx, r, org, r.Now(), after, atOnce)
		if err != nil {
			return nil, err
		}
		for _, l := range posts {
			a := found[l.Person]
			if a == nil {
				a = &policy.Actor{Kind: act.Person, ID: l.Person, Org: org}
				found[l.Person], order = a, append(order, l.Person)
			}
			a.Roles, a.Departments = append(a.Roles, l.Role), append(a.Departments, l.Department)
		}
		if len(posts) < atOnce {
			break
		}
		after = lastSubject(posts)
	}
	clearances := map[string]int{}
	people := make([]policy.Actor, len(order))
	for i, person := range order {
		a := found[person]
		slices.Sort(a.Roles)
		a.Roles = slices.Compact(a.Roles)
		key := strings.Join(a.Roles, " ")
		if _, known := clearances[key]; !known {
			whole, err := staff.ActorOf(ctx, r, org, person, r.Now())
			if err != nil {
				return nil, err
			}
			clearances[key] = whole.Clearance
		}
		a.Clearance = clearances[key]
		people[i] = *a
	}
	return people, nil
}

// PersonReach is what somebody could open at this moment, and why.
type PersonReach struct {
	Patients []Why // those to whom a tie leads him
	More     bool  // there are more than are listed
	Beyond   []Beyond
	Roles    []string
	Posts    []PostHeld    // with who gave them
	Rights   []policy.Rule // the permits that his roles fall under
	Names    map[string]staff.Name
}

// Beyond says what somebody could open for a purpose without any tie to a patient.
type Beyond struct {
	Purpose      string
	Organisation bool
	Departments  []string
	MaxLevel     int
}

// WhatReaches discloses what a person could open, and why.
func (room *Room) WhatReaches(ctx context.Context, person string) (PersonReach, error) {
	var reach PersonReach
	err := room.asking.Disclose(ctx, "policy.reach", func(ctx context.Context, r *act.Reading) error {
		reach = PersonReach{}
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "Person", ID: person, Org: org, Concerns: person}); err != nil {
			return err
		}
		actor, err := staff.ActorOf(ctx, r, org, person, r.Now())
		if err != nil {
			return err
		}
		reach.Roles = actor.Roles
		if reach.Posts, err = postsOf(ctx, r, org, person, r.Now()); err != nil {
			return err
		}
		var named []string
		for _, p := range reach.Posts {
			named = append(named, append(p.Approvers, p.Basis.By)...)
		}
		if reach.Names, err = staff.Names(ctx, r, org, named, r.Now()); err != nil {
			return err
		}
		if err := room.patientsOf(ctx, r, actor.Actor, &reach); err != nil {
			return err
		}
		room.beyond(actor.Actor, &reach)
		reach.Rights = room.permitsOf(actor.Roles)
		return nil
	})
	return reach, err
}

// permitsOf are the permits that somebody with some roles falls under now.
func (room *Room) permitsOf(roles []string) []policy.Rule {
	return slices.DeleteFunc(room.rules.At(room.desk.Now()).Rules(), func(rule policy.Rule) bool {
		return rule.Effect != policy.Permit || !slices.ContainsFunc(rule.Roles, func(role string) bool { return role == "person" || slices.Contains(roles, role) })
	})
}

func (room *Room) patientsOf(ctx context.Context, r *act.Reading, actor policy.Actor, reach *PersonReach) error {
	who := act.Actor{Actor: actor}
	led, err := room.patients.TiedTo(ctx, r, who, r.Now())
	if err != nil {
		return err
	}
	slices.Sort(led)
	led = slices.Compact(led)
	ties, err := r.TiesOf(ctx, who, led, r.Now())
	if err != nil {
		return err
	}
	for _, patient := range led {
		if len(reach.Patients) == maxReach {
			reach.More = true
			return nil
		}
		known, err := room.patients.Find(ctx, r, actor.Org, patient)
		if err != nil {
			return err
		}
		if d, purpose := room.couldOpen(actor, known.Object, ties[patient], r); d.Allowed {
			reach.Patients = append(reach.Patients, room.why(actor.ID, patient, purpose, d))
			r.Concerns(policy.Object{Kind: "Patient", ID: patient, Patient: patient})
		}
	}
	return nil
}

func (room *Room) beyond(actor policy.Actor, reach *PersonReach) {
	for _, p := range policy.Purposes() {
		s := room.rules.At(room.desk.Now()).Scope(actor, "record.list", "Document", p.ID)
		if !s.Nothing && (s.Organisation || len(s.Departments) > 0) {
			reach.Beyond = append(reach.Beyond, Beyond{p.ID, s.Organisation, s.Departments, s.MaxLevel})
		}
	}
}
