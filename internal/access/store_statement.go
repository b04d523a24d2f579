package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

var statements = db.Define[Statement]("access_statement", db.AsFinal)

// statementAt reads the statement that was in force at a moment; version 0: none was.
func statementAt(ctx context.Context, r db.Reader, org string, at time.Time) (Statement, error) {
	found, err := statements.Select(ctx, r, "WHERE org = $1 AND since <= $2 ORDER BY version DESC LIMIT 1", org, at.UnixMicro())
	if err != nil || len(found) == 0 {
		return Statement{}, err
	}
	return found[0], nil
}

// signedFor is the word of whoever would have a grant, on its request.
func signedFor(ctx context.Context, r db.Reader, q Request) (staff.Pledge, bool, error) {
	return staff.PledgeOf(ctx, r, q.Org, responsibility, q.ID, q.Person)
}

// mustBeSigned holds a grant back until whoever would have it has signed for it.
func mustBeSigned(ctx context.Context, r db.Reader, q Request) error {
	s, err := statementAt(ctx, r, q.Org, q.Opened)
	if err != nil || s.Version == 0 {
		return err
	}
	_, signed, err := signedFor(ctx, r, q)
	if err == nil && !signed {
		err = errUnsigned.With()
	}
	return err
}

// grantsDuring reads the grants that somebody held at a moment.
func grantsDuring(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Grant, error) {
	return grants.Select(ctx, r, "WHERE org = $1 AND person = $2 AND since <= $3 AND until > $4 AND (ended IS NULL OR ended > $5) ORDER BY since, id",
		org, person, at.UnixMicro(), at.UnixMicro(), at.UnixMicro())
}
