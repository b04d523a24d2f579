package amendment

import (
	"context"
	"errors"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

var (
	releases    = db.Define[Release]("amendment_rules")
	refusals    = db.Define[Refusal]("amendment_refusal", db.AsFinal)
	cases       = db.Define[Case]("amendment_case")
	steps       = db.Define[Step]("amendment_step", db.AsFinal)
	notices     = db.Define[Notice]("amendment_notice")
	claimChecks = db.Define[ClaimCheck]("amendment_claim_check", db.AsFinal)
	complaints  = db.Define[Complaint]("amendment_complaint")
	suspicions  = db.Define[Suspicion]("amendment_suspicion")
	scans       = db.Define[Scan]("amendment_scan", db.AsFinal)
)

// absent answers a missing row as the door answers what may not be known.
func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

// listPlace is where a page of a list that runs back in time ended.
type listPlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

var fromNewest = listPlace{At: math.MaxInt64}

func getCase(ctx context.Context, r db.Reader, org, id string) (Case, error) {
	c, err := cases.Get(ctx, r, org, id)
	return c, absent(err)
}

// underWay reads the correction of a document that has not ended, of which there is one.
func underWay(ctx context.Context, r db.Reader, org, document string) ([]Case, error) {
	return cases.Select(ctx, r, "WHERE org = $1 AND document = $2 AND state IN ($3, $4, $5) ORDER BY opened", org, document, Writing, Asked, Approved)
}

// inForce are the newest rules that were released, and their number.
func inForce(ctx context.Context, r db.Reader, org string) ([]Rule, int, error) {
	found, err := releases.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY number DESC LIMIT 1", org, Released)
	if err != nil || len(found) == 0 {
		return delivered, 0, err
	}
	return found[0].Rules, found[0].Number, nil
}

func stepsOf(ctx context.Context, r db.Reader, c Case) ([]Step, error) {
	return steps.Select(ctx, r, "WHERE org = $1 AND amendment = $2 ORDER BY number", c.Org, c.ID)
}

// takeStep writes down that a step was taken.
func takeStep(ctx context.Context, w *act.Work, c Case, step string) error {
	before, err := stepsOf(ctx, w, c)
	if err != nil {
		return err
	}
	return steps.Insert(ctx, w, &Step{Org: c.Org, Amendment: c.ID, Number: len(before) + 1, Step: step, Person: w.Actor().ID, At: w.Now()})
}

func noticesOf(ctx context.Context, r db.Reader, c Case) ([]Notice, error) {
	return notices.Select(ctx, r, "WHERE org = $1 AND amendment = $2 ORDER BY left_at, id", c.Org, c.ID)
}
