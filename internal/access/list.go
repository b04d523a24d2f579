package access

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Listed is a reason in a list, with its words where the reader may see them.
type Listed struct {
	Reason
	Said string
	Who  staff.Name
}

// Mine lists the actor's own live reasons, for the countdown on his screen.
func (room *Room) Mine(ctx context.Context) ([]Reason, error) {
	actor := act.From(ctx)
	if err := room.desk.Begin(ctx, "access.list"); err != nil {
		return nil, err
	}
	mine := []Reason{}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		live, err := liveOf(ctx, r, actor.Org, actor.ID, room.desk.Now())
		mine = append(mine, live...)
		return err
	})
	return mine, err
}

// List discloses reasons for review, newest first: those waiting for a verdict,
// or all.
func (room *Room) List(ctx context.Context, waiting bool, cursor string, limit int) (web.Page[Listed], error) {
	var page web.Page[Listed]
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err := room.desk.Disclose(ctx, "access.list", func(ctx context.Context, r *act.Reading) error {
		page = web.Page[Listed]{Items: []Listed{}}
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		return room.walk(ctx, r, waiting, after, limit, &page)
	})
	return page, err
}

// walk goes back in time until the page is full.
func (room *Room) walk(ctx context.Context, r *act.Reading, waiting bool, after listPlace, limit int, page *web.Page[Listed]) error {
	for {
		batch, err := pageOf(ctx, r, r.Actor().Org, waiting, after, atOnce)
		if err != nil {
			return err
		}
		objects := make([]policy.Object, len(batch))
		for i, reason := range batch {
			objects[i] = reason.object()
		}
		allowed, err := r.Allowed(ctx, objects)
		if err != nil {
			return err
		}
		for i, reason := range batch {
			if !allowed[i] {
				continue
			}
			if len(page.Items) == limit {
				page.Next, err = web.EncodeCursor(placeOf(page.Items[limit-1].Reason))
				return err
			}
			item, err := room.listed(ctx, r, reason)
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
			r.Concerns(objects[i])
		}
		if len(batch) < atOnce {
			return nil
		}
		after = placeOf(batch[len(batch)-1])
	}
}

func (room *Room) listed(ctx context.Context, r *act.Reading, reason Reason) (Listed, error) {
	item := Listed{Reason: reason}
	subject, err := room.patients.Subject(ctx, r, reason.Org, reason.Patient)
	if err != nil && !errors.Is(err, vault.KeyDestroyed) {
		return item, err
	}
	if err == nil { // the words of a patient who was erased are erased with him
		words, err := subject.Open(place(reason.ID), reason.Words)
		if err != nil {
			return item, err
		}
		item.Said = string(words)
	}
	names, err := staff.Names(ctx, r, reason.Org, []string{reason.Person}, r.Now())
	item.Who = names[reason.Person]
	return item, err
}
