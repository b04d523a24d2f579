package access

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Application is what somebody asks for.
type Application struct {
	Person string // for whom; whoever asks when empty
	Scope  Scope
	Words  string
	Urgent bool
	// Exception asks for further approval of what passes the frame of the department.
	Exception bool

	extends, like string
}

// Apply asks for a grant. What would open nothing by the present rules, and what
// nobody could approve, is refused at once.
func (room *Room) Apply(ctx context.Context, a Application) (Request, error) {
	return room.apply(ctx, "access.request", a, func(ctx context.Context, w *act.Work, q *Request) error {
		o, err := room.aboutScope(ctx, w, q.Scope)
		if err != nil {
			return err
		}
		q.Department = o.Department
		return w.Permit(ctx, o)
	})
}

// Extend asks for more time for a live grant.
func (room *Room) Extend(ctx context.Context, grant string, until time.Time, words string) (Request, error) {
	return room.again(ctx, "access.extend", grant, func(g Grant, now time.Time) (Application, error) {
		if !g.live(now) {
			return Application{}, errEnded.With()
		}
		a := Application{Person: g.Person, Scope: g.Scope, Words: words, extends: g.ID}
		a.Scope.Since, a.Scope.Until = time.Time{}, until
		return a, nil
	})
}

// Clone asks for the like of a grant, also of one that has ended: for another
// patient where one is named.
func (room *Room) Clone(ctx context.Context, grant, patient string, until time.Time, words string) (Request, error) {
	return room.again(ctx, "access.clone", grant, func(g Grant, _ time.Time) (Application, error) {
		a := Application{Person: g.Person, Scope: g.Scope, Words: words, like: g.ID}
		a.Scope.Since, a.Scope.Until = time.Time{}, until
		if patient != "" && patient != g.Patient {
			a.Scope.Patient, a.Scope.Encounter, a.Scope.Department = patient, "", ""
		}
		return a, nil
	})
}

func (room *Room) again(ctx context.Context, verb, grant string, asked func(Grant, time.Time) (Application, error)) (Request, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Request{}, err
	}
	var a Application
	err := room.desk.Look(ctx, func(r db.Reader) error {
		g, err := grants.Get(ctx, r, act.From(ctx).Org, grant)
		if err != nil {
			return absent(err)
		}
		a, err = asked(g, room.desk.Now())
		return err
	})
	if err != nil {
		return Request{}, room.unasked(ctx, verb, grant, err)
	}
	return room.apply(ctx, verb, a, func(ctx context.Context, w *act.Work, q *Request) error {
		g, err := grants.Get(ctx, w, q.Org, grant)
		if err != nil {
			return absent(err)
		}
		o, err := room.aboutScope(ctx, w, q.Scope)
		if err != nil {
			return err
		}
		q.Department = o.Department
		return w.Permit(ctx, g.object())
	})
}

// unasked tells why nothing can be asked for after a grant, to those who may ask for it.
func (room *Room) unasked(ctx context.Context, verb, grant string, cause error) error {
	return room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		g, err := grants.Get(ctx, r, r.Actor().Org, grant)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, g.object()); err != nil {
			return err
		}
		return cause
	})
}

func (room *Room) apply(ctx context.Context, verb string, a Application, permit func(ctx context.Context, w *act.Work, q *Request) error) (Request, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Request{}, err
	}
	actor, now := act.From(ctx), room.desk.Now()
	if a.Person == "" {
		a.Person = actor.ID
	}
	if a.Scope.Purpose == "" {
		a.Scope.Purpose = actor.Purpose
	}
	a.Scope.Since, a.Scope.Until = a.Scope.Since.UTC(), a.Scope.Until.UTC()
	if err := checkWords(a.Scope.check(errGrantInput.With(), room.rules.GrantVerbs(), now), a.Words).OrNil(); err != nil {
		return Request{}, err
	}
	q := Request{
		Org: actor.Org, ID: id.New(now), Requester: actor.ID, Person: a.Person, Patient: a.Scope.Patient, Department: a.Scope.Department, Scope: a.Scope,
		Urgent: a.Urgent, State: Waiting, Extends: a.extends, Like: a.like, Opened: now,
	}
	n, err := room.sealNote(ctx, q.Patient, wordsPlace("Grant", q.ID, "words"), a.Words)
	if err != nil {
		return Request{}, room.desk.Missing(ctx, verb, err)
	}
	q.Words = n.words
	asked := q
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		q = asked
		if err := permit(ctx, w, &q); err != nil {
			return err
		}
		if err := room.mustOpen(ctx, w, q); err != nil {
			return err
		}
		if err := n.keep(ctx, w); err != nil {
			return err
		}
		return room.enter(ctx, w, &q, a.Exception)
	})
	return q, err
}

