package source

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// RegisterApp says of a source that it is a program, where it sends people back to and
// what it may ask for. That is part of what it may do: it ends the agreement, and what
// is live is suspended first.
func (room *Room) RegisterApp(ctx context.Context, source string, rev int, in Programming) (Source, error) {
	if err := room.desk.Begin(ctx, "source.change"); err != nil {
		return Source{}, err
	}
	if err := in.check(); err != nil {
		return Source{}, err
	}
	return room.change(ctx, "source.change", source, func(ctx context.Context, w *act.Work, s *Source) error {
		switch {
		case s.Rev != rev:
			return errMoved.With()
		case s.State == Ended, s.State == Live, s.byHand():
			return errOrder.With("state", s.State)
		}
		was, err := appOf(ctx, w, *s)
		if err != nil {
			return err
		}
		is := App{Org: s.Org, Source: s.ID, Redirects: sorted(in.Redirects), Scopes: sorted(in.Scopes)}
		if len(in.Origins) > 0 || in.Launch != "" || was.Web.Source != "" {
			is.Web = Web{Org: s.Org, Source: s.ID, Origins: sorted(in.Origins), Launch: in.Launch}
		}
		if bytes.Equal(s.scopeDigest(was), s.scopeDigest(is)) {
			return nil
		}
		if was.Source == "" {
			err = apps.Insert(ctx, w, &is)
		} else {
			err = apps.Update(ctx, w, &is)
		}
		if err != nil {
			return err
		}
		if is.Web.Source != "" {
			save := webs.Insert
			if was.Web.Source != "" {
				save = webs.Update
			}
			if err := save(ctx, w, &is.Web); err != nil {
				return err
			}
		}
		return room.redraft(ctx, w, s)
	})
}

// redraft takes a source back to where its owner must sign anew.
func (room *Room) redraft(ctx context.Context, w *act.Work, s *Source) error {
	if err := room.withdraw(ctx, w, s); err != nil {
		return err
	}
	s.State, s.Why, s.Agreement, s.Since, s.Until, s.ChangedBy = Draft, "", "", time.Time{}, time.Time{}, w.Actor().ID
	return room.askOwner(ctx, w, *s)
}

// appOf is what is registered of a source as a program; without a source where it is none.
func appOf(ctx context.Context, r db.Reader, s Source) (App, error) {
	a, err := apps.Get(ctx, r, s.Org, s.ID)
	if errors.Is(err, db.ErrNone) {
		return App{}, nil
	}
	if err != nil {
		return a, err
	}
	if a.Web, err = webs.Get(ctx, r, s.Org, s.ID); errors.Is(err, db.ErrNone) {
		return a, nil
	}
	return a, err
}
