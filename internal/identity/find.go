package identity

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// note keeps a finding unless one of its kind waits already, or was disposed of
// since a moment.
func note(ctx context.Context, w *act.Work, a Account, kind FindingKind, department string, count int, since time.Time) error {
	noted, err := findings.Select(ctx, w, "WHERE org = $1 AND account = $2 AND kind = $3 AND (disposed IS NULL OR disposed > $4) LIMIT 1",
		a.Org, a.ID, string(kind), since.UnixMicro())
	if err != nil || len(noted) > 0 {
		return err
	}
	w.Note("finding", string(kind))
	return findings.Insert(ctx, w, &Finding{
		Org: a.Org, ID: id.New(w.Now()), Kind: kind, Account: a.ID, Person: a.Person, Department: department,
		Found: w.Now(), Detail: strconv.Itoa(count),
	})
}

// disposalHolds is how long what a head has said of an unused account holds.
const disposalHolds = 90 * day

// noteSharing looks, as somebody signs in, whether the account wanders.
func noteSharing(ctx context.Context, w *act.Work, a Account, department string) error {
	lately, err := textsOf(ctx, w, "SELECT ip FROM identity_session WHERE org = $1 AND account = $2 AND since >= $3 ORDER BY since, id",
		a.Org, a.ID, w.Now().Add(-sharingWindow).UnixMicro())
	if err != nil {
		return err
	}
	if changes := changesOfPlace(lately); changes >= sharingChanges {
		return note(ctx, w, a, Shared, department, changes, w.Now())
	}
	return nil
}

// noteFallback finds, once until it is disposed of, that a password of this house
// stood for the directory.
func noteFallback(ctx context.Context, w *act.Work, a Account, department string, why Fallback) error {
	switch why {
	case Unanswered:
		w.Note("fallback", string(why))
		return note(ctx, w, Account{Org: a.Org}, DirectoryDown, "", 1, w.Now())
	case Overruled:
		w.Note("fallback", string(why))
		return note(ctx, w, a, DirectoryOverruled, department, 1, w.Now())
	}
	return nil
}

// Reconcile goes through the accounts once a day: those whose person holds no
// appointment are locked (B-103), those that nobody uses are found. The
// house calls it with its chores; within a day it does nothing.
func (r *Room) Reconcile(ctx context.Context) error {
	now := r.desk.Now()
	if !r.rounds.begin(now) {
		return nil
	}
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: r.org}, Purpose: "operation"})
	var due []overdue
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		due, err = r.overdue(ctx, v, now)
		return err
	})
	if err == nil {
		for _, d := range due {
			err = errors.Join(err, r.reconcile(ctx, d))
		}
		err = errors.Join(err, r.eraseClosed(ctx))
	}
	if err != nil {
		r.rounds.failed()
	}
	return r.doubted(ctx, err)
}

// overdue is an account with which something is amiss.
type overdue struct {
	account    Account
	kind       FindingKind
	department string
	days       int
}

func (r *Room) overdue(ctx context.Context, v db.Reader, now time.Time) ([]overdue, error) {
	rules, err := r.rulesOf(ctx, v, r.org)
	if err != nil {
		return nil, err
	}
	limits := rules.Rules.Account
	var due []overdue
	_, err = eachAccount(ctx, v, func(org string, some []Account) (int, error) {
		for _, a := range some {
			if a.State != Active || a.Password == "" {
				continue
			}
			standing, err := staff.StandingOf(ctx, v, org, a.Person, now)
			if err != nil && !errors.Is(err, staff.ErrNoPerson) {
				return 0, err
			}
			idle, err := idleDays(ctx, v, a, now)
			if err != nil {
				return 0, err
			}
			switch {
			case len(standing.Appointments) == 0 && idle >= limits.PostGrace:
				due = append(due, overdue{a, NoPost, "", idle})
			case limits.Dormant > 0 && idle >= limits.Dormant:
				due = append(due, overdue{a, Dormant, standing.Actor().Department, idle})
			}
		}
		return 0, nil
	})
	return due, err
}

// idleDays is for how many days nobody has used an account.
func idleDays(ctx context.Context, v db.Reader, a Account, now time.Time) (int, error) {
	latest := a.Made
	used, err := uses.Get(ctx, v, a.Org, a.ID)
	if err == nil {
		latest = used.Latest
	} else if !errors.Is(err, db.ErrNone) {
		return 0, err
	}
	return int(now.Sub(latest) / day), nil
}

func (r *Room) reconcile(ctx context.Context, d overdue) error {
	var of Account
	err := r.desk.Do(ctx, "identity.reconcile", func(ctx context.Context, w *act.Work) error {
		var err error
		if of, err = findAccount(ctx, w, d.account.Org, d.account.ID); err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		if d.kind == NoPost && of.State == Active {
			of.State = Locked
			if err := accounts.Update(ctx, w, &of); err != nil {
				return err
			}
			if _, err := endSessions(ctx, w, of.Org, of.ID, "", w.Now()); err != nil {
				return err
			}
		}
		return note(ctx, w, of, d.kind, d.department, d.days, w.Now().Add(-disposalHolds))
	})
	if err == nil && d.kind == NoPost {
		r.leave(of)
	}
	return err
}

// ListFindings lists the findings that wait, of one department or of all.
func (r *Room) ListFindings(ctx context.Context, department string) ([]Finding, error) {
	var waiting []Finding
	err := r.desk.Disclose(ctx, "identity.list-findings", func(ctx context.Context, v *act.Reading) error {
		org := v.Actor().Org
		where, args := "WHERE org = $1 AND disposed IS NULL", []any{org}
		o := houseOf(org)
		if department != "" {
			o = policy.Object{Kind: "Department", ID: department, Org: org, Department: department}
			where, args = where+" AND department = $2", append(args, department)
		}
		if err := v.Permit(ctx, o); err != nil {
			return err
		}
		var err error
		waiting, err = findings.Select(ctx, v, where+" ORDER BY id LIMIT "+strconv.Itoa(mostHolders), args...)
		return err
	})
	return waiting, err
}

// Dispose says what came of a finding.
func (r *Room) Dispose(ctx context.Context, finding, disposal string) error {
	const verb = "identity.dispose-finding"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return err
	}
	if !slices.Contains(disposals, disposal) {
		choices := strings.Join(disposals, ", ")
		return errInput.With().At("body.disposal", fault.Text{ZH: "应为以下之一：" + choices, EN: "must be one of " + choices})
	}
	return r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		f, err := findings.Get(ctx, w, w.Actor().Org, finding)
		if errors.Is(err, db.ErrNone) {
			return errNoFinding.Because(err)
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Account", ID: f.Account, Org: f.Org, Concerns: f.Person, Department: f.Department}); err != nil {
			return err
		}
		if !f.Disposed.IsZero() {
			return errNoFinding.With()
		}
		w.Note("finding", f.ID)
		w.Note("disposal", disposal)
		f.Disposal, f.Disposed, f.DisposedBy = disposal, w.Now(), w.Actor().ID
		return findings.Update(ctx, w, &f)
	})
}
