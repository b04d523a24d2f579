package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

const (
	indexMark = "index"
	indexTick = time.Second
	// A transaction of the indexer has so many rows while acts are under way,
	// and more when it is alone.
	busyIndexRows = 250
	idleIndexRows = 2000
	// How long the indexer pauses after a transaction while acts are under way,
	// and while they come faster than it can follow: the index may lag, a
	// doctor may not wait for it.
	busyIndexPause  = 5 * time.Millisecond
	floodIndexPause = 50 * time.Millisecond
	// maxIndexBytes bounds what the indexer holds in memory.
	maxIndexBytes = 8 << 20
)

// indexed is an entry with its place, to be made searchable.
type indexed struct {
	position int64
	line     lineRow
	subjects []subjectRow
}

// runIndex makes searchable what has been placed, until ctx ends.
func (l *Ledger) runIndex(ctx context.Context) error {
	mark, err := l.beginIndex(ctx)
	if err != nil {
		return err
	}
	tick := time.NewTicker(indexTick)
	defer tick.Stop()
	for {
		l.gauges.indexed.Set(float64(mark))
		entries, end, err := l.toIndex(ctx, mark)
		if err != nil {
			return err
		}
		if end > mark {
			if mark, err = l.index(ctx, mark, end, entries); err != nil {
				return err
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.placed:
		case <-tick.C:
		}
	}
}

func (l *Ledger) beginIndex(ctx context.Context) (int64, error) {
	var mark markRow
	err := l.store.Write(ctx, db.Tx{Do: func(ctx context.Context, w db.Writer) (err error) {
		mark, err = marks.Get(ctx, w, indexMark)
		if errors.Is(err, db.ErrNone) {
			mark = markRow{Name: indexMark}
			return marks.Insert(ctx, w, &mark)
		}
		return err
	}})
	return mark.Position, err
}

// toIndex reads entries from position mark on, and returns where they end.
func (l *Ledger) toIndex(ctx context.Context, mark int64) (entries []indexed, end int64, err error) {
	end = mark
	err = l.store.Read(ctx, func(r db.Reader) error {
		size, err := placedSize(ctx, r)
		if err != nil || size <= mark {
			return err
		}
		found, err := placesFrom(ctx, r, mark, maxStepBlocks)
		if err != nil {
			return err
		}
		for length := 0; len(found) > 0 && length < maxIndexBytes; found = found[1:] {
			p := found[0]
			block, err := l.readable(ctx, r, p)
			if err != nil {
				return err
			}
			for i, raw := range block {
				if position := p.First + int64(i); position >= mark {
					entries = append(entries, l.describe(ctx, position, p.Block, raw))
				}
				length += len(raw)
			}
			end = p.end()
		}
		return nil
	})
	return entries, end, err
}

// readable returns the entries of a placed block. One that was tampered with is
// told of and has none: search must go on without it.
func (l *Ledger) readable(ctx context.Context, r db.Reader, p placeRow) ([][]byte, error) {
	block, err := blocks.Get(ctx, r, p.Block)
	if err == nil {
		var entries [][]byte
		if entries, err = block.entries(); err == nil {
			return entries, nil
		}
	}
	if tampered(err) {
		l.tell(ctx, unreadable(p.Block, err))
		return nil, nil
	}
	return nil, err
}

func unreadable(block string, err error) Finding {
	return Finding{Kind: "unreadable", Block: block, Cause: err, Text: fault.Text{
		ZH: "账本中有一个已入列的区块被改动或删除；请运行核验。",
		EN: "a block that has its place was altered or removed; run the verifier",
	}}
}

func (l *Ledger) describe(ctx context.Context, position int64, block string, raw []byte) indexed {
	e, err := Decode(raw)
	if err != nil {
		l.tell(ctx, unreadable(block, err))
	}
	x := indexed{position: position, line: lineOf(position, e)}
	seen := map[Object]bool{}
	add := func(kind, id string) {
		if o := (Object{Kind: kind, ID: id}); id != "" && !seen[o] {
			seen[o] = true
			x.subjects = append(x.subjects, subjectRow{Org: e.Org, Kind: kind, ID: id, At: e.At, Position: position})
		}
	}
	for _, o := range e.Objects {
		add(o.Kind, o.ID)
		add("patient", o.Patient)
	}
	return x
}

func lineOf(position int64, e Entry) lineRow {
	row := lineRow{
		Position: position, At: e.At, Org: e.Org, Verb: e.Verb, Outcome: e.Outcome,
		ActorKind: e.Actor.Kind, Actor: e.Actor.ID, Department: e.Actor.Department, Purpose: e.Purpose,
		Objects: int64(len(e.Objects)), N: int64(max(e.N, 1)), ID: e.ID,
	}
	if e.Why.Tie != nil {
		row.Tie = e.Why.Tie.Kind
	}
	if len(e.Objects) > 0 {
		row.Kind, row.Object, row.Patient = e.Objects[0].Kind, e.Objects[0].ID, e.Objects[0].Patient
	}
	return row
}

// index writes entries in short transactions and moves the mark with each.
func (l *Ledger) index(ctx context.Context, mark, end int64, entries []indexed) (int64, error) {
	pace := pace{ledger: l, seen: l.arrived.Load()}
	for mark < end {
		part, to := cut(entries, end, pace.rows())
		err := l.store.Write(ctx, db.Tx{Loose: true, Do: func(ctx context.Context, w db.Writer) error {
			if err := moveMark(ctx, w, indexMark, mark, to); err != nil {
				return err
			}
			return insertIndexed(ctx, w, part)
		}})
		if err != nil {
			return mark, fmt.Errorf("indexing from position %d on: %w", mark, err)
		}
		entries, mark = entries[len(part):], to
		l.gauges.indexed.Set(float64(mark))
		l.moved.step()
		if err := pace.pause(ctx); err != nil {
			return mark, err
		}
	}
	return mark, nil
}

// pace keeps the indexer out of the way of acts.
type pace struct {
	ledger  *Ledger
	seen    int64
	waiting time.Duration
}

// rows returns how many rows the next transaction may have.
func (p *pace) rows() int {
	now := p.ledger.arrived.Load()
	came := now - p.seen
	p.seen = now
	switch {
	case came == 0 || p.ledger.settling.Load() > 0:
		p.waiting = 0
		return idleIndexRows
	case came > busyIndexRows:
		p.waiting = floodIndexPause
	default:
		p.waiting = busyIndexPause
	}
	return busyIndexRows
}

func (p *pace) pause(ctx context.Context) error {
	if p.waiting == 0 {
		return nil
	}
	select {
	case <-time.After(p.waiting):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// cut returns what one transaction takes, and the position after it.
func cut(entries []indexed, end int64, most int) ([]indexed, int64) {
	rows := 0
	for i, x := range entries {
		if rows += 1 + len(x.subjects); i > 0 && rows > most {
			return entries[:i], x.position
		}
	}
	return entries, end
}

func insertIndexed(ctx context.Context, w db.Writer, part []indexed) error {
	rows := make([]lineRow, len(part))
	var about []subjectRow
	for i, x := range part {
		rows[i] = x.line
		about = append(about, x.subjects...)
	}
	if err := lines.InsertAll(ctx, w, rows); err != nil {
		return err
	}
	return subjects.InsertAll(ctx, w, about)
}
