package intake

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
)

// filer makes a unit of what a piece of an input says of one patient. What reads a
// message or a document is built on it.
type filer struct {
	*run
	from    *candidate
	label   string
	place   string // tells what two patients of one message name from each other
	body    string // the element in which a document says what it says
	unit    *unit
	rawID   string
	who     *person
	did     *outcome
	named   map[string]bool    // what this piece has named in the source's terms
	learned []func(d *dossier) // what is known of the patient once the piece is taken
}

func (r *run) filerOf(c *candidate, body string) filer {
	return filer{
		run: r, from: c, label: c.label, body: body, rawID: id.New(r.room.desk.Now()), did: &outcome{},
		unit: &unit{piece: c.piece, from: c, counts: Counts{Read: c.read}},
	}
}

// outcome is what a piece changes.
type outcome struct{ created, updated bool }

func (m *filer) found(f Finding) {
	f.Where = m.label
	m.unit.findings = append(m.unit.findings, f)
}

// settleRetried notes that what waited in the quarantine is taken.
func (m *filer) settleRetried(ctx context.Context) error {
	if !m.from.file.retries {
		return nil
	}
	var q quarantineRow
	var waits bool
	err := m.room.look(ctx, func(reader db.Reader) (err error) {
		q, waits, err = quarantineOf(ctx, reader, m.org, m.source.ID, m.from.scope, m.from.ref)
		return err
	})
	if waits {
		m.resolve(m.unit, q)
	}
	return err
}

// learn notes what will be known of the patient once the message is taken.
func (m *filer) learn(what func(d *dossier)) { m.learned = append(m.learned, what) }

// remembered brings the dossier of the patient to where the message leaves it.
func (m *filer) remembered() {
	for _, learn := range m.learned {
		learn(m.who.dossier)
	}
	m.dossiers.keep(m.who.dossier, m.refsOf(scopePatient, m.who.keys))
}

// once returns a key under which the source knows something, or another for
// what it names twice in one message.
func (m *filer) once(key, otherwise string) string {
	if key == "" || m.named[key] {
		return m.unheardOf(otherwise)
	}
	if m.named == nil {
		m.named = map[string]bool{}
	}
	m.named[key] = true
	return key
}

// unheardOf is a key under which nothing can be known yet: it begins with the
// digest of the message.
func (m *filer) unheardOf(what string) string { return m.from.ref + "\x00" + m.place + what }

func (m *filer) isUnheardOf(key string) bool { return strings.HasPrefix(key, m.from.ref+"\x00") }

// entry says what something of the message became.
func (m *filer) entry(scope, foreign, kind, object string) entryRow {
	e := entryRow{Org: m.org, Source: m.source.ID, Scope: scope, Kind: kind, Object: object, Raw: m.rawID, At: m.room.desk.Now()}
	if foreign != "" {
		e.Ref = m.refIn(scope, foreign)
	}
	if m.who != nil {
		e.Patient = m.who.id
	}
	return e
}

// recall finds what something foreign became here.
func (m *filer) recall(ctx context.Context, scope, foreign string) (entryRow, bool, error) {
	if m.isUnheardOf(foreign) {
		return entryRow{}, false, nil
	}
	ref := m.refIn(scope, foreign)
	err := m.who.recall(ctx, m.run, scope, ref)
	e := m.who.entries[scope+"\x00"+ref]
	return e.entryRow, e.known, err
}

// recallPatient finds whom an identifier of the source stands for.
func (m *filer) recallPatient(ctx context.Context, key string) (patientID string, known bool, err error) {
	ref := m.refIn(scopePatient, key)
	if d := m.dossiers.of(ref); d != nil {
		return d.id, true, nil
	}
	e, known, err := m.entryAt(ctx, scopePatient, ref)
	return e.Object, known, err
}

// contentOf is the keyed digest of what something says.
func (m *filer) contentOf(v any) (string, error) {
	plain, err := json.Marshal(v)
	return m.room.keyed(m.org, plain), err
}

// remember writes what something foreign became, or what it says now.
func (m *filer) remember(e entryRow, known bool, scope, key, kind, object, content string) {
	if known {
		m.did.updated = true
	} else {
		e = m.entry(scope, key, kind, object)
		m.did.created = true
	}
	e.Content, e.Raw, e.At = content, m.rawID, m.room.desk.Now()
	m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return saveEntry(ctx, w, e, known) })
	m.learn(func(d *dossier) { d.learn(e) })
}

// foundBy tells what the house does not take; any other error it returns.
func (m *filer) foundBy(err error, elements map[string]string) error {
	if !isAnswer(err) {
		return err
	}
	for _, f := range fromFault(err, elements) {
		m.found(f)
	}
	return nil
}

// finish adds what everything taken leaves: its bytes, its identity and its counts.
func (m *filer) finish(ctx context.Context, kind string, about ...*person) error {
	subject, of := m.from.file.subject, ""
	if len(about) == 1 {
		subject, of = about[0].subject, about[0].id
	}
	raw, err := m.keepAs(ctx, m.rawID, m.from.file, subject, m.from.place, m.from.raw)
	if err != nil {
		return err
	}
	u := m.unit
	u.steps = append([]step{{rawRows, func(ctx context.Context, w *act.Work) error { return raws.Insert(ctx, w, &raw) }}}, u.steps...)
	e := m.entry(m.from.scope, "", kind, "")
	e.Ref, e.Patient = m.from.ref, of
	u.finally(1, func(ctx context.Context, w *act.Work) error { return entries.Insert(ctx, w, &e) })
	switch {
	case m.did.created:
		u.counts.Created = 1
	case m.did.updated:
		u.counts.Updated = 1
	default:
		u.counts.Unchanged = 1
	}
	return m.settleRetried(ctx)
}
