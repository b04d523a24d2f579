package feed

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Standing is a feed as it stands.
type Standing struct {
	Version
	System source.Source
	Live   bool // its source may act and the shape was agreed
	// InForce is the version by which runs read; 0: none was approved.
	InForce int
	Last    *Run
}

// Feeds lists the feeds by code, with how each stands.
func (room *Room) Feeds(ctx context.Context, p web.Paging) (staff.Paged[Standing], error) {
	var l staff.Paged[Standing]
	var after string
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.told(ctx, "feed.list", func(ctx context.Context, r *act.Reading) error {
		rows, err := feedsAfter(ctx, r, r.Actor().Org, after, limit)
		if err != nil {
			return err
		}
		page, err := web.PageOf(rows, limit, func(v Version) string { return v.Feed })
		if err != nil {
			return err
		}
		l.Next, l.Items = page.Next, nil
		var people []string
		for _, v := range page.Items {
			s, err := room.standing(ctx, r, v)
			if err != nil {
				return err
			}
			l.Items = append(l.Items, s)
			people = append(people, v.MadeBy, v.Approver, s.System.Owner)
		}
		l.Names, err = namesOf(ctx, r, people)
		return err
	})
	return l, err
}

func (room *Room) standing(ctx context.Context, r *act.Reading, v Version) (Standing, error) {
	s := Standing{Version: v}
	var err error
	if s.System, err = room.sources.Find(ctx, r, v.Org, v.Source); err != nil {
		return s, err
	}
	shape, _ := shapeOf(v.Shape)
	s.Live = fit(s.System, shape, r.Now()) == nil
	approved, _, err := inForce(ctx, r, v.Org, v.Feed)
	if err != nil {
		return s, err
	}
	s.InForce = approved.Rev
	last, some, err := lastRun(ctx, r, v.Org, v.Feed)
	if some {
		s.Last = &last
	}
	return s, err
}

func namesOf(ctx context.Context, r *act.Reading, people []string) (map[string]staff.Name, error) {
	slices.Sort(people)
	people = slices.DeleteFunc(slices.Compact(people), func(p string) bool { return p == "" || p == act.Job })
	return staff.Names(ctx, r, r.Actor().Org, people, r.Now())
}

// Runs lists the runs, newest first; of one feed, when it is named.
func (room *Room) Runs(ctx context.Context, feed string, p web.Paging) (staff.Paged[Run], error) {
	var l staff.Paged[Run]
	before := "~"
	if _, err := web.DecodeCursor(p.Cursor, &before); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.told(ctx, "feed.list", func(ctx context.Context, r *act.Reading) error {
		where, args := "WHERE org = $1 AND id < $2", []any{r.Actor().Org, before, int64(limit) + 1}
		if feed != "" {
			where, args = where+" AND feed = $4", append(args, feed)
		}
		rows, err := runs.Select(ctx, r, where+" ORDER BY id DESC LIMIT $3", args...)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(rows, limit, func(r Run) string { return r.ID }); err != nil {
			return err
		}
		var people []string
		for _, run := range l.Items {
			people = append(people, run.By)
		}
		l.Names, err = namesOf(ctx, r, people)
		return err
	})
	return l, err
}

// ViewRun discloses a run.
func (room *Room) ViewRun(ctx context.Context, run string) (Run, error) {
	var found Run
	err := room.told(ctx, "feed.list", func(ctx context.Context, r *act.Reading) (err error) {
		found, err = runs.Get(ctx, r, r.Actor().Org, run)
		return absent(err)
	})
	return found, err
}

// SetAside is a finding with what the source calls the row.
type SetAside struct {
	Finding
	Called string
}

// Findings discloses what was found in a run, in the order of its rows. What the source
// calls a row may be the number of a patient.
func (room *Room) Findings(ctx context.Context, run string, p web.Paging) (web.Page[SetAside], error) {
	var page web.Page[SetAside]
	var after string
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(p.Limit)
	err := room.told(ctx, "feed.open", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if _, err := runs.Get(ctx, r, org, run); err != nil {
			return absent(err)
		}
		r.Note("run", run)
		rows, err := findings.Select(ctx, r, "WHERE org = $1 AND run = $2 AND id > $3 ORDER BY id LIMIT $4", org, run, after, int64(limit)+1)
		if err != nil {
			return err
		}
		opened, err := room.called(ctx, r, rows)
		if err != nil {
			return err
		}
		page, err = web.PageOf(opened, limit, func(s SetAside) string { return s.ID })
		return err
	})
	return page, err
}

// called opens what the source calls some rows.
func (room *Room) called(ctx context.Context, r *act.Reading, rows []Finding) ([]SetAside, error) {
	opened := make([]SetAside, len(rows))
	if len(rows) == 0 {
		return opened, nil
	}
	key, err := room.vault.Subject(ctx, r, r.Actor().Org, vault.House)
	if err != nil {
		return nil, err
	}
	for i, f := range rows {
		opened[i].Finding = f
		if len(f.Key) == 0 {
			continue
		}
		text, err := key.Open(keyPlace(f.ID), f.Key)
		if err != nil {
			return nil, err
		}
		opened[i].Called = string(text)
	}
	return opened, nil
}