// aboutScope is the patient or the department that a scope names, as policy sees it.
func (room *Room) aboutScope(ctx context.Context, r db.Reader, s Scope) (policy.Object, error) {
	org := act.From(ctx).Org
	if s.Patient == "" {
		_, known, err := staff.DepartmentOf(ctx, r, org, s.Department)
		if err == nil && !known {
			err = act.ErrAbsent.With()
		}
		return policy.Object{Kind: "Department", ID: s.Department, Org: org, Department: s.Department}, err
	}
	known, err := room.patients.Find(ctx, r, org, s.Patient)
	if err != nil {
		return policy.Object{}, err
	}
	for _, e := range known.Encounters {
		if e.ID == s.Encounter {
			return known.Object, nil
		}
	}
	if s.Encounter != "" {
		return policy.Object{}, errGrantInput.With().At("encounter", fault.Text{ZH: "该患者没有这次就诊", EN: "the patient has no such encounter"})
	}
	return known.Object, nil
}

// mustOpen refuses a grant that the rules give no effect for whoever would have it.
func (room *Room) mustOpen(ctx context.Context, w *act.Work, q Request) error {
	actor, err := staff.ActorOf(ctx, w, q.Org, q.Person, w.Now())
	if errors.Is(err, staff.ErrNoPerson) {
		return errGrantInput.With().At("person", fault.Text{ZH: "查无此人", EN: "nobody is known by this id"})
	}
	if err != nil {
		return err
	}
	nothing := slices.DeleteFunc(slices.Clone(q.Scope.Verbs), func(verb string) bool {
		return room.rules.At(room.desk.Now()).CouldGrant(actor.Actor, verb, q.Scope.Purpose)
	})
	if len(nothing) > 0 {
		return errOpensNothing.With("verbs", strings.Join(nothing, " "))
	}
	return nil
}

// enter keeps a request and asks the first step of its chain.
func (room *Room) enter(ctx context.Context, w *act.Work, q *Request, exception bool) error {
	var err error
	if q.Chain, q.Steps, err = chainFor(ctx, w, q.Org, q.Scope.Purpose); err != nil {
		return err
	}
	if q.Steps, err = withCarrying(ctx, w, *q); err != nil {
		return err
	}
	if err := room.enterFrame(ctx, w, q, exception); err != nil {
		return err
	}
	if err := room.askStep(ctx, w, Approval, *q); err != nil {
		return err
	}
	if err := room.askToSign(ctx, w, *q); err != nil {
		return err
	}
	w.Note("request", q.ID)
	w.Note("for", q.Person)
	return requests.Insert(ctx, w, q)
}

// askStep opens the tasks of the step at which a request stands.
func (room *Room) askStep(ctx context.Context, w *act.Work, kind *duty.Kind, q Request) error {
	step := q.Steps[q.Step]
	holders, delegates, err := room.approvers(ctx, w, q, step, w.Now())
	if err != nil {
		return err
	}
	to := append(holders, delegates...)
	if len(to) == 0 {
		return errNoApprover.With("step", itoa(q.Step+1))
	}
	opening := duty.Opening{Kind: kind, Subject: q.ID, Patient: q.Patient, Limit: step.limit(), Urgent: q.Urgent}
	if len(to) > tasksPerApproval && step.Role != "" && step.Role != headRole && step.Department == "" {
		opening.To = duty.To{Role: step.Role}
		_, err := room.duty.OpenIn(ctx, w, opening)
		return err
	}
	for _, person := range to[:min(len(to), tasksPerApproval)] {
		opening.To = duty.To{Person: person}
		if _, err := room.duty.OpenIn(ctx, w, opening); err != nil {
			return err
		}
	}
	return nil
}

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
