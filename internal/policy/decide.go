package policy

import (
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
)

// Decide answers one request.
func (b *Book) Decide(r Request) Decision {
	actor, err := factsOfActor(&r.Actor, r.Purpose)
	if err != nil {
		return failed(err)
	}
	return b.decide(actor, r.Verb, &r.Object, r.Ties, r.At)
}

// DecideAll answers r for each of objects in place of r.Object, with ties[i]
// being those to objects[i]. The answers are those of [Book.Decide].
func (b *Book) DecideAll(r Request, objects []Object, ties [][]Tie) []Decision {
	decisions := make([]Decision, len(objects))
	actor, err := factsOfActor(&r.Actor, r.Purpose)
	if err == nil && len(ties) != len(objects) {
		err = fmt.Errorf("policy: ties for %d of %d objects", len(ties), len(objects))
	}
	for i := range objects {
		if err != nil {
			decisions[i] = failed(err)
			continue
		}
		decisions[i] = b.decide(actor, r.Verb, &objects[i], ties[i], r.At)
	}
	return decisions
}

func (b *Book) decide(actor actorFacts, verb string, o *Object, ties []Tie, at time.Time) Decision {
	if at.IsZero() {
		return failed(errors.New("policy: a request without a time"))
	}
	bare, err := b.factsOf(actor, verb, o)
	if err != nil {
		return failed(err)
	}
	full := bare
	lapsed := false
	for _, t := range ties {
		if t.live(at) {
			full.holds |= tieFact(t, bare, o)
		} else {
			lapsed = true
		}
	}
	a := b.answer(full)
	d := Decision{Allowed: a.allowed, Rules: a.rules, Refusal: a.refusal, Failed: a.failed}
	switch {
	case a.allowed:
		d.Tie = b.explaining(bare, full, o, ties, at)
	case lapsed && a.failed == nil:
		d.Refusal = b.withLapsed(a.refusal, full, o, ties, at)
	}
	return d
}

// answer is what the rules say about some facts.
type answer struct {
	allowed bool
	rules   []string
	refusal *Refusal
	failed  error
}

func (b *Book) answer(f facts) *answer { return b.answers.recall(f, b.work) }

func (b *Book) work(f facts) *answer {
	v := b.verdict(f)
	a := &answer{allowed: v.allowed, rules: v.rules, failed: v.failed}
	switch {
	case v.failed != nil:
		a.refusal = failure()
	case !v.allowed:
		a.refusal = b.explain(f, v)
	}
	return a
}

// verdict is the bare outcome of asking Cedar.
type verdict struct {
	allowed bool
	rules   []string
	forbids []*article
	failed  error
}

func (b *Book) verdict(f facts) verdict {
	near, read := b.near(f)
	if v, told := plainNo(f, near); told {
		return v
	}
	decision, diagnostic := cedar.Authorize(matching(near), f.worldWith(b.fixed, read), f.requestWith(read))
	if len(diagnostic.Errors) > 0 {
		first := diagnostic.Errors[0]
		return verdict{failed: fmt.Errorf("policy: rule %s on %s of %s: %s", first.PolicyID, f.verb, f.kind, first.Message)}
	}
	v := verdict{allowed: decision == cedar.Allow}
	for _, a := range near {
		for _, matched := range diagnostic.Reasons {
			if a.ID != string(matched.PolicyID) {
				continue
			}
			v.rules = append(v.rules, a.ID)
			if a.Effect == Forbid {
				v.forbids = append(v.forbids, a)
			}
		}
	}
	return v
}

// plainNo is a no that needs no asking: nothing could permit, and every forbid that
// could match does. A yes is always Cedar's.
func plainNo(f facts, near []*article) (verdict, bool) {
	all := whole(f)
	var v verdict
	for _, a := range near {
		if a.Effect == Permit || a.matches(&all) != yes {
			return verdict{}, false
		}
		v.rules, v.forbids = append(v.rules, a.ID), append(v.forbids, a)
	}
	return v, true
}

// near are the rules about a verb that could match, and the facts they read. Cedar is
// asked about no others: what [supposition.possible] calls impossible never matches.
func (b *Book) near(f facts) (near []*article, read fact) {
	all := whole(f)
	for _, a := range b.byVerb[f.verb] {
		if a.possibleUnder(&all) {
			near, read = append(near, a), read|a.facts
		}
	}
	return near, read
}

// matching are the rules that Cedar is asked about.
type matching []*article

// All implements [cedar.PolicyIterator].
func (m matching) All() iter.Seq2[types.PolicyID, *cedar.Policy] {
	return func(yield func(types.PolicyID, *cedar.Policy) bool) {
		for _, a := range m {
			if !yield(types.PolicyID(a.ID), a.within) {
				return
			}
		}
	}
}

func failed(err error) Decision { return Decision{Failed: err, Refusal: failure()} }

// tieOrder is the order in which a tie is preferred as the explanation.
var tieOrder = []string{TieOwn, TieCare, TieDuty, TieTask, TieTheatre, TieWork, TieGrant, TieReason, TieGlass, TieCharge, TieListed}

// explaining returns the first tie, in order of preference, without which the
// access would need another one.
func (b *Book) explaining(bare, full facts, o *Object, ties []Tie, at time.Time) *Tie {
	if bare == full || b.answer(bare).allowed {
		return nil
	}
	var helping *Tie
	for _, kind := range tieOrder {
		for i := range ties {
			t := &ties[i]
			if t.Kind != kind || !t.live(at) {
				continue
			}
			alone := bare
			alone.holds |= tieFact(*t, bare, o)
			if alone == bare {
				continue
			}
			if b.answer(alone).allowed {
				found := *t
				return &found
			}
			if helping == nil {
				helping = t
			}
		}
	}
	if helping == nil {
		return nil
	}
	found := *helping
	return &found
}
