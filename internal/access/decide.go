package access

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// confirmWithin is how soon the chain must confirm what one person gave in urgency.
var confirmWithin = calendar.Limit{N: 1, Unit: calendar.WorkingDays}

// Approve says yes on the present step. With the last one the grant is made, of the
// request as it stands. Urgently, one person of the chain or the administrator on
// duty gives it at once, and the chain must confirm it by the next working day.
func (room *Room) Approve(ctx context.Context, request string, urgent bool) (Request, error) {
	return room.decide(ctx, "access.approve", request, urgent, "", func(ctx context.Context, w *act.Work, q *Request) error {
		if urgent {
			return room.giveUrgently(ctx, w, q)
		}
		return room.vote(ctx, w, q)
	})
}

// Return gives a request back to whoever asked, to be completed.
func (room *Room) Return(ctx context.Context, request, words string) (Request, error) {
	return room.answer(ctx, "access.return", request, words, Returned)
}

// Refuse says no.
func (room *Room) Refuse(ctx context.Context, request, words string) (Request, error) {
	return room.answer(ctx, "access.refuse", request, words, Refused)
}

// WithdrawRequest takes a request back.
func (room *Room) WithdrawRequest(ctx context.Context, request string) (Request, error) {
	return room.decide(ctx, "access.withdraw-request", request, false, "", func(ctx context.Context, w *act.Work, q *Request) error {
		return room.close(ctx, w, q, Withdrawn)
	})
}

func (room *Room) answer(ctx context.Context, verb, request, words, state string) (Request, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Request{}, err
	}
	if err := checkWords(errGrantInput.With(), words).OrNil(); err != nil {
		return Request{}, err
	}
	return room.decide(ctx, verb, request, false, words, func(ctx context.Context, w *act.Work, q *Request) error {
		return room.close(ctx, w, q, state)
	})
}

// decide is the spine of all that is done to a request.
func (room *Room) decide(ctx context.Context, verb, request string, urgent bool, words string, do func(ctx context.Context, w *act.Work, q *Request) error) (Request, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Request{}, err
	}
	n, err := room.sealAnswer(ctx, request, words)
	if err != nil {
		return Request{}, room.desk.Missing(ctx, verb, err)
	}
	var q Request
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if q, err = requests.Get(ctx, w, w.Actor().Org, request); err != nil {
			return absent(err)
		}
		extra, err := room.chargeOf(ctx, w, q, urgent)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, q.object(), extra...); err != nil {
			return err
		}
		if q.Patient != "" {
			w.Concerns(policy.Object{Kind: "Patient", ID: q.Patient, Patient: q.Patient})
		}
		if q.State != Waiting {
			return errDecided.With()
		}
		if len(n.words) > 0 {
			q.Answer = n.words
		}
		if err := do(ctx, w, &q); err != nil {
			return err
		}
		if err := n.keep(ctx, w); err != nil {
			return err
		}
		return requests.Update(ctx, w, &q)
	})
	return q, err
}

func (room *Room) sealAnswer(ctx context.Context, request, words string) (note, error) {
	if words == "" {
		return note{}, nil
	}
	var q Request
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		q, err = requests.Get(ctx, r, act.From(ctx).Org, request)
		return absent(err)
	})
	if err != nil {
		return note{}, err
	}
	return room.sealNote(ctx, q.Patient, wordsPlace("Grant", q.ID, "answer"), words)
}

// chargeOf is the tie of an actor for whom the request waits, or nothing.
func (room *Room) chargeOf(ctx context.Context, w *act.Work, q Request, urgent bool) ([]policy.Tie, error) {
	steps := q.Steps[q.Step : q.Step+1]
	if urgent {
		steps = slices.DeleteFunc(slices.Clone(q.Steps), func(s Step) bool { return s.Carries || s.Exception })
	}
	var may []string
	for _, s := range steps {
		holders, delegates, err := room.approvers(ctx, w, q, s, w.Now())
		if err != nil {
			return nil, err
		}
		may = append(append(may, holders...), delegates...)
	}
	if urgent {
		onDuty, err := duty.AdministratorsOnDuty(ctx, w, q.Org, w.Now())
		if err != nil {
			return nil, err
		}
		if onDuty, err = room.unrelated(ctx, w, q, onDuty, w.Now()); err != nil {
			return nil, err
		}
		may = append(may, onDuty...)
	}
	if !slices.Contains(may, w.Actor().ID) {
		return nil, nil
	}
	return []policy.Tie{charge(q.ID, w.Now())}, nil
}

