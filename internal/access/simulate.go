package access

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Candidate is a change whose effect is tried on what really happened.
type Candidate struct {
	WithoutTies []string // kinds of tie that would not count any more: reason, glass, grant, task, duty, care
	Role        string   // whoever holds this role …
	Instead     string   // … would hold this one; nothing when empty
	MaxLevel    int      // clearance would end here; 0: as it is

	rules *policy.Book // that would hold in the place of those that did
}

func (c Candidate) check() error {
	e := errGrantInput.With()
	known := []string{policy.TieReason, policy.TieGlass, policy.TieGrant, policy.TieTask, policy.TieDuty, policy.TieCare}
	for _, kind := range c.WithoutTies {
		if !slices.Contains(known, kind) {
			e = e.At("withoutTies", fault.Text{ZH: "可去掉的关系为 reason、glass、grant、task、duty、care", EN: "ties that can be left out are reason, glass, grant, task, duty and care"})
		}
	}
	for _, role := range []string{c.Role, c.Instead} {
		if role != "" && !slices.ContainsFunc(policy.Roles(), func(r policy.Role) bool { return r.Person && r.ID == role }) {
			e = e.At("role", fault.Text{ZH: "不在角色目录中", EN: "is not in the catalogue of roles"})
		}
	}
	if c.MaxLevel < 0 || c.MaxLevel > 5 {
		e = e.At("maxLevel", fault.Text{ZH: "级别为 1 至 5，0 表示不变", EN: "a level is 1 to 5, or 0 for as it is"})
	}
	return e.OrNil()
}

// apply changes a request as the candidate would.
func (c Candidate) apply(q policy.Request) policy.Request {
	q.Ties = slices.DeleteFunc(slices.Clone(q.Ties), func(t policy.Tie) bool { return slices.Contains(c.WithoutTies, t.Kind) })
	if at := slices.Index(q.Actor.Roles, c.Role); c.Role != "" && at >= 0 {
		q.Actor.Roles = slices.Delete(slices.Clone(q.Actor.Roles), at, at+1)
		if c.Instead != "" {
			q.Actor.Roles = append(q.Actor.Roles, c.Instead)
		}
	}
	if c.MaxLevel > 0 {
		q.Actor.Clearance = min(q.Actor.Clearance, c.MaxLevel)
	}
	return q
}

// book is the rules that the candidate would be decided by.
func (c Candidate) book(then *policy.Book) *policy.Book {
	if c.rules != nil {
		return c.rules
	}
	return then
}

// Trial is what a candidate would have done to what really happened.
type Trial struct {
	From, To     time.Time
	Asked        int // accesses of people to patients that were looked at
	Unlike       int // of which the outcome could not be reproduced from what is known now; they are left out
	StillAllowed int
	StillRefused int
	NewlyRefused int
	NewlyAllowed int
	More         bool // there were more than were looked at
	Changed      []Changed
}

// Changed is one access that would have come out otherwise.
type Changed struct {
	Entry, Verb, Person, Patient string
	At                           time.Time
	Allowed                      bool
	Rules                        []string
	Unmet                        []string
}

const (
	// maxTried bounds the accesses of one trial.
	maxTried   = 2000
	maxChanged = 50
)

// Simulate asks the real accesses of a day again under a candidate. Yesterday when
// no day is named.
func (room *Room) Simulate(ctx context.Context, on time.Time, c Candidate) (Trial, error) {
	if err := room.asking.Begin(ctx, "policy.simulate"); err != nil {
		return Trial{}, err
	}
	if err := c.check(); err != nil {
		return Trial{}, err
	}
	date := calendar.DateOf(room.desk.Now()) - 1
	if !on.IsZero() {
		date = calendar.DateOf(on)
	}
	var t Trial
	err := room.asking.Disclose(ctx, "policy.simulate", func(ctx context.Context, r *act.Reading) error {
		t = Trial{From: date.Start().UTC(), To: date.End().UTC()}
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		r.Note("day", date.String())
		return room.replay(ctx, r, c, &t)
	})
	return t, err
}

