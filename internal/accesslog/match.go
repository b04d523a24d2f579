package accesslog

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/vault"
)

const (
	// matchJob matches the lines of a run.
	matchJob = "accesslog.match"
	// stepBlocks is how many blocks are matched together.
	stepBlocks = 10
	// rowsInAct bounds what one act of a step writes, below [act.MaxRows].
	rowsInAct = 400
)

type matchArgs struct {
	Run string `json:"run"`
}

// match matches what is left of a run: it may be broken off after any act and goes on
// where it was.
func (room *Room) match(ctx context.Context, at *job.Work) error {
	var args matchArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	ctx = asHouse(ctx, at.Task.Org)
	m, err := room.beginMatching(ctx, args.Run)
	if err != nil || m == nil {
		return err
	}
	for m.run.Matched < m.run.Blocks {
		if err := m.next(ctx); err != nil {
			return err
		}
		if err := at.Report(ctx, "matching", int64(m.run.Matched), int64(m.run.Blocks)); err != nil {
			return err
		}
	}
	return m.conclude(ctx)
}

// matching is a run while it is matched.
type matching struct {
	room   *Room
	run    Run
	m      Mapping
	reader *reader
	header int64 // number of the line that names the columns; 0: none does
	key    *vault.Subject
	seen   *seen
	judge  *judge
	health *health
}

// beginMatching opens a run; nil when it is matched already.
func (room *Room) beginMatching(ctx context.Context, runID string) (*matching, error) {
	m := &matching{room: room}
	var head []byte
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		org := act.From(ctx).Org
		if m.run, err = runs.Get(ctx, r, org, runID); err != nil {
			return err
		}
		if m.key, err = room.vault.Subject(ctx, r, org, runID); err != nil {
			return err
		}
		row, err := mappings.Get(ctx, r, org, m.run.Source, int64(m.run.Rev))
		if err != nil {
			return err
		}
		m.m = row.Mapping
		begin, err := blocksFrom(ctx, r, org, runID, 0, 1)
		if err == nil && len(begin) == 1 {
			head, err = begin[0].open(m.key)
		}
		return err
	})
	if err != nil || m.run.State != Matching {
		return nil, err
	}
	if m.reader, err = newReader(m.m, m.run.Begun); err != nil {
		return nil, err
	}
	m.findHeader(head)
	m.seen, m.judge, m.health = newSeen(room, m.run), newJudge(room, m.run, m.m), newHealth(m.run, m.m)
	return m, nil
}

// findHeader reads the first line with anything in it as the header, if one is due.
func (m *matching) findHeader(head []byte) {
	number := int64(0)
	for line := range bytes.Lines(head) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if m.reader.takesHeader(bytes.TrimRight(line, "\r\n")) {
			m.header = number
		}
		return
	}
}

// taken is a line that was read.
type taken struct {
	Event
	line    int64
	block   int
	person  string
	patient string
	judged  judgement
}

// stretch is what one step has read and what is to be written of it.
type stretch struct {
	step    int
	blocks  int
	events  []taken
	marks   []mark
	refused []RefusedLines
	rows    []Reported
}

func (s *stretch) first() time.Time {
	return slices.MinFunc(s.events, func(a, b taken) int { return a.At.Compare(b.At) }).At
}

func (s *stretch) last() time.Time {
	return slices.MaxFunc(s.events, func(a, b taken) int { return a.At.Compare(b.At) }).At
}

// next matches the next blocks.
func (m *matching) next(ctx context.Context) error {
	s := &stretch{step: m.run.Matched / stepBlocks}
	if err := m.read(ctx, s); err != nil {
		return err
	}
	if len(s.events) > 0 {
		err := m.room.told(ctx, "accesslog.match", func(ctx context.Context, r *act.Reading) error {
			r.Note("run", m.run.ID)
			return m.judge.events(ctx, r, s.events)
		})
		if err != nil {
			return err
		}
	}
	if err := m.summarise(s); err != nil {
		return err
	}
	return m.write(ctx, s)
}

// read reads the lines of the next blocks, and leaves out what came before.
func (m *matching) read(ctx context.Context, s *stretch) error {
	var some []blockRow
	err := m.room.desk.Look(ctx, func(r db.Reader) (err error) {
		some, err = blocksFrom(ctx, r, m.run.Org, m.run.ID, m.run.Matched, stepBlocks)
		return err
	})
	if err != nil {
		return err
	}
	s.blocks = len(some)
	for _, b := range some {
		text, err := b.open(m.key)
		if err != nil {
			return err
		}
		m.readBlock(s, b, text)
	}
	return m.known(ctx, s)
}

