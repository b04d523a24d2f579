package privilege

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
)

// AskingSession is what is asked for.
type AskingSession struct {
	System  string `json:"system" maxLength:"320" doc:"on what one will work"`
	Reason  string `json:"reason" maxLength:"4000"`
	Minutes int    `json:"minutes" doc:"1 to 240"`
	Change  string `json:"change,omitempty" maxLength:"40" doc:"the change that is carried out in it"`
	Urgent  bool   `json:"urgent,omitempty" doc:"begin at once; the head of IT and the security administrator are told, and it is reviewed by the next working day"`
}

// AskSession asks for a privileged session (E-148). An urgent one may begin at once,
// and is reviewed.
func (room *Room) AskSession(ctx context.Context, in AskingSession) (Session, error) {
	if err := room.desk.Begin(ctx, "privilege.ask-session"); err != nil {
		return Session{}, err
	}
	e := errInput.With()
	e.MustName("system", in.System, maxName)
	e.MustSay("reason", in.Reason, maxWords)
	checkMinutes(e, in.Minutes)
	if err := e.OrNil(); err != nil {
		return Session{}, err
	}
	actor := act.From(ctx)
	one := Session{
		Org: actor.Org, ID: id.New(room.desk.Now()), System: in.System, Change: in.Change, Urgent: in.Urgent, Minutes: in.Minutes, State: Asked,
		AskedBy: actor.ID, Terminal: actor.Terminal,
	}
	s, err := room.sealer(ctx)
	if err != nil {
		return one, err
	}
	if one.Reason, err = s.seal(place("Session", one.ID, "reason"), in.Reason); err != nil {
		return one, err
	}
	err = room.desk.Do(ctx, "privilege.ask-session", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(one.Org)); err != nil {
			return err
		}
		if in.Change != "" {
			if _, err := changes.Get(ctx, w, one.Org, in.Change); err != nil {
				return absent(err)
			}
		}
		one.AskedAt = w.Now()
		w.Note("session", one.ID)
		if err := s.keep(ctx, w); err != nil {
			return err
		}
		if err := room.await(ctx, w, &one); err != nil {
			return err
		}
		return sessions.Insert(ctx, w, &one)
	})
	return one, err
}

// await opens the task of the second person; for an urgent session that of the review,
// and tells those who answer for it.
func (room *Room) await(ctx context.Context, w *act.Work, one *Session) error {
	if !one.Urgent {
		return room.awaitSecond(ctx, w, one.ID)
	}
	one.State, one.ApprovedAt = Approved, w.Now()
	w.Note("urgent", "1")
	for _, role := range []string{"it-head", "security-administrator"} {
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: UrgentReview, To: duty.To{Role: role}, Subject: one.ID, Urgent: true}); err != nil {
			return err
		}
	}
	return nil
}

// ApproveSession is the second person's yes, from this terminal or from far away.
func (room *Room) ApproveSession(ctx context.Context, session string) (Session, error) {
	return room.changeSession(ctx, "privilege.approve-session", session, func(ctx context.Context, w *act.Work, one *Session) error {
		switch {
		case one.State != Asked:
			return errOrder.With("state", one.State)
		case one.over(w.Now()) != "":
			return errLapsed.With()
		}
		if err := room.mustBeAnother(ctx, w, one.AskedBy); err != nil {
			return err
		}
		one.State, one.ApprovedBy, one.ApprovedAt, one.Elsewhere = Approved, w.Actor().ID, w.Now(), w.Actor().Terminal
		return room.duty.DoneIn(ctx, w, SecondPerson, one.ID)
	})
}

// RefuseSession is the second person's no.
func (room *Room) RefuseSession(ctx context.Context, session string) (Session, error) {
	return room.changeSession(ctx, "privilege.refuse-session", session, func(ctx context.Context, w *act.Work, one *Session) error {
		if one.State != Asked {
			return errOrder.With("state", one.State)
		}
		one.State, one.Ended = Refused, w.Now()
		return room.duty.CancelIn(ctx, w, SecondPerson, one.ID)
	})
}

// BeginSession begins what was approved, within ten minutes of it.
func (room *Room) BeginSession(ctx context.Context, session string) (Session, error) {
	return room.changeSession(ctx, "privilege.begin-session", session, func(_ context.Context, w *act.Work, one *Session) error {
		switch {
		case one.State != Approved:
			return errOrder.With("state", one.State)
		case one.over(w.Now()) != "":
			return errLapsed.With()
		}
		one.State, one.Began, one.Heard, one.Until = Running, w.Now(), w.Now(), w.Now().Add(time.Duration(one.Minutes)*time.Minute)
		return nil
	})
}

// EndSession ends a session that ran as it should.
func (room *Room) EndSession(ctx context.Context, session string) (Session, error) {
	return room.changeSession(ctx, "privilege.end-session", session, func(_ context.Context, w *act.Work, one *Session) error {
		if one.State != Running {
			return errOrder.With("state", one.State)
		}
		one.end(Finished, w)
		return nil
	})
}

func (s *Session) end(why string, w *act.Work) {
	s.State, s.EndReason, s.Ended = Closed, why, w.Now()
	if why == Lapsed {
		s.State = Lapsed
	}
	w.Note("ended", why)
}

// ReviewSession gives the verdict on an urgent session, by somebody unrelated to
// whoever worked in it.
func (room *Room) ReviewSession(ctx context.Context, session, verdict string) (Session, error) {
	if err := room.desk.Begin(ctx, "privilege.review-session"); err != nil {
		return Session{}, err
	}
	if verdict != Proper && verdict != Improper {
		return Session{}, errInput.With().At("verdict", fault.Text{ZH: "结论应为 proper 或 improper", EN: "a verdict is proper or improper"})
	}
	return room.changeSession(ctx, "privilege.review-session", session, func(ctx context.Context, w *act.Work, one *Session) error {
		if !one.Urgent || one.Verdict != "" || one.State == Running {
			return errOrder.With("state", one.State)
		}
		if err := room.mustBeAnother(ctx, w, one.AskedBy); err != nil {
			return err
		}
		w.Note("verdict", verdict)
		one.Verdict, one.ReviewedBy, one.ReviewedAt = verdict, w.Actor().ID, w.Now()
		return room.duty.DoneIn(ctx, w, UrgentReview, one.ID)
	})
}

// changeSession is the spine of all that is done to a session.
func (room *Room) changeSession(ctx context.Context, verb, session string, do func(ctx context.Context, w *act.Work, one *Session) error) (Session, error) {
	var one Session
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if one, err = sessions.Get(ctx, w, w.Actor().Org, session); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, one.object(), charge(w, one.ID, one.ApprovedBy)...); err != nil {
			return err
		}
		w.Note("session", one.ID)
		if err := do(ctx, w, &one); err != nil {
			return err
		}
		return sessions.Update(ctx, w, &one)
	})
	return one, err
}
