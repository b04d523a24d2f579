package handover

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/job"
)

// Progress is how far a long piece of work on a handover has come.
type Progress struct {
	Doing   string // carry or compare
	Set     string // that is read now
	At, Of  int64  // sets
	Failure string // code of the last try that failed, or ""
	Stopped bool   // its tries are used up
}

// progressOf tells of the export that is made, or of the comparison that is under way.
func progressOf(ctx context.Context, r db.Reader, c Case) (*Progress, error) {
	kind, dedupe, doing := carryJob, carryName(c), "carry"
	if c.State != Making {
		last, known, err := comparingOf(ctx, r, c)
		if err != nil || !known || last.State != Reading {
			return nil, err
		}
		kind, dedupe, doing = compareJob, compareName(last), "compare"
	}
	t, known, err := job.Latest(ctx, r, kind, dedupe)
	if err != nil || !known {
		return nil, err
	}
	return &Progress{Doing: doing, Set: t.Doing, At: t.Progress, Of: int64(len(sets)), Failure: t.Failure, Stopped: t.State == job.Failed}, nil
}

func carryName(c Case) string { return c.ID + "." + strconv.Itoa(c.Run) }

func compareName(c Comparing) string { return c.Handover + "." + strconv.Itoa(c.Number) }

// Again orders a piece of work again whose tries are used up. It goes on where it broke off.
func (room *Room) Again(ctx context.Context, id string) (Case, error) {
	return room.change(ctx, "handover.again", id, func(ctx context.Context, w *act.Work, c *Case) error {
		at, err := progressOf(ctx, w, *c)
		if err != nil {
			return err
		}
		if at == nil || !at.Stopped {
			return errOrder.With("state", c.State)
		}
		if at.Doing == "carry" {
			return order(ctx, w, *c)
		}
		last, _, err := comparingOf(ctx, w, *c)
		if err != nil {
			return err
		}
		return orderComparison(ctx, w, last)
	})
}

// placeOf is where a page of differences ended.
type placeOf struct {
	Number int64 `json:"n"`
}

// Differences discloses what a comparison found, row by row.
func (room *Room) Differences(ctx context.Context, id string, comparison int, p web.Paging) (web.Page[Listing], error) {
	var page web.Page[Listing]
	var after placeOf
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "handover.view", func(ctx context.Context, r *act.Reading) error {
		c, err := getCase(ctx, r, r.Actor().Org, id)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, c.object()); err != nil {
			return err
		}
		r.Note("comparison", strconv.Itoa(comparison))
		found, err := listings.Select(ctx, r, "WHERE org = $1 AND handover = $2 AND comparison = $3 AND number > $4 ORDER BY number LIMIT $5",
			c.Org, c.ID, int64(comparison), after.Number, int64(limit)+1)
		if err != nil {
			return err
		}
		page, err = web.PageOf(found, limit, func(l Listing) placeOf { return placeOf{l.Number} })
		return err
	})
	return page, err
}
