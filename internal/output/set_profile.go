package output

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// profileOf reads a profile: as the house set it, or as it was delivered.
func profileOf(ctx context.Context, r db.Reader, org, id string) (Profile, error) {
	p, err := profiles.Get(ctx, r, org, id)
	if err == nil || !errors.Is(err, db.ErrNone) {
		return p, err
	}
	i := slices.IndexFunc(delivered, func(p Profile) bool { return p.ID == id })
	if i < 0 {
		return Profile{}, errInput.With().At("profile", fault.Text{ZH: "没有这种输出用途，请从列表中选择", EN: "there is no such profile; choose one of the list"})
	}
	p = delivered[i]
	p.Org = org
	return p, nil
}

// Profiles discloses every profile.
func (room *Room) Profiles(ctx context.Context) ([]Profile, error) {
	var all []Profile
	err := room.desk.Disclose(ctx, "output.see", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		set, err := profiles.Select(ctx, r, "WHERE org = $1", org)
		if err != nil {
			return err
		}
		all = set
		for _, p := range delivered {
			if !slices.ContainsFunc(set, func(one Profile) bool { return one.ID == p.ID }) {
				p.Org = org
				all = append(all, p)
			}
		}
		slices.SortFunc(all, func(a, b Profile) int { return cmp.Compare(a.ID, b.ID) })
		return nil
	})
	return all, err
}

// SetProfile sets a profile, or adds one. rev is that of the profile it was made from.
func (room *Room) SetProfile(ctx context.Context, p Profile, rev int) (Profile, error) {
	if err := room.desk.Begin(ctx, "output.set-profile"); err != nil {
		return p, err
	}
	if err := p.check(); err != nil {
		return p, err
	}
	err := room.desk.Do(ctx, "output.set-profile", func(ctx context.Context, w *act.Work) error {
		p.Org = w.Actor().Org
		if err := w.Permit(ctx, houseObject(p.Org)); err != nil {
			return err
		}
		was, err := profiles.Get(ctx, w, p.Org, p.ID)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		if was.Rev != rev {
			return errChanged.With()
		}
		p.Rev, p.SetAt, p.SetBy = rev+1, w.Now(), w.Actor().ID
		w.Note("profile", p.ID)
		w.Note("rev", strconv.Itoa(p.Rev))
		if rev == 0 {
			return profiles.Insert(ctx, w, &p)
		}
		return profiles.Update(ctx, w, &p)
	})
	return p, err
}
