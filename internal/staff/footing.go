package staff

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Lack is why somebody who holds appointments has nothing by them.
type Lack string

// What may be lacking.
const (
	LackNothing     Lack = ""
	LackPresence    Lack = "departed"    // he has left
	LackTraining    Lack = "untrained"   // a short stay before its training (D-056)
	LackAgreement   Lack = "agreement"   // his company has promised nothing (D-060)
	LackUndertaking Lack = "undertaking" // a vendor's engineer who has not signed, who may sign in and sign
)

// footing is what decides, beside the appointments themselves, whether they count.
type footing struct {
	departures     []Departure
	stays          []Stay
	trainings      []Passed
	qualifications []Qualification
	requirements   []Requirement
	undertakings   []Undertaking
	signatures     []Signature
	agreements     []Agreement
}

// read returns the questions, which do not depend on one another.
func (f *footing) read(ctx context.Context, r db.Reader, org, person string, at time.Time) []func() error {
	return []func() error{
		func() (err error) { f.departures, err = departuresOf(ctx, r, org, person); return err },
		func() (err error) { f.stays, err = staysOf(ctx, r, org, person); return err },
		func() (err error) { f.trainings, err = trainingsOf(ctx, r, org, person); return err },
		func() (err error) { f.qualifications, err = qualificationsOf(ctx, r, org, person); return err },
		func() (err error) { f.requirements, err = requirementsOf(ctx, r, org); return err },
		func() (err error) { f.undertakings, err = undertakingsAt(ctx, r, org, at); return err },
		func() (err error) { f.signatures, err = signaturesOf(ctx, r, org, person); return err },
		func() (err error) { f.agreements, err = agreementsFor(ctx, r, org, person); return err },
	}
}

// lack is why the person has nothing at a moment.
func (f *footing) lack(p Person, roles []string, at time.Time) Lack {
	if slices.ContainsFunc(f.departures, func(d Departure) bool { return d.Gone(at) }) {
		return LackPresence
	}
	there := slices.DeleteFunc(slices.Clone(f.stays), func(s Stay) bool { return !s.Live(at) })
	trained := slices.ContainsFunc(f.trainings, func(t Passed) bool { return t.Holds(at) })
	if !trained && slices.ContainsFunc(there, func(s Stay) bool { return s.nature().trained }) {
		return LackTraining
	}
	if slices.ContainsFunc(there, func(s Stay) bool { return s.Vendor != "" && !agreed(f.agreements, s.Vendor, at) }) {
		return LackAgreement
	}
	if p.Category == Vendor && f.unbound(p, roles, at) {
		return LackUndertaking
	}
	return LackNothing
}

func (f *footing) unbound(p Person, roles []string, at time.Time) bool {
	return slices.ContainsFunc(promises(f.undertakings, f.signatures, p, roles, at), func(p Promise) bool { return p.State == Lapsed })
}

// provisional reports whether what the person writes stands until somebody
// countersigns: he is here to learn.
func (f *footing) provisional(at time.Time) bool {
	return slices.ContainsFunc(f.stays, func(s Stay) bool { return s.nature().learning && s.Live(at) })
}

// next is the first moment after which any of this may be otherwise.
func (f *footing) next(at time.Time) time.Time {
	var first time.Time
	note := func(moments ...time.Time) {
		for _, m := range moments {
			if m.After(at) && (first.IsZero() || m.Before(first)) {
				first = m
			}
		}
	}
	for _, d := range f.departures {
		note(d.At, d.Returned)
	}
	for _, s := range f.stays {
		note(s.Since, s.End())
	}
	for _, t := range f.trainings {
		note(t.At, t.Until)
	}
	for _, q := range f.qualifications {
		note(q.Since, q.End())
	}
	for _, n := range f.requirements {
		note(n.Since)
	}
	for _, a := range f.agreements {
		note(a.Since, a.End())
	}
	for _, u := range f.undertakings {
		note(u.Since, u.Since.Add(u.grace()), u.Withdrawn)
		for _, s := range f.signatures {
			note(s.Signed, s.Until, s.Until.Add(u.grace()))
		}
	}
	return first
}
