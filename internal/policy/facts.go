package policy

import (
	"errors"
	"fmt"
	"slices"
)

// facts are everything a rule may know of a request. They name nobody, so that
// requests which differ only in who and which share one answer.
type facts struct {
	verb        string
	kind        string
	roles       roleSet
	purpose     uint8
	clearance   uint8
	sensitivity uint8
	holds       fact
}

// fact is a set of yes-or-no facts.
type fact uint64

const (
	organisation fact = 1 << iota
	department
	care
	lead
	duty
	task
	reason
	glass
	grant
	own
	author
	origin
	charge
	listed
	guarded
	barred
	remote
	stepped
	strong
	bound
	licensed
	provisional
	consented
	exempt
	work
	silent
	mandate
	beyond
	theatre
	unmasked
	frozen
	moving
	doubted
	quarantined
	program

	signed
	archived
	discharged
	sealed
	unauthorised
	disputed
)

// relationFacts and stateFacts are the attributes of the schema's Relation and
// State that are yes or no.
var relationFacts = []namedFact{
	{"organisation", organisation},
	{"department", department}, {"care", care}, {"lead", lead}, {"duty", duty}, {"task", task},
	{"reason", reason}, {"glass", glass}, {"grant", grant}, {"own", own}, {"author", author},
	{"origin", origin}, {"charge", charge}, {"listed", listed}, {"guarded", guarded}, {"barred", barred},
	{"remote", remote}, {"stepped", stepped}, {"strong", strong}, {"bound", bound}, {"licensed", licensed}, {"provisional", provisional},
	{"consented", consented}, {"exempt", exempt}, {"unmasked", unmasked}, {"work", work}, {"silent", silent}, {"mandate", mandate}, {"beyond", beyond}, {"theatre", theatre}, {"frozen", frozen}, {"moving", moving},
	{"doubted", doubted}, {"quarantined", quarantined}, {"program", program},
}

var stateFacts = []namedFact{
	{"signed", signed}, {"archived", archived}, {"discharged", discharged},
	{"sealed", sealed}, {"disputed", disputed}, {"unauthorised", unauthorised},
}

type namedFact struct {
	name string
	bit  fact
}

const highestLevel = 5

// factsOf reduces a request to what rules may know of it. Any doubt is an
// error, and so a deny. Ties are left to the caller.
func (b *Book) factsOf(actor actorFacts, verb string, o *Object) (facts, error) {
	kinds, known := b.kinds[verb]
	switch {
	case !known:
		return facts{}, fmt.Errorf("policy: no verb %q; see Verbs", verb)
	case !kinds[o.Kind]:
		return facts{}, fmt.Errorf("policy: %s does not apply to a thing of kind %q", verb, o.Kind)
	case o.Sensitivity < 0 || o.Sensitivity > highestLevel:
		return facts{}, fmt.Errorf("policy: sensitivity %d of %s %s is not 0 to %d", o.Sensitivity, o.Kind, o.ID, highestLevel)
	}
	f := facts{
		verb: verb, kind: o.Kind, roles: actor.roles, purpose: actor.purpose,
		clearance: actor.clearance, sensitivity: uint8(o.Sensitivity), holds: actor.holds,
	}
	f.set(organisation, actor.org != "" && actor.org == o.Org || actor.unplaced)
	f.set(department, o.Department != "" && slices.Contains(actor.departments, o.Department))
	f.set(author, actor.person && o.Author == actor.id)
	f.set(own, actor.person && o.Concerns == actor.id)
	f.set(origin, !actor.person && o.CreatedBy == actor.id)
	f.set(beyond, (actor.feed || actor.agreed != nil) && !actor.agreed.opens(verb, o))
	f.set(signed, o.Signed)
	f.set(archived, o.Archived)
	f.set(discharged, o.Discharged)
	f.set(sealed, o.Sealed)
	f.set(unauthorised, o.Unauthorised)
	f.set(disputed, o.Sealed && o.SealKind != "attention")
	return f, nil
}

func (f *facts) set(bit fact, yes bool) {
	if yes {
		f.holds |= bit
	}
}

