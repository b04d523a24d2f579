package output

import (
	"context"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Seen is a page of a list with the people it names.
type Seen[T any] struct {
	web.Page[T]
	Names map[string]staff.Name
}

// Issues discloses what left, the newest first: one's own, and all of it to those who
// watch.
func (room *Room) Issues(ctx context.Context, cursor string, limit int) (Seen[Issue], error) {
	return walk(ctx, room, cursor, limit, func(ctx context.Context, r db.Reader, org string, after listPlace) ([]Issue, error) {
		return issues.Select(ctx, r, "WHERE org = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4", org, after.At, after.ID, int64(atOnce))
	}, Issue.object, func(i Issue) (listPlace, string) { return listPlace{i.At.UnixMicro(), i.ID}, i.Person })
}

// Exports discloses exports and where they stand, the newest first: one's own, and all
// of them to those who decide or watch.
func (room *Room) Exports(ctx context.Context, cursor string, limit int) (Seen[Export], error) {
	return walk(ctx, room, cursor, limit, func(ctx context.Context, r db.Reader, org string, after listPlace) ([]Export, error) {
		return exports.Select(ctx, r, "WHERE org = $1 AND (asked, id) < ($2, $3) ORDER BY asked DESC, id DESC LIMIT $4", org, after.At, after.ID, int64(atOnce))
	}, Export.object, func(x Export) (listPlace, string) { return listPlace{x.Asked.UnixMicro(), x.ID}, x.Person })
}

// walk goes back in time until a page is full of what may be seen.
func walk[T any](ctx context.Context, room *Room, cursor string, limit int, read func(context.Context, db.Reader, string, listPlace) ([]T, error), object func(T) policy.Object, where func(T) (listPlace, string)) (Seen[T], error) {
	var page Seen[T]
	from := fromNewest
	if _, err := web.DecodeCursor(cursor, &from); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err := room.desk.Disclose(ctx, "output.see", func(ctx context.Context, r *act.Reading) error {
		page = Seen[T]{Page: web.Page[T]{Items: []T{}}}
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		var people []string
		if err := fill(ctx, r, from, limit, &page, read, object, where, &people); err != nil {
			return err
		}
		var err error
		page.Names, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	return page, err
}

func fill[T any](ctx context.Context, r *act.Reading, after listPlace, limit int, page *Seen[T], read func(context.Context, db.Reader, string, listPlace) ([]T, error), object func(T) policy.Object, where func(T) (listPlace, string), people *[]string) error {
	for {
		batch, err := read(ctx, r, r.Actor().Org, after)
		if err != nil {
			return err
		}
		objects := make([]policy.Object, len(batch))
		for i, one := range batch {
			objects[i] = object(one)
		}
		allowed, err := r.Allowed(ctx, objects)
		if err != nil {
			return err
		}
		for i, one := range batch {
			if !allowed[i] {
				continue
			}
			if len(page.Items) == limit {
				last, _ := where(page.Items[limit-1])
				page.Next, err = web.EncodeCursor(last)
				return err
			}
			_, person := where(one)
			page.Items, *people = append(page.Items, one), append(*people, person)
			r.Concerns(objects[i])
		}
		if len(batch) < atOnce {
			return nil
		}
		after, _ = where(batch[len(batch)-1])
	}
}

// SeenExport is an export with who has approved it.
type SeenExport struct {
	Export
	Votes  []Vote
	Reason string // why it is unmasked; for those who may see the export
	// Commitment is what whoever asked signs before he fetches a file with personal data,
	// and Pledged when he did.
	Commitment fault.Text
	Pledged    time.Time
	Names      map[string]staff.Name
}

// ViewExport discloses one export.
func (room *Room) ViewExport(ctx context.Context, export string) (SeenExport, error) {
	var s SeenExport
	err := room.desk.Disclose(ctx, "output.see", func(ctx context.Context, r *act.Reading) (err error) {
		s = SeenExport{}
		if s.Export, err = exports.Get(ctx, r, r.Actor().Org, export); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, s.object()); err != nil {
			return err
		}
		if s.Votes, err = votesOn(ctx, r, s.Org, s.ID); err != nil {
			return err
		}
		if len(s.Words) > 0 {
			key, err := room.vault.Subject(ctx, r, s.Org, exportKey(s.ID))
			if err != nil {
				return err
			}
			text, err := key.Open(wordsPlace(s.ID), s.Words)
			if err != nil {
				return err
			}
			s.Reason = string(text)
		}
		pledge, given, err := staff.PledgeOf(ctx, r, s.Org, delivery, s.ID, s.Person)
		if err != nil {
			return err
		}
		people := []string{s.Person, s.CodeBy}
		for _, v := range s.Votes {
			people = append(people, v.Person)
		}
		if s.Names, err = staff.Names(ctx, r, s.Org, people, r.Now()); err != nil || !s.personal() {
			return err
		}
		source, _ := room.source(s.List)
		who := s.Names[s.Person]
		if s.Commitment = s.commitment(source.Name, strings.TrimSpace(who.Number+" "+who.ZH)); given {
			s.Commitment, s.Pledged = pledge.Said, pledge.Signed
		}
		return nil
	})
	return s, err
}

// MyQuota discloses how much of a profile's quota whoever asks has used.
func (room *Room) MyQuota(ctx context.Context, profile string) (Used, error) {
	var used Used
	err := room.desk.Disclose(ctx, "output.see", func(ctx context.Context, r *act.Reading) error {
		actor := r.Actor()
		if err := r.Permit(ctx, houseObject(actor.Org)); err != nil {
			return err
		}
		p, err := profileOf(ctx, r, actor.Org, profile)
		if err != nil {
			return err
		}
		used, err = usedBy(ctx, r, actor.Org, actor.ID, p, actor.Roles, r.Now())
		return err
	})
	return used, err
}
