package intake

import (
	"context"
	"encoding/json"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
)

// States of what is quarantined.
const (
	Waiting   = "waiting"
	Resolved  = "resolved"  // a retry took it
	Dismissed = "dismissed" // a person decided that it is not needed
)

// grounds are what a quarantine row seals.
type grounds struct {
	Where    string    `json:"where"`
	Findings []Finding `json:"findings"`
}

// maxGrounds bounds the findings kept with one quarantined piece.
const maxGrounds = 300

func groundsPlace(quarantineID string, rev int) vault.Place {
	return vault.Place{Kind: "Quarantine", Object: quarantineID, Version: itoa(rev), Field: "grounds"}
}

// quarantine makes the unit that keeps a piece aside with the reasons. A piece
// that waits already is counted and not kept twice.
func (r *run) quarantine(ctx context.Context, c *candidate, p piece, found []Finding) (*unit, error) {
	u := &unit{piece: p, from: c, aside: true, counts: Counts{Read: p.read, Quarantined: p.read}, findings: at(p.label, found)}
	var known quarantineRow
	var waits bool
	err := r.room.look(ctx, func(reader db.Reader) (err error) {
		known, waits, err = quarantineOf(ctx, reader, r.org, r.source.ID, p.scope, p.ref)
		return err
	})
	if err != nil {
		return nil, err
	}
	if waits {
		return u, r.quarantineAgain(u, known, found)
	}
	raw, err := r.keep(ctx, p.file, p.file.subject, p.place, p.raw)
	if err != nil {
		return nil, err
	}
	u.add(rawRows, func(ctx context.Context, w *act.Work) error { return raws.Insert(ctx, w, &raw) })
	return u, r.setAside(u, raw.ID, 0, len(p.raw), found)
}

// setAside adds the quarantine row of bytes that are kept already.
func (r *run) setAside(u *unit, rawID string, place, size int, found []Finding) error {
	w := worst(found)
	row := quarantineRow{
		Org: r.org, ID: id.New(r.room.desk.Now()), Source: r.source.ID, File: u.file.row.ID, Scope: u.scope, Ref: u.ref,
		Rule: w.Rule, Element: w.Element, Severity: w.Severity, State: Waiting, Rev: 1, Raw: rawID, Place: int64(place), Size: int64(size), At: r.room.desk.Now(),
	}
	var err error
	if row.Sealed, err = sealGrounds(u.file.subject, row, u.label, found); err != nil {
		return err
	}
	u.add(1, func(ctx context.Context, w *act.Work) error { return quarantines.Insert(ctx, w, &row) })
	return nil
}

// quarantineAgain notes a retry that failed.
func (r *run) quarantineAgain(u *unit, row quarantineRow, found []Finding) error {
	if !u.file.retries || row.State != Waiting {
		return nil
	}
	w := worst(found)
	row.Tries++
	row.Rev++
	row.Rule, row.Element, row.Severity = w.Rule, w.Element, w.Severity
	var err error
	if row.Sealed, err = sealGrounds(u.file.subject, row, u.label, found); err != nil {
		return err
	}
	u.add(1, func(ctx context.Context, w *act.Work) error { return quarantines.Update(ctx, w, &row) })
	return nil
}

// resolve notes that what waited has been taken now.
func (r *run) resolve(u *unit, row quarantineRow) {
	if row.State != Waiting {
		return
	}
	row.State, row.SettledBy, row.SettledAt = Resolved, r.importer.ID, r.room.desk.Now()
	row.Tries++
	u.finally(1, func(ctx context.Context, w *act.Work) error { return quarantines.Update(ctx, w, &row) })
}

func sealGrounds(subject *vault.Subject, row quarantineRow, where string, found []Finding) ([]byte, error) {
	plain, err := json.Marshal(grounds{Where: where, Findings: found[:min(len(found), maxGrounds)]})
	if err != nil {
		return nil, err
	}
	return subject.Seal(groundsPlace(row.ID, row.Rev), plain)
}
