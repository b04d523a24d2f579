package patient

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Registration asks for a new patient.
type Registration struct {
	Demographics
	Level  int    // 1 to 5; 1 when zero
	Staff  string // the person of the staff that the patient is, or ""
	Source string // the feed that reports him, or ""
	At     time.Time
}

// Prepared is a patient with his key, sealed and ready to be written.
type Prepared struct {
	row     row
	subject *vault.Subject
	plain   Demographics
}

// ID is the id that the patient will have.
func (p *Prepared) ID() string { return p.row.ID }

// Subject is the patient's data key, which is kept with the patient.
func (p *Prepared) Subject() *vault.Subject { return p.subject }

// Known is what other rooms may know of the patient before he is registered.
func (p *Prepared) Known() Known { return Known{Object: object(p.row, nil)} }

// Prepare checks and seals a registration. It needs no transaction.
func (room *Room) Prepare(org string, in Registration) (*Prepared, error) {
	now := room.desk.Now()
	if in.Source == "" {
		in.Demographics = in.trimmed()
	}
	if err := in.check(now, in.Source != ""); err != nil {
		return nil, err
	}
	if in.Level < 0 || in.Level > highestLevel {
		return nil, errInvalid.With().At("level", text("敏感级别应为 1 至 5", "a level is 1 to 5"))
	}
	if in.At.IsZero() {
		in.At = now
	}
	p := &Prepared{plain: in.Demographics, row: row{
		Org: org, ID: id.New(now), Rev: 1, Level: max(1, in.Level), Staff: in.Staff, Source: in.Source, CreatedAt: in.At, UpdatedAt: now,
	}}
	var err error
	if p.subject, err = room.vault.NewSubject(org, p.row.ID); err != nil {
		return nil, err
	}
	return p, room.seal(p)
}

// seal fills the sealed and blind columns from the plain demographics.
func (room *Room) seal(p *Prepared) error {
	plain, err := json.Marshal(p.plain)
	if err != nil {
		return err
	}
	if p.row.Sealed, err = p.subject.Seal(place(p.row.ID, p.row.Rev), plain); err != nil {
		return err
	}
	p.row.RecordBlind = room.blind(p.row.Org, byRecord, p.plain.RecordNumber)
	p.row.IDBlind = room.blind(p.row.Org, byID, p.plain.IDNumber)
	p.row.PhoneBlind = room.blind(p.row.Org, byPhone, p.plain.Phone)
	return nil
}

// blind returns the blind index of an identifier, "" for none.
func (room *Room) blind(org, column, value string) string {
	if value = plainNumber(column, value); value == "" {
		return ""
	}
	return room.vault.Blind(org, "patient_patient."+column, value)
}

// highestLevel is the highest sensitivity.
const highestLevel = 5

// Register enters a new patient and returns his id.
func (room *Room) Register(ctx context.Context, in Registration) (string, error) {
	if err := room.desk.Begin(ctx, "patient.register"); err != nil {
		return "", err
	}
	p, err := room.Prepare(act.From(ctx).Org, in)
	if err != nil {
		return "", err
	}
	err = room.desk.Do(ctx, "patient.register", func(ctx context.Context, w *act.Work) error {
		return room.RegisterIn(ctx, w, p)
	})
	return p.ID(), err
}

// RegisterIn enters a prepared patient as a part of an act. Whom a feed brings may
// share an identifier with another: a person decides whether they are the same.
func (room *Room) RegisterIn(ctx context.Context, w *act.Work, p *Prepared) error {
	if err := w.PermitTo(ctx, "patient.register", p.Known().Object); err != nil {
		return err
	}
	if p.row.Source == "" {
		err := mustBeStaff(ctx, w, p.row.Org, map[string]string{"staff": p.row.Staff})
		if err == nil {
			err = refuseDuplicate(ctx, w, p.row)
		}
		if err != nil {
			return err
		}
	}
	if err := p.subject.Save(ctx, w); err != nil {
		return err
	}
	p.row.UpdatedAt = w.Now()
	return patients.Insert(ctx, w, &p.row)
}

// mustBeStaff refuses people whom the organisation does not have. fields names
// where each of them stands in the input; an empty id is nobody.
func mustBeStaff(ctx context.Context, r db.Reader, org string, fields map[string]string) error {
	asked := slices.DeleteFunc(slices.Collect(maps.Values(fields)), func(id string) bool { return id == "" })
	known, err := staff.Known(ctx, r, org, asked)
	if err != nil {
		return err
	}
	e := errInvalid.With()
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		if id := fields[field]; id != "" && !known[id] {
			e.At(field, text("没有这名工作人员，请从名录中选择", "there is no such member of staff; choose from the directory"))
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// refuseDuplicate keeps two patients from sharing an ID or record number.
func refuseDuplicate(ctx context.Context, r db.Reader, p row) error {
	e := errExists.With()
	for _, identifier := range []struct{ column, blind, field string }{{"id_blind", p.IDBlind, "idNumber"}, {"record_blind", p.RecordBlind, "recordNumber"}} {
		if identifier.blind == "" {
			continue
		}
		same, err := byBlind(ctx, r, p.Org, identifier.column, identifier.blind)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(same, func(other row) bool { return other.ID != p.ID }) {
			e.At(identifier.field, text("已属于另一名患者", "belongs to another patient"))
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// Same finds registered patients who share an exact identifier with the given
// demographics, for a feed that must decide whom it speaks of.
func (room *Room) Same(ctx context.Context, r db.Reader, org string, d Demographics) ([]string, error) {
	var found []string
	for _, identifier := range []struct{ column, blind string }{
		{"id_blind", room.blind(org, byID, d.IDNumber)}, {"record_blind", room.blind(org, byRecord, d.RecordNumber)},
	} {
		if identifier.blind == "" {
			continue
		}
		same, err := byBlind(ctx, r, org, identifier.column, identifier.blind)
		if err != nil {
			return nil, err
		}
		for _, p := range same {
			found = append(found, p.ID)
		}
	}
	return found, nil
}

// Alike finds registered patients of the same name, birth date and sex.
func (room *Room) Alike(ctx context.Context, r db.Reader, org string, d Demographics) ([]string, error) {
	n := room.names.of(org)
	n.mu.Lock()
	defer n.mu.Unlock()
	err := room.catchUp(ctx, r, org, n)
	return slices.Sorted(maps.Keys(n.alike[alikeKey(d)])), err
}

// AlikeSoFar is [Room.Alike] among the patients who were known when it was last
// asked, for a run that registers many at a time and knows its own.
func (room *Room) AlikeSoFar(org string, d Demographics) []string {
	n := room.names.of(org)
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Sorted(maps.Keys(n.alike[alikeKey(d)]))
}
