package accesslog

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/sm"
)

const (
	nameSize = 16
	markSize = nameSize + 8
	// reach is how far from the time of a line an earlier one is looked for.
	reach = 24 * time.Hour
)

// mark tells a line from every other of its source: what it is called, and what it says.
type mark [markSize]byte

type meeting int

const (
	fresh        meeting = iota
	metBefore            // the same line came already
	metOtherwise         // its id was used by a line that says something else
)

// seen knows the lines of a source that came before, as far as their times are near.
type seen struct {
	room     *Room
	run      Run
	key      []byte
	said     map[[nameSize]byte][markSize - nameSize]byte
	have     map[string]bool // indexes that were read
	from, to time.Time
}

func newSeen(room *Room, run Run) *seen {
	return &seen{
		room: room, run: run, key: []byte(room.vault.Blind(run.Org, "accesslog.line", run.Source)),
		said: map[[nameSize]byte][markSize - nameSize]byte{}, have: map[string]bool{},
	}
}

// markOf is keyed, so that it tells nothing of the line.
func (s *seen) markOf(e Event, line []byte) mark {
	var m mark
	content := sm.HMAC(s.key, line)
	name := content
	if e.ID != "" {
		name = sm.HMAC(s.key, append([]byte("id\x00"), e.ID...))
	}
	copy(m[:nameSize], name)
	copy(m[nameSize:], content[nameSize:])
	return m
}

// load reads the indexes about a stretch of time, and a day to either side, that were not
// read yet.
func (s *seen) load(ctx context.Context, from, to time.Time) error {
	from, to = from.Add(-reach), to.Add(reach)
	if !s.from.IsZero() {
		if !from.Before(s.from) && !to.After(s.to) {
			return nil
		}
		from, to = earlier(from, s.from), later(to, s.to)
	}
	s.from, s.to = from, to
	return s.room.desk.Look(ctx, func(r db.Reader) error {
		rows, err := indexesOver(ctx, r, s.run.Org, s.run.Source, from, to)
		for _, row := range rows {
			s.take(row)
		}
		return err
	})
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (s *seen) take(row indexRow) {
	name := row.Run + " " + strconv.Itoa(row.Step)
	if s.have[name] {
		return
	}
	s.have[name] = true
	for marks := row.Marks; len(marks) >= markSize; marks = marks[markSize:] {
		s.note(mark(marks[:markSize]))
	}
}

func (s *seen) note(m mark) {
	s.said[[nameSize]byte(m[:nameSize])] = [markSize - nameSize]byte(m[nameSize:])
}

// meet tells whether a line came before, and remembers it if not.
func (s *seen) meet(m mark) meeting {
	said, known := s.said[[nameSize]byte(m[:nameSize])]
	switch {
	case !known:
		s.note(m)
		return fresh
	case said == [markSize - nameSize]byte(m[nameSize:]):
		return metBefore
	}
	return metOtherwise
}
