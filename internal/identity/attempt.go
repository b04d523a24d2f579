package identity

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/ledger"
)

// try is one attempt to show who one is.
type try struct {
	verb   string
	who    act.Actor         // what is known of the sender
	counts map[string]string // scope to subject
}

func (r *Room) newTry(ctx context.Context, verb, name string) try {
	who := act.From(ctx)
	from := network(who.IP)
	blind := func(value string) string { return r.vault.Blind(r.org, "identity_attempt", value) }
	return try{verb: verb, who: who, counts: map[string]string{
		scopeHere:    blind(name + "\n" + from),
		scopeAddress: blind(from),
		scopeName:    blind(name),
		scopeScan:    blind(from),
	}}
}

// scopes in the order in which they are read and written, so that two attempts
// cannot wait for one another.
var scopes = []string{scopeHere, scopeAddress, scopeName}

// mustWait says how long the sender has to wait. Failures from elsewhere do not
// hold up somebody at a place where the account was used lately.
func (r *Room) mustWait(ctx context.Context, v db.Reader, t try, account string, at time.Time) (time.Duration, error) {
	var longest time.Duration
	for _, scope := range scopes {
		counted, err := attemptsOf(ctx, v, r.org, scope, t.counts[scope])
		if err != nil {
			return 0, err
		}
		wait := counted.wait(at)
		if wait > longest && scope == scopeName && account != "" {
			known, err := workedFrom(ctx, v, r.org, account, t.who.IP, at.Add(-sessionMemory))
			if err != nil {
				return 0, err
			}
			if known {
				continue
			}
		}
		longest = max(longest, wait)
	}
	return longest, nil
}

// fail counts a failure and records it, in one commit whether or not the name
// was of an account: the time an answer takes must not tell the two apart. It
// returns the answer once the failure is on record.
func (r *Room) fail(ctx context.Context, t try, a Account, why string, answer error) error {
	now := r.desk.Now()
	var account ledger.Payload
	if a.ID != "" {
		var err error
		if account, err = ledger.Encode(t.refused(a, why, now)); err != nil {
			return err
		}
	} else {
		r.countNobody(ctx, t.verb)
	}
	err := r.desk.Upkeep(context.WithoutCancel(ctx), func(ctx context.Context, w db.Writer) error {
		for _, scope := range scopes {
			counted, err := attemptsOf(ctx, w, r.org, scope, t.counts[scope])
			if err != nil {
				return err
			}
			counted.failed(now)
			if err := attempts.Put(ctx, w, &counted); err != nil {
				return err
			}
		}
		if a.ID != "" {
			w.Leave(account)
		}
		if why == whyHours {
			return countDenial(ctx, w, a.Org, why, now)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return answer
}

// refused is the account of an attempt that failed. Nobody has shown who he is,
// so it is nobody's act; the account that was tried is its object.
func (t try) refused(a Account, why string, at time.Time) ledger.Entry {
	e := ledger.Entry{
		ID: id.New(at), At: at.UnixMicro(), Org: a.Org, Verb: t.verb, Outcome: ledger.Refused,
		Actor:   ledger.Actor{Kind: act.Anonymous, ID: act.Anonymous, IP: t.who.IP, Terminal: t.who.Terminal},
		Objects: []ledger.Object{{Kind: "Account", ID: a.ID}},
		Why:     ledger.Why{Conditions: []string{why}},
	}
	if t.who.Known() {
		e.Actor = ledger.Actor{
			Kind: t.who.Kind, ID: t.who.ID, Session: t.who.Session, Roles: t.who.Roles,
			Department: t.who.Department, IP: t.who.IP, Terminal: t.who.Terminal,
		}
	}
	return e
}

// countNobody leaves an attempt to the door, which records those of nobody in
// particular together.
func (r *Room) countNobody(ctx context.Context, verb string) {
	nobody := act.From(ctx)
	nobody.Kind, nobody.ID = act.Anonymous, ""
	_ = r.desk.Do(act.With(ctx, nobody), verb, nil) // always act.ErrNobody
}

// nobody turns somebody away who is nobody in particular.
func (r *Room) nobody(ctx context.Context, verb string) error {
	r.countNobody(ctx, verb)
	return act.ErrNobody.With()
}

// mustBeKnown turns nobody away before work is done for him that costs more than
// the refusal.
func (r *Room) mustBeKnown(ctx context.Context, verb string) error {
	if act.From(ctx).Known() {
		return nil
	}
	return r.nobody(ctx, verb)
}

// mayStart counts what is begun and asks a service of somebody else, and keeps whoever
// begins too much of it waiting.
func (r *Room) mayStart(ctx context.Context, scope, subject string) error {
	var wait time.Duration
	err := r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		now := r.desk.Now()
		counted, err := attemptsOf(ctx, w, r.org, scope, subject)
		if err != nil {
			return err
		}
		if wait = counted.wait(now); wait > 0 {
			return nil
		}
		counted.failed(now)
		return attempts.Put(ctx, w, &counted)
	})
	if err == nil && wait > 0 {
		return waitFor(wait)
	}
	return err
}

// forgive forgets the failures of somebody who has shown who he is, and half of
// those of the address: where people come in, most failures were slips.
func (r *Room) forgive(ctx context.Context, w db.Writer, t try) error {
	for _, scope := range []string{scopeHere, scopeAddress, scopeScan} {
		counted, err := attemptsOf(ctx, w, r.org, scope, t.counts[scope])
		if err != nil {
			return err
		}
		if counted.Failures == 0 {
			continue
		}
		counted.Failures /= 2
		if scope == scopeHere {
			counted.Failures = 0
		}
		if err := attempts.Put(ctx, w, &counted); err != nil {
			return err
		}
	}
	return nil
}
