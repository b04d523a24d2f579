package feed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/vault"
)

const (
	// rowsInAct bounds what one act of a run writes, below [act.MaxRows].
	rowsInAct = 200
	// maxFindings is how many findings of a run are kept; the tally counts all.
	maxFindings = 500
)

func isHeld(err error) bool { return errors.Is(err, db.ErrHeld) || errors.Is(err, db.ErrExists) }

// reading is a run while it is carried out.
type reading struct {
	room   *Room
	run    Run
	v      Version
	shape  Shape
	source source.Source
	known  []rowMark
	last   Run // that was not stopped
	whole  Run // that read the whole table
	kept   int // findings
}

// run carries out a run: it may be broken off after any act, and goes on with what is
// left.
func (room *Room) run(ctx context.Context, at *job.Work) error {
	var args runArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	g, err := room.open(ctx, at.Task.Org, args.Run)
	if err != nil || g.run.State != Waiting {
		return err
	}
	if fit(g.source, g.shape, room.desk.Now()) != nil {
		return g.stop(ctx, WhyNotLive, nil)
	}
	p, why, missing, err := g.plan(ctx)
	if err != nil {
		return err
	}
	if why != "" {
		return g.stop(ctx, why, missing)
	}
	if err := g.take(ctx, at, &p); err != nil {
		return err
	}
	return g.conclude(ctx, p)
}

// open finds everything that a run is made of.
func (room *Room) open(ctx context.Context, org, runID string) (*reading, error) {
	g := &reading{room: room}
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if g.run, err = runs.Get(ctx, r, org, runID); err != nil || g.run.State != Waiting {
			return err
		}
		if g.v, err = versions.Get(ctx, r, org, g.run.Feed, int64(g.run.Rev)); err != nil {
			return err
		}
		g.source, err = room.sources.Find(ctx, r, org, g.v.Source)
		return errors.Join(err, g.remember(ctx, r))
	})
	return g, err
}

// remember finds what is known of a feed from earlier runs.
func (g *reading) remember(ctx context.Context, r db.Reader) (err error) {
	g.shape, _ = shapeOf(g.v.Shape)
	if g.known, err = marksOf(ctx, r, g.v.Org, g.v.Feed); err != nil {
		return err
	}
	if g.last, _, err = lastDone(ctx, r, g.v.Org, g.v.Feed, false); err != nil {
		return err
	}
	g.whole, _, err = lastDone(ctx, r, g.v.Org, g.v.Feed, true)
	return err
}

// plan reads the table and compares it with what is known. why says that the run must
// stop.
func (g *reading) plan(ctx context.Context) (p Plan, why string, missing []string, err error) {
	c, known := g.room.connections[g.v.Mapping.Connection]
	if !known {
		return Plan{}, WhyUnmapped, nil, nil
	}
	now := g.room.desk.Now()
	ask := g.v.Mapping.asking(g.last, g.whole, now)
	if g.last.Rev != g.v.Rev { // another mapping says something else of every row
		ask.Since = time.Time{}
	}
	table, err := g.table(ctx, c, ask, now)
	if err != nil {
		if ctx.Err() != nil {
			return Plan{}, "", nil, ctx.Err()
		}
		g.room.log.WarnContext(ctx, "a feed was not read", "feed", g.v.Feed, "cause", err)
		why, missing = whyUnread(err)
		return Plan{}, why, missing, nil
	}
	p = planOf(table, g.reader(ask, now), g.known)
	return p, p.doubt(g.shape, g.known, g.run.Whole), nil, nil
}

// table reads what a mapping names: a view or a list, or which files there are.
func (g *reading) table(ctx context.Context, c view.Connection, ask view.Ask, now time.Time) (view.Table, error) {
	if g.shape.bringsFiles() {
		return c.Files(ask.Table, now)
	}
	return c.Read(ctx, ask)
}

func (g *reading) reader(ask view.Ask, now time.Time) reader {
	return reader{
		shape: g.shape, mapping: g.v.Mapping, columns: ask.Columns, zone: g.room.zone, now: now,
		blind: func(column, value string) string { return g.room.vault.Blind(g.v.Org, column, g.v.Feed+"\x00"+value) },
	}
}

