package act

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// Missing answers in the place of something that was looked for before an act and is
// not there, as the act itself would. Other failures are returned as they are.
func (k *Desk) Missing(ctx context.Context, verb string, cause error) error {
	if fault.KindOf(cause) != fault.NotFound {
		return cause
	}
	return k.Disclose(ctx, verb, func(context.Context, *Reading) error { return cause })
}

// Sought says as what kind of object policy would have been asked about a row that
// was not found, where neither its table nor the verb tells.
func Sought(kind string, err error) error {
	if err == nil {
		return nil
	}
	return &soughtError{kind, err}
}

type soughtError struct {
	kind string
	error
}

func (e *soughtError) Unwrap() error { return e.error }

// unfound answers for a use case that ended before it asked policy because it did
// not find what it was about: as if that were there and a stranger's, so that nobody
// learns from a no what exists; machines are told, because nobody could help
// them otherwise. Where a stranger's would be refused so is this, in
// the same words; where it would be allowed the absence is told.
func (r *Reading) unfound(ctx context.Context, err error) error {
	if err == nil || r.asked || r.refused != nil || r.actor.Kind != Person || fault.KindOf(err) != fault.NotFound {
		return err
	}
	missing, told := errors.AsType[*db.MissingError](err)
	if !told {
		missing = &db.MissingError{}
	}
	like := r.like(missing, err)
	if !told && like.Kind != houseKind {
		return err
	}
	r.Note("found", "no")
	return r.asStranger(ctx, r.verb, like, policy.Object{Kind: like.Kind, ID: missing.ID()}, err)
}

// MissingTo answers in the place of something that a use case did not find, and of
// which it would have asked policy for a verb of its own, as [Reading.PermitTo] does.
// o is what it would have asked about, as far as it knows, and extra the ties that it
// would have brought.
func (r *Reading) MissingTo(ctx context.Context, verb string, o policy.Object, cause error, extra ...policy.Tie) error {
	if r.refused != nil || r.actor.Kind != Person || fault.KindOf(cause) != fault.NotFound {
		return cause
	}
	r.Note("found", "no")
	return r.asStranger(ctx, verb, o, o, cause, extra...)
}

// asStranger decides about an object that nothing ties to the actor, in the place of
// one that he must not know of. The account names the latter, and never whom the
// answer invents. The refusal carries no cause: a log that is written after the answer
// was held back would give it away again.
func (r *Reading) asStranger(ctx context.Context, verb string, like, asked policy.Object, cause error, extra ...policy.Tie) error {
	like.Org, like.Sensitivity = r.actor.Org, ordinary
	if like.Patient == "" && slices.Contains(ofPatients, like.Kind) {
		like.Patient = r.invented(like.ID)
	}
	found, err := r.tiesTo(ctx, like.Patient)
	if err != nil {
		return r.undecided(ctx, err)
	}
	d := r.door.rules.Decide(r.request(verb, like, slices.Concat(found[like.Patient], extra)))
	switch {
	case d.Failed != nil:
		return r.undecided(ctx, d.Failed)
	case d.Allowed:
		return cause
	}
	r.about, r.failing, r.refused = asked, &d, refusal(like, d)
	return r.refused
}

// toldOf is the decision that a refused person hears of. Whoever needs something that
// ties him to the patient and has nothing hears what he would of any ordinary record:
// that this one is sealed, confidential or archived is no stranger's to know, and
// the account has it. Whoever has a tie, works where the patient lies, or holds an
// office that needs none, hears why.
func (r *Reading) toldOf(verb string, o policy.Object, ties []policy.Tie, d policy.Decision) policy.Decision {
	if r.actor.Kind != Person || !slices.Contains(ofPatients, o.Kind) || r.knows(o, ties) {
		return d
	}
	like := policy.Object{Kind: o.Kind, ID: o.ID, Org: o.Org, Patient: o.Patient, Sensitivity: ordinary}
	ofHimself := slices.DeleteFunc(slices.Clone(ties), func(t policy.Tie) bool { return t.Kind != policy.TieFreeze })
	strangers := r.door.rules.Decide(r.request(verb, like, ofHimself))
	if strangers.Failed != nil || strangers.Refusal == nil || !slices.ContainsFunc(strangers.Refusal.Unmet(), func(c policy.Condition) bool { return c.Name == policy.ConditionRelation }) {
		return d
	}
	return strangers
}

// knows reports whether the actor has to do with a patient: by a tie, also one that has
// run out or that closes, by his department, or because it is his own.
func (r *Reading) knows(o policy.Object, ties []policy.Tie) bool {
	return slices.Contains(r.actor.Departments, o.Department) || o.Author == r.actor.ID || o.Concerns == r.actor.ID ||
		slices.ContainsFunc(ties, func(t policy.Tie) bool { return !slices.Contains(ofThePatient, t.Kind) })
}

// ofThePatient are the ties that tell of a patient, or of the actor alone, and not of
// what one has to do with the other.
var ofThePatient = []string{policy.TieSeal, policy.TieSilent, policy.TieConsent, policy.TieExempt, policy.TieFreeze, policy.TieHold}

// like is what policy would have been asked about if a row had been there.
func (r *Reading) like(missing *db.MissingError, err error) policy.Object {
	kind, own := kindOf(r.door.rules.Kinds(r.verb), missing.Table)
	if as, said := errors.AsType[*soughtError](err); said {
		kind, own = as.kind, false
	}
	o := policy.Object{Kind: kind, ID: missing.ID()}
	switch {
	case kind == houseKind:
		o.ID = r.actor.Org
	case kind == patientKind && !own:
		o.ID = r.invented(missing.ID())
	case kind != patientKind && namedAfter(missing.Table, patientKind):
		return r.anew(kind, missing.ID())
	}
	if kind == patientKind {
		o.Patient = o.ID
	}
	return o
}

// anew is an object about a patient that the act would have made.
func (r *Reading) anew(kind, patient string) policy.Object {
	o := policy.Object{Kind: kind, ID: r.id}
	if slices.Contains(ofPatients, kind) {
		o.Patient, o.Author = patient, r.actor.ID
	}
	return o
}

// kindOf is the kind of object that a verb is about when a row of a table was looked
// for: the one that the table is named after, or else the patient or the person
// whose the row would have been, or else the first.
func kindOf(kinds []string, table string) (kind string, own bool) {
	for _, k := range kinds {
		if namedAfter(table, k) {
			return k, true
		}
	}
	for _, k := range []string{patientKind, "Person"} {
		if slices.Contains(kinds, k) {
			return k, false
		}
	}
	for _, k := range kinds {
		if k != houseKind && k != "Ledger" {
			return k, true
		}
	}
	return houseKind, false
}

func namedAfter(table, kind string) bool {
	_, noun, _ := strings.Cut(table, "_")
	return strings.EqualFold(noun, kind)
}

const (
	houseKind   = "House"
	patientKind = "Patient"
	// ordinary is the sensitivity of what most records hold.
	ordinary = 1
)

// ofPatients are the kinds whose objects belong to a patient.
var ofPatients = []string{patientKind, "Encounter", "Document", "Observation", "Order", "Draft", "Access", "Consent", "Case", "Amendment", "Deadline", "Hold"}

// invented is an id that stands where a refusal names the patient of an object: the
// same for the same question in every process of a store, and to be told from a real
// one only with the store's keys.
func (r *Reading) invented(asked string) string {
	code := sm.Sum([]byte(r.door.blind(r.actor.Org, "act.invented", "patient "+asked)))
	return id.Before(asked, code[:])
}
