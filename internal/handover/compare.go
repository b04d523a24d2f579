package handover

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/job"
)

const compareJob = "handover.compare"

type compareArgs struct {
	Org      string `json:"org"`
	Handover string `json:"handover"`
	Number   int    `json:"number"`
}

// Compare orders that every record of the house is held against what the runs of a
// handover carried, row by row (C-048). It is done later, and tells how far it has come.
func (room *Room) Compare(ctx context.Context, id string) (Comparing, error) {
	var asked Comparing
	err := room.desk.Do(ctx, "handover.compare", func(ctx context.Context, w *act.Work) error {
		c, err := getCase(ctx, w, w.Actor().Org, id)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		if c.State == Asked || c.State == Making || !c.Open() {
			return errOrder.With("state", c.State)
		}
		last, known, err := comparingOf(ctx, w, c)
		if err != nil {
			return err
		}
		if known && last.State == Reading {
			return errComparing.With()
		}
		asked = Comparing{Org: c.Org, Handover: c.ID, Number: last.Number + 1, Run: c.Run, State: Reading, AskedBy: w.Actor().ID, Since: w.Now()}
		w.Note("handover", c.ID)
		if err := comparing.Insert(ctx, w, &asked); err != nil {
			return err
		}
		return orderComparison(ctx, w, asked)
	})
	return asked, err
}

func orderComparison(ctx context.Context, w *act.Work, c Comparing) error {
	_, err := job.Enqueue(ctx, w, job.Order{
		Org: c.Org, Kind: compareJob, Args: compareArgs{c.Org, c.Handover, c.Number}, By: w.ID(), Now: w.Now(), Dedupe: compareName(c), MaxTries: carryTries,
	})
	return err
}

// CancelComparison ends a comparison that is under way. What it found so far stays listed,
// and counts for nothing.
func (room *Room) CancelComparison(ctx context.Context, id string) (Comparing, error) {
	var ended Comparing
	err := room.desk.Do(ctx, "handover.cancel-comparison", func(ctx context.Context, w *act.Work) error {
		c, err := getCase(ctx, w, w.Actor().Org, id)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		last, known, err := comparingOf(ctx, w, c)
		if err != nil {
			return err
		}
		if !known || last.State != Reading {
			return errNotComparing.With()
		}
		w.Note("handover", c.ID)
		last.State, last.Ended = Cancelled, w.Now()
		ended = last
		return comparing.Update(ctx, w, &ended)
	})
	return ended, err
}
