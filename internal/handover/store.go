package handover

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

var (
	cases       = db.Define[Case]("handover_case")
	parts       = db.Define[Part]("handover_part", db.AsFinal)
	receipts    = db.Define[Receipt]("handover_receipt", db.AsFinal)
	comparing   = db.Define[Comparing]("handover_comparing")
	listings    = db.Define[Listing]("handover_difference", db.AsFinal)
	takeovers   = db.Define[Takeover]("handover_takeover", db.AsFinal)
	comparisons = db.Define[Comparison]("handover_comparison", db.AsFinal)
	signatures  = db.Define[Signature]("handover_signature", db.AsFinal)
)

// absent answers a missing row as the door answers what may not be known.
func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

func getCase(ctx context.Context, r db.Reader, org, id string) (Case, error) {
	c, err := cases.Get(ctx, r, org, id)
	return c, absent(err)
}

// underWay reads the handovers, of which there is one at most, that were asked for and
// have not ended.
func underWay(ctx context.Context, r db.Reader, org string) ([]Case, error) {
	return cases.Select(ctx, r, "WHERE org = $1 AND state NOT IN ($2, $3) AND ground <> $4 ORDER BY opened", org, Closed, Stopped, Rehearsal)
}

// freezing reads the handovers that keep people from writing at a moment.
func freezing(ctx context.Context, r db.Reader, org string, at time.Time) ([]Case, error) {
	return cases.Select(ctx, r, "WHERE org = $1 AND state NOT IN ($2, $3, $4) AND until > $5 AND ground <> $6 ORDER BY opened", org, Asked, Closed, Stopped, at.UnixMicro(), Rehearsal)
}

func partsOf(ctx context.Context, r db.Reader, c Case, run int) ([]Part, error) {
	return parts.Select(ctx, r, "WHERE org = $1 AND handover = $2 AND run = $3 ORDER BY number", c.Org, c.ID, int64(run))
}

func lastPart(ctx context.Context, r db.Reader, c Case) (Part, bool, error) {
	found, err := parts.Select(ctx, r, "WHERE org = $1 AND handover = $2 AND run = $3 ORDER BY number DESC LIMIT 1", c.Org, c.ID, int64(c.Run))
	if err != nil || len(found) == 0 {
		return Part{}, false, err
	}
	return found[0], true, nil
}

func receiptsOf(ctx context.Context, r db.Reader, c Case) ([]Receipt, error) {
	return receipts.Select(ctx, r, "WHERE org = $1 AND handover = $2 ORDER BY number DESC", c.Org, c.ID)
}

func comparisonsOf(ctx context.Context, r db.Reader, c Case) ([]Comparison, error) {
	return comparisons.Select(ctx, r, "WHERE org = $1 AND handover = $2 ORDER BY number DESC", c.Org, c.ID)
}

// comparingOf reads the newest comparison of a handover that was asked for.
func comparingOf(ctx context.Context, r db.Reader, c Case) (Comparing, bool, error) {
	found, err := comparing.Select(ctx, r, "WHERE org = $1 AND handover = $2 ORDER BY number DESC LIMIT 1", c.Org, c.ID)
	if err != nil || len(found) == 0 {
		return Comparing{}, false, err
	}
	return found[0], true, nil
}

func signaturesOf(ctx context.Context, r db.Reader, c Case) ([]Signature, error) {
	return signatures.Select(ctx, r, "WHERE org = $1 AND handover = $2 ORDER BY at", c.Org, c.ID)
}

// changedSince counts the records that were written after a moment, up to one of each
// kind.
func changedSince(ctx context.Context, r db.Reader, org string, at time.Time) (n int64, err error) {
	for _, one := range []string{
		"SELECT id FROM record_document WHERE org = $1 AND updated_at > $2 LIMIT 1",
		"SELECT id FROM record_observation WHERE org = $1 AND created_at > $2 LIMIT 1",
		"SELECT id FROM record_order WHERE org = $1 AND created_at > $2 LIMIT 1",
		"SELECT id FROM patient_patient WHERE org = $1 AND updated_at > $2 LIMIT 1",
		"SELECT id FROM patient_encounter WHERE org = $1 AND created_at > $2 LIMIT 1",
	} {
		rows, err := r.Query(ctx, one, org, at.UnixMicro())
		if err != nil {
			return n, err
		}
		for rows.Next() {
			n++
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return n, err
		}
	}
	return n, nil
}
