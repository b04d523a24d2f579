package identity

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// linker is the account of somebody who is about to bind something to it.
func (r *Room) linker(ctx context.Context) (Account, error) {
	if err := r.mustBeKnown(ctx, "identity.link"); err != nil {
		return Account{}, err
	}
	who, err := r.callerOf(ctx)
	return who.account, err
}

// link binds what the caller has just shown to his account: he has shown both sides,
// and lately who he is (E-143, A-148). Its owner is told.
func (r *Room) link(ctx context.Context, own Account, l Link) (Link, error) {
	now := r.desk.Now()
	l.Org, l.ID, l.Account, l.Person, l.Made = own.Org, id.New(now), own.ID, own.Person, now
	err := r.desk.Do(ctx, "identity.link", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(own)); err != nil {
			return err
		}
		_, found := linkMarked(ctx, w, l.Org, l.Mark, w.Now())
		if err := mustBeFree(found, errLinked.With()); err != nil {
			return err
		}
		w.Note("way", l.Way)
		w.Note("link", l.ID)
		if err := links.Insert(ctx, w, &l); err != nil {
			return err
		}
		return r.tell(ctx, w, own.Person, ToldLinked, l.ID)
	})
	return l, r.doubted(ctx, err)
}

// EndLink ends what binds something to an account: at once, with the account's
// sessions where it was lost (A-151, D-053).
func (r *Room) EndLink(ctx context.Context, link, why string) error {
	const verb = "identity.end-link"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return err
	}
	if !slices.Contains(linkEnds, why) {
		choices := strings.Join(linkEnds, ", ")
		return errInput.With().At("body.why", fault.Text{ZH: "应为以下之一：" + choices, EN: "must be one of " + choices})
	}
	var of Account
	err := r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		l, err := links.Get(ctx, w, w.Actor().Org, link)
		if errors.Is(err, db.ErrNone) {
			return errNoLink.Because(err)
		}
		if err != nil {
			return err
		}
		of = Account{Org: l.Org, ID: l.Account, Person: l.Person}
		if err := w.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		if !l.Ended.IsZero() {
			return errNoLink.With()
		}
		w.Note("link", l.ID)
		w.Note("why", why)
		if err := endLink(ctx, w, &l, why); err != nil || why != "lost" && why != "stolen" {
			return err
		}
		ended, err := endSessions(ctx, w, of.Org, of.ID, w.Actor().Session, w.Now())
		w.Note("sessions", strconv.Itoa(ended))
		return err
	})
	if err == nil {
		r.present.dropPerson(of.Person)
	}
	return r.doubted(ctx, err)
}

func endLink(ctx context.Context, w *act.Work, l *Link, why string) error {
	l.Ended, l.EndedBy, l.Why = w.Now(), w.Actor().ID, why
	return links.Update(ctx, w, l)
}

// useLink says when a link was used, unless it has ended meanwhile.
func useLink(ctx context.Context, w *act.Work, org, link string) error {
	l, err := links.Get(ctx, w, org, link)
	if err != nil {
		return err
	}
	if !l.live(w.Now()) {
		return errNotLinked.With()
	}
	l.Used = w.Now()
	return links.Update(ctx, w, &l)
}

// ListLinks lists what is bound to an account and has not ended; to the caller's own
// when none is named.
func (r *Room) ListLinks(ctx context.Context, account string) ([]Link, error) {
	var found []Link
	err := r.desk.Disclose(ctx, "identity.list-links", func(ctx context.Context, v *act.Reading) error {
		of, err := ownOr(ctx, v, v.Actor(), account)
		if err != nil {
			return err
		}
		if err := v.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		found, err = linksOf(ctx, v, of.Org, of.ID)
		return err
	})
	return found, r.doubted(ctx, err)
}
