package inspection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// glass is a break-glass with the review that it waited for.
type glass struct {
	reason
	reviewer, severe, task string
	reviewed               time.Time
}

func (g glass) late(now time.Time) bool {
	return g.verdict == "" && g.reviewBy.Before(now) || g.reviewed.After(g.reviewBy)
}

// glassesWhere reads break-glasses by their id or by their person.
func glassesWhere(ctx context.Context, r db.Reader, org, column, id string) ([]glass, error) {
	return db.Several(ctx, r, func(row db.Rows, x *glass) error {
		var since, until, review, reviewed int64
		err := row.Scan(&x.id, &x.person, &x.patient, &x.choice, &x.verdict, &x.reviewer, &since, &until, &review, &reviewed, &x.severe, &x.task)
		x.kind, x.since, x.until, x.reviewBy, x.reviewed = policy.TieGlass, at(since), at(until), at(review), at(reviewed)
		return err
	}, `SELECT x.id, x.person, x.patient, x.choice, x.verdict, x.reviewer, x.since, x.until, COALESCE(x.review_by, 0), COALESCE(x.reviewed_at, 0),
		COALESCE(g.severe, ''), COALESCE(g.task, '') FROM access_reason x LEFT JOIN access_glass g ON g.org = x.org AND g.reason = x.id
		WHERE x.org = $1 AND x.`+column+` = $2 AND x.kind = $3 ORDER BY x.since DESC, x.id`, org, id, policy.TieGlass)
}

// grant is a grant with what was asked for.
type grant struct {
	span
	patient, requester, request, cause, endedBy string
	approvers                                   []string
	scope                                       access.Scope
	confirmBy, checked                          time.Time
	urgent                                      bool
	steps                                       []access.Step
	asked                                       time.Time
}

// over is when the grant stopped to count, or will.
func (g grant) over() time.Time {
	if end := g.end(); g.confirmBy.IsZero() || end.Before(g.confirmBy) {
		return end
	}
	return g.confirmBy
}

// grantOf reads a grant by its id; none where there is none.
func grantOf(ctx context.Context, r db.Reader, org, id string) ([]grant, error) {
	return db.Several(ctx, r, func(row db.Rows, x *grant) error {
		var since, until, ended, confirm, checked, urgent, asked int64
		var approvers, scope, steps string
		err := row.Scan(&x.id, &x.person, &x.patient, &x.requester, &x.request, &x.state, &x.cause, &x.endedBy, &approvers, &scope,
			&since, &until, &ended, &confirm, &checked, &urgent, &steps, &asked)
		if err != nil {
			return err
		}
		x.since, x.until, x.ended, x.confirmBy, x.checked = at(since), at(until), at(ended), at(confirm), at(checked)
		x.urgent, x.asked = urgent > 0, at(asked)
		err = errors.Join(json.Unmarshal([]byte(approvers), &x.approvers), json.Unmarshal([]byte(scope), &x.scope), json.Unmarshal([]byte(steps), &x.steps))
		if err != nil {
			return fmt.Errorf("inspection: grant %s cannot be read: %w", id, err)
		}
		return nil
	}, `SELECT g.id, g.person, g.patient, g.requester, g.request, g.state, g.cause, g.ended_by, g.approvers, g.scope, g.since, g.until, COALESCE(g.ended, 0),
		COALESCE(g.confirm_by, 0), COALESCE(g.checked, 0), q.urgent, q.steps, q.opened
		FROM access_grant g JOIN access_request q ON q.org = g.org AND q.id = g.request WHERE g.org = $1 AND g.id = $2`, org, id)
}

type yes struct {
	person string
	step   int
	at     time.Time
}

func votesOn(ctx context.Context, r db.Reader, org, request string) ([]yes, error) {
	return db.Several(ctx, r, func(row db.Rows, x *yes) error {
		var step, when int64
		err := row.Scan(&x.person, &step, &when)
		x.step, x.at = int(step), at(when)
		return err
	}, "SELECT person, step, at FROM access_vote WHERE org = $1 AND request = $2 ORDER BY at, person", org, request)
}

// statementAt is the version of the statement of responsibility that a request of a
// moment needs signed; 0: none.
func statementAt(ctx context.Context, r db.Reader, org string, asked time.Time) (int, error) {
	found, err := tally(ctx, r, "SELECT 'version', COALESCE(MAX(version), 0) FROM access_statement WHERE org = $1 AND since <= $2", org, asked.UnixMicro())
	return found["version"], err
}

// kept is what a review of rights said of a grant.
type kept struct {
	reviewer, verdict, by string
	decided               time.Time
}

func reviewsOf(ctx context.Context, r db.Reader, org, id string) ([]kept, error) {
	return db.Several(ctx, r, func(row db.Rows, x *kept) error {
		var decided int64
		err := row.Scan(&x.reviewer, &x.verdict, &x.by, &decided)
		x.decided = at(decided)
		return err
	}, "SELECT reviewer, verdict, decided_by, COALESCE(decided, 0) FROM access_line WHERE org = $1 AND kind = $2 AND subject = $3 ORDER BY id DESC", org, access.LineGrant, id)
}