func (m *matching) readBlock(s *stretch, b blockRow, text []byte) {
	number := b.Line - 1
	for line := range bytes.Lines(text) {
		number++
		line = bytes.TrimRight(line, "\r\n")
		if len(bytes.TrimSpace(line)) == 0 || number == m.header {
			continue
		}
		e, err := m.reader.read(line)
		if broken := (*broken)(nil); errors.As(err, &broken) {
			s.refuse(m.run, b.Number, broken, number)
			m.run.Tally.Refused++
			continue
		}
		s.events = append(s.events, taken{Event: e, line: number, block: b.Number})
		s.marks = append(s.marks, m.seen.markOf(e, line))
	}
}

// refuse notes a line that broke a rule.
func (s *stretch) refuse(run Run, block int, b *broken, line int64) {
	for i := range s.refused {
		if r := &s.refused[i]; r.Block == block && r.Rule == b.rule.Code && r.Field == b.field {
			r.Lines = append(r.Lines, line)
			return
		}
	}
	s.refused = append(s.refused, RefusedLines{Org: run.Org, Run: run.ID, Block: block, Rule: b.rule.Code, Field: b.field, Lines: []int64{line}})
}

// known leaves out the lines that came before, and sets aside those whose id was used by
// another line.
func (m *matching) known(ctx context.Context, s *stretch) error {
	if len(s.events) == 0 {
		return nil
	}
	if err := m.seen.load(ctx, s.first(), s.last()); err != nil {
		return err
	}
	fresh, marks := s.events[:0], s.marks[:0]
	for i, e := range s.events {
		switch m.seen.meet(s.marks[i]) {
		case metBefore:
			m.run.Tally.Duplicates++
		case metOtherwise:
			s.refuse(m.run, e.block, ruleReused.in("event"), e.line)
			m.run.Tally.Refused++
		default:
			fresh, marks = append(fresh, e), append(marks, s.marks[i])
		}
	}
	s.events, s.marks = fresh, marks
	return nil
}

// write writes a step: its rows in acts of their own, and with the last of them how far
// the run has come.
func (m *matching) write(ctx context.Context, s *stretch) error {
	var done map[string]bool
	err := m.room.desk.Look(ctx, func(r db.Reader) (err error) {
		done, err = writtenIn(ctx, r, m.run.Org, m.run.ID, s.step)
		return err
	})
	if err != nil {
		return err
	}
	rows := s.rows[:0:0]
	for _, row := range s.rows {
		if !done[row.ID] {
			rows = append(rows, row)
		}
	}
	for len(rows) > rowsInAct {
		if err := m.act(ctx, rows[:rowsInAct], nil); err != nil {
			return err
		}
		rows = rows[rowsInAct:]
	}
	m.run.Matched += s.blocks
	return m.act(ctx, rows, s)
}

// act is one act of a step; last is the step, in its last act.
func (m *matching) act(ctx context.Context, rows []Reported, last *stretch) error {
	return m.room.house(ctx, "accesslog.match", func(ctx context.Context, w *act.Work) error {
		w.Note("run", m.run.ID)
		w.Note("rows", strconv.Itoa(len(rows)))
		for i := range rows {
			if err := reported.Insert(ctx, w, &rows[i]); err != nil {
				return err
			}
		}
		if last == nil {
			return nil
		}
		for i := range last.refused {
			if err := refusals.Insert(ctx, w, &last.refused[i]); err != nil {
				return err
			}
		}
		if err := m.index(ctx, w, last); err != nil {
			return err
		}
		return runs.Update(ctx, w, &m.run)
	})
}

// index keeps what tells the lines of a step when they come again.
func (m *matching) index(ctx context.Context, w *act.Work, s *stretch) error {
	if len(s.events) == 0 {
		return nil
	}
	row := indexRow{Org: m.run.Org, Run: m.run.ID, Step: s.step, Source: m.run.Source, First: s.first(), Last: s.last()}
	for _, mark := range s.marks {
		row.Marks = append(row.Marks, mark[:]...)
	}
	return indexes.Insert(ctx, w, &row)
}
