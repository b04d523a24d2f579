package feed

import (
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/kit/sm"
)

// Change is a row that is new or says something else than before.
type Change struct {
	Item
	Fresh  bool
	Fields []string // that say something else
	before rowMark
}

// Plan is what a run would take.
type Plan struct {
	Read     string
	Part     bool
	Tally    Tally
	Changes  []Change
	Problems []Problem
	theirs   string
	gone     []rowMark
	back     []rowMark // gone once, and there again as they were
}

// planOf compares the rows of a table with what is known of it.
func planOf(t view.Table, r reader, known []rowMark) Plan {
	p := Plan{Read: t.Name, Part: t.Part, Tally: Tally{Rows: len(t.Rows), Fields: map[string]int{}, Rules: map[string]int{}}}
	of := make(map[string]rowMark, len(known))
	for _, m := range known {
		of[m.Ref] = m
	}
	met := make(map[string]bool, len(t.Rows))
	var digests []string
	for _, row := range t.Rows {
		item, problem := r.read(row)
		if problem == nil && met[item.Ref] {
			problem = &Problem{Line: row.Line, Rule: RuleTwice, Field: r.shape.key[0], Key: r.shape.keyOf(item)}
		}
		if problem != nil {
			p.refuse(*problem)
			continue
		}
		met[item.Ref] = true
		digests = append(digests, item.Ref+item.Digest)
		before, there := of[item.Ref]
		p.weigh(item, before, there)
	}
	for _, m := range known {
		if !t.Part && !met[m.Ref] && m.Gone.IsZero() {
			p.gone = append(p.gone, m)
			p.Tally.Gone++
		}
	}
	p.theirs = digestOf(digests)
	return p
}

func (p *Plan) refuse(problem Problem) {
	p.Problems = append(p.Problems, problem)
	p.Tally.Refused++
	p.Tally.Rules[problem.Rule]++
}

func (p *Plan) weigh(item Item, before rowMark, there bool) {
	switch {
	case !there:
		p.Tally.Fresh++
		p.Changes = append(p.Changes, Change{Item: item, Fresh: true})
	case before.Digest != item.Digest:
		c := Change{Item: item, Fields: differing(before.Marks, item.Marks), before: before}
		p.Tally.Changed++
		for _, f := range c.Fields {
			p.Tally.Fields[f]++
		}
		p.Changes = append(p.Changes, c)
	default:
		p.Tally.Unchanged++
		if !before.Gone.IsZero() {
			p.back = append(p.back, before)
		}
	}
}

// differing are the fields of which two rows say something else.
func differing(a, b map[string]string) []string {
	var fields []string
	for id, mark := range a {
		if b[id] != mark {
			fields = append(fields, id)
		}
	}
	for id := range b {
		if _, there := a[id]; !there {
			fields = append(fields, id)
		}
	}
	slices.Sort(fields)
	return fields
}

// digestOf is one digest over all rows, in whatever order they came.
func digestOf(digests []string) string {
	slices.Sort(digests)
	h := sm.NewHash()
	for _, d := range digests {
		_, _ = h.Write([]byte(d)) // a digest takes everything
	}
	return hex.EncodeToString(h.Sum(nil))
}

const (
	// shrunkAt is how many rows must be known for a table that has lost half of them to
	// be doubted, and how many a table must have for its broken rows to be.
	shrunkAt = 20
)

// doubt says why a plan must not be carried out, or nothing. Files may go: their system
// clears them away.
func (p *Plan) doubt(s Shape, known []rowMark, whole bool) string {
	if s.bringsFiles() {
		return ""
	}
	living := 0
	for _, m := range known {
		if m.Gone.IsZero() {
			living++
		}
	}
	switch {
	case p.Tally.Rows >= shrunkAt && p.Tally.Refused*2 > p.Tally.Rows:
		return WhyBroken
	case !whole && !p.Part && living >= shrunkAt && p.Tally.Gone*2 > living:
		return WhyShrunk
	}
	return ""
}

// whyUnread says why a table was not read, in the words of a run.
func whyUnread(err error) (why string, missing []string) {
	var lost *view.MissingError
	switch {
	case errors.As(err, &lost):
		return WhyMissing, lost.Columns
	case errors.Is(err, view.ErrTooMuch):
		return WhyTooMuch, nil
	case errors.Is(err, view.ErrNoFile):
		return WhyNoFile, nil
	}
	return WhyUnread, nil
}

// wholeEvery is after how long the whole table is read although its changes are told.
const wholeEvery = 24 * time.Hour

// asking is what is asked of a table, after what was read of it before.
func (m Mapping) asking(last, whole Run, now time.Time) view.Ask {
	ask := view.Ask{Table: m.Table, Columns: m.columns(), Changed: m.Changed}
	if m.Changed != "" && !last.Begun.IsZero() && now.Sub(whole.Begun) < wholeEvery {
		ask.Since = last.Begun.Add(-time.Duration(m.OverlapHours) * time.Hour)
	}
	return ask
}