func (room *Room) vote(ctx context.Context, w *act.Work, q *Request) error {
	before, err := votesOn(ctx, w, q.Org, q.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(before, func(v Vote) bool {
		return v.Person == w.Actor().ID && (v.Step == q.Step || v.Step == urgently || q.Steps[0].Exception)
	}) {
		return errVoted.With()
	}
	if err := room.mustBeOfAuthority(ctx, w, *q, staff.GrantPermission(q.Scope.Purpose), before); err != nil {
		return err
	}
	if err := votes.Insert(ctx, w, &Vote{Org: q.Org, Request: q.ID, Step: q.Step, Person: w.Actor().ID, At: w.Now()}); err != nil {
		return err
	}
	step := q.Steps[q.Step]
	if step.All {
		holders, _, err := room.approvers(ctx, w, *q, step, w.Now())
		if err != nil {
			return err
		}
		said := 1
		for _, v := range before {
			if v.Step == q.Step {
				said++
			}
		}
		if said < len(holders) {
			return nil
		}
	}
	if err := room.duty.DoneIn(ctx, w, Approval, q.ID); err != nil {
		return err
	}
	if q.Step++; q.Step < len(q.Steps) {
		return room.askStep(ctx, w, Approval, *q)
	}
	q.Step = len(q.Steps) - 1
	return room.fulfil(ctx, w, q)
}

// fulfil makes, confirms or extends the grant that a request asked for.
func (room *Room) fulfil(ctx context.Context, w *act.Work, q *Request) error {
	if err := mustBeSigned(ctx, w, *q); err != nil {
		return err
	}
	if err := room.mustFit(ctx, w, *q); err != nil {
		return err
	}
	q.State, q.Closed, q.ClosedBy = Approved, w.Now(), w.Actor().ID
	said, err := votesOn(ctx, w, q.Org, q.ID)
	if err != nil {
		return err
	}
	var approvedBy []string
	for _, v := range said {
		approvedBy = append(approvedBy, v.Person)
	}
	if q.Grant == "" && q.Extends == "" {
		g := newGrant(*q, approvedBy, w.Now())
		q.Grant = g.ID
		w.Note("grant", g.ID)
		if err := settleExceptions(ctx, w, *q, g.ID); err != nil {
			return err
		}
		return grants.Insert(ctx, w, &g)
	}
	id := q.Extends
	if q.Grant != "" {
		id = q.Grant
	}
	g, err := grants.Get(ctx, w, q.Org, id)
	if err != nil {
		return err
	}
	if !g.live(w.Now()) {
		return errEnded.With()
	}
	w.Note("grant", g.ID)
	q.Grant, g.ConfirmBy, g.Approvers = g.ID, time.Time{}, approvedBy
	if q.Extends != "" {
		g.Until, g.Scope.Until = q.Scope.Until, q.Scope.Until
	}
	if err := settleExceptions(ctx, w, *q, g.ID); err != nil {
		return err
	}
	return grants.Update(ctx, w, &g)
}

func newGrant(q Request, approvedBy []string, now time.Time) Grant {
	g := Grant{
		Org: q.Org, ID: id.New(now), Request: q.ID, Person: q.Person, Requester: q.Requester, Approvers: approvedBy, Patient: q.Patient,
		Department: q.Department, Scope: q.Scope, Since: now, Until: q.Scope.Until, State: Live,
	}
	if q.Scope.Since.After(now) {
		g.Since = q.Scope.Since
	}
	return g
}

// giveUrgently makes the grant at once. The request goes on along its chain.
func (room *Room) giveUrgently(ctx context.Context, w *act.Work, q *Request) error {
	if q.Grant != "" || q.Extends != "" {
		return errVoted.With()
	}
	if err := mustBeSigned(ctx, w, *q); err != nil {
		return err
	}
	if err := room.mustFit(ctx, w, *q); err != nil {
		return err
	}
	cal, err := room.duty.Calendar(ctx, w, q.Org)
	if err != nil {
		return err
	}
	vote := Vote{Org: q.Org, Request: q.ID, Step: urgently, Person: w.Actor().ID, At: w.Now()}
	if err := votes.Insert(ctx, w, &vote); err != nil {
		return err
	}
	g := newGrant(*q, []string{vote.Person}, w.Now())
	g.ConfirmBy = cal.Deadline(w.Now(), confirmWithin)
	q.Grant = g.ID
	w.Note("grant", g.ID)
	w.Note("confirm-by", g.ConfirmBy.Format(time.RFC3339))
	return grants.Insert(ctx, w, &g)
}

// close ends a request without a grant, and what was given in urgency with it.
func (room *Room) close(ctx context.Context, w *act.Work, q *Request, state string) error {
	q.State, q.Closed, q.ClosedBy = state, w.Now(), w.Actor().ID
	if err := room.duty.CancelIn(ctx, w, StatementDue, q.ID); err != nil {
		return err
	}
	if err := settleExceptions(ctx, w, *q, ""); err != nil {
		return err
	}
	if err := room.duty.CancelIn(ctx, w, Approval, q.ID); err != nil || q.Grant == "" {
		return err
	}
	g, err := grants.Get(ctx, w, q.Org, q.Grant)
	if err != nil || g.State != Live {
		return err
	}
	return room.endIn(ctx, w, &g, Unconfirmed)
}
