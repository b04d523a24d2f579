package patient

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
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
		return room.unprepared(ctx, patient, err)
	}
	return room.desk.Do(ctx, "patient.update", func(ctx context.Context, w *act.Work) error {
		return room.UpdateIn(ctx, w, p)
	})
}

// unprepared tells why an update could not be prepared, to those who may do it: others
// would learn from it that there is such a patient.
func (room *Room) unprepared(ctx context.Context, patient string, cause error) error {
	return room.desk.Disclose(ctx, "patient.update", func(ctx context.Context, r *act.Reading) error {
		known, err := room.Find(ctx, r, r.Actor().Org, patient)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, known.Object); err != nil {
			return err
		}
		return cause
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
	byFeed := act.From(ctx).Kind == act.Feed
	if !byFeed {
		d = d.trimmed()
	}
	old, err := patients.Get(ctx, r, org, patient)
	if err != nil {
		return nil, absent(err)
	}
	if !byFeed {
		before, err := room.unseal(ctx, r, old)
		if err != nil {
			return nil, err
		}
		d = d.unmaskedBy(before)
	}
	if err := d.check(room.desk.Now(), byFeed || old.Source != ""); err != nil {
		return nil, err
	}
	p := &Prepared{plain: d, row: row{Org: org, ID: patient, Rev: rev + 1}}
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
		if err := refuseDuplicate(ctx, w, p.row); err != nil {
			return err
		}
	}
	old.Rev, old.Sealed, old.UpdatedAt = p.row.Rev, p.row.Sealed, w.Now()
	old.RecordBlind, old.IDBlind, old.PhoneBlind = p.row.RecordBlind, p.row.IDBlind, p.row.PhoneBlind
	if err := patients.Update(ctx, w, &old); err != nil {
		return err
	}
	return room.touched(ctx, w, old.Org, old.ID)
}

// Facts are what a feed's room must know of a registered patient to decide
// whether news of him changes anything. They must not be disclosed.
type Facts struct {
	Known
	Demographics Demographics
	Rev          int
	Subject      *vault.Subject
}

// FactsOf reads the facts of a registered patient.
func (room *Room) FactsOf(ctx context.Context, r db.Reader, org, patient string) (Facts, error) {
	p, err := patients.Get(ctx, r, org, patient)
	if err != nil {
		return Facts{}, absent(err)
	}
	stays, err := encountersOf(ctx, r, org, patient)
	if err != nil {
		return Facts{}, err
	}
	f := Facts{Known: Known{Object: object(p, stays), Encounters: stays}, Rev: p.Rev}
	if f.Subject, err = room.vault.Subject(ctx, r, org, patient); err != nil {
		return f, errUnreadable.Because(err)
	}
	f.Demographics, err = open(f.Subject, p)
	return f, err
}
