package feed

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// Writing is what is said of a feed.
type Writing struct {
	Feed    string
	Source  string // code
	Shape   string
	Mapping Mapping
}

func (in Writing) check(kinds map[string]string) (Shape, error) {
	shape, known := shapeOf(in.Shape)
	e := errMapping.With()
	if !codePattern.MatchString(in.Feed) {
		e.At("feed", fault.Text{ZH: "代码为 2 至 40 位小写字母、数字或短横线，如 his-patients", EN: "a code is 2 to 40 small letters, digits or hyphens, such as his-patients"})
	}
	if !known {
		e.At("shape", fault.Text{ZH: "请从列表中选择数据类别", EN: "choose a shape from the list"})
	}
	if err := e.OrNil(); err != nil {
		return shape, err
	}
	return shape, in.Mapping.check(shape, kinds)
}

// SetMapping keeps a new version of the mapping of a feed. The one in force stays until
// somebody else has approved it.
func (room *Room) SetMapping(ctx context.Context, in Writing) (Version, error) {
	if err := room.desk.Begin(ctx, "feed.map"); err != nil {
		return Version{}, err
	}
	shape, err := in.check(room.kinds())
	if err != nil {
		return Version{}, err
	}
	var v Version
	err = room.house(ctx, "feed.map", func(ctx context.Context, w *act.Work) error {
		s, err := room.coded(ctx, w, w.Actor().Org, in.Source, shape, w.Now())
		if err != nil {
			return err
		}
		last, known, err := newest(ctx, w, w.Actor().Org, in.Feed)
		if err == nil && known && (last.Source != s.ID || last.Shape != in.Shape) {
			err = errOther.With("feed", in.Feed)
		}
		if err != nil {
			return err
		}
		v = Version{Org: s.Org, Feed: in.Feed, Rev: last.Rev + 1, Source: s.ID, Shape: in.Shape, Mapping: in.Mapping, MadeBy: w.Actor().ID, Made: w.Now()}
		w.Note("feed", v.Feed)
		w.Note("source", s.ID)
		return versions.Insert(ctx, w, &v)
	})
	return v, err
}

// Approve puts the newest version of a mapping into force, by somebody unrelated to its
// writer.
func (room *Room) Approve(ctx context.Context, feed string, rev int) (Version, error) {
	var v Version
	err := room.desk.Do(ctx, "feed.approve", func(ctx context.Context, w *act.Work) error {
		last, known, err := newest(ctx, w, w.Actor().Org, feed)
		if err != nil {
			return err
		}
		if !known {
			return act.ErrAbsent.With()
		}
		if err := w.Permit(ctx, last.object()); err != nil {
			return err
		}
		if last.Rev != rev || !last.Approved.IsZero() {
			return errMoved.With()
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, last.MadeBy); err != nil {
			return err
		}
		v = last
		v.Approver, v.Approved = w.Actor().ID, w.Now()
		w.Note("feed", feed)
		return versions.Update(ctx, w, &v)
	})
	return v, err
}