// take hands the changes of a plan to the rooms that keep such things, some at once.
func (g *reading) take(ctx context.Context, at *job.Work, p *Plan) error {
	own := g.ownPeople()
	done := 0
	for some := range slices.Chunk(p.Changes, rowsInAct) {
		taken, told, err := g.deliver(ctx, some, own)
		if err != nil {
			return err
		}
		for _, problem := range told {
			p.Tally.Rules[problem.Rule]++
		}
		if err := g.write(ctx, taken, told); err != nil {
			return err
		}
		p.Tally.Refused += len(some) - len(taken)
		done += len(some)
		if err := at.Report(ctx, "taking", int64(done), int64(len(p.Changes))); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(p.Problems, rowsInAct) {
		if err := g.write(ctx, nil, some); err != nil {
			return err
		}
	}
	return g.writeGone(ctx, p)
}

// deliver hands some changes on and tells which were taken, and what was found.
func (g *reading) deliver(ctx context.Context, some []Change, own map[string]bool) (taken []Change, told []Problem, err error) {
	ctx = asSource(ctx, g.source, g.room.desk.Now())
	switch g.shape.ID {
	case Departments, People:
		return g.deliverStaff(ctx, some)
	case StockLevels:
		return g.deliverStock(ctx, some)
	case Documents:
		return g.deliverFiles(ctx, some)
	}
	return g.deliverMessages(ctx, some, own)
}

// write keeps what was taken and what was found, as the source.
func (g *reading) write(ctx context.Context, taken []Change, told []Problem) error {
	told = told[:min(len(told), maxFindings-g.kept)]
	if len(taken)+len(told) == 0 {
		return nil
	}
	key, err := g.room.vault.HouseKey(ctx, g.room.desk.Look, g.v.Org)
	if err != nil {
		return err
	}
	rows, err := g.sealed(key, told)
	if err != nil {
		return err
	}
	err = g.room.desk.Do(asSource(ctx, g.source, g.room.desk.Now()), "feed.take", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, g.v.object()); err != nil {
			return err
		}
		w.Note("run", g.run.ID)
		w.Note("rows", strconv.Itoa(len(taken)))
		if err := key.Keep(ctx, w); err != nil {
			return err
		}
		for _, c := range taken {
			m := rowMark{Org: g.v.Org, Feed: g.v.Feed, Ref: c.Ref, Digest: c.Digest, Marks: c.Marks, Run: g.run.ID}
			if err := save(ctx, w, m, c.Fresh); err != nil {
				return err
			}
		}
		return keep(ctx, w, rows)
	})
	if err == nil {
		g.kept += len(rows)
	}
	return err
}

func save(ctx context.Context, w *act.Work, m rowMark, fresh bool) error {
	if fresh {
		return marks.Insert(ctx, w, &m)
	}
	return marks.Update(ctx, w, &m)
}

