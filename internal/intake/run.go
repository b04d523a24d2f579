package intake

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/source"
)

// run is one import under way.
type run struct {
	room     *Room
	org      string
	source   source.Source
	batch    Batch
	importer act.Actor // who handed the input in
	progress Progress
	mu       sync.Mutex // guards step
	step     Step
	reports  []*FileReport
	digests  map[string]*FileReport
	copies   map[*FileReport]*FileReport // inputs that stand twice in one run
	alike    alikes
	// neverQuarantined is set when nothing of the source was set aside before this run.
	neverQuarantined bool
	roster           roster
	dossiers         dossiers
	planning         sync.Mutex // held while candidates are prepared: dossiers change by it
	foreseen         foresight
	replanned        bool // something of the last window had to be prepared anew
}

const (
	// windowSize and windowBytes bound what is prepared at once.
	windowSize  = 128
	windowBytes = 24 << 20
)

// drive prepares candidates side by side and commits them in their order, while
// the next are prepared. Candidates that share a key are never under way
// together; those about one patient are prepared one after another, each on what
// the one before is going to leave.
func (r *run) drive(ctx context.Context, candidates iter.Seq2[*candidate, error]) error {
	next, stop := iter.Pull2(candidates)
	defer stop()
	queue := &queue{next: next}
	var commits commitment
	for !queue.over {
		window, taken, err := queue.window()
		if err != nil {
			return errors.Join(err, commits.wait())
		}
		due := r.dossiers.areDue(r.room.desk.Now())
		if due || commits.shares(taken) {
			if err := commits.wait(); err != nil {
				return err
			}
		}
		if due || r.dossiers.areEmpty() {
			r.dossiers.forget(r.room.desk.Now())
		}
		units, err := r.prepareAll(ctx, window)
		if err = errors.Join(err, commits.wait()); err != nil {
			return err
		}
		again := r.replanned
		r.replanned = false
		commits.start(taken, func() error { return r.commit(ctx, window, units) })
		if again { // this window was planned on what has changed since, and goes first
			if err := commits.wait(); err != nil {
				return err
			}
		}
	}
	return commits.wait()
}

// queue hands out candidates in windows.
type queue struct {
	next func() (*candidate, error, bool)
	held *candidate // shares a key with the window before
	over bool
}

// window returns the next candidates, no two of which share a key, and all their keys.
func (q *queue) window() ([]*candidate, map[string]bool, error) {
	var window []*candidate
	taken, size := map[string]bool{}, 0
	for len(window) < windowSize && size < windowBytes {
		c := q.held
		q.held = nil
		if c == nil {
			var err error
			var more bool
			if c, err, more = q.next(); err != nil || !more {
				q.over = true
				return window, taken, err
			}
		}
		if overlaps(taken, c.keys) {
			q.held = c
			return window, taken, nil
		}
		for _, k := range c.keys {
			taken[k] = true
		}
		window, size = append(window, c), size+len(c.raw)
	}
	return window, taken, nil
}

func overlaps(taken map[string]bool, keys []string) bool {
	for _, k := range keys {
		if taken[k] {
			return true
		}
	}
	return false
}

// commitment is a commit that runs while the next window is prepared.
type commitment struct {
	keys map[string]bool
	done chan error
}

func (c *commitment) start(keys map[string]bool, do func() error) {
	c.keys, c.done = keys, make(chan error, 1)
	go func() { c.done <- do() }()
}

func (c *commitment) shares(keys map[string]bool) bool {
	for k := range keys {
		if c.keys[k] {
			return true
		}
	}
	return false
}

func (c *commitment) wait() error {
	if c.done == nil {
		return nil
	}
	err := <-c.done
	c.keys, c.done = nil, nil
	return err
}

// preparers is how many candidates are prepared side by side: they wait for the
// store more than they work.
const preparers = 8

