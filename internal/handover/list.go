package handover

import (
	"context"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/staff"
)

// listPlace is where a page of a list that runs back in time ended.
type listPlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

// Listed is a page with the people whom it names.
type Listed struct {
	web.Page[Case]
	Names map[string]staff.Name
}

// List discloses the handovers and rehearsals, the newest first.
func (room *Room) List(ctx context.Context, p web.Paging) (Listed, error) {
	var l Listed
	after := listPlace{At: math.MaxInt64}
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "handover.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		all, err := cases.Select(ctx, r, "WHERE org = $1 AND (opened, id) < ($2, $3) ORDER BY opened DESC, id DESC LIMIT $4", org, after.At, after.ID, int64(limit)+1)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(all, limit, func(c Case) listPlace { return listPlace{c.Opened.UnixMicro(), c.ID} }); err != nil {
			return err
		}
		var named []string
		for _, c := range l.Items {
			named = append(named, c.OpenedBy, c.ApprovedBy, c.ClosedBy)
		}
		l.Names, err = staff.Names(ctx, r, org, named, r.Now())
		return err
	})
	return l, err
}

// Seen is a handover with everything that belongs to it.
type Seen struct {
	Case
	Words       string
	Parts       []Part // of the newest run
	Counts      []Count
	Told        bundle.Told
	Receipts    []Receipt
	Comparisons []Comparison
	Takeover    *Takeover  // of a rehearsal
	Comparing   *Comparing // the newest that was asked for, when it did not end
	Progress    *Progress  // of what is being made or compared
	Signatures  []Signature
	Names       map[string]staff.Name
}

// Count is how many rows of a set were carried by all runs.
type Count struct {
	Set  string
	ZH   string
	EN   string
	Rows int64
}

// View discloses a handover.
func (room *Room) View(ctx context.Context, id string) (Seen, error) {
	var s Seen
	err := room.desk.Disclose(ctx, "handover.view", func(ctx context.Context, r *act.Reading) (err error) {
		s = Seen{}
		if s.Case, err = getCase(ctx, r, r.Actor().Org, id); err != nil {
			return err
		}
		if err := r.Permit(ctx, s.object()); err != nil {
			return err
		}
		return room.fill(ctx, r, &s)
	})
	return s, err
}

func (room *Room) fill(ctx context.Context, r db.Reader, s *Seen) error {
	store, err := room.vault.Subject(ctx, r, s.Org, s.ID)
	if err != nil {
		return errUnreadable.Because(err)
	}
	words, err := store.Open(wordsPlace(s.ID), s.Case.Words)
	if err != nil {
		return errUnreadable.Because(err)
	}
	s.Words = string(words)
	if err := room.count(ctx, r, s); err != nil {
		return err
	}
	if s.Receipts, err = receiptsOf(ctx, r, s.Case); err != nil {
		return err
	}
	if s.Comparisons, err = comparisonsOf(ctx, r, s.Case); err != nil {
		return err
	}
	taken, err := takeovers.Select(ctx, r, "WHERE org = $1 AND handover = $2 ORDER BY run DESC LIMIT 1", s.Org, s.ID)
	if err != nil {
		return err
	}
	if len(taken) > 0 {
		s.Takeover = &taken[0]
	}
	if s.Progress, err = progressOf(ctx, r, s.Case); err != nil {
		return err
	}
	if last, known, err := comparingOf(ctx, r, s.Case); err != nil {
		return err
	} else if known && last.State == Reading {
		s.Comparing = &last
	}
	if s.Signatures, err = signaturesOf(ctx, r, s.Case); err != nil {
		return err
	}
	named := []string{s.OpenedBy, s.ApprovedBy, s.ClosedBy}
	for _, x := range s.Receipts {
		named = append(named, x.BroughtBy)
	}
	for _, x := range s.Comparisons {
		named = append(named, x.By)
	}
	for _, x := range s.Signatures {
		named = append(named, x.Person)
	}
	s.Names, err = room.names(ctx, r, s.Org, named)
	return err
}

// count sums what was carried, from the parts themselves.
func (room *Room) count(ctx context.Context, r db.Reader, s *Seen) error {
	rows := map[string]int64{}
	for run := 1; run <= s.Run; run++ {
		made, err := partsOf(ctx, r, s.Case, run)
		if err != nil {
			return err
		}
		for _, p := range made {
			for _, f := range p.Files {
				rows[f.Set] += f.File.Rows
			}
			s.Told = s.Told.And(p.Told)
		}
		s.Parts = made
	}
	for _, one := range sets {
		s.Counts = append(s.Counts, Count{one.name, one.about.ZH, one.about.EN, rows[one.name]})
	}
	return nil
}
