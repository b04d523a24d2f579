package access

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	endings   = db.Define[EndingOf]("access_ending")
	processes = db.Define[Process]("access_process", db.AsUpkeep)
	retries   = db.Define[Retry]("access_retry")
	followeds = db.Define[Followed]("access_followed", db.AsUpkeep)
)

// endingsDue reads what should have ended and is not settled.
func endingsDue(ctx context.Context, r db.Reader, org string, at time.Time, n int) ([]EndingOf, error) {
	return endings.Select(ctx, r, "WHERE org = $1 AND state = $2 AND due <= $3 ORDER BY due, id LIMIT $4", org, Ending, at.UnixMicro(), int64(n))
}

// endingsSettled reads what was settled and was due after a moment.
func endingsSettled(ctx context.Context, r db.Reader, org string, since time.Time, n int) ([]EndingOf, error) {
	return endings.Select(ctx, r, "WHERE org = $1 AND state IN ($2, $3) AND due > $4 ORDER BY due DESC, id LIMIT $5", org, Ended, Failed, since.UnixMicro(), int64(n))
}

// retriesDue reads which ends that failed are to be tried again.
func retriesDue(ctx context.Context, r db.Reader, org string, at time.Time, n int) ([]Retry, error) {
	return retries.Select(ctx, r, "WHERE org = $1 AND state = $2 AND next <= $3 ORDER BY next, ending LIMIT $4", org, RetryWaiting, at.UnixMicro(), int64(n))
}

func endingsOrdered(ctx context.Context, r db.Reader, org, act string) ([]EndingOf, error) {
	return endings.Select(ctx, r, "WHERE org = $1 AND act = $2 ORDER BY id", org, act)
}

// endingsPage reads orders back in time: of everybody, or to end what is somebody's.
func endingsPage(ctx context.Context, r db.Reader, org, of string, after listPlace, n int) ([]EndingOf, error) {
	if of == "" {
		return endings.Select(ctx, r, "WHERE org = $1 AND (asked, id) < ($2, $3) ORDER BY asked DESC, id DESC LIMIT $4", org, after.Since, after.ID, int64(n))
	}
	return endings.Select(ctx, r, "WHERE org = $1 AND (asked, id) < ($2, $3) AND (person = $4 OR by_person = $5) ORDER BY asked DESC, id DESC LIMIT $6",
		org, after.Since, after.ID, of, of, int64(n))
}

// processesAlive reads who of the processes was heard of lately.
func processesAlive(ctx context.Context, r db.Reader, org string, at time.Time) ([]string, error) {
	alive, err := processes.Select(ctx, r, "WHERE org = $1 AND seen > $2 ORDER BY since, name", org, at.Add(-silentAfter).UnixMicro())
	names := make([]string, len(alive))
	for i, p := range alive {
		names[i] = p.Name
	}
	return names, err
}

// whose reads of something that was ended whose it is, the patient, and from when; met
// is false where it was not ended.
func (k endKind) whose(ctx context.Context, r db.Reader, org, subject string) (person, patient string, due time.Time, met bool, err error) {
	if k.id == EndOfRelease {
		return turnBefore(ctx, r, org, subject)
	}
	rows, err := r.Query(ctx, k.about, org, subject)
	if err != nil {
		return "", "", due, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var at int64
		if err := rows.Scan(&person, &patient, &at); err != nil {
			return "", "", due, false, err
		}
		if met = true; at > 0 {
			due = time.UnixMicro(at).UTC()
		}
	}
	return person, patient, due, met, rows.Err()
}

// turnBefore tells from when a turn took the place of another release.
func turnBefore(ctx context.Context, r db.Reader, org, subject string) (_, _ string, due time.Time, met bool, err error) {
	number, err := strconv.ParseInt(subject, 10, 64)
	if err != nil {
		return "", "", due, false, err
	}
	found, err := turns.Select(ctx, r, "WHERE org = $1 AND (number = $2 OR number = $3) ORDER BY number", org, number-1, number)
	if err != nil || len(found) < 2 || found[0].Release == found[1].Release {
		return "", "", due, false, err
	}
	return "", "", found[1].Since, true, nil
}

// postOf reads the role of an appointment, and how many others give it to the same person.
func postOf(ctx context.Context, r db.Reader, e EndingOf, at time.Time) (role string, others int64, err error) {
	now := at.UnixMicro()
	rows, err := r.Query(ctx, `SELECT a.role, (SELECT COUNT(*) FROM staff_appointment o WHERE o.org = a.org AND o.person = a.person AND o.role = a.role
		AND o.id <> a.id AND o.since <= $1 AND o.until > $2 AND (o.ended IS NULL OR o.ended > $3)) FROM staff_appointment a WHERE a.org = $4 AND a.id = $5`,
		now, now, now, e.Org, e.Subject)
	if err != nil {
		return "", 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&role, &others); err != nil {
			return "", 0, err
		}
	}
	return role, others, rows.Err()
}

// restingOnNothing counts the files under way of a person whose sessions have ended.
func restingOnNothing(ctx context.Context, r db.Reader, org, person string, at time.Time) (int, error) {
	return counted(ctx, r, `SELECT COUNT(*) FROM output_export e WHERE e.org = $1 AND e.person = $2 AND e.state = 'running' AND NOT EXISTS
		(SELECT 1 FROM identity_session s WHERE s.org = e.org AND s.id = e.session AND s.ended IS NULL AND s.until > $3)`, org, person, at.UnixMicro())
}

// ranOut is a right that ended by its own time.
type ranOut struct {
	kind, person, patient string
	at                    time.Time
}

// ranOutBetween reads grants, stated reasons and break-glasses whose time was over after
// one moment and not after another.
func ranOutBetween(ctx context.Context, r db.Reader, org string, from, to time.Time) ([]ranOut, error) {
	rows, err := r.Query(ctx, `SELECT 'grant', person, patient, until FROM access_grant WHERE org = $1 AND state = 'live' AND until > $2 AND until <= $3
		UNION ALL SELECT kind, person, patient, until FROM access_reason WHERE org = $4 AND until > $5 AND until <= $6`,
		org, from.UnixMicro(), to.UnixMicro(), org, from.UnixMicro(), to.UnixMicro())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []ranOut
	for rows.Next() {
		var one ranOut
		var at int64
		if err := rows.Scan(&one.kind, &one.person, &one.patient, &at); err != nil {
			return nil, err
		}
		one.at = time.UnixMicro(at).UTC()
		all = append(all, one)
	}
	return all, rows.Err()
}
