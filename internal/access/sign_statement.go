package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// SetStatement writes the next version of the statement of responsibility. Requests that
// are made from then on need it signed.
func (room *Room) SetStatement(ctx context.Context, said fault.Text) (Statement, error) {
	const verb = "access.set-statement"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Statement{}, err
	}
	if err := checkStatement(said); err != nil {
		return Statement{}, err
	}
	var s Statement
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		before, err := counted(ctx, w, "SELECT COUNT(*) FROM access_statement WHERE org = $1", org)
		if err != nil {
			return err
		}
		s = Statement{Org: org, Version: before + 1, Said: said, Since: w.Now(), By: w.Actor().ID}
		w.Note("version", itoa(s.Version))
		return statements.Insert(ctx, w, &s)
	})
	return s, err
}

// SignStatement is the word of whoever would have a grant that he answers for what it
// opens, bound to its request. Without it the grant is not given.
func (room *Room) SignStatement(ctx context.Context, request string) error {
	const verb = "access.sign-statement"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return err
	}
	said, err := room.toSign(ctx, verb, request)
	if err != nil {
		return err
	}
	made, err := room.staff.PreparePledge(ctx, responsibility, request, said)
	if err != nil {
		return err
	}
	return room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		q, err := requests.Get(ctx, w, w.Actor().Org, request)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, q.object()); err != nil {
			return err
		}
		if q.State != Waiting {
			return errDecided.With()
		}
		w.Note("request", q.ID)
		if err := room.duty.DoneIn(ctx, w, StatementDue, q.ID); err != nil {
			return err
		}
		return staff.PledgeIn(ctx, w, made)
	})
}

// toSign is what is signed for a request.
func (room *Room) toSign(ctx context.Context, verb, request string) (said fault.Text, err error) {
	err = room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		q, err := requests.Get(ctx, r, r.Actor().Org, request)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, q.object()); err != nil {
			return err
		}
		s, err := statementAt(ctx, r, q.Org, q.Opened)
		if err == nil && s.Version == 0 {
			err = errNoStatement.With()
		}
		if err != nil {
			return err
		}
		names, err := staff.Names(ctx, r, q.Org, []string{q.Person}, r.Now())
		said = s.of(q, names[q.Person].ZH+" "+names[q.Person].Number)
		return err
	})
	return said, err
}

// askToSign lets whoever would have a grant know that he must sign for it.
func (room *Room) askToSign(ctx context.Context, w *act.Work, q Request) error {
	s, err := statementAt(ctx, w, q.Org, q.Opened)
	if err != nil || s.Version == 0 {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: StatementDue, To: duty.To{Person: q.Person}, Subject: q.ID, Patient: q.Patient, Urgent: q.Urgent})
	return err
}

// Signed is what somebody signed for a grant.
type Signed struct {
	Grant string
	Said  fault.Text
	At    time.Time
}

// signedAt are the words that somebody had given, at a moment, for the grants that he held
// then.
func signedAt(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Signed, error) {
	held, err := grantsDuring(ctx, r, org, person, at)
	if err != nil {
		return nil, err
	}
	var all []Signed
	for _, g := range held {
		p, signed, err := staff.PledgeOf(ctx, r, org, responsibility, g.Request, person)
		if err != nil {
			return nil, err
		}
		if signed {
			all = append(all, Signed{g.ID, p.Said, p.Signed})
		}
	}
	return all, nil
}
