package accesslog

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/job"
)

const (
	// liveSpan is how long lines that come as they happen go into one run.
	liveSpan = 15 * time.Minute
	// liveLines is how many go into one run at most.
	liveLines = maxLines / 2
	// abandonedAfter is how long nothing may come before a run is ended with what came.
	abandonedAfter = time.Hour
	// endedAtOnce is how many abandoned runs one round ends.
	endedAtOnce = 100
)

// live are the runs into which this process takes lines as they happen, by source.
type live struct {
	mu       sync.Mutex
	bySource map[string]*liveRun
}

type liveRun struct {
	mu  sync.Mutex
	run Run
}

func newLive() *live { return &live{bySource: map[string]*liveRun{}} }

func (l *live) of(source string) *liveRun {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.bySource[source] == nil {
		l.bySource[source] = &liveRun{}
	}
	return l.bySource[source]
}

// TakeLines takes lines that a source sends as they happen, each with its end. When it
// returns without an error they are durable. They are matched when their run ends, within
// liveSpan while lines come, or abandonedAfter the last.
func (room *Room) TakeLines(ctx context.Context, source string, lines []byte) error {
	into := room.live.of(source)
	into.mu.Lock()
	defer into.mu.Unlock()
	for range 2 {
		if err := room.turn(ctx, into, source); err != nil {
			return err
		}
		run, err := room.Receive(ctx, into.run.ID, into.run.Parts, lines)
		switch {
		case err == nil:
			into.run = run
			return nil
		case !errors.Is(err, errOver) && !errors.Is(err, errPlace):
			return err
		}
		into.run = Run{}
	}
	return errOver.With()
}

// turn begins another run where there is none or the present one is full.
func (room *Room) turn(ctx context.Context, into *liveRun, source string) error {
	full := room.desk.Now().Sub(into.run.Begun) >= liveSpan || into.run.Lines >= liveLines
	if into.run.ID != "" && !full {
		return nil
	}
	if into.run.Blocks > 0 {
		if _, err := room.Finish(ctx, into.run.ID); err != nil && !errors.Is(err, errOver) {
			return err
		}
	}
	run, err := room.Begin(ctx, source, time.Time{})
	if err == nil {
		into.run = run
	}
	return err
}

// Tick ends the runs into which nothing has come for an hour: what came is matched, and
// the rest may come in another run.
func (room *Room) Tick(ctx context.Context) error {
	var idle []Run
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		idle, err = abandoned(ctx, r, room.org, room.desk.Now().Add(-abandonedAfter), endedAtOnce)
		return err
	})
	for _, run := range idle {
		err = errors.Join(err, room.abandon(asHouse(ctx, room.org), run.ID))
	}
	return err
}

func (room *Room) abandon(ctx context.Context, runID string) error {
	return room.house(ctx, "accesslog.match", func(ctx context.Context, w *act.Work) error {
		run, err := runs.Get(ctx, w, room.org, runID)
		if err != nil || run.State != Receiving {
			return err
		}
		w.Note("run", run.ID)
		w.Note("lines", strconv.FormatInt(run.Lines, 10))
		if run.Blocks == 0 {
			run.State, run.Ended = Done, w.Now()
			return runs.Update(ctx, w, &run)
		}
		return conclusive(ctx, w, &run)
	})
}

// conclusive says that a run is whole, and orders that it is matched.
func conclusive(ctx context.Context, w *act.Work, run *Run) error {
	run.State = Matching
	if err := runs.Update(ctx, w, run); err != nil {
		return err
	}
	_, err := job.Enqueue(ctx, w, job.Order{Org: run.Org, Kind: matchJob, Args: matchArgs{Run: run.ID}, By: w.Actor().ID, Now: w.Now(), Dedupe: run.ID})
	return err
}
