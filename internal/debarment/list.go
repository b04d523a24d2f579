package debarment

import (
	"context"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// Listed is a debarment with who it is and how many hits wait.
type Listed struct {
	Debarment
	Content
	Hits    int
	Waiting int
}

// Page is a page of the register with the people whom its items name.
type Page struct {
	web.Page[Listed]
	Names map[string]staff.Name
}

// fromNewest stands behind every id.
const fromNewest = "~"

// List discloses the register, the newest first, of one state where that is given.
func (room *Room) List(ctx context.Context, state string, p web.Paging) (Page, error) {
	var page Page
	after := fromNewest
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "debarment.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		where, args := "WHERE org = $1 AND id < $2", []any{org, after}
		if state != "" {
			where, args = where+" AND state = $3", append(args, state)
		}
		args = append(args, int64(limit)+1)
		rows, err := debarments.Select(ctx, r, where+" ORDER BY id DESC LIMIT $"+strconv.Itoa(len(args)), args...)
		if err != nil {
			return err
		}
		all, err := room.listed(ctx, r, rows)
		if err != nil {
			return err
		}
		if page.Page, err = web.PageOf(all, limit, func(l Listed) string { return l.ID }); err != nil {
			return err
		}
		var people []string
		for _, d := range page.Items {
			people = append(people, d.people()...)
		}
		page.Names, err = namesOf(ctx, r, people)
		return err
	})
	return page, err
}

func (d Debarment) people() []string {
	people := []string{d.ProposedBy, d.SettledBy, d.Person}
	for _, c := range d.Wanted {
		people = append(people, c.By)
	}
	return people
}

func (room *Room) listed(ctx context.Context, r *act.Reading, rows []Debarment) ([]Listed, error) {
	contents, err := room.contents(ctx, r, r.Actor().Org, rows)
	if err != nil {
		return nil, err
	}
	all := make([]Listed, len(rows))
	for i, d := range rows {
		all[i] = Listed{Debarment: d, Content: contents[d.ID]}
		of, err := hits.Select(ctx, r, "WHERE org = $1 AND debarment = $2", d.Org, d.ID)
		if err != nil {
			return nil, err
		}
		for _, h := range of {
			all[i].Hits += h.Times
			if h.open() {
				all[i].Waiting++
			}
		}
	}
	return all, nil
}

func namesOf(ctx context.Context, r *act.Reading, people []string) (map[string]staff.Name, error) {
	people = slices.DeleteFunc(people, func(one string) bool { return one == "" })
	return staff.Names(ctx, r, r.Actor().Org, people, r.Now())
}

// SeenHit is a hit with who was named, who is barred, and why it was judged so.
type SeenHit struct {
	Hit
	Party  party
	Barred Content
	Why    string
}

// HitPage is a page of hits with the people whom they name.
type HitPage struct {
	web.Page[SeenHit]
	Names map[string]staff.Name
}

// Hits discloses what was held back, the newest first: of one debarment, or of one state,
// where these are given. The state "open" is what waits.
func (room *Room) Hits(ctx context.Context, debarment, state string, p web.Paging) (HitPage, error) {
	var page HitPage
	after := fromNewest
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "debarment.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		where, args := "WHERE org = $1 AND id < $2 AND ($3 = '' OR debarment = $4)", []any{org, after, debarment, debarment}
		switch state {
		case "":
		case "open":
			where, args = where+" AND state IN ($5, $6)", append(args, Refused, Asked)
		default:
			where, args = where+" AND state = $5", append(args, state)
		}
		args = append(args, int64(limit)+1)
		rows, err := hits.Select(ctx, r, where+" ORDER BY id DESC LIMIT $"+strconv.Itoa(len(args)), args...)
		if err != nil {
			return err
		}
		all, err := room.seenHits(ctx, r, rows)
		if err != nil {
			return err
		}
		if page.Page, err = web.PageOf(all, limit, func(h SeenHit) string { return h.ID }); err != nil {
			return err
		}
		var people []string
		for _, h := range page.Items {
			people = append(people, h.Person, h.JudgedBy)
		}
		page.Names, err = namesOf(ctx, r, people)
		return err
	})
	return page, err
}

func (room *Room) seenHits(ctx context.Context, r *act.Reading, rows []Hit) ([]SeenHit, error) {
	all := make([]SeenHit, len(rows))
	for i, h := range rows {
		d, err := debarments.Get(ctx, r, h.Org, h.Debarment)
		if err != nil {
			return nil, err
		}
		contents, err := room.contents(ctx, r, h.Org, []Debarment{d})
		if err != nil {
			return nil, err
		}
		parties, err := room.partiesOf(ctx, r, h.Org, h.Debarment, rows[i:i+1])
		if err != nil {
			return nil, err
		}
		all[i] = SeenHit{Hit: h, Party: parties[h.ID], Barred: contents[d.ID]}
		if len(h.Words) == 0 {
			continue
		}
		key, err := room.vault.Subject(ctx, r, h.Org, h.Debarment)
		if err != nil {
			return nil, err
		}
		text, err := key.Open(wordsPlace(h.ID), h.Words)
		if err != nil {
			return nil, err
		}
		all[i].Why = string(text)
	}
	return all, nil
}

// Seen is a debarment with the people whom it names.
type Seen struct {
	Listed
	Names map[string]staff.Name
}

// View discloses one debarment.
func (room *Room) View(ctx context.Context, debarment string) (Seen, error) {
	var seen Seen
	err := room.desk.Disclose(ctx, "debarment.view", func(ctx context.Context, r *act.Reading) error {
		d, err := debarments.Get(ctx, r, r.Actor().Org, debarment)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, d.object()); err != nil {
			return err
		}
		all, err := room.listed(ctx, r, []Debarment{d})
		if err != nil {
			return err
		}
		seen.Listed = all[0]
		seen.Names, err = namesOf(ctx, r, d.people())
		return err
	})
	return seen, err
}
