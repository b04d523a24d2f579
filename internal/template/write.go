package template

import (
	"context"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Write begins a version: the first of a form that is new, or the next one of a form all
// of whose versions are released.
func (room *Room) Write(ctx context.Context, c Content) (Version, error) {
	if err := room.desk.Begin(ctx, "template.write"); err != nil {
		return Version{}, err
	}
	if err := c.check(); err != nil {
		return Version{}, err
	}
	var v Version
	err := room.desk.Do(ctx, "template.write", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		newest, known, err := newestOf(ctx, w, org, c.Definition.Key)
		if err != nil {
			return err
		}
		if known && (newest.State == Draft || newest.State == Submitted) {
			return errUnreleased.With("key", newest.Key, "number", strconv.Itoa(newest.Number))
		}
		v = Version{Org: org, ID: id.New(w.Now()), Key: c.Definition.Key, Number: newest.Number + 1, State: Draft, Authors: []string{w.Actor().ID}, Made: w.Now()}
		kept := v.keep(c, w)
		w.Note("template", v.ID)
		w.Note("key", v.Key)
		if err := contents.Insert(ctx, w, &kept); err != nil {
			return err
		}
		return versions.Insert(ctx, w, &v)
	})
	return v, err
}

// Rewrite replaces what a draft says. Whoever writes becomes one of its authors.
func (room *Room) Rewrite(ctx context.Context, version string, rev int, c Content) (Version, error) {
	if err := room.desk.Begin(ctx, "template.write"); err != nil {
		return Version{}, err
	}
	if err := c.check(); err != nil {
		return Version{}, err
	}
	return room.change(ctx, "template.write", version, rev, func(ctx context.Context, w *act.Work, v *Version) error {
		switch {
		case v.State != Draft:
			return errOrder.With("state", v.State)
		case v.Key != c.Definition.Key:
			return errInput.With().At("definition.key", fault.Text{ZH: "代码在建立后不能更改", EN: "the key stays what it was begun with"})
		}
		author := w.Actor().ID
		v.Authors = append(slices.DeleteFunc(v.Authors, func(one string) bool { return one == author }), author)
		kept := v.keep(c, w)
		return contents.Update(ctx, w, &kept)
	})
}

// keep takes over what a content says of itself, and gives it the version's number.
func (v *Version) keep(c Content, w *act.Work) stored {
	c.Definition.Version = v.Number
	v.Kind, v.TitleZH, v.TitleEN, v.Written = c.Kind, c.Definition.Title.ZH, c.Definition.Title.EN, w.Now()
	return stored{Org: v.Org, ID: v.ID, Content: c}
}
