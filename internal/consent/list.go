package consent

import (
	"context"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// Ledger is what there is about one patient, the newest first.
type Ledger struct {
	Records   []Record
	Guardians []Guardian
	Notices   []Told
	Forms     map[string]Template // by template and version, as formKey makes it
	Names     map[string]staff.Name
}

// Form is the version of a template on whose words a record stands.
func (l Ledger) Form(r Record) Template { return l.Forms[formKey(r.Template, r.Version)] }

// List discloses a patient's consents, refusals, guardians and notices, without who
// gave them.
func (room *Room) List(ctx context.Context, patientID string) (Ledger, error) {
	var l Ledger
	err := room.desk.Disclose(ctx, "consent.list", func(ctx context.Context, r *act.Reading) error {
		l = Ledger{}
		org := r.Actor().Org
		known, err := room.patients.Find(ctx, r, org, patientID)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, known.Object); err != nil {
			return err
		}
		if l.Records, err = records.Select(ctx, r, "WHERE org = $1 AND patient = $2 ORDER BY since DESC, id DESC", org, patientID); err != nil {
			return err
		}
		if l.Guardians, err = guardians.Select(ctx, r, "WHERE org = $1 AND patient = $2 ORDER BY since DESC, id DESC", org, patientID); err != nil {
			return err
		}
		if l.Notices, err = notices.Select(ctx, r, "WHERE org = $1 AND patient = $2 ORDER BY at DESC, id DESC", org, patientID); err != nil {
			return err
		}
		return l.name(ctx, r, org)
	})
	return l, err
}

func (l *Ledger) name(ctx context.Context, r *act.Reading, org string) error {
	l.Forms = map[string]Template{}
	people := []string{}
	need := func(template string, version int) error {
		key := formKey(template, version)
		if _, had := l.Forms[key]; had {
			return nil
		}
		t, err := templateOf(ctx, r, org, template, version)
		l.Forms[key] = t
		return err
	}
	for _, rec := range l.Records {
		people = append(people, rec.RecordedBy)
		if err := need(rec.Template, rec.Version); err != nil {
			return err
		}
	}
	for _, n := range l.Notices {
		people = append(people, n.By)
		if err := need(n.Template, n.Version); err != nil {
			return err
		}
	}
	var err error
	l.Names, err = staff.Names(ctx, r, org, people, r.Now())
	return err
}

// Seen is a consent with everything that belongs to it.
type Seen struct {
	Record
	Template Template
	Giver    Giver
	Said     string // at the withdrawal
}

// View discloses one consent, who gave it and on which words.
func (room *Room) View(ctx context.Context, consent string) (Seen, error) {
	var s Seen
	err := room.desk.Disclose(ctx, "consent.view", func(ctx context.Context, r *act.Reading) (err error) {
		if s.Record, err = room.find(ctx, r, consent); err != nil {
			return err
		}
		if s.Template, err = templateOf(ctx, r, s.Org, s.Record.Template, s.Version); err != nil {
			return err
		}
		subject, err := room.patients.Subject(ctx, r, s.Org, s.Patient)
		if err != nil {
			return err
		}
		if s.Giver, err = openGiver(subject, place("Consent", s.ID, "giver"), s.Record.Giver); err != nil || len(s.Words) == 0 {
			return err
		}
		said, err := subject.Open(place("Consent", s.ID, "words"), s.Words)
		s.Said = string(said)
		return err
	})
	return s, err
}

// Laws discloses the laws that may be cited.
func (room *Room) Laws(ctx context.Context) ([]Basis, error) {
	err := room.desk.Disclose(ctx, "consent.list", func(ctx context.Context, r *act.Reading) error {
		return r.Permit(ctx, houseObject(r.Actor().Org))
	})
	if err != nil {
		return nil, err
	}
	return Bases(), nil
}

// formPlace is where a page of forms ended.
type formPlace struct {
	Made int64  `json:"made"`
	ID   string `json:"id"`
}

// Forms discloses the newest version of every template, the newest first.
func (room *Room) Forms(ctx context.Context, cursor string, limit int) (page web.Page[Template], err error) {
	after := formPlace{Made: math.MaxInt64}
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "consent.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := templates.Select(ctx, r, `WHERE org = $1 AND version = (SELECT MAX(newer.version) FROM consent_template newer WHERE newer.org = consent_template.org AND newer.id = consent_template.id)
			AND (made, id) < ($2, $3) ORDER BY made DESC, id DESC LIMIT $4`, org, after.Made, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		page, err = web.PageOf(found, limit, func(t Template) formPlace { return formPlace{t.Made.UnixMicro(), t.ID} })
		return err
	})
	return page, err
}

// Versions discloses every version of a template, the newest first: what somebody signed
// years ago stays readable.
func (room *Room) Versions(ctx context.Context, template, cursor string, limit int) (page web.Page[Template], err error) {
	before := math.MaxInt32
	if _, err := web.DecodeCursor(cursor, &before); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "consent.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if _, err := templateOf(ctx, r, org, template, 0); err != nil {
			return err
		}
		found, err := templates.Select(ctx, r, "WHERE org = $1 AND id = $2 AND version < $3 ORDER BY version DESC LIMIT $4", org, template, int64(before), int64(limit+1))
		if err != nil {
			return err
		}
		page, err = web.PageOf(found, limit, func(t Template) int { return t.Version })
		return err
	})
	return page, err
}
