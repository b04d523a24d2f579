package act

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// Reading is the reading half of an act: one snapshot, one actor, one moment.
type Reading struct {
	db.Reader
	door  *Door
	verb  string
	actor Actor
	now   time.Time
	id    string
	tied  map[string][]policy.Tie // by patient; forgotten when the act writes to what they rest on
	// restsOn are the tables that the ties were read from; nil in an act that only reads.
	restsOn map[string]bool

	asked   bool
	even    bool
	refused error
	failing *policy.Decision
	about   policy.Object
	objects []ledger.Object
	rules   []string
	tie     *policy.Tie
	notes   map[string]string

	secondAsked  bool
	confirmation string // of another person, on which the act rests
}

func (d *Door) begin(ctx context.Context, r db.Reader, verb, id string, now time.Time) Reading {
	return Reading{Reader: r, door: d, verb: verb, actor: From(ctx), now: now, id: id}
}

// Actor is who acts.
func (r *Reading) Actor() Actor { return r.actor }

// Now is the moment of the act, the same throughout.
func (r *Reading) Now() time.Time { return r.now }

// ID is the id of the act and of its ledger entry.
func (r *Reading) ID() string { return r.id }

// Note adds a count or an id to the ledger entry. It must never carry a name
// or content.
func (r *Reading) Note(name, value string) {
	if r.notes == nil {
		r.notes = map[string]string{}
	}
	r.notes[name] = value
}

// Permit asks policy whether the actor may do this act to the object, and
// returns the refusal if not. extra are ties that the object itself carries.
func (r *Reading) Permit(ctx context.Context, o policy.Object, extra ...policy.Tie) error {
	return r.PermitTo(ctx, r.verb, o, extra...)
}

// PermitTo asks for a verb of its own: it is how a use case that joins another
// act asks, so that joining never gives more than doing it alone would.
func (r *Reading) PermitTo(ctx context.Context, verb string, o policy.Object, extra ...policy.Tie) error {
	found, err := r.tiesTo(ctx, o.Patient)
	if err != nil {
		return r.undecided(ctx, err)
	}
	ties := slices.Concat(found[o.Patient], extra)
	decision := r.door.rules.Decide(r.request(verb, o, ties))
	return r.take(ctx, verb, o, ties, decision)
}

// PermitEach asks for every object of a list and reports which of them may be
// shown. Only those are named in the ledger entry. An empty answer is an
// answer, not a refusal; whether a list may be asked for at all is for a
// [Reading.Permit] before it.
func (r *Reading) PermitEach(ctx context.Context, objects []policy.Object) ([]bool, error) {
	allowed, err := r.Allowed(ctx, objects)
	for i, yes := range allowed {
		if yes {
			r.Concerns(objects[i])
		}
	}
	return allowed, err
}

// Allowed reports which objects of a list may be shown. Those that are shown
// must be named with [Reading.Concerns].
func (r *Reading) Allowed(ctx context.Context, objects []policy.Object) ([]bool, error) {
	patients := make([]string, len(objects))
	for i, o := range objects {
		patients[i] = o.Patient
	}
	found, err := r.tiesTo(ctx, patients...)
	if err != nil {
		return nil, r.undecided(ctx, err)
	}
	allowed := make([]bool, len(objects))
	for i, o := range objects {
		decision := r.door.rules.Decide(r.request(r.verb, o, found[o.Patient]))
		if decision.Failed != nil {
			return nil, r.undecided(ctx, decision.Failed)
		}
		allowed[i] = decision.Allowed
	}
	return allowed, nil
}

func (r *Reading) request(verb string, o policy.Object, ties []policy.Tie) policy.Request {
	return policy.Request{
		Actor: r.actor.Actor, Verb: verb, Object: o, Ties: ties, Purpose: r.actor.Purpose,
		At: r.now, Terminal: r.actor.Terminal, IP: r.actor.IP,
	}
}

func (r *Reading) take(ctx context.Context, verb string, o policy.Object, ties []policy.Tie, d policy.Decision) error {
	switch {
	case d.Failed != nil:
		return r.undecided(ctx, d.Failed)
	case !d.Allowed:
		return r.refuse(ctx, verb, o, ties, d)
	}
	r.record(o, d)
	return r.secondTo(ctx, verb, o)
}

func (r *Reading) record(o policy.Object, d policy.Decision) {
	if !r.asked {
		r.about = o
	}
	r.asked = true
	r.objects = append(r.objects, ledger.Object{Kind: o.Kind, ID: o.ID, Patient: o.Patient})
	for _, rule := range d.Rules {
		if !slices.Contains(r.rules, rule) {
			r.rules = append(r.rules, rule)
		}
	}
	if r.tie == nil {
		r.tie = d.Tie
	}
}

