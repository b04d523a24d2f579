package feed

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/job"
)

// runJob reads a feed and takes what it says.
const runJob = "feed.run"

// runTries is how often a run is tried that broke off.
const runTries = 5

type runArgs struct {
	Run string `json:"run"`
}

// BeginRun begins a run of a feed, by the version in force. whole says that a table of
// less than half its rows is right. One that waits already is not begun twice.
func (room *Room) BeginRun(ctx context.Context, feed string, whole bool) (Run, error) {
	var run Run
	err := room.house(ctx, "feed.begin", func(ctx context.Context, w *act.Work) error {
		v, known, err := inForce(ctx, w, w.Actor().Org, feed)
		if err != nil {
			return err
		}
		if !known {
			if _, there, err := newest(ctx, w, w.Actor().Org, feed); err != nil || there {
				return orElse(err, errUnapproved.With("feed", feed))
			}
			return act.ErrAbsent.With()
		}
		shape, _ := shapeOf(v.Shape)
		s, err := room.sources.Find(ctx, w, v.Org, v.Source)
		if err != nil {
			return err
		}
		if err := fit(s, shape, w.Now()); err != nil {
			return err
		}
		run, err = begin(ctx, w, v, w.Actor().ID, whole, w.Now())
		return err
	})
	return run, err
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// begin writes a run that waits, with the work that it is.
func begin(ctx context.Context, w *act.Work, v Version, by string, whole bool, now time.Time) (Run, error) {
	w.Note("feed", v.Feed)
	waiting, some, err := waitingRun(ctx, w, v.Org, v.Feed)
	if some || err != nil {
		return waiting, err
	}
	run := Run{Org: v.Org, ID: id.New(now), Feed: v.Feed, Rev: v.Rev, Source: v.Source, State: Waiting, Whole: whole, By: by, Begun: now}
	w.Note("run", run.ID)
	if err := runs.Insert(ctx, w, &run); err != nil {
		return run, err
	}
	_, err = job.Enqueue(ctx, w, job.Order{Org: run.Org, Kind: runJob, Args: runArgs{run.ID}, By: by, Now: now, Dedupe: run.ID, MaxTries: runTries})
	return run, err
}

const (
	clockLease = "feed-clock"
	clockTerm  = 2 * time.Minute
)

// Tick begins the runs that are due. The house calls it every minute on every process.
func (room *Room) Tick(ctx context.Context) error {
	now := room.desk.Now()
	err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		_, err := db.Acquire(ctx, w, clockLease, room.name, now, clockTerm)
		return err
	})
	if isHeld(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for after, more := "", true; more; {
		var page []Version
		err := room.desk.Look(ctx, func(r db.Reader) (err error) {
			page, err = feedsAfter(ctx, r, room.org, after, atOnce)
			return err
		})
		if err != nil {
			return err
		}
		if more = len(page) > atOnce; more {
			page = page[:atOnce]
		}
		for _, v := range page {
			after = v.Feed
			if err := room.beginDue(ctx, v.Feed, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// atOnce bounds what one step of the clock looks at; it goes on from there.
const atOnce = 200

// beginDue begins a run of a feed if its time has come and its source may act.
func (room *Room) beginDue(ctx context.Context, feed string, now time.Time) error {
	var v Version
	due := false
	err := room.desk.Look(ctx, func(r db.Reader) error {
		found, known, err := inForce(ctx, r, room.org, feed)
		if err != nil || !known || found.Mapping.EveryMinutes == 0 {
			return err
		}
		last, _, err := lastRun(ctx, r, room.org, feed)
		if err != nil || last.State == Waiting || last.Begun.Add(time.Duration(found.Mapping.EveryMinutes)*time.Minute).After(now) {
			return err
		}
		s, err := room.sources.Find(ctx, r, room.org, found.Source)
		if err != nil {
			return err
		}
		shape, _ := shapeOf(found.Shape)
		v, due = found, fit(s, shape, now) == nil
		return nil
	})
	if err != nil || !due {
		return err
	}
	return room.house(asJob(ctx, room.org), "feed.clock", func(ctx context.Context, w *act.Work) error {
		_, err := begin(ctx, w, v, act.Job, false, w.Now())
		return err
	})
}
