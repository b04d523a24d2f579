package handover

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

func firstListed(ctx context.Context, r db.Reader, c Case, comparison int) ([]Difference, error) {
	first, err := listings.Select(ctx, r, "WHERE org = $1 AND handover = $2 AND comparison = $3 AND number <= $4 ORDER BY number", c.Org, c.ID, int64(comparison), int64(namedDifferences))
	named := []Difference{}
	for _, one := range first {
		named = append(named, Difference{one.Kind, one.Set, one.Record})
	}
	return named, err
}

// keepStep writes down what was found and how far a comparison has come, and learns
// whether it was cancelled or overtaken meanwhile.
func (room *Room) keepStep(ctx context.Context, b *besides) error {
	err := room.desk.Do(ctx, "handover.carry", func(ctx context.Context, w *act.Work) error {
		c, now, err := room.toKeep(ctx, w, b)
		if err != nil || b.State != Reading {
			return err
		}
		if c.Run != b.Run || !c.Open() {
			now.State, now.Ended, b.State = Cancelled, w.Now(), Cancelled
			return comparing.Update(ctx, w, &now)
		}
		if err := b.listIn(ctx, w); err != nil {
			return err
		}
		step := b.whole
		return comparing.Update(ctx, w, &step)
	})
	if err == nil {
		b.found = nil
	}
	return err
}

// toKeep finds the case of a comparison, and asks.
func (room *Room) toKeep(ctx context.Context, w *act.Work, b *besides) (c Case, now Comparing, err error) {
	if c, err = getCase(ctx, w, b.Org, b.Handover); err != nil {
		return c, now, err
	}
	if err := w.Permit(ctx, c.object()); err != nil {
		return c, now, err
	}
	w.Note("handover", c.ID)
	now, err = comparing.Get(ctx, w, b.Org, b.Handover, int64(b.Number))
	b.State = now.State
	return c, now, err
}

// listIn lists what was found since the last step.
func (b *besides) listIn(ctx context.Context, w *act.Work) error {
	for i := range b.found {
		if err := listings.Insert(ctx, w, &b.found[i]); err != nil {
			return err
		}
	}
	return nil
}

// concludeComparison writes a comparison down, and what it came to with its case.
func (room *Room) concludeComparison(ctx context.Context, b *besides) error {
	return room.desk.Do(ctx, "handover.carry", func(ctx context.Context, w *act.Work) error {
		c, _, err := room.toKeep(ctx, w, b)
		if err != nil || b.State != Reading {
			return err
		}
		done := b.Comparing
		done.State, done.Ended = Compared, w.Now()
		if c.Run != b.Run || !c.Open() {
			done.State = Cancelled
			return comparing.Update(ctx, w, &done)
		}
		if err := comparing.Update(ctx, w, &done); err != nil {
			return err
		}
		return keepComparison(ctx, w, c, b, nil)
	})
}

// keepComparison writes down what a comparison came to.
func keepComparison(ctx context.Context, w *act.Work, c Case, b *besides, also func(*Case)) error {
	if err := b.listIn(ctx, w); err != nil {
		return err
	}
	w.Note("missing", strconv.FormatInt(b.Missing, 10))
	w.Note("gone", strconv.FormatInt(b.Gone, 10))
	w.Note("compared", strconv.FormatInt(b.Compared, 10))
	made := Comparison{
		Org: b.Org, Handover: b.Handover, Number: b.Number, Run: b.Run, Compared: b.Compared, Missing: b.Missing, Gone: b.Gone, Differences: b.named, At: b.Since, By: b.AskedBy,
	}
	if made.Differences == nil {
		made.Differences = []Difference{}
	}
	if err := comparisons.Insert(ctx, w, &made); err != nil {
		return err
	}
	c.Missing, c.Compared = b.Missing+b.Gone, w.Now()
	if also != nil {
		also(&c)
	}
	c.Rev++
	return cases.Update(ctx, w, &c)
}