// tieFact is what a live tie adds to the bare facts of an object.
func tieFact(t Tie, bare facts, o *Object) fact {
	if !t.Bounds.hold(bare.verb, o) {
		return 0
	}
	switch t.Kind {
	case TieCare:
		if t.Role == "attending" || t.Role == "chief" {
			return care | lead
		}
		return care
	case TieDuty:
		return duty
	case TieTask:
		return task
	case TieOwn:
		return own
	case TieCharge:
		return charge
	case TieListed:
		return listed
	case TieSilent:
		return silent
	case TieTheatre:
		return theatre
	case TieBar:
		return barred
	case TieFreeze:
		return frozen
	case TieMoving:
		return moving
	case TieHold:
		if t.Role == HoldCorrection {
			return doubted
		}
		return quarantined
	case TieSeal:
		if t.Role == "attention" {
			return guarded
		}
		return sealed | disputed
	}
	if bare.purpose == 0 || purposeNumber(t.Role) != bare.purpose {
		return 0
	}
	switch t.Kind {
	case TieReason:
		return reason
	case TieGlass:
		return glass
	case TieGrant:
		return grant
	case TieWork:
		return work
	case TieMandate:
		return mandate
	case TieConsent:
		return consented
	case TieExempt:
		return exempt
	case TieUnmask:
		return unmasked
	}
	return 0
}

// actorFacts are the part of the facts that a list shares.
type actorFacts struct {
	id, org     string
	person      bool
	feed        bool
	unplaced    bool
	departments []string
	roles       roleSet
	purpose     uint8
	clearance   uint8
	holds       fact
	agreed      *Agreed
}

func (f *actorFacts) set(bit fact, yes bool) {
	if yes {
		f.holds |= bit
	}
}

func factsOfActor(a *Actor, purpose string) (actorFacts, error) {
	kind, known := actorKinds[a.Kind]
	switch {
	case !known:
		return actorFacts{}, fmt.Errorf("policy: no actor of kind %q", a.Kind)
	case a.ID == "" && a.Kind != "anonymous":
		return actorFacts{}, errors.New("policy: an actor without an id")
	case a.Clearance < 0 || a.Clearance > highestLevel:
		return actorFacts{}, fmt.Errorf("policy: clearance %d is not 0 to %d", a.Clearance, highestLevel)
	case a.Zone != "" && a.Zone != "inside" && a.Zone != "remote":
		return actorFacts{}, fmt.Errorf("policy: no zone %q", a.Zone)
	}
	f := actorFacts{
		id: a.ID, org: a.Org, departments: a.Departments, person: a.Kind == "person", feed: a.Kind == "feed",
		roles: kind.implied, purpose: purposeNumber(purpose), clearance: uint8(a.Clearance), agreed: a.Agreed,
	}
	for _, id := range a.Roles {
		bit := roleBits[id]
		if bit == 0 || bit&kind.may == 0 {
			return actorFacts{}, fmt.Errorf("policy: a %s cannot hold the role %q", a.Kind, id)
		}
		f.roles |= bit
	}
	f.set(remote, a.Zone == "remote")
	f.set(stepped, !a.Stale)
	f.set(strong, !a.Weak)
	f.set(bound, !a.Unbound)
	f.set(licensed, !a.Unlicensed)
	f.set(provisional, a.Provisional)
	f.set(program, f.person && a.Agreed != nil)
	if a.Kind == "anonymous" {
		// Whoever has not signed in has no organisation yet and cannot state a
		// purpose; the rules leave such an actor nothing but signing in.
		f.unplaced = a.Org == ""
		f.purpose = purposeNumber("operation")
	}
	return f, nil
}

// actorKinds says what each kind of actor is by itself and may be given.
var actorKinds = func() map[string]struct{ implied, may roleSet } {
	var appointed roleSet
	for _, r := range roles {
		if r.Person {
			appointed |= roleBits[r.ID]
		}
	}
	kinds := map[string]struct{ implied, may roleSet }{
		"person": {implied: roleBits["person"], may: appointed | roleBits["person"]},
	}
	for _, kind := range []string{"feed", "job", "cli", "first-start", "anonymous"} {
		kinds[kind] = struct{ implied, may roleSet }{implied: roleBits[kind], may: roleBits[kind]}
	}
	cli := kinds["cli"]
	cli.may |= roleBits[demoOperator]
	kinds["cli"] = cli
	return kinds
}()
