package staff

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Mismatch is something about a person that does not fit.
type Mismatch struct {
	Person string
	Number string
	Kind   MismatchKind
}

// MismatchKind is what does not fit.
type MismatchKind string

// The kinds of mismatch (A-140, E-003, E-222).
const (
	NotInRoster     MismatchKind = "not-in-roster"    // holds appointments, and the last roster does not name him
	ElsewhereRoster MismatchKind = "elsewhere"        // the last roster names another department
	LeftHolding     MismatchKind = "left-holding"     // has left and still holds something
	NoTraining      MismatchKind = "no-training"      // here for a short time, untrained
	NoUndertaking   MismatchKind = "no-undertaking"   // must sign and has not
	NoLicence       MismatchKind = "no-licence"       // writes in a role whose licence he lacks
	NoAgreement     MismatchKind = "no-agreement"     // of a vendor that has promised nothing
	SponsorGone     MismatchKind = "sponsor-gone"     // nobody answers for his stay any longer
	Conflicting     MismatchKind = "conflicting"      // holds roles that nobody holds together
	NotTakenBack    MismatchKind = "not-taken-back"   // something is overdue to be taken back from him
	ShortUnsettled  MismatchKind = "without-stay"     // no employee, and here without a stay
	NothingToDo     MismatchKind = "nothing-assigned" // works here and holds nothing
)

// Reconciliation holds the people of the house against one another at a moment.
type Reconciliation struct {
	At         time.Time
	Roster     Roster // the last that was taken in; zero when there is none
	Governed   int    // people who hold something now
	Stays      map[StayKind]int
	Mismatches []Mismatch
}

// Reconcile reports who is in one place and not in the other.
func (r *Room) Reconcile(ctx context.Context) (Reconciliation, error) {
	var found Reconciliation
	err := r.desk.Disclose(ctx, "staff.reconcile", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err = reconcile(ctx, v, org, v.Now())
		return err
	})
	return found, err
}

func reconcile(ctx context.Context, r db.Reader, org string, at time.Time) (Reconciliation, error) {
	k, err := whatIsKnown(ctx, r, org, at)
	if err != nil {
		return Reconciliation{}, err
	}
	all, err := readFootings(ctx, r, org, at)
	if err != nil {
		return Reconciliation{}, err
	}
	last, err := rosters.Select(ctx, r, "WHERE org = $1 AND finished IS NOT NULL ORDER BY id DESC LIMIT 1", org)
	if err != nil {
		return Reconciliation{}, err
	}
	overdue, err := lines.Select(ctx, r, "WHERE org = $1 AND signed IS NULL AND due <= $2 ORDER BY due, id", org, at.UnixMicro())
	if err != nil {
		return Reconciliation{}, err
	}
	found := Reconciliation{At: at, Governed: len(k.held), Stays: map[StayKind]int{}}
	if len(last) > 0 {
		found.Roster = last[0]
	}
	for _, p := range k.people {
		for _, kind := range mismatchesOf(p, k, all.of(p.ID), found.Roster, at) {
			found.Mismatches = append(found.Mismatches, Mismatch{p.ID, p.Number, kind})
		}
		for _, s := range all.of(p.ID).stays {
			if s.Live(at) {
				found.Stays[s.Kind]++
			}
			if s.Live(at) && s.Sponsor != "" && len(k.held[s.Sponsor]) == 0 {
				found.Mismatches = append(found.Mismatches, Mismatch{p.ID, p.Number, SponsorGone})
			}
		}
		if slices.ContainsFunc(overdue, func(l Line) bool { return l.Person == p.ID }) {
			found.Mismatches = append(found.Mismatches, Mismatch{p.ID, p.Number, NotTakenBack})
		}
	}
	slices.SortFunc(found.Mismatches, func(a, b Mismatch) int {
		return strings.Compare(a.Number+"\x00"+string(a.Kind), b.Number+"\x00"+string(b.Kind))
	})
	return found, nil
}

func mismatchesOf(p Person, k known, f *footing, last Roster, at time.Time) []MismatchKind {
	held := k.held[p.ID]
	var kinds []MismatchKind
	note := func(kind MismatchKind, yes bool) {
		if yes {
			kinds = append(kinds, kind)
		}
	}
	left := slices.ContainsFunc(f.departures, func(d Departure) bool { return d.Gone(at) })
	note(NothingToDo, !left && len(held) == 0)
	if len(held) == 0 {
		return kinds
	}
	roles := rolesOf(held)
	note(LeftHolding, left)
	note(NotInRoster, slices.Contains(last.Missing, p.ID))
	note(ElsewhereRoster, slices.Contains(last.Moved, p.ID))
	switch f.lack(p, roles, at) {
	case LackTraining:
		note(NoTraining, true)
	case LackAgreement:
		note(NoAgreement, true)
	case LackNothing, LackPresence, LackUndertaking:
	}
	note(NoUndertaking, f.unbound(p, roles, at))
	note(NoLicence, unlicensed(roles, f.requirements, f.qualifications, at))
	note(ShortUnsettled, p.Category != Employee && !slices.ContainsFunc(f.stays, func(s Stay) bool { return s.Live(at) }))
	note(Conflicting, slices.ContainsFunc(roles, func(a string) bool {
		return slices.ContainsFunc(roles, func(b string) bool { return !compatible(a, b) })
	}))
	return kinds
}

// footings are the footings of everybody.
type footings struct {
	byPerson map[string]*footing
	shared   footing
}

func (f footings) of(person string) *footing {
	if found := f.byPerson[person]; found != nil {
		return found
	}
	return &f.shared
}

func readFootings(ctx context.Context, r db.Reader, org string, at time.Time) (footings, error) {
	var f footing
	all := "WHERE org = $1"
	err := r.Together(ctx,
		func() (err error) { f.departures, err = departures.Select(ctx, r, all, org); return err },
		func() (err error) { f.stays, err = stays.Select(ctx, r, all, org); return err },
		func() (err error) { f.trainings, err = trainings.Select(ctx, r, all, org); return err },
		func() (err error) { f.qualifications, err = qualifications.Select(ctx, r, all, org); return err },
		func() (err error) { f.requirements, err = requirementsOf(ctx, r, org); return err },
		func() (err error) { f.undertakings, err = undertakingsAt(ctx, r, org, at); return err },
		func() (err error) { f.signatures, err = signatures.Select(ctx, r, all, org); return err },
		func() (err error) { f.agreements, err = agreements.Select(ctx, r, all, org); return err },
	)
	if err != nil {
		return footings{}, err
	}
	found := footings{byPerson: map[string]*footing{}, shared: footing{requirements: f.requirements, undertakings: f.undertakings, agreements: f.agreements}}
	of := func(person string) *footing {
		if found.byPerson[person] == nil {
			own := found.shared
			found.byPerson[person] = &own
		}
		return found.byPerson[person]
	}
	for _, d := range f.departures {
		of(d.Person).departures = append(of(d.Person).departures, d)
	}
	for _, s := range f.stays {
		of(s.Person).stays = append(of(s.Person).stays, s)
	}
	for _, t := range f.trainings {
		of(t.Person).trainings = append(of(t.Person).trainings, t)
	}
	for _, q := range f.qualifications {
		of(q.Person).qualifications = append(of(q.Person).qualifications, q)
	}
	for _, s := range f.signatures {
		of(s.Person).signatures = append(of(s.Person).signatures, s)
	}
	return found, nil
}
