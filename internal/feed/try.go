package feed

import (
	"context"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// Sample is a row as a dry run shows it: what tells who somebody is, masked.
type Sample struct {
	Line   int
	Fresh  bool
	Fields []string // that say something else than before
	Values map[string]string
}

// Trial is what a run would do.
type Trial struct {
	Plan
	Has     []string // columns of the table
	Missing []string
	Why     string // a run would be stopped
	Samples []Sample
}

const (
	// maxSamples and maxShownProblems bound what a dry run shows; it counts all.
	maxSamples       = 20
	maxShownProblems = 100
)

// Try reads a feed by a mapping and tells what a run would take, and keeps nothing.
func (room *Room) Try(ctx context.Context, in Writing) (Trial, error) {
	if err := room.desk.Begin(ctx, "feed.try"); err != nil {
		return Trial{}, err
	}
	shape, err := in.check(room.kinds())
	if err != nil {
		return Trial{}, err
	}
	g := &reading{room: room, shape: shape, v: Version{Org: act.From(ctx).Org, Feed: in.Feed, Shape: in.Shape, Mapping: in.Mapping}}
	var t Trial
	err = room.told(ctx, "feed.try", func(ctx context.Context, r *act.Reading) error {
		r.Note("feed", in.Feed)
		s, err := room.coded(ctx, r, r.Actor().Org, in.Source, shape, r.Now())
		g.source = s
		return err
	})
	if err != nil {
		return t, err
	}
	err = room.desk.Look(ctx, func(r db.Reader) error {
		last, known, err := newest(ctx, r, g.v.Org, in.Feed)
		if err == nil && known && (last.Source != g.source.ID || last.Shape != in.Shape) {
			err = errOther.With("feed", in.Feed)
		}
		if err != nil {
			return err
		}
		g.v.Source = g.source.ID
		g.known, err = marksOf(ctx, r, g.v.Org, g.v.Feed)
		return err
	})
	if err != nil {
		return t, err
	}
	return g.try(ctx)
}

func (g *reading) try(ctx context.Context) (t Trial, err error) {
	ask := g.v.Mapping.asking(Run{}, Run{}, g.room.desk.Now())
	table, err := g.table(ctx, g.room.connections[g.v.Mapping.Connection], ask, g.room.desk.Now())
	t.Has = table.Has
	if err != nil {
		if ctx.Err() != nil {
			return t, ctx.Err()
		}
		t.Why, t.Missing = whyUnread(err)
		if t.Why == WhyUnread {
			return t, errUnread.With("table", g.v.Mapping.Table, "why", firstLine(err)).Because(err)
		}
		return t, nil
	}
	r := g.reader(ask, g.room.desk.Now())
	t.Plan = planOf(table, r, g.known)
	t.Why = t.doubt(g.shape, g.known, false)
	for _, c := range t.Changes[:min(len(t.Changes), maxSamples)] {
		t.Samples = append(t.Samples, g.shape.sample(c))
	}
	for i := range t.Problems {
		t.Problems[i].Key = ""
	}
	t.Problems = t.Problems[:min(len(t.Problems), maxShownProblems)]
	return t, nil
}

func (s Shape) sample(c Change) Sample {
	shown := Sample{Line: c.Line, Fresh: c.Fresh, Fields: c.Fields, Values: map[string]string{}}
	if s.bringsFiles() {
		shown.Values["file"] = Field{Identity: true}.shown(c.Values["file"])
	}
	for _, f := range s.Fields {
		if text := c.Values[f.ID]; text != "" {
			shown.Values[f.ID] = f.shown(text)
		}
	}
	return shown
}

// firstLine is the beginning of what the other side says, for whoever maps it.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	if all := []rune(line); len(all) > 200 {
		return string(all[:200])
	}
	return line
}
