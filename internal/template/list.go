package template

import (
	"context"
	"math"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// Listed is a page with the people whom it names.
type Listed struct {
	web.Page[Version]
	Names map[string]staff.Name
}

// List discloses the versions in a state, or all of them: by form, the newest of each
// first.
func (room *Room) List(ctx context.Context, state string, p web.Paging) (Listed, error) {
	var l Listed
	after := listPlace{Number: math.MaxInt32}
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "template.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		all, err := listedAfter(ctx, r, org, state, after, limit)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(all, limit, func(v Version) listPlace { return listPlace{v.Key, v.Number} }); err != nil {
			return err
		}
		l.Names, err = namesOf(ctx, r, l.Items...)
		return err
	})
	return l, err
}

func namesOf(ctx context.Context, r *act.Reading, all ...Version) (map[string]staff.Name, error) {
	var people []string
	for _, v := range all {
		people = append(append(people, v.Authors...), v.SubmittedBy, v.ApprovedBy, v.RetiredBy)
	}
	people = slices.DeleteFunc(people, func(one string) bool { return one == "" })
	return staff.Names(ctx, r, r.Actor().Org, people, r.Now())
}

// Seen is a version with what it holds, what is to be said of it, and in what it differs
// from the version released before it.
type Seen struct {
	Version
	Content Content
	Report  Report
	Base    int // number of the version released before it; 0: none
	Changes []Change
	Names   map[string]staff.Name
}

// View discloses a version.
func (room *Room) View(ctx context.Context, version string) (Seen, error) {
	var seen Seen
	var base Content
	err := room.desk.Disclose(ctx, "template.view", func(ctx context.Context, r *act.Reading) (err error) {
		if seen.Version, err = versions.Get(ctx, r, r.Actor().Org, version); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, seen.object()); err != nil {
			return err
		}
		if seen.Content, err = held(ctx, r, seen.Version); err != nil {
			return err
		}
		before, known, err := releasedBefore(ctx, r, seen.Version)
		if err != nil {
			return err
		}
		if known {
			one, err := released(ctx, r, before)
			if err != nil {
				return err
			}
			seen.Base, base = before.Number, one.Content
		}
		seen.Names, err = namesOf(ctx, r, seen.Version)
		return err
	})
	if err != nil {
		return Seen{}, err
	}
	seen.Report = Judge(seen.Content)
	if seen.Base > 0 {
		seen.Changes, err = Diff(base, seen.Content)
	}
	return seen, err
}

// held is the content of a version: while it is written the one that changes, and the
// one that never changes after that.
func held(ctx context.Context, r db.Reader, v Version) (Content, error) {
	if !v.Approved.IsZero() {
		one, err := released(ctx, r, v)
		return one.Content, err
	}
	one, err := contents.Get(ctx, r, v.Org, v.ID)
	return one.Content, absent(err)
}

// Try says what keeps a content from being submitted, and changes nothing.
func (room *Room) Try(ctx context.Context, c Content) (Report, error) {
	if err := room.desk.Begin(ctx, "template.try"); err != nil {
		return Report{}, err
	}
	if err := c.check(); err != nil {
		return Report{}, err
	}
	err := room.desk.Disclose(ctx, "template.try", func(ctx context.Context, r *act.Reading) error {
		r.Note("key", c.Definition.Key)
		return r.Permit(ctx, houseObject(r.Actor().Org))
	})
	if err != nil {
		return Report{}, err
	}
	return Judge(c), nil
}

// Starters discloses the definitions that come with the program, to begin with.
func (room *Room) Starters(ctx context.Context) ([]Content, error) {
	err := room.desk.Disclose(ctx, "template.list", func(ctx context.Context, r *act.Reading) error {
		return r.Permit(ctx, houseObject(r.Actor().Org))
	})
	if err != nil {
		return nil, err
	}
	return Starters()
}