func (r *run) prepareAll(ctx context.Context, window []*candidate) ([][]*unit, error) {
	r.planning.Lock()
	defer r.planning.Unlock()
	if err := r.foresee(ctx, window); err != nil {
		return nil, err
	}
	units := make([][]*unit, len(window))
	var g errgroup.Group
	g.SetLimit(preparers)
	for _, chain := range r.chains(window) {
		g.Go(func() (err error) {
			for _, i := range chain {
				if units[i], err = r.prepare(ctx, window[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return units, g.Wait()
}

// prepare turns a candidate into units. What the house cannot take becomes a
// unit that quarantines it; only a failure of the machinery is an error.
func (r *run) prepare(ctx context.Context, c *candidate) (units []*unit, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.alike.forget(c)
	units, err = r.survive(ctx, c)
	if err != nil && isAnswer(err) {
		u, err := r.quarantine(ctx, c, c.piece, fromFault(err, nil))
		return []*unit{u}, err
	}
	c.many = len(units) > 1
	return units, err
}

// survive quarantines what makes the program fail.
func (r *run) survive(ctx context.Context, c *candidate) (units []*unit, err error) {
	defer func() {
		if p := recover(); p != nil {
			r.room.log.ErrorContext(ctx, "an input made the program fail", "batch", r.batch.ID, "file", c.file.row.ID, "cause", p, "stack", string(debug.Stack()))
			var u *unit
			u, err = r.quarantine(ctx, c, c.piece, []Finding{ruleDefect.error("")})
			units = []*unit{u}
		}
	}()
	return c.prepare(ctx)
}

// isAnswer reports whether an error says something about the input, rather than
// that the machinery failed.
func isAnswer(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Refused, fault.Conflict, fault.NotFound, fault.TooLarge:
		return true
	}
	return errors.Is(err, db.ErrExists) || errors.Is(err, db.ErrGone)
}

// packRows is how many rows units that share an act write together, so that
// others do not wait long for their turn.
const packRows = act.MaxRows / 2

// commit writes the units of a window in their order. A unit that fails is
// prepared once more by itself, and quarantined when it fails again.
func (r *run) commit(ctx context.Context, window []*candidate, prepared [][]*unit) error {
	var pack []*unit
	rows, framed := 0, map[*file]bool{}
	flush := func() error {
		if len(pack) == 0 {
			return nil
		}
		err := r.commitPack(ctx, pack)
		pack, rows = nil, 0
		clear(framed)
		return err
	}
	for i, c := range window {
		c.file.due += len(prepared[i]) - 1
		for _, u := range prepared[i] {
			parts := u.parts()
			cost := rowsOf(parts[0])
			if !framed[u.file] {
				cost += fileRows
			}
			if len(parts) > 1 || rows+cost > packRows {
				if err := flush(); err != nil {
					return err
				}
			}
			if len(parts) > 1 {
				if err := r.commitStaged(ctx, u, parts); err != nil {
					return err
				}
				continue
			}
			pack, rows, framed[u.file] = append(pack, u), rows+cost, true
		}
	}
	return flush()
}

// commitStaged writes the parts of a large unit, each in an act of its own.
func (r *run) commitStaged(ctx context.Context, u *unit, parts [][]step) error {
	for i, part := range parts {
		stage := &unit{piece: u.piece, from: u.from, steps: part, dossiers: u.dossiers}
		final := i == len(parts)-1
		if final {
			stage.counts, stage.findings = u.counts, u.findings
		}
		failures, err := r.act(ctx, []*unit{stage}, final)
		if err != nil {
			return err
		}
		if failures[0] != nil {
			return r.again(ctx, u, failures[0])
		}
	}
	r.tell()
	return nil
}

func (r *run) commitPack(ctx context.Context, pack []*unit) error {
	failures, err := r.act(ctx, pack, true)
	if err != nil {
		return err
	}
	for i, u := range pack {
		if failures[i] == nil {
			continue
		}
		if err := r.again(ctx, u, failures[i]); err != nil {
			return err
		}
	}
	r.tell()
	return nil
}

// again prepares the candidate of a failed unit once more and commits what comes
// of it, or quarantines it for what failed.
func (r *run) again(ctx context.Context, u *unit, failure error) error {
	c := u.from
	if busy, err := r.begunElsewhere(ctx, u.file); busy || err != nil {
		return errors.Join(err, errBusy.Because(failure))
	}
	if u.aside {
		return fmt.Errorf("setting a piece of an input aside: %w", failure)
	}
	units, err := r.prepareAgain(ctx, u, failure)
	if err != nil {
		return err
	}
	c.file.due += len(units) - 1
	for _, next := range units {
		parts := next.parts()
		if len(parts) > 1 {
			err = r.commitStaged(ctx, next, parts)
		} else {
			err = r.commitPack(ctx, []*unit{next})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// prepareAgain prepares the candidate of a failed unit on what the store says now,
// or sets it aside when that was done before.
func (r *run) prepareAgain(ctx context.Context, u *unit, failure error) ([]*unit, error) {
	r.planning.Lock()
	defer r.planning.Unlock()
	r.dossiers.lose(u.dossiers)
	r.foreseen = foresight{}
	r.replanned = true
	c := u.from
	overtaken := errors.Is(failure, errOvertaken)
	if overtaken || !c.again && !c.many && (len(u.dossiers) > 0 || errors.Is(failure, db.ErrExists)) {
		c.again = c.again || !overtaken
		return r.prepare(ctx, c)
	}
	q, err := r.quarantine(ctx, c, u.piece, fromFault(failure, nil))
	return []*unit{q}, err
}

// begunElsewhere reports whether another run has begun the same input meanwhile.
func (r *run) begunElsewhere(ctx context.Context, f *file) (begun bool, err error) {
	if f.begun {
		return false, nil
	}
	err = r.room.look(ctx, func(reader db.Reader) error {
		_, begun, err = fileOf(ctx, reader, r.org, r.source.ID, f.row.Digest)
		return err
	})
	return begun, err
}

// errOvertaken says that a unit was planned on something that did not come to be.
var errOvertaken = errors.New("intake: what it was planned on did not come to be")

// act writes units in one act and returns what each of them failed with.
func (r *run) act(ctx context.Context, units []*unit, final bool) ([]error, error) {
	var written attempt
	closed := map[*file]fileRow{}
	err := r.room.desk.Do(ctx, "intake.import", func(ctx context.Context, w *act.Work) (err error) {
		clear(closed)
		if err := w.Permit(ctx, policy.Object{Kind: "Import", ID: r.batch.ID, Org: r.org}); err != nil {
			return err
		}
		w.Note("batch", r.batch.ID)
		w.Note("units", strconv.Itoa(len(units)))
		act.ExpectPatients(ctx, w, patientsOf(units)...)
		if written, err = writeTogether(ctx, w, units); err != nil || !final {
			return err
		}
		return r.closeFiles(ctx, w, units, written.failures, closed)
	})
	if err != nil {
		return nil, err
	}
	for f := range written.begun {
		f.begun = true
	}
	for i, u := range units {
		if written.failures[i] == nil && final {
			r.settle(u)
		}
	}
	for f := range closed {
		f.report.State = Done
		r.advance(f, func(s *Step) { s.Files++ })
	}
	return written.failures, nil
}

// attempt is what came of writing units: what each failed with, and whose inputs
// have been begun.
type attempt struct {
	failures []error
	begun    map[*file]bool
}

// writeTogether writes units in one savepoint, and each in its own when one of
// them fails.
func writeTogether(ctx context.Context, w *act.Work, units []*unit) (attempt, error) {
	if len(units) == 1 || slices.ContainsFunc(units, (*unit).stale) {
		return writeEach(ctx, w, units)
	}
	a := attempt{make([]error, len(units)), map[*file]bool{}}
	err := w.Try(ctx, func() error {
		for _, u := range units {
			if err := u.write(ctx, w, !a.begun[u.file]); err != nil {
				return err
			}
			a.begun[u.file] = true
		}
		return nil
	})
	if err != nil && isAnswer(err) {
		return writeEach(ctx, w, units)
	}
	return a, err
}

// writeEach writes every unit in its own savepoint. What was planned on one that
// fails is left out.
func writeEach(ctx context.Context, w *act.Work, units []*unit) (attempt, error) {
	a := attempt{make([]error, len(units)), map[*file]bool{}}
	lost := map[*dossier]bool{}
	for i, u := range units {
		if u.stale() || slices.ContainsFunc(u.dossiers, func(d *dossier) bool { return lost[d] }) {
			a.failures[i] = errOvertaken
			continue
		}
		err := w.Try(ctx, func() error { return u.write(ctx, w, !a.begun[u.file]) })
		switch {
		case err == nil:
			a.begun[u.file] = true
			continue
		case !isAnswer(err):
			return a, err
		}
		a.failures[i] = err
		for _, d := range u.dossiers {
			lost[d] = true
		}
	}
	return a, nil
}

func (u *unit) write(ctx context.Context, w *act.Work, begin bool) error {
	if begin && !u.file.begun {
		if err := u.file.begin(ctx, w); err != nil {
			return err
		}
	}
	for _, s := range u.steps {
		if err := s.do(ctx, w); err != nil {
			return err
		}
	}
	for _, s := range u.last {
		if err := s.do(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// closeFiles ends the files of which this act settles the last unit.
func (r *run) closeFiles(ctx context.Context, w *act.Work, units []*unit, failures []error, closed map[*file]fileRow) error {
	due := map[*file]int{}
	counts := map[*file]*FileReport{}
	for i, u := range units {
		f := u.file
		if counts[f] == nil {
			due[f] = f.due
			counts[f] = &FileReport{Counts: f.report.Counts, Findings: slices.Clone(f.report.Findings), More: f.report.More, Name: f.report.Name}
		}
		if failures[i] == nil {
			due[f]--
			counts[f].Counts = counts[f].Counts.Plus(u.counts)
			counts[f].tell(u.findings)
		}
	}
	for f, n := range due {
		if n > 0 {
			continue
		}
		ended := *f
		ended.report = counts[f]
		row, err := ended.close()
		if err != nil {
			return err
		}
		if err := files.Update(ctx, w, &row); err != nil {
			return fmt.Errorf("closing an input: %w", err)
		}
		closed[f] = row
	}
	return nil
}

// settle counts a unit that is durable.
func (r *run) settle(u *unit) {
	for _, d := range u.dossiers {
		d.written.Store(true)
	}
	f := u.file
	f.due--
	f.report.Counts = f.report.Counts.Plus(u.counts)
	f.report.tell(u.findings)
	r.advance(f, func(s *Step) { s.Total = s.Total.Plus(u.counts) })
	r.heard(u)
}

func (r *run) advance(f *file, by func(*Step)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.step.File = f.report.Name
	by(&r.step)
}

func (r *run) tell() {
	if r.progress == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress(r.step)
}

func itoa(n int) string { return strconv.Itoa(n) }
