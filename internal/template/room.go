package template

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// Options are what the room is made of.
type Options struct {
	Door  *act.Door
	Duty  *duty.Room
	Bonds staff.BondsOf // none: two people are two ids
}

// Room keeps form definitions.
type Room struct {
	desk  *act.Desk
	duty  *duty.Room
	bonds staff.BondsOf
}

// New returns the room.
func New(o Options) *Room {
	return &Room{desk: o.Door.Desk("template"), duty: o.Duty, bonds: o.Bonds}
}

// change is the spine of what is done to a version. rev is that of the version that the
// actor has before him.
func (room *Room) change(ctx context.Context, verb, id string, rev int, do func(ctx context.Context, w *act.Work, v *Version) error) (Version, error) {
	var v Version
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if v, err = versions.Get(ctx, w, w.Actor().Org, id); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, v.object()); err != nil {
			return err
		}
		if v.Rev != rev {
			return errMoved.With()
		}
		w.Note("template", v.ID)
		if err := do(ctx, w, &v); err != nil {
			return err
		}
		v.Rev++
		return versions.Update(ctx, w, &v)
	})
	return v, err
}

// written is the content that a version holds now with its digest and what is to be said
// of it. It is judged before an act, because that takes longer than an act may; rev
// holds both together. An absent version is left to the act.
func (room *Room) written(ctx context.Context, id string) (c Content, digest []byte, r Report, err error) {
	err = room.desk.Look(ctx, func(reader db.Reader) error {
		held, err := contents.Get(ctx, reader, act.From(ctx).Org, id)
		c = held.Content
		return err
	})
	if errors.Is(err, db.ErrNone) {
		return c, nil, r, nil
	}
	if err == nil {
		digest, err = c.digest()
	}
	return c, digest, Judge(c), err
}