// refuse keeps the refusal, so that a use case that swallows it is undone all
// the same. Outside the actor's organisation it answers as for what is absent.
func (r *Reading) refuse(ctx context.Context, verb string, o policy.Object, ties []policy.Tie, d policy.Decision) error {
	if o.Org != r.actor.Org {
		return r.refuseElsewhere(ctx, verb, o, d)
	}
	r.about, r.failing = o, &d
	r.refused = refusal(o, r.toldOf(verb, o, ties, d))
	return r.refused
}

func (r *Reading) refuseElsewhere(ctx context.Context, verb string, o policy.Object, d policy.Decision) error {
	r.Note("organisation", o.Org)
	absent := ErrAbsent.Because(fmt.Errorf("%s of organisation %s asked for by %s", o.Kind, o.Org, r.actor.ID))
	like := policy.Object{Kind: o.Kind, ID: o.ID}
	if o.Kind == patientKind {
		like.Patient = o.ID
	}
	err := r.asStranger(ctx, verb, like, o, absent)
	r.about = o
	if r.refused == nil {
		r.failing, r.refused = &d, err
	}
	return err
}

// Refusal is what a refused person is told: which conditions failed, what
// remains to be done, and on what.
type Refusal struct {
	policy.Refusal
	Object  string `json:"object"`
	ID      string `json:"id"`
	Patient string `json:"patient,omitempty"`
}

func refusal(o policy.Object, d policy.Decision) *fault.Error {
	e := ErrRefused.With()
	var zh, en string
	if d.Refusal != nil {
		for _, c := range d.Refusal.Conditions {
			if !c.Met {
				zh, en = zh+c.Text.ZH, en+c.Text.EN+" "
			}
		}
		e = e.Carrying(Refusal{Refusal: *d.Refusal, Object: o.Kind, ID: o.ID, Patient: o.Patient})
	}
	e.Said = &fault.Text{ZH: zh, EN: en}
	return e
}

func (r *Reading) undecided(ctx context.Context, err error) error {
	what := "policy could not decide"
	if errors.Is(err, db.ErrForged) {
		what = "a row that grants power is forged"
	}
	r.door.alarm(ctx, what, fmt.Errorf("%s: %w", r.verb, err))
	r.refused = ErrUndecided.Because(err)
	return r.refused
}

// entry is the account of an act that was done.
func (r *Reading) entry(outcome string) ledger.Entry {
	e := ledger.Entry{
		ID: r.id, At: r.now.UnixMicro(), Org: r.actor.Org, Verb: r.verb, Outcome: outcome,
		Actor: ledger.Actor{
			Kind: r.actor.Kind, ID: r.actor.ID, Session: r.actor.Session, Roles: r.actor.Roles,
			Department: r.actor.Department, IP: r.actor.IP, Terminal: r.actor.Terminal,
		},
		Purpose: r.actor.Purpose, Objects: r.objects, Note: r.notes,
		Why: ledger.Why{Rules: r.rules},
	}
	if r.tie != nil {
		e.Why.Tie = &ledger.Tie{Kind: r.tie.Kind, ID: r.tie.ID}
	}
	return e
}

// refusedEntry is the account of an act that was refused.
func (r *Reading) refusedEntry() ledger.Entry {
	r.objects, r.rules, r.tie = []ledger.Object{{Kind: r.about.Kind, ID: r.about.ID, Patient: r.about.Patient}}, nil, nil
	e := r.entry(ledger.Refused)
	if r.failing != nil {
		e.Why.Rules = r.failing.Rules
		if r.failing.Refusal != nil {
			for _, c := range r.failing.Refusal.Conditions {
				if !c.Met {
					e.Why.Conditions = append(e.Why.Conditions, c.Name)
				}
			}
		}
	}
	return e
}

func newActID(now time.Time) string { return id.New(now) }

// Tie is what explained the first permission that needed an explanation, or nil.
func (r *Reading) Tie() *policy.Tie { return r.tie }

// SealsOn are the seals on a patient about whom policy was asked in this act.
func (r *Reading) SealsOn(patient string) []policy.Tie {
	var seals []policy.Tie
	for _, t := range r.tied[patient] {
		if t.Kind == policy.TieSeal {
			seals = append(seals, t)
		}
	}
	return seals
}

// Concerns names a further object that may be shown or changed and that the
// account must name, once.
func (r *Reading) Concerns(o policy.Object) {
	named := ledger.Object{Kind: o.Kind, ID: o.ID, Patient: o.Patient}
	if !slices.Contains(r.objects, named) {
		r.objects = append(r.objects, named)
	}
}
