package staff

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// BeginStay lets somebody be here, or away, for a time on a footing of its own,
// with the appointments that begin and end with it. What rests meanwhile, or is
// given up for it, does so at the same moment.
func (r *Room) BeginStay(ctx context.Context, n NewStay) (Stay, error) {
	now := r.desk.Now()
	n.complete(now)
	if err := n.check(now); err != nil {
		return Stay{}, err
	}
	var made Stay
	err := r.desk.Do(ctx, "staff.begin-stay", func(ctx context.Context, w *act.Work) error {
		made = Stay{
			Org: w.Actor().Org, ID: id.New(w.Now()), Person: n.Person, Kind: n.Kind, Department: n.Department, Sponsor: n.Sponsor,
			Vendor: n.Vendor, Since: n.Since.UTC(), Until: n.Until.UTC(), Programme: n.Programme.UTC(), Made: w.Now(), MadeBy: w.Actor().ID,
		}
		if err := n.permit(ctx, w, made); err != nil {
			return err
		}
		if err := r.mayBegin(ctx, w, made); err != nil {
			return err
		}
		if err := fits(ctx, w, &made); err != nil {
			return err
		}
		if err := takeBack(ctx, w, made); err != nil {
			return err
		}
		if err := rest(ctx, w, &made); err != nil {
			return err
		}
		for _, p := range n.Posts {
			wanted := NewAppointment{
				Person: n.Person, Role: p.Role, Department: p.Department, TitleZH: p.TitleZH, TitleEN: p.TitleEN,
				Team: p.Team, Since: made.Since, Until: made.Until,
			}
			if err := r.frame(ctx, w, made.Org, wanted); err != nil {
				return err
			}
			post, err := place(ctx, w, wanted, Basis{Kind: UponStay, Reference: made.ID})
			if err != nil {
				return err
			}
			made.Posts = append(made.Posts, post.ID)
		}
		w.Note("stay", made.ID)
		w.Note("kind", string(made.Kind))
		if err := stays.Insert(ctx, w, &made); err != nil {
			return err
		}
		return r.handOver(ctx, w, made)
	})
	if err != nil {
		return Stay{}, r.barring.Kept(ctx, err)
	}
	r.powersChanged(made.Org, made.Person)
	return made, nil
}

// mayBegin refuses a stay here of somebody who is barred, or whose firm is. Whoever goes
// away may always go.
func (r *Room) mayBegin(ctx context.Context, w *act.Work, s Stay) error {
	if s.nature().away {
		return nil
	}
	if err := r.MustNotBeBarred(ctx, &w.Reading, s.Person); err != nil || s.Vendor == "" {
		return err
	}
	c, err := companies.Get(ctx, w, s.Org, s.Vendor)
	if errors.Is(err, db.ErrNone) {
		return nil // said by the rules of the stay
	}
	if err != nil {
		return err
	}
	return r.mustDealWith(ctx, &w.Reading, "vendor", c.Code, c.Name)
}

func (n NewStay) permit(ctx context.Context, w *act.Work, s Stay) error {
	if err := mustKnow(findPerson(ctx, w, s.Org, s.Person)); err != nil {
		return err
	}
	if err := permitStay(ctx, w, s); err != nil {
		return err
	}
	if err := notOneself(w.Actor(), s.Person); err != nil || !n.extraRoles() {
		return err
	}
	for _, p := range n.Posts {
		if err := w.PermitTo(ctx, "staff.appoint", appointing(s.Org, s.Person, p.Department)); err != nil {
			return err
		}
		if err := mustCarryOut(ctx, w, p.Role, true); err != nil {
			return err
		}
	}
	return nil
}

// permitStay asks whether the actor may do what he does to a stay: the education
// office has a part in those of learning, and the sponsor is their author.
func permitStay(ctx context.Context, w *act.Work, s Stay) error {
	o := stayObject(s)
	if !s.nature().learning {
		return w.Permit(ctx, o)
	}
	return w.Permit(ctx, o, policy.Tie{Kind: policy.TieTask, ID: s.ID, Role: "stay", Source: "staff", Since: w.Now(), Until: w.Now().Add(time.Second)})
}

func stayObject(s Stay) policy.Object {
	return policy.Object{Kind: "Person", ID: s.Person, Org: s.Org, Department: s.Department, Author: s.Sponsor, Concerns: s.Person}
}

