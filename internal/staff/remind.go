package staff

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

const (
	// ahead is how long before its end somebody is reminded of a licence, an
	// undertaking or an agreement.
	ahead = 30 * days
	// remindAtOnce bounds the reminders of one act.
	remindAtOnce = 10
)

// Remind asks people to renew what is about to end, each once, and to take back
// what guests had who have gone, and keeps the report of the day. The house calls
// it every minute.
func (r *Room) Remind(ctx context.Context, org string) error {
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: org}, Purpose: "operation"})
	if err := r.remindAll(ctx, org); err != nil {
		return err
	}
	if err := r.sendOff(ctx, org); err != nil {
		return err
	}
	return r.reportDay(ctx, org)
}

// sendOff opens the exit lists of stays that ended on their day.
func (r *Room) sendOff(ctx context.Context, org string) error {
	for {
		var over []Stay
		err := r.desk.Look(ctx, func(v db.Reader) (err error) {
			over, err = unlisted(ctx, v, org, r.desk.Now(), remindAtOnce)
			return err
		})
		if err != nil || len(over) == 0 {
			return err
		}
		err = r.desk.Do(ctx, "staff.remind", func(ctx context.Context, w *act.Work) error {
			if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
				return err
			}
			over, err := unlisted(ctx, w, org, w.Now(), remindAtOnce)
			if err != nil {
				return err
			}
			for _, s := range over {
				if err := r.openLines(ctx, w, s.Person, s.ID, s.End()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// remindAll asks for every renewal that is due, some in an act.
func (r *Room) remindAll(ctx context.Context, org string) error {
	for {
		var due []renewal
		err := r.desk.Look(ctx, func(v db.Reader) (err error) {
			due, err = renewals(ctx, v, org, r.desk.Now())
			return err
		})
		if err != nil || len(due) == 0 {
			return err
		}
		if err := r.remindSome(ctx, org); err != nil {
			return err
		}
	}
}

func (r *Room) remindSome(ctx context.Context, org string) error {
	return r.desk.Do(ctx, "staff.remind", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		due, err := renewals(ctx, w, org, w.Now())
		if err != nil {
			return err
		}
		for _, d := range due {
			if err := d.remember(ctx, w); err != nil {
				return err
			}
			if d.needed {
				if err := r.ask(ctx, w, d.task); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// renewal is something that is about to end.
type renewal struct {
	task     Task
	needed   bool // nothing has taken its place already
	remember func(ctx context.Context, w *act.Work) error
}

// renewals are what ends soon and of which nobody was reminded, some at a time.
func renewals(ctx context.Context, r db.Reader, org string, at time.Time) ([]renewal, error) {
	soon := "WHERE org = $1 AND reminded IS NULL AND until > $2 AND until <= $3 ORDER BY until, id LIMIT $4"
	args := []any{org, at.UnixMicro(), at.Add(ahead).UnixMicro(), int64(remindAtOnce)}
	certificates, err := qualifications.Select(ctx, r, soon, args...)
	if err != nil {
		return nil, err
	}
	words, err := signatures.Select(ctx, r, soon, args...)
	if err != nil {
		return nil, err
	}
	papers, err := agreements.Select(ctx, r, soon, args...)
	if err != nil {
		return nil, err
	}
	var due []renewal
	for _, q := range certificates {
		held, err := qualificationsOf(ctx, r, org, q.Person)
		if err != nil {
			return nil, err
		}
		replaced := slices.ContainsFunc(held, func(o Qualification) bool { return o.Kind == q.Kind && o.End().After(q.Until) })
		due = append(due, renewal{
			Task{Kind: RenewQualification, Subject: q.ID, Person: q.Person, Deadline: q.Until}, q.Ended.IsZero() && !replaced,
			func(ctx context.Context, w *act.Work) error {
				q.Reminded = at
				return qualifications.Update(ctx, w, &q)
			},
		})
	}
	for _, s := range words {
		asked, err := promisesOf(ctx, r, org, s.Person, at)
		if err != nil {
			return nil, err
		}
		current := slices.ContainsFunc(asked, func(p Promise) bool { return p.Signature.ID == s.ID })
		due = append(due, renewal{
			Task{Kind: RenewUndertaking, Subject: s.ID, Person: s.Person, Deadline: s.Until}, current,
			func(ctx context.Context, w *act.Work) error { s.Reminded = at; return signatures.Update(ctx, w, &s) },
		})
	}
	for _, a := range papers {
		all, err := agreementsOf(ctx, r, org, a.Vendor)
		if err != nil {
			return nil, err
		}
		replaced := slices.ContainsFunc(all, func(o Agreement) bool { return o.End().After(a.Until) })
		due = append(due, renewal{
			Task{Kind: RenewAgreement, Subject: a.ID, Role: "security-administrator", Deadline: a.Until}, a.Ended.IsZero() && !replaced,
			func(ctx context.Context, w *act.Work) error { a.Reminded = at; return agreements.Update(ctx, w, &a) },
		})
	}
	return due, nil
}
