package sharing

import (
	"context"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// Receive opens a case. Without every document of its kind there is none.
func (room *Room) Receive(ctx context.Context, in Receiving) (Case, error) {
	if err := room.desk.Begin(ctx, "sharing.receive"); err != nil {
		return Case{}, err
	}
	if err := in.check(); err != nil {
		return Case{}, err
	}
	kind, _ := kindOf(in.Kind)
	c := Case{
		Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Kind: in.Kind, Agency: in.Agency, Patient: in.Patient, Basis: in.Basis,
		ReceivedBy: act.From(ctx).ID, State: Received, Checks: []Check{},
	}
	for _, p := range in.Papers.Presented {
		c.Presented = append(c.Presented, p.Paper)
	}
	text, err := json.Marshal(in.Papers)
	if err != nil {
		return c, err
	}
	if c.Papers, err = room.sealFor(ctx, in.Patient, place("Case", c.ID, "papers"), string(text)); err != nil {
		return c, room.desk.Missing(ctx, "sharing.receive", err)
	}
	err = room.desk.Do(ctx, "sharing.receive", func(ctx context.Context, w *act.Work) error {
		known, err := room.patients.Find(ctx, w, c.Org, c.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		if err := room.barring.MustPass(ctx, &w.Reading, in.parties()...); err != nil {
			return err
		}
		w.Note("case", c.ID)
		w.Note("kind", c.Kind)
		task, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Handling, To: duty.To{Person: w.Actor().ID}, Subject: c.ID, Patient: c.Patient, Limit: workingDays(kind.Days)})
		if err != nil {
			return err
		}
		c.Received, c.Deadline = w.Now(), task.Deadline
		if err := recordStep(ctx, w, c, "receive", nil); err != nil {
			return err
		}
		return cases.Insert(ctx, w, &c)
	})
	return c, room.barring.Kept(ctx, err)
}

// CheckIdentity records that somebody has held the documents against those who
// appeared. Two different people do.
func (room *Room) CheckIdentity(ctx context.Context, caseID string) (Case, error) {
	return room.step(ctx, "sharing.check", caseID, "check", nil, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Received {
			return errOrder.With("state", c.State)
		}
		if err := room.mustBeAnother(ctx, w, c.checkers()); err != nil {
			return err
		}
		c.Checks = append(c.Checks, Check{Person: w.Actor().ID, At: w.Now()})
		if len(c.Checks) == 2 {
			c.State = Checked
		}
		return nil
	})
}

func (c *Case) checkers() []string {
	people := make([]string, len(c.Checks))
	for i, check := range c.Checks {
		people[i] = check.Person
	}
	return people
}

// mustBeAnother refuses whoever acts when he is no second person beside the others:
// one of them, or tied to one of them by a delegation, an account made or a factor
// recovered (E-148).
func (room *Room) mustBeAnother(ctx context.Context, w *act.Work, others []string) error {
	if len(others) == 0 {
		return nil
	}
	actor := w.Actor().ID
	bonds, err := room.bonds.Among(ctx, w, w.Actor().Org, w.Now(), append([]string{actor}, others...)...)
	if err != nil {
		return err
	}
	if !bonds.TwoPersons([]string{actor}, others, w.Now()) {
		return errSamePerson.With()
	}
	return nil
}

// Scoping says what may be shown, who assists, and until when.
type Scoping struct {
	Scope     Scope
	Assistant string
	Until     time.Time
}

// longestCase bounds how long an assistant has access.
const longestCase = 60 * 24 * time.Hour

// FixScope says what may be shown. Until it is approved it can be said again.
func (room *Room) FixScope(ctx context.Context, caseID string, in Scoping) (Case, error) {
	if err := room.desk.Begin(ctx, "sharing.fix-scope"); err != nil {
		return Case{}, err
	}
	now := room.desk.Now()
	e := errInput.With()
	in.Scope.check(e)
	e.MustSay("assistant", in.Assistant, maxName)
	if !in.Until.After(now) || in.Until.Sub(now) > longestCase {
		e.At("until", fault.Text{ZH: "请写明协助截止时间，最长 60 天", EN: "give an end, at most 60 days away"})
	}
	if err := e.OrNil(); err != nil {
		return Case{}, err
	}
	return room.step(ctx, "sharing.fix-scope", caseID, "fix-scope", nil, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Checked && c.State != Scoped {
			return errOrder.With("state", c.State)
		}
		if known, err := staff.Names(ctx, w, c.Org, []string{in.Assistant}, w.Now()); err != nil || len(known) == 0 {
			return errInput.Because(err).At("assistant", fault.Text{ZH: "没有这位人员", EN: "there is no such person"})
		}
		c.Scope, c.Assistant, c.Until, c.ScopedBy, c.State = in.Scope, in.Assistant, in.Until.UTC(), w.Actor().ID, Scoped
		return nil
	})
}
