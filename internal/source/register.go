package source

import (
	"bytes"
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// Register writes a source into the register. It does nothing yet: its owner
// is asked to sign the agreement. A source that people handed files in under the same
// name becomes this one, with all that came from it.
func (room *Room) Register(ctx context.Context, in Writing) (Source, error) {
	if err := room.desk.Begin(ctx, "source.register"); err != nil {
		return Source{}, err
	}
	if err := in.check(); err != nil {
		return Source{}, err
	}
	var s Source
	err := room.write(ctx, "source.register", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, known, err := sourceCoded(ctx, w, org, in.Code)
		if err != nil {
			return err
		}
		if known && !found.byHand() {
			return errTaken.With("code", in.Code)
		}
		s = Source{Org: org, ID: id.New(w.Now()), Made: w.Now()}
		if known {
			s = found
			s.Since, s.Until = time.Time{}, time.Time{}
			s.Rev++
		}
		in.put(&s)
		s.State, s.MadeBy, s.ChangedBy = Draft, w.Actor().ID, w.Actor().ID
		if err := room.place(ctx, w, &s); err != nil {
			return err
		}
		w.Note("source", s.ID)
		if err := room.askOwner(ctx, w, s); err != nil {
			return err
		}
		if known {
			return sources.Update(ctx, w, &s)
		}
		return sources.Insert(ctx, w, &s)
	})
	return s, err
}

// Change writes a source anew. What is live keeps what it may do: to change that, it
// is suspended first, and a change of it ends the agreement.
func (room *Room) Change(ctx context.Context, source string, rev int, in Writing) (Source, error) {
	if err := room.desk.Begin(ctx, "source.change"); err != nil {
		return Source{}, err
	}
	if err := in.check(); err != nil {
		return Source{}, err
	}
	return room.change(ctx, "source.change", source, func(ctx context.Context, w *act.Work, s *Source) error {
		app, err := appOf(ctx, w, *s)
		if err != nil {
			return err
		}
		before := s.scopeDigest(app)
		switch {
		case s.Rev != rev:
			return errMoved.With()
		case s.State == Ended, s.byHand():
			return errOrder.With("state", s.State)
		case s.Code != in.Code:
			return errInput.With().At("code", fault.Text{ZH: "登记后代码不能更改", EN: "the code stays what it was registered as"})
		}
		in.put(s)
		if err := room.place(ctx, w, s); err != nil {
			return err
		}
		if bytes.Equal(before, s.scopeDigest(app)) {
			return nil
		}
		if s.State == Live {
			return errOrder.With("state", Live)
		}
		return room.redraft(ctx, w, s)
	})
}

// place finds the owner and the departments that a source names.
func (room *Room) place(ctx context.Context, w *act.Work, s *Source) error {
	known, err := staff.Known(ctx, w, s.Org, []string{s.Owner})
	if err != nil {
		return err
	}
	e := errInput.With()
	if !known[s.Owner] {
		e.At("owner", fault.Text{ZH: "没有此人，请从人员列表中选择责任人", EN: "names nobody; choose the owner from the list of staff"})
		return e
	}
	standing, err := staff.StandingOf(ctx, w, s.Org, s.Owner, w.Now())
	if err != nil {
		return err
	}
	if len(standing.Appointments) == 0 {
		e.At("owner", fault.Text{ZH: "责任人须为在职人员", EN: "the owner must hold an appointment"})
		return e
	}
	s.Department = standing.Appointments[0].Department
	for _, d := range s.Departments {
		_, found, err := staff.DepartmentOf(ctx, w, s.Org, d)
		if err != nil {
			return err
		}
		if !found {
			e.At("departments", fault.Text{ZH: "没有这个科室，请从列表中选择", EN: "names no department; choose one from the list"})
			return e
		}
	}
	return nil
}

// askOwner asks the owner to sign, in place of whatever was asked about the source
// before.
func (room *Room) askOwner(ctx context.Context, w *act.Work, s Source) error {
	for _, kind := range []*duty.Kind{Promise, Approval} {
		if err := room.duty.CancelIn(ctx, w, kind, s.ID); err != nil {
			return err
		}
	}
	_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Promise, To: duty.To{Person: s.Owner}, Subject: s.ID})
	return err
}

// withdraw ends the agreements that a source has, or that wait for an answer.
func (room *Room) withdraw(ctx context.Context, w *act.Work, s *Source) error {
	all, err := agreementsOf(ctx, w, s.Org, s.ID)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.State != InForce && a.State != Signed {
			continue
		}
		a.State = Replaced
		if err := agreements.Update(ctx, w, &a); err != nil {
			return err
		}
	}
	return nil
}

// handedLife is how long people may hand in under a name that nobody has registered.
const handedLife = 366 * 24 * time.Hour

// Named finds the source under whose name somebody hands something in, within an act
// of another room that was permitted. A name that nobody has registered becomes a
// source by hand.
func (room *Room) Named(ctx context.Context, w *act.Work, name string) (Source, error) {
	s, known, err := sourceCoded(ctx, w, w.Actor().Org, name)
	if known || err != nil {
		return s, err
	}
	s = Source{
		Org: w.Actor().Org, ID: id.New(w.Now()), Code: name, NameZH: name, NameEN: name, Kinds: []string{ByHand}, Owner: w.Actor().ID, Shapes: recordShapes,
		State: Live, Begun: w.Now(), Since: w.Now(), Until: w.Now().Add(handedLife), MadeBy: w.Actor().ID, Made: w.Now(), ChangedBy: w.Actor().ID,
	}
	return s, sources.Insert(ctx, w, &s)
}

// Find returns a source.
func (room *Room) Find(ctx context.Context, r db.Reader, org, source string) (Source, error) {
	s, err := sources.Get(ctx, r, org, source)
	return s, absent(err)
}
