package access

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// SettleFreeze says what came of a freeze, with words: it is lifted now, or it stands
// until its end. Either closes the task of the security administrator.
func (room *Room) SettleFreeze(ctx context.Context, freeze string, lift bool, words string) (Freeze, error) {
	const verb = "access.settle-freeze"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Freeze{}, err
	}
	if err := checkWords(errGrantInput.With(), words).OrNil(); err != nil {
		return Freeze{}, err
	}
	n, err := room.sealNote(ctx, "", wordsPlace("Freeze", freeze, "words"), words)
	if err != nil {
		return Freeze{}, room.desk.Missing(ctx, verb, err)
	}
	var f Freeze
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if f, err = freezes.Get(ctx, w, w.Actor().Org, freeze); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, f.object()); err != nil {
			return err
		}
		flagged, err := breachOf(ctx, w, f.Org, f.ID)
		if err != nil {
			return err
		}
		if flagged != nil {
			return errNotSettled.With()
		}
		if !f.Lifted.IsZero() || lift && !f.live(w.Now()) {
			return errFreezeOver.With()
		}
		f.Settled, f.SettledBy, f.Words = w.Now(), w.Actor().ID, n.words
		if lift {
			f.Lifted = w.Now()
		}
		w.Note("freeze", f.ID)
		w.Note("person", f.Person)
		if err := n.keep(ctx, w); err != nil {
			return err
		}
		if err := room.duty.DoneIn(ctx, w, Frozen, f.ID); err != nil {
			return err
		}
		return freezes.Update(ctx, w, &f)
	})
	return f, err
}

// FreezeSeen is a freeze with the people it names.
type FreezeSeen struct {
	Freeze
	State  string // FreezeLive, FreezeLifted or FreezeOver
	Said   string
	Breach *BreachSeen // nil: the house froze by itself
	Signed []Signed    // what he had signed for the grants that he held (C-120)
	Names  map[string]staff.Name
}

// Freezes discloses who was frozen, the newest first.
func (room *Room) Freezes(ctx context.Context, cursor string, limit int) (page web.Page[FreezeSeen], err error) {
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "access.see-freezes", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := freezesPage(ctx, r, org, after, limit+1)
		if err != nil {
			return err
		}
		seen := make([]FreezeSeen, len(found))
		for i, f := range found {
			if seen[i], err = room.freezeSeen(ctx, r, f); err != nil {
				return err
			}
		}
		page, err = web.PageOf(seen, limit, func(f FreezeSeen) listPlace { return listPlace{f.Since.UnixMicro(), f.ID} })
		for _, f := range page.Items {
			r.Concerns(f.object())
		}
		return err
	})
	return page, err
}

func (room *Room) freezeSeen(ctx context.Context, r *act.Reading, f Freeze) (FreezeSeen, error) {
	breach, err := room.breachSeen(ctx, r, f.ID)
	if err != nil {
		return FreezeSeen{}, err
	}
	people := []string{f.Person}
	if breach != nil {
		people = append(people, breach.FlaggedBy)
	}
	if f.SettledBy != "" {
		people = append(people, f.SettledBy)
	}
	names, err := staff.Names(ctx, r, f.Org, people, r.Now())
	if err != nil {
		return FreezeSeen{}, err
	}
	said, err := room.openNote(ctx, r, f.Org, "", wordsPlace("Freeze", f.ID, "words"), f.Words)
	if err != nil {
		return FreezeSeen{}, err
	}
	signed, err := signedAt(ctx, r, f.Org, f.Person, f.Since)
	return FreezeSeen{Freeze: f, State: f.state(r.Now()), Said: said, Breach: breach, Signed: signed, Names: names}, err
}
