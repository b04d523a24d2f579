package decide

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/calendar"
)

// judged is an answer and what it is about, as the account names it.
type judged struct {
	Answer
	person, patient, document string
}

// judge answers one question. account is the id of the entry that will tell of it.
func (x *round) judge(q Question, account string) (judged, error) {
	j := judged{person: x.ids[q.Person]}
	action, known := actionOf(q.Action, q.Object.Kind)
	who := x.people[j.person]
	if who.actor.ID == "" {
		j.person = ""
	}
	var err error
	switch {
	case !published(x.in.Purpose):
		j.Answer = noPurpose()
	case !known:
		j.Answer = noAction()
	case j.person == "":
		j.Answer = nobody()
	default:
		j.patient, j.document = x.patientOf(q.Object), x.documents[q.Object.Document].ID
		j.Answer, err = x.weigh(who, action, q.Object, j.patient, account)
	}
	if j.Until.IsZero() {
		j.Until = x.now.Add(noHolds)
	}
	return j, err
}

func published(purpose string) bool {
	return slices.ContainsFunc(policy.Purposes(), func(p policy.Purpose) bool { return p.ID == purpose })
}

// weigh asks the rules what our own door would ask them.
func (x *round) weigh(who someone, a Action, o Object, patient, account string) (Answer, error) {
	known := x.patients[patient]
	if patient == "" || !x.opens(known.Object) || !x.within(known, o.Encounter) {
		return x.asStranger(who, a)
	}
	v := verdict{x: x, actor: who.actor, ties: x.ties[who.actor.ID][patient]}
	for _, s := range a.steps {
		object := x.object(who, a, s.kind, o, known)
		v.ask(s.verb, object)
		if d := x.departments[o.Department]; o.Department != "" && d != object.Department {
			object.Department = d
			v.ask(s.verb, object)
		}
	}
	switch {
	case v.failed != nil:
		return Answer{}, act.ErrUndecided.Because(v.failed)
	case v.no != nil:
		return refused(*v.no), nil
	}
	return x.allowed(who, a, v, known, account), nil
}

// opens reports whether the agreement of the caller reaches to a patient.
func (x *round) opens(o policy.Object) bool {
	return x.agreed == nil || o.Department == "" || len(x.agreed.Departments) == 0 || slices.Contains(x.agreed.Departments, o.Department)
}

func (x *round) within(known patient.Known, encounter string) bool {
	return encounter == "" || slices.ContainsFunc(known.Encounters, func(e patient.Encounter) bool { return e.ID == encounter })
}

// object is what the rules are asked about: the document itself where we hold it, and
// otherwise one such as the patient's lie with the caller.
func (x *round) object(who someone, a Action, kind string, o Object, known patient.Known) policy.Object {
	object := known.Object
	switch held := x.documents[o.Document]; {
	case kind == "Patient":
	case held.ID != "":
		object = held
	default:
		object.Kind, object.ID, object.Concerns, object.CreatedBy, object.Signed = kind, "", "", "", !a.writes
		if a.ID == "write" || a.ID == "order" {
			object.Author = who.actor.ID
		}
		for _, e := range known.Encounters {
			if e.ID == o.Encounter {
				object.Encounter, object.Department, object.Discharged, object.Sensitivity = e.ID, e.Department, !e.Open(), max(object.Sensitivity, e.Level)
			}
		}
	}
	object.Sensitivity = max(object.Sensitivity, o.Sensitivity)
	return object
}

// asStranger answers about what there is not as our own door does: as if it were there
// and a stranger's.
func (x *round) asStranger(who someone, a Action) (Answer, error) {
	v := verdict{x: x, actor: who.actor, ties: x.ties[who.actor.ID][absent]}
	for _, s := range a.steps {
		v.ask(s.verb, policy.Object{Kind: s.kind, ID: absent, Org: x.org, Patient: absent, Sensitivity: 1})
	}
	switch {
	case v.failed != nil:
		return Answer{}, act.ErrUndecided.Because(v.failed)
	case v.no != nil:
		return refused(*v.no), nil
	}
	return nothing(), nil
}

// verdict gathers what the rules say to the steps of one action.
type verdict struct {
	x       *round
	actor   act.Actor
	ties    []policy.Tie
	rules   []string
	tie     *policy.Tie
	stepped bool // he must show again who he is
	no      *policy.Decision
	failed  error
}

// ask asks for one step; after a no nothing more is asked.
func (v *verdict) ask(verb string, o policy.Object) {
	if v.no != nil || v.failed != nil {
		return
	}
	q := v.request(verb, o)
	d := v.x.room.rules.Decide(q)
	if d.Failed == nil && !d.Allowed && d.Refusal != nil && d.Refusal.Way == policy.WayStepUp {
		q.Actor.Stale = false
		if again := v.x.room.rules.Decide(q); again.Allowed {
			d, v.stepped = again, true
		}
	}
	switch {
	case d.Failed != nil:
		v.failed = d.Failed
	case !d.Allowed:
		v.no = &d
	default:
		for _, rule := range d.Rules {
			if !slices.Contains(v.rules, rule) {
				v.rules = append(v.rules, rule)
			}
		}
		if v.tie == nil {
			v.tie = d.Tie
		}
	}
}

func (v *verdict) request(verb string, o policy.Object) policy.Request {
	return policy.Request{
		Actor: v.actor.Actor, Verb: verb, Object: o, Ties: v.ties, Purpose: v.x.in.Purpose, At: v.x.now, Terminal: v.x.in.Place.Terminal, IP: v.x.in.Place.IP,
	}
}

func (x *round) allowed(who someone, a Action, v verdict, known patient.Known, account string) Answer {
	answer := Answer{Decision: Allow, Rule: x.room.sentences.of(x.room.rules.At(x.now), v.rules), Until: x.now.Add(a.holds(true))}
	if v.tie != nil {
		answer.Until = sooner(answer.Until, v.tie.Until)
	}
	answer.Until = sooner(answer.Until, who.until)
	oblige := func(o Obligation) { answer.Obligations = append(answer.Obligations, o) }
	if v.stepped {
		oblige(Obligation{Kind: StepUp})
	}
	if a.shows {
		if masks := policy.Masks(x.room.rules, v.request("patient.view", known.Object)); len(masks) > 0 {
			oblige(masked(masks))
		}
		oblige(x.mark(who, account))
	}
	if a.leaves {
		oblige(Obligation{Kind: Count})
	}
	if a.writes && who.actor.Provisional {
		oblige(Obligation{Kind: SecondPerson})
	}
	return answer
}

func masked(masks []policy.Mask) Obligation {
	o := Obligation{Kind: Mask}
	for _, m := range masks {
		o.Fields = append(o.Fields, m.Field)
	}
	return o
}

// serialLength is how many characters of an account's id a mark bears, as on our own
// pages.
const serialLength = 8

func (x *round) mark(who someone, account string) Obligation {
	serial := strings.ToUpper(account[len(account)-serialLength:])
	return Obligation{Kind: Mark, Text: who.number + " " + x.now.In(calendar.Zone).Format("2006-01-02 15:04") + " " + serial, Serial: serial}
}

func sooner(a, b time.Time) time.Time {
	if !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
