package privilege

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/kit/calendar"
)

const (
	// every is how often the rows that give power are looked at.
	every = 5 * time.Minute
	// night is the hour, in China, from which on everything is verified.
	night = 2
	// namedSingly is how many rows of one table are findings of their own.
	namedSingly = 20
	// atOnce bounds what one look of the clock takes up.
	atOnce = 200
	// wholeJob verifies everything, once a night.
	wholeJob = "privilege.verify-whole"
)

var errBehind = errors.New("a protected row is not what its last act left")

// lookAtPermissions compares the rows that give power with the ledger, if the last
// look was long enough ago.
func (room *Room) lookAtPermissions(ctx context.Context, now time.Time) error {
	last, err := room.round(ctx, Permissions)
	if err != nil || now.Sub(last.At) < every {
		return err
	}
	room.looking.Lock()
	seen, err := room.eyes.Permissions(ctx)
	room.looking.Unlock()
	if err != nil {
		return err
	}
	if err := errors.Join(room.take(ctx, seen, nil), room.settle(ctx, seen)); err != nil {
		return err
	}
	return room.keepRound(ctx, Round{
		Kind: Permissions, At: now, Took: room.desk.Now().Sub(now), Tables: int64(len(seen.Folds)), Rows: seen.Rows, Differences: int64(len(seen.Differences)),
	})
}

func (room *Room) round(ctx context.Context, kind string) (Round, error) {
	var last Round
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		last, err = rounds.Get(ctx, r, room.org, kind)
		return err
	})
	if errors.Is(err, db.ErrNone) || errors.Is(err, db.ErrForged) {
		return Round{}, nil
	}
	return last, err
}

func (room *Room) keepRound(ctx context.Context, round Round) error {
	round.Org = room.org
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		w.Note("round", round.Kind)
		_, err := rounds.Get(ctx, w, round.Org, round.Kind)
		if errors.Is(err, db.ErrNone) {
			return rounds.Insert(ctx, w, &round)
		}
		if err != nil && !errors.Is(err, db.ErrForged) {
			return err
		}
		return rounds.Update(ctx, w, &round)
	})
}

// take makes a finding of every difference that is not one yet. closing is a change
// that is being closed, whose window may have ended this minute.
func (room *Room) take(ctx context.Context, seen verify.Look, closing *Change) error {
	if len(seen.Differences) == 0 {
		return nil
	}
	var known []Finding
	var open []Change
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if known, err = standingFindings(ctx, r, room.org); err != nil {
			return err
		}
		open, err = openChanges(ctx, r, room.org)
		return err
	})
	if err != nil {
		return err
	}
	now := room.desk.Now()
	for _, d := range summed(seen.Differences) {
		if slices.ContainsFunc(known, func(f Finding) bool { return f.same(d) && !f.learns(d) }) {
			continue
		}
		f := Finding{Org: room.org, ID: id.New(now), Kind: string(d.Kind), Table: d.Table, Row: d.Key, Was: d.Was, Is: d.Is, Person: d.Person, Found: now}
		f.Change = explaining(f, open, closing, now)
		if err := room.raise(ctx, f, d); err != nil {
			return err
		}
	}
	return nil
}

// summed is a list of differences in which those of a table, beyond the first, are one.
func summed(all []verify.Difference) []verify.Difference {
	var few []verify.Difference
	of := map[string]int{}
	for _, d := range all {
		switch of[d.Table]++; {
		case of[d.Table] <= namedSingly:
			few = append(few, d)
		case of[d.Table] == namedSingly+1:
			few = append(few, verify.Difference{Kind: ManyRows, Table: d.Table})
		}
	}
	return few
}

func explaining(f Finding, open []Change, closing *Change, now time.Time) string {
	for _, c := range open {
		if c.Explains(f.Table, f.Row, now) {
			return c.ID
		}
	}
	if closing != nil && closing.Explains(f.Table, f.Row, closing.Until.Add(-1)) {
		return closing.ID
	}
	return ""
}

