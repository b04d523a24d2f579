package privilege

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	changes    = db.Define[Change]("privilege_change")
	captures   = db.Define[Capture]("privilege_capture", db.AsFinal)
	rounds     = db.Define[Round]("privilege_round")
	findings   = db.Define[Finding]("privilege_finding")
	envelopes  = db.Define[Envelope]("privilege_envelope")
	checkouts  = db.Define[Checkout]("privilege_checkout")
	sessions   = db.Define[Session]("privilege_session")
	parts      = db.Define[Part]("privilege_part", db.AsFinal)
	recordings = db.Define[Recording]("privilege_recording", db.AsFinal)
)

// newest are the rows of a page, newest first, and one more if there is a next page.
func newest[T any](ctx context.Context, r db.Reader, t *db.Table[T], org, before string, limit int) ([]T, error) {
	if before == "" {
		return t.Select(ctx, r, "WHERE org = $1 ORDER BY id DESC LIMIT $2", org, int64(limit)+1)
	}
	return t.Select(ctx, r, "WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3", org, before, int64(limit)+1)
}

// authentic selects the rows that the house wrote and passes over forged ones, which
// must not keep it from finding them.
func authentic[T any](ctx context.Context, r db.Reader, t *db.Table[T], where string, args ...any) ([]T, error) {
	all, err := t.Select(ctx, r, where, args...)
	if !errors.Is(err, db.ErrForged) {
		return all, err
	}
	keys, err := keysOf(ctx, r, t.Name, where, args...)
	for _, key := range keys {
		row, err := t.Get(ctx, r, key[0], key[1])
		if errors.Is(err, db.ErrForged) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, err
}

func keysOf(ctx context.Context, r db.Reader, table, where string, args ...any) ([][2]string, error) {
	rows, err := r.Query(ctx, "SELECT org, id FROM "+table+" "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][2]string
	for rows.Next() {
		var key [2]string
		if err := rows.Scan(&key[0], &key[1]); err != nil {
			return nil, err
		}
		all = append(all, key)
	}
	return all, rows.Err()
}

func openChanges(ctx context.Context, r db.Reader, org string) ([]Change, error) {
	return authentic(ctx, r, changes, "WHERE org = $1 AND state IN ($2, $3) ORDER BY id", org, Approved, Running)
}

func endedChanges(ctx context.Context, r db.Reader, org string, at time.Time) ([]Change, error) {
	return authentic(ctx, r, changes, "WHERE org = $1 AND state IN ($2, $3, $4, $5) AND until <= $6 ORDER BY id LIMIT $7",
		org, Asked, Reviewed, Approved, Running, at.UnixMicro(), atOnce)
}

func capturesOf(ctx context.Context, r db.Reader, org, change string) ([]Capture, error) {
	return captures.Select(ctx, r, "WHERE org = $1 AND change_id = $2 ORDER BY table_name, moment DESC", org, change)
}

func standingFindings(ctx context.Context, r db.Reader, org string) ([]Finding, error) {
	return authentic(ctx, r, findings, "WHERE org = $1 AND gone IS NULL AND table_name <> $2 ORDER BY id", org, "")
}

func findingsUnder(ctx context.Context, r db.Reader, org, change string) ([]Finding, error) {
	return findings.Select(ctx, r, "WHERE org = $1 AND change_id = $2 ORDER BY id", org, change)
}

func checkoutsUnder(ctx context.Context, r db.Reader, org, envelope string) ([]Checkout, error) {
	return checkouts.Select(ctx, r, "WHERE org = $1 AND envelope = $2 ORDER BY id DESC LIMIT $3", org, envelope, atOnce)
}

func liveCheckouts(ctx context.Context, r db.Reader, org string) ([]Checkout, error) {
	return authentic(ctx, r, checkouts, "WHERE org = $1 AND state IN ($2, $3, $4) ORDER BY id", org, Asked, Approved, Running)
}

func liveSessions(ctx context.Context, r db.Reader, org string) ([]Session, error) {
	return authentic(ctx, r, sessions, "WHERE org = $1 AND state IN ($2, $3, $4) ORDER BY id", org, Asked, Approved, Running)
}

func envelopeFor(ctx context.Context, r db.Reader, org, system, account string) ([]Envelope, error) {
	return envelopes.Select(ctx, r, "WHERE org = $1 AND system = $2 AND account = $3", org, system, account)
}

func partsOf(ctx context.Context, r db.Reader, org, session string) ([]Part, error) {
	return parts.Select(ctx, r, "WHERE org = $1 AND session = $2 ORDER BY place", org, session)
}

func recordedDuring(ctx context.Context, r db.Reader, org, system, account string, since, until time.Time) ([]Recording, error) {
	return recordings.Select(ctx, r, "WHERE org = $1 AND system = $2 AND account = $3 AND since < $4 AND until > $5 ORDER BY id LIMIT $6",
		org, system, account, until.UnixMicro(), since.UnixMicro(), atOnce)
}