// fits holds a stay to its person, its sponsor and what the person does otherwise.
// A rotation gets the end of the training in which it lies.
func fits(ctx context.Context, w *act.Work, s *Stay) error {
	kind := s.nature()
	person, err := findPerson(ctx, w, s.Org, s.Person)
	if err != nil {
		return err
	}
	if !slices.Contains(kind.categories, person.Category) {
		return errInput.With().At("kind", fault.Text{ZH: "与此人的类别不符", EN: "does not fit the category of the person"})
	}
	if err := departmentExists(ctx, w, s.Org, s.Department, "department"); err != nil {
		return err
	}
	if err := sponsorAnswers(ctx, w, *s); err != nil {
		return err
	}
	if s.Vendor != "" {
		if err := vendorBound(ctx, w, *s); err != nil {
			return err
		}
	}
	others, err := staysOf(ctx, w, s.Org, s.Person)
	if err != nil {
		return err
	}
	if kind.away && slices.ContainsFunc(others, func(o Stay) bool {
		return o.nature().away && o.Since.Before(s.Until) && o.End().After(s.Since)
	}) {
		return errAwayTwice.With()
	}
	if !kind.within {
		return nil
	}
	i := slices.IndexFunc(others, func(o Stay) bool { return o.Kind == Training && o.Live(s.Since) })
	if i < 0 || s.Until.After(others[i].End()) {
		return errNoProgramme.With()
	}
	s.Programme = others[i].End()
	return nil
}

func sponsorAnswers(ctx context.Context, r db.Reader, s Stay) error {
	if s.Sponsor == "" {
		return nil
	}
	sponsor, err := StandingOf(ctx, r, s.Org, s.Sponsor, s.Made)
	if err := mustKnow(sponsor.Person, err); err != nil {
		return err
	}
	if sponsor.Person.Category != Employee || len(sponsor.Appointments) == 0 {
		return errInput.With().At("sponsor", fault.Text{ZH: "应为在岗的本院职工", EN: "must be an employee who holds an appointment"})
	}
	return nil
}

// takeBack ends the absence of whoever had left and now begins to work again.
func takeBack(ctx context.Context, w *act.Work, s Stay) error {
	left, err := departuresOf(ctx, w, s.Org, s.Person)
	if err != nil {
		return err
	}
	for _, d := range left {
		switch {
		case !d.Gone(s.Since) && !d.Gone(s.Until):
			continue
		case s.nature().away || d.Kind == Deceased || d.At.After(s.Since):
			return errGone.With()
		}
		d.Returned = s.Since
		if err := departures.Update(ctx, w, &d); err != nil {
			return err
		}
	}
	return nil
}

// rest sets aside what the person holds at home: for the time of a stay away, or
// for good where the stay takes its place.
func rest(ctx context.Context, w *act.Work, s *Stay) error {
	kind := s.nature()
	if !kind.away && !kind.instead {
		return nil
	}
	held, err := appointmentsOf(ctx, w, s.Org, s.Person)
	if err != nil {
		return err
	}
	for _, a := range held {
		if !a.End().After(s.Since) || kind.away && !a.Since.Before(s.Until) {
			continue
		}
		home := Home{Rests: a.ID, Until: a.End()}
		began := a.Since
		a.Ended, a.EndedBy = later(s.Since, a.Since), w.Actor().ID
		if err := appointments.Update(ctx, w, &a); err != nil {
			return err
		}
		if kind.away {
			if err := takeUp(ctx, w, *s, &home, later(s.Until, began)); err != nil {
				return err
			}
		}
		s.Homes = append(s.Homes, home)
	}
	return nil
}

// takeUp makes or moves the appointment by which a post is taken up again from a
// moment on.
func takeUp(ctx context.Context, w *act.Work, away Stay, home *Home, from time.Time) error {
	if home.Again == "" {
		return takeUpAnew(ctx, w, away, home, from)
	}
	again, err := appointments.Get(ctx, w, away.Org, home.Again)
	if err != nil || !again.Ended.IsZero() {
		return err
	}
	if again.Until.After(from) {
		again.Since = from
	} else {
		again.Ended, again.EndedBy = again.Since, w.Actor().ID
	}
	return appointments.Update(ctx, w, &again)
}

// takeUpAnew keeps what is taken up again with the stay that had brought it, and
// within that.
func takeUpAnew(ctx context.Context, w *act.Work, away Stay, home *Home, from time.Time) error {
	others, err := staysOf(ctx, w, away.Org, away.Person)
	if err != nil {
		return err
	}
	until := home.Until
	brought := slices.IndexFunc(others, func(o Stay) bool { return o.ID != away.ID && slices.Contains(o.Posts, home.Rests) })
	if brought >= 0 && others[brought].End().Before(until) {
		until = others[brought].End()
	}
	if !until.After(from) {
		return nil
	}
	again, err := appointments.Get(ctx, w, away.Org, home.Rests)
	if err != nil {
		return err
	}
	again.ID, again.Since, again.Until, again.Ended, again.EndedBy = id.New(w.Now()), from, until, time.Time{}, ""
	home.Again = again.ID
	if err := appointments.Insert(ctx, w, &again); err != nil {
		return err
	}
	if err := (Basis{Kind: UponStay, Reference: away.ID}).keep(ctx, w, again); err != nil || brought < 0 {
		return err
	}
	others[brought].Posts = append(others[brought].Posts, again.ID)
	return stays.Update(ctx, w, &others[brought])
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
