package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	chains   = db.Define[Chain]("access_chain", db.AsFinal)
	requests = db.Define[Request]("access_request")
	votes    = db.Define[Vote]("access_vote", db.AsFinal)
	grants   = db.Define[Grant]("access_grant")
)

// grantsTo reads the live grants of a person.
func grantsTo(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Grant, error) {
	return grants.Select(ctx, r, "WHERE org = $1 AND person = $2 AND state = $3 AND until > $4 ORDER BY until, id", org, person, Live, at.UnixMicro())
}

// endedUnseen reads grants that have run out and are not marked so.
func endedUnseen(ctx context.Context, r db.Reader, org string, at time.Time, n int) ([]Grant, error) {
	now := at.UnixMicro()
	return grants.Select(ctx, r, "WHERE org = $1 AND state = $2 AND (until <= $3 OR confirm_by <= $4) ORDER BY until, id LIMIT $5", org, Live, now, now, int64(n))
}

// grantsPage reads grants back in time: of everybody, or those that somebody asked
// for, holds or approved.
func grantsPage(ctx context.Context, r db.Reader, org, of string, after listPlace, n int) ([]Grant, error) {
	if of == "" {
		return grants.Select(ctx, r, "WHERE org = $1 AND (since, id) < ($2, $3) ORDER BY since DESC, id DESC LIMIT $4", org, after.Since, after.ID, int64(n))
	}
	return grants.Select(ctx, r, `WHERE org = $1 AND (since, id) < ($2, $3) AND (person = $4 OR requester = $5 OR approvers LIKE $6)
		ORDER BY since DESC, id DESC LIMIT $7`, org, after.Since, after.ID, of, of, `%"`+of+`"%`, int64(n))
}

// requestsPage reads requests back in time: of everybody, or those that somebody
// asked for, would benefit from, has decided on, or may be asked to decide on.
func requestsPage(ctx context.Context, r db.Reader, org, of string, after listPlace, n int) ([]Request, error) {
	if of == "" {
		return requests.Select(ctx, r, "WHERE org = $1 AND (opened, id) < ($2, $3) ORDER BY opened DESC, id DESC LIMIT $4", org, after.Since, after.ID, int64(n))
	}
	return requests.Select(ctx, r, `WHERE org = $1 AND (opened, id) < ($2, $3) AND (person = $4 OR requester = $5 OR state = $6
		OR EXISTS (SELECT 1 FROM access_vote v WHERE v.org = access_request.org AND v.request = access_request.id AND v.person = $7))
		ORDER BY opened DESC, id DESC LIMIT $8`, org, after.Since, after.ID, of, of, Waiting, of, int64(n))
}

func votesOn(ctx context.Context, r db.Reader, org, request string) ([]Vote, error) {
	return votes.Select(ctx, r, "WHERE org = $1 AND request = $2 ORDER BY at, person", org, request)
}

// counted asks for one whole number.
func counted(ctx context.Context, r db.Reader, sql string, args ...any) (int, error) {
	rows, err := r.Query(ctx, sql, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}