func (room *Room) replay(ctx context.Context, r *act.Reading, c Candidate, t *Trial) error {
	q := ledger.Query{Org: r.Actor().Org, From: t.From, To: t.To, Limit: ledger.MaxPage}
	past := &past{room: room, known: map[string]policy.Object{}, people: map[string]act.Actor{}}
	for {
		page, err := room.ledger.Search(ctx, r, q)
		if err != nil {
			return err
		}
		for _, line := range page.Lines {
			if line.ActorKind != act.Person || line.Patient == "" || !slices.Contains(room.rules.Kinds(line.Verb), line.Kind) {
				continue
			}
			if t.Asked == maxTried {
				t.More = true
				return nil
			}
			t.Asked++
			before, err := past.request(ctx, r, line)
			if err != nil {
				return err
			}
			t.count(room.rules, line, before, c)
		}
		if page.Next == 0 {
			return nil
		}
		q.After = page.Next
	}
}

func (t *Trial) count(rules *policy.Shelf, line ledger.Line, before policy.Request, c Candidate) {
	was := line.Outcome == ledger.Done
	if rules.Decide(before).Allowed != was {
		t.Unlike++
		return
	}
	now := c.book(rules.At(line.At)).Decide(c.apply(before))
	switch {
	case was && now.Allowed:
		t.StillAllowed++
		return
	case !was && !now.Allowed:
		t.StillRefused++
		return
	case was:
		t.NewlyRefused++
	default:
		t.NewlyAllowed++
	}
	if len(t.Changed) < maxChanged {
		t.Changed = append(t.Changed, Changed{
			Entry: line.ID, Verb: line.Verb, Person: line.Actor, Patient: line.Patient, At: line.At, Allowed: now.Allowed, Rules: now.Rules, Unmet: unmetOf(now),
		})
	}
}

func unmetOf(d policy.Decision) []string {
	var names []string
	if d.Refusal != nil {
		for _, c := range d.Refusal.Unmet() {
			names = append(names, c.Name)
		}
	}
	return names
}

// past makes requests of what the ledger tells, with what is known of that moment.
type past struct {
	room   *Room
	known  map[string]policy.Object
	people map[string]act.Actor
}

func (p *past) request(ctx context.Context, r *act.Reading, line ledger.Line) (policy.Request, error) {
	org := r.Actor().Org
	o, met := p.known[line.Patient]
	if !met {
		found, err := p.room.patients.Find(ctx, r, org, line.Patient)
		if err != nil && !errors.Is(err, act.ErrAbsent) {
			return policy.Request{}, err
		}
		o = found.Object
		p.known[line.Patient] = o
	}
	actor, met := p.people[line.Actor]
	if !met {
		found, err := staff.ActorOf(ctx, r, org, line.Actor, line.At)
		if err != nil && !errors.Is(err, staff.ErrNoPerson) {
			return policy.Request{}, err
		}
		actor = found
		actor.Kind, actor.ID, actor.Org = act.Person, line.Actor, org
		p.people[line.Actor] = actor
	}
	ties, err := p.room.tiesThen(ctx, r, org, line.Actor, line.Patient, line.At)
	o.Kind, o.ID = line.Kind, line.Object
	if line.Kind != "Patient" {
		o.Concerns = ""
	}
	return policy.Request{Actor: actor.Actor, Verb: line.Verb, Object: o, Ties: ties, Purpose: line.Purpose, At: line.At}, err
}

// tiesThen are the ties between a person and a patient at a moment. What this room
// gives is read from its history, since it is gone from what counts now.
func (room *Room) tiesThen(ctx context.Context, r *act.Reading, org, person, patient string, at time.Time) ([]policy.Tie, error) {
	found, err := r.TiesOf(ctx, act.Actor{Actor: policy.Actor{Kind: act.Person, ID: person, Org: org}}, []string{patient}, at)
	if err != nil {
		return nil, err
	}
	ties := slices.DeleteFunc(found[patient], func(t policy.Tie) bool { return t.Source == "access" })
	given, err := reasons.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND person = $3 AND until > $4", org, patient, person, at.UnixMicro())
	if err != nil {
		return nil, err
	}
	for _, reason := range given {
		ties = append(ties, reason.tie())
	}
	granted, err := grants.Select(ctx, r, "WHERE org = $1 AND person = $2 AND until > $3 AND (patient = $4 OR patient = $5)", org, person, at.UnixMicro(), patient, "")
	for _, g := range granted {
		ties = append(ties, g.tie())
	}
	return ties, err
}
