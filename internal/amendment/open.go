package amendment

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

// Open begins the correction of a document: its first step. What the rules do not allow is
// refused, and counted.
func (room *Room) Open(ctx context.Context, document string) (Case, error) {
	if err := room.desk.Begin(ctx, "amendment.open"); err != nil {
		return Case{}, err
	}
	c, err := room.prepareCase(ctx, document)
	if err != nil {
		return Case{}, room.desk.Missing(ctx, "amendment.open", err)
	}
	var refused error
	err = room.desk.Do(ctx, "amendment.open", func(ctx context.Context, w *act.Work) error {
		refused = nil
		o, err := room.o.Records.Asked(ctx, w, c.Org, document)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		if refused, err = room.refuses(ctx, w, &c); err != nil {
			return err
		}
		if refused != nil {
			code := fault.From(refused).Code.Name
			w.Note("refused", code)
			return refusals.Insert(ctx, w, &Refusal{Org: c.Org, ID: w.ID(), Document: c.Document, Patient: c.Patient, Person: w.Actor().ID, Code: code, At: w.Now()})
		}
		c.State, c.Step, c.Opened, c.OpenedBy, c.Touched = Writing, 1, w.Now(), w.Actor().ID, w.Now()
		w.Note("amendment", c.ID)
		w.Note("rules", strconv.Itoa(c.Rules))
		if err := cases.Insert(ctx, w, &c); err != nil {
			return err
		}
		return takeStep(ctx, w, c, StepDocument)
	})
	if err == nil {
		err = refused
	}
	return c, err
}

// prepareCase reads the document and seals an empty writing, before the act begins.
func (room *Room) prepareCase(ctx context.Context, document string) (c Case, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		d, err := room.o.Records.Plain(ctx, r, act.From(ctx).Org, document)
		if err != nil {
			return err
		}
		c = Case{
			Org: d.Org, ID: id.New(room.desk.Now()), Patient: d.Patient, Document: d.ID, Form: d.Kind, Title: d.Title, Department: d.Department, Encounter: d.Encounter,
			Writer: d.Author, Base: d.Version, Was: string(d.State),
		}
		return room.seal(ctx, r, &c, writing{})
	})
	return c, err
}

// refuses says why the rules do not let somebody correct a document, if they do not, and
// takes over the rules by which he does.
func (room *Room) refuses(ctx context.Context, w *act.Work, c *Case) (refused, failed error) {
	d, err := room.o.Records.Plain(ctx, w, c.Org, c.Document)
	if err != nil {
		return nil, err
	}
	c.Base, c.Was = d.Version, string(d.State)
	if d.Seal != "" {
		return errSealed.With(), nil
	}
	held, err := room.o.Records.HoldsOn(ctx, w, c.Org, c.Document)
	if err != nil {
		return nil, err
	}
	for _, h := range held {
		if h.Kind == record.HoldQuarantine {
			return errQuarantined.With(), nil
		}
	}
	if refused, err := room.busy(ctx, w, *c); refused != nil || err != nil {
		return refused, err
	}
	rules, number, err := inForce(ctx, w, c.Org)
	if err != nil {
		return nil, err
	}
	rule, found := ruleFor(rules, d.Kind, c.Was)
	if !found {
		return errNoRule.With(), nil
	}
	c.Rules, c.Approver = number, rule.Approval
	who, err := askerOf(ctx, w, c.Org, w.Actor().ID, d.Author, w.Now())
	if err != nil {
		return nil, err
	}
	if code := rule.allows(who, d.CreatedAt, w.Now()); code != nil {
		return code.With(), nil
	}
	return nil, nil
}

// busy says who else is at the document: a correction that has not ended, or a draft.
func (room *Room) busy(ctx context.Context, w *act.Work, c Case) (refused, failed error) {
	others, err := underWay(ctx, w, c.Org, c.Document)
	if err != nil {
		return nil, err
	}
	code := errOther
	var person string
	if len(others) > 0 {
		person = others[0].OpenedBy
	} else {
		code = errDraft
		if person, err = room.o.Records.DraftedBy(ctx, w, c.Org, c.Document, w.Actor().ID, w.Now().Add(-24*time.Hour)); err != nil {
			return nil, err
		}
	}
	if person == "" {
		return nil, nil
	}
	names, err := staff.Names(ctx, w, c.Org, []string{person}, w.Now())
	if err != nil {
		return nil, err
	}
	return code.With("person", names[person].ZH), nil
}