// raise keeps a finding and asks the auditor and the security administrator to see to
// it. Where nothing explains it, the account that a forged row names is stopped.
func (room *Room) raise(ctx context.Context, f Finding, d verify.Difference) error {
	if f.Change == "" {
		room.alarm(ctx, "done behind the house: "+f.Kind+" "+f.Table+" "+f.Row, errBehind)
	}
	if f.Change == "" && f.Person != "" && room.suspend != nil && (f.Kind == string(verify.RowInserted) || f.Kind == string(verify.RowAltered)) {
		var err error
		if f.Suspended, err = room.suspend(ctx, f.Person); err != nil {
			room.alarm(ctx, "an account that a forged row names could not be stopped", err)
		}
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		known, err := standingFindings(ctx, w, room.org)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(known, func(one Finding) bool { return one.same(d) }); i >= 0 {
			return room.learn(ctx, w, known[i], f, d)
		}
		return room.keepFinding(ctx, w, f)
	})
}

// learn adds to a finding of the nightly verification, which names rows without their
// digests, what the look at the rows that give power knows of the same row.
func (room *Room) learn(ctx context.Context, w *act.Work, known, f Finding, d verify.Difference) error {
	if !known.learns(d) {
		return nil
	}
	known.Was, known.Is, known.Person, known.Suspended = f.Was, f.Is, f.Person, f.Suspended
	w.Note("finding", known.ID)
	return findings.Update(ctx, w, &known)
}

func (room *Room) keepFinding(ctx context.Context, w *act.Work, f Finding) error {
	w.Note("finding", f.ID)
	w.Note("kind", f.Kind)
	if f.Change != "" {
		w.Note("change", f.Change)
	}
	for _, role := range []string{"auditor", "security-administrator"} {
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Incident, To: duty.To{Role: role}, Subject: f.ID, Urgent: f.Change == ""}); err != nil {
			return err
		}
	}
	return findings.Insert(ctx, w, &f)
}

// settle marks the findings whose rows agree with the ledger again.
func (room *Room) settle(ctx context.Context, seen verify.Look) error {
	var known []Finding
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		known, err = standingFindings(ctx, r, room.org)
		return err
	})
	for _, f := range known {
		looked := slices.ContainsFunc(seen.Folds, func(t verify.Fold) bool { return t.Table == f.Table })
		if !looked || slices.ContainsFunc(seen.Differences, f.same) {
			continue
		}
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error {
			fresh, err := findings.Get(ctx, w, f.Org, f.ID)
			if err != nil || !fresh.Gone.IsZero() {
				return err
			}
			fresh.Gone = w.Now()
			w.Note("finding", f.ID)
			return findings.Update(ctx, w, &fresh)
		}))
	}
	return err
}

// orderWhole orders the verification of everything, once a night.
func (room *Room) orderWhole(ctx context.Context, now time.Time) error {
	local := now.In(calendar.Zone)
	due := time.Date(local.Year(), local.Month(), local.Day(), night, 0, 0, 0, calendar.Zone)
	last, err := room.round(ctx, Whole)
	if err != nil || local.Before(due) || !last.At.Before(due) {
		return err
	}
	return room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		_, err := job.Enqueue(ctx, w, job.Order{Org: room.org, Kind: wholeJob, Args: struct{}{}, By: "clock", Now: now, Dedupe: due.Format(time.DateOnly)})
		return err
	})
}

// verifyWhole verifies everything and makes findings of what is amiss.
func (room *Room) verifyWhole(ctx context.Context, at *job.Work) error {
	ctx = room.clockContext(ctx)
	began := room.desk.Now()
	told := began
	report, err := room.eyes.Whole(ctx, func(stage string, done, total int64) {
		if now := room.desk.Now(); now.Sub(told) >= 20*time.Second {
			told = now
			if err := at.Report(ctx, stage, done, total); err != nil {
				room.alarm(ctx, "the nightly verification lost its place", err)
			}
		}
	})
	if err != nil {
		return err
	}
	if err := room.take(ctx, ofReport(report), nil); err != nil {
		return err
	}
	return room.keepRound(ctx, Round{
		Kind: Whole, At: began, Took: room.desk.Now().Sub(began), Tables: report.Tables, Rows: report.Rows, Differences: int64(len(report.Findings)) + report.More,
	})
}

// ofReport is a report in the shape of a look. What concerns the ledger itself keeps
// the table of the ledger and is told as one kind.
func ofReport(report verify.Report) verify.Look {
	var seen verify.Look
	for _, f := range report.Findings {
		kind := f.Kind
		switch kind {
		case verify.RowAltered, verify.RowMissing, verify.RowInserted, verify.TableUnreadable:
		default:
			kind = LedgerAmiss
		}
		key := f.Key
		if key == "" {
			key = f.Block
		}
		seen.Differences = append(seen.Differences, verify.Difference{Kind: kind, Table: f.Table, Key: key})
	}
	return seen
}