// keep writes findings that a try before has not written.
func keep(ctx context.Context, w *act.Work, rows []Finding) error {
	for i := range rows {
		_, err := findings.Get(ctx, w, rows[i].Org, rows[i].ID)
		if errors.Is(err, db.ErrNone) {
			err = findings.Insert(ctx, w, &rows[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func keyPlace(finding string) vault.Place {
	return vault.Place{Kind: "FeedFinding", Object: finding, Field: "key"}
}

// sealed makes rows of what was found.
func (g *reading) sealed(key vault.HouseKey, told []Problem) ([]Finding, error) {
	var err error
	rows := make([]Finding, len(told))
	for i, problem := range told {
		rows[i] = Finding{
			Org: g.v.Org, ID: fmt.Sprintf("%s.%07d.%s.%s", g.run.ID, problem.Line, problem.Rule, problem.Field), Run: g.run.ID, Feed: g.v.Feed,
			Line: problem.Line, Rule: problem.Rule, Field: problem.Field, Taken: takenAnyway(problem.Rule), Found: g.room.desk.Now(),
		}
		if problem.Key == "" {
			continue
		}
		if rows[i].Key, err = key.Seal(keyPlace(rows[i].ID), []byte(problem.Key)); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// takenAnyway reports whether a rule says something about a row that was taken.
func takenAnyway(rule string) bool {
	return slices.Contains([]string{RuleDiffers, RuleOwn, RuleNotHere, RuleSetAside}, rule)
}

// writeGone notes which rows the table has lost, and which are there again.
func (g *reading) writeGone(ctx context.Context, p *Plan) error {
	now := g.room.desk.Now()
	for i := range p.gone {
		p.gone[i].Gone = now
	}
	for i := range p.back {
		p.back[i].Gone = time.Time{}
	}
	for some := range slices.Chunk(slices.Concat(p.gone, p.back), rowsInAct) {
		err := g.room.desk.Do(asSource(ctx, g.source, now), "feed.take", func(ctx context.Context, w *act.Work) error {
			if err := w.Permit(ctx, g.v.object()); err != nil {
				return err
			}
			w.Note("run", g.run.ID)
			for i := range some {
				if err := marks.Update(ctx, w, &some[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// stop ends a run that has changed nothing.
func (g *reading) stop(ctx context.Context, why string, missing []string) error {
	return g.end(ctx, func(run *Run) { run.State, run.Why, run.Missing = Stopped, why, missing })
}

// conclude ends a run, and holds what is kept against what was read.
func (g *reading) conclude(ctx context.Context, p Plan) error {
	var kept []rowMark
	err := g.room.desk.Look(ctx, func(r db.Reader) (err error) {
		kept, err = marksOf(ctx, r, g.v.Org, g.v.Feed)
		return err
	})
	if err != nil {
		return err
	}
	var digests []string
	for _, m := range kept {
		if m.Gone.IsZero() {
			digests = append(digests, m.Ref+m.Digest)
		}
	}
	p.Tally.Kept = len(digests)
	g.heard(p)
	return g.end(ctx, func(run *Run) {
		run.State, run.Read, run.Part, run.Tally, run.Theirs = Done, p.Read, p.Part, p.Tally, p.theirs
		if !p.Part {
			run.Ours = digestOf(digests)
		}
	})
}

// heard tells the register that the source was heard of.
func (g *reading) heard(p Plan) {
	now := g.room.desk.Now()
	h := source.Heard{Org: g.v.Org, Source: g.source.ID, Arrived: g.run.Begun, Durable: now}
	if g.shape.ID == Departments || g.shape.ID == People {
		h.Messages, h.Conform = len(p.Changes), len(p.Changes)
	}
	h.Quarantined = p.Tally.Refused
	h.Messages += p.Tally.Refused
	g.room.sources.Heard(h)
}

func (g *reading) end(ctx context.Context, how func(*Run)) error {
	return g.room.house(asJob(ctx, g.v.Org), "feed.clock", func(ctx context.Context, w *act.Work) error {
		run, err := runs.Get(ctx, w, g.run.Org, g.run.ID)
		if err != nil || run.State != Waiting {
			return err
		}
		how(&run)
		run.Ended = w.Now()
		w.Note("run", run.ID)
		w.Note("state", run.State)
		if err := g.ask(ctx, w, run); err != nil {
			return err
		}
		return runs.Update(ctx, w, &run)
	})
}

// ask asks the owner of the source to see to a run that was stopped, once, and no longer
// when one was not.
func (g *reading) ask(ctx context.Context, w *act.Work, run Run) error {
	if run.State == Done {
		return g.room.duty.DoneIn(ctx, w, Halted, run.Feed)
	}
	open, err := duty.OpenAbout(ctx, w, run.Org, Halted, run.Feed)
	if err != nil || len(open) > 0 {
		return err
	}
	_, err = g.room.duty.OpenIn(ctx, w, duty.Opening{Kind: Halted, To: duty.To{Person: g.source.Owner}, Subject: run.Feed})
	return err
}
