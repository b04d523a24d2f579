package patient

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Update replaces a patient's demographics. rev is the revision that the change
// was made from.
func (room *Room) Update(ctx context.Context, patient string, rev int, d Demographics) error {
	if err := room.desk.Begin(ctx, "patient.update"); err != nil {
		return err
	}
	org := act.From(ctx).Org
	p, err := room.PrepareUpdate(ctx, org, patient, rev, d)
	if err != nil {
		return err
	}
	return room.desk.Do(ctx, "patient.update", func(ctx context.Context, w *act.Work) error {
		return room.UpdateIn(ctx, w, p)
	})
}

// PrepareUpdate checks and seals new demographics of a registered patient.
func (room *Room) PrepareUpdate(ctx context.Context, org, patient string, rev int, d Demographics) (p *Prepared, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		p, err = room.PrepareUpdateFrom(ctx, r, org, patient, rev, d)
		return err
	})
	return p, err
}

// PrepareUpdateFrom is [Room.PrepareUpdate] on a snapshot that the caller reads.
func (room *Room) PrepareUpdateFrom(ctx context.Context, r db.Reader, org, patient string, rev int, d Demographics) (*Prepared, error) {
	if err := d.check(room.desk.Now(), act.From(ctx).Kind == act.Feed); err != nil {
		return nil, err
	}
	p := &Prepared{plain: d, row: row{Org: org, ID: patient, Rev: rev + 1}}
	var err error
	if p.subject, err = room.vault.Subject(ctx, r, org, patient); err != nil {
		return nil, absent(err)
	}
	return p, room.seal(p)
}

// UpdateIn writes prepared demographics as a part of an act.
func (room *Room) UpdateIn(ctx context.Context, w *act.Work, p *Prepared) error {
	known, err := room.Find(ctx, w, p.row.Org, p.row.ID)
	if err != nil {
		return err
	}
	if err := w.PermitTo(ctx, "patient.update", known.Object); err != nil {
		return err
	}
	old, err := patients.Get(ctx, w, p.row.Org, p.row.ID)
	if err != nil {
		return err
	}
	if old.Rev != p.row.Rev-1 {
		return errChanged.With()
	}
	if old.Source == "" {
		if err := room.refuseDuplicate(ctx, w, p.row); err != nil {
			return err
		}
	}
	old.Rev, old.Sealed, old.UpdatedAt = p.row.Rev, p.row.Sealed, w.Now()
	old.RecordBlind, old.IDBlind, old.PhoneBlind = p.row.RecordBlind, p.row.IDBlind, p.row.PhoneBlind
	return patients.Update(ctx, w, &old)
}

// Facts returns a patient's policy object and revision for a feed's decision
// whether its news changes anything, with the demographics unsealed. The feed
// room must not disclose them.
func (room *Room) Facts(ctx context.Context, r db.Reader, org, patient string) (policy.Object, Demographics, int, error) {
	p, err := patients.Get(ctx, r, org, patient)
	if err != nil {
		return policy.Object{}, Demographics{}, 0, absent(err)
	}
	stays, err := encountersOf(ctx, r, org, patient)
	if err != nil {
		return policy.Object{}, Demographics{}, 0, err
	}
	d, err := room.unseal(ctx, r, p)
	return object(p, stays), d, p.Rev, err
}
