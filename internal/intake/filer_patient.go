package intake

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
)

// person is whom a piece is about.
type person struct {
	*dossier
	keys     []string          // the identifiers of the piece
	fresh    []string          // those that were not known
	prepared *patient.Prepared // by this piece
}

func (p *person) isNew() bool { return p.prepared != nil }

// mostIdentifiers bounds the identifiers that one patient brings at once.
const mostIdentifiers = 8

// identify finds the patients whom the source knows under some identifiers, each once,
// and which of these are new.
func (m *filer) identify(ctx context.Context, keys []string) (known, fresh []string, err error) {
	for _, key := range keys {
		patientID, found, err := m.recallPatient(ctx, key)
		switch {
		case err != nil:
			return nil, nil, err
		case !found:
			fresh = append(fresh, key)
		case !slices.Contains(known, patientID):
			known = append(known, patientID)
		}
	}
	return known, fresh, nil
}

// openDossier brings what is known of a registered patient.
func (m *filer) openDossier(ctx context.Context, p *person, patientID string) error {
	if p.dossier = m.dossiers.withID(patientID); p.dossier != nil {
		return nil
	}
	return m.room.look(ctx, func(r db.Reader) error {
		facts, err := m.room.patients.FactsOf(ctx, r, m.org, patientID)
		p.dossier = newDossier(patientID, facts.Subject, facts)
		return err
	})
}

// origins are the elements that our fields come from, by their names; whole is the
// element that holds them all.
type origins struct {
	whole  string
	fields map[string]string
}

// newPatient prepares a patient who is not known to the source, and asks whether he is
// somebody who is here already.
func (m *filer) newPatient(ctx context.Context, p *person, d patient.Demographics, from origins) error {
	if refuses(m.unit.findings) {
		return nil
	}
	prepared, err := m.room.patients.Prepare(m.org, patient.Registration{Demographics: d, Source: m.source.ID})
	if err != nil {
		return m.foundBy(err, from.fields)
	}
	p.prepared = prepared
	p.dossier = newDossier(prepared.ID(), prepared.Subject(), patient.Facts{Known: prepared.Known(), Demographics: d, Rev: 1, Subject: prepared.Subject()})
	p.young = true
	likes, err := m.likeness(ctx, m.from, p.id, d)
	if err != nil {
		return err
	}
	if len(likes) > 0 {
		m.found(ruleDuplicate.warning(from.whole))
	}
	m.did.created = true
	m.unit.finally(2, func(ctx context.Context, w *act.Work) error { return m.room.patients.RegisterIn(ctx, w, prepared) })
	return m.askWhether(m.unit, Duplicate, p.id, likes, nil)
}

// addIdentifiers makes the patient known under identifiers that are new.
func (m *filer) addIdentifiers() {
	for _, key := range m.who.fresh {
		e := m.entry(scopePatient, key, "Patient", m.who.id)
		m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return entries.Insert(ctx, w, &e) })
	}
}

// compareIdentity fills in what was not known of who somebody is; what differs is only
// proposed.
func compareIdentity(old, said patient.Demographics) (next, proposed patient.Demographics, doubtful bool) {
	next, proposed = old, old
	for _, f := range []struct {
		was, is, unknown string
		at               func(*patient.Demographics) *string
	}{
		{old.Name, said.Name, NameUnknown, func(d *patient.Demographics) *string { return &d.Name }},
		{old.Sex, said.Sex, "unknown", func(d *patient.Demographics) *string { return &d.Sex }},
		{old.BirthDate, said.BirthDate, "", func(d *patient.Demographics) *string { return &d.BirthDate }},
		{old.IDNumber, said.IDNumber, "", func(d *patient.Demographics) *string { return &d.IDNumber }},
	} {
		switch {
		case f.is == "" || f.is == f.unknown || f.is == f.was:
		case f.was == "" || f.was == f.unknown:
			*f.at(&next), *f.at(&proposed) = f.is, f.is
		default:
			*f.at(&proposed), doubtful = f.is, true
		}
	}
	return next, proposed, doubtful
}

// askIdentity asks a person whether somebody is called otherwise now, unless the
// same question waits already.
func (m *filer) askIdentity(ctx context.Context, proposed patient.Demographics) error {
	asked, err := m.asked(ctx, m.who.dossier, proposed)
	if err != nil || asked {
		return err
	}
	m.learn(func(d *dossier) { d.proposed = append(d.proposed, proposed) })
	return m.askWhether(m.unit, Identity, m.who.id, []string{""}, proposal(m.who.subject, proposed))
}

// visit is the encounter that a piece speaks of.
type visit struct {
	key       string // empty where the source gives no number
	known     bool
	encounter patient.Encounter
}

// visitKnownAs finds the encounter under the number that the source gives it. Without
// one it is the only one of the source that lasts.
func (m *filer) visitKnownAs(ctx context.Context, key string) (visit, error) {
	v := visit{key: key}
	if m.who.isNew() {
		return v, nil
	}
	wanted := ""
	if key != "" {
		e, known, err := m.recall(ctx, scopeVisit, key)
		if err != nil || !known {
			return v, err
		}
		wanted = e.Object
	}
	open := 0
	for _, e := range m.who.facts.Encounters {
		if e.ID == wanted || wanted == "" && e.Open() && e.Source == m.source.ID {
			v.encounter = e
			open++
		}
	}
	v.known = open == 1
	return v, nil
}
