package intake

import (
	"context"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/hl7v2"
	"github.com/medward/medward/kit/sm"
)

// message is what an HL7 v2 message says of one patient, while the message is made
// into a unit.
type message struct {
	*run
	*hl7v2.Message
	from    *candidate
	label   string
	place   string // tells what two patients of one message name from each other
	header  hl7v2.Header
	unit    *unit
	rawID   string
	who     *person
	did     *outcome
	named   map[string]bool    // what this message has named in the source's terms
	learned []func(d *dossier) // what is known of the patient once the message is taken
}

// outcome is what a message changes.
type outcome struct{ created, updated bool }

// messageCandidates cuts a file into messages. What belongs to none is kept as
// pieces of its own.
func (r *run) messageCandidates(f *file) []*candidate {
	cut, problems := hl7v2.Split(f.raw)
	var all []*candidate
	for i, raw := range cut {
		all = append(all, r.messageCandidate(f, "message "+strconv.Itoa(i+1), raw))
	}
	if len(problems) > 0 || len(cut) == 0 {
		all = append(all, r.remainderCandidate(f, cut, problems))
	}
	return all
}

// Scopes of what HL7 v2 identifies.
const (
	scopeMessage  = "hl7 message"
	scopePatient  = "hl7 patient"
	scopeVisit    = "hl7 visit"
	scopeResult   = "hl7 result"
	scopeReport   = "hl7 report"
	scopeDocument = "hl7 document"
)

func (r *run) messageCandidate(f *file, label string, raw hl7v2.Raw) *candidate {
	sum := sm.Sum(raw.Bytes)
	digest := hex.EncodeToString(sum[:])
	c := &candidate{piece: piece{file: f, label: label, raw: raw.Bytes, place: raw.Offset, scope: scopeMessage, ref: r.room.refOf(r.org, digest), read: 1}}
	c.keys = []string{"message:" + digest}
	m, err := hl7v2.Parse(raw.Bytes)
	if err == nil {
		c.about = r.refsOf(scopePatient, patientKeys(m))
	}
	c.prepare = func(ctx context.Context) ([]*unit, error) {
		var u *unit
		failure := r.room.onOneSnapshot(ctx, func(ctx context.Context) (cause error) {
			u, cause = r.prepareMessage(ctx, c, m, err)
			return cause
		})
		return []*unit{u}, failure
	}
	return c
}

func (r *run) refsOf(scope string, foreign []string) []string {
	refs := make([]string, len(foreign))
	for i, f := range foreign {
		refs[i] = r.refIn(scope, f)
	}
	return refs
}

func (r *run) refIn(scope, foreign string) string {
	return r.room.refOf(r.org, scope+"\x00"+foreign)
}

func (r *run) prepareMessage(ctx context.Context, c *candidate, parsed *hl7v2.Message, cause error) (*unit, error) {
	if taken, u, err := r.takenBefore(ctx, c); err != nil || taken {
		return u, err
	}
	if p := new(hl7v2.Problem); errors.As(cause, &p) {
		return r.quarantine(ctx, c, c.piece, []Finding{fromHL7(*p)})
	}
	m := &message{
		run: r, Message: parsed, from: c, label: c.label, header: parsed.Header(), rawID: id.New(r.room.desk.Now()), did: &outcome{},
		unit: &unit{piece: c.piece, from: c, counts: Counts{Read: 1}},
	}
	for _, p := range hl7v2.Check(parsed) {
		m.found(fromHL7(p))
	}
	if refuses(m.unit.findings) {
		return r.quarantine(ctx, c, c.piece, m.unit.findings)
	}
	parts := m.byPatient()
	for _, part := range parts {
		if err := part.take(ctx); err != nil {
			return nil, err
		}
	}
	if !refuses(m.unit.findings) {
		m.mustTellPatientsApart(parts)
	}
	if refuses(m.unit.findings) {
		return r.quarantine(ctx, c, c.piece, m.unit.findings)
	}
	if err := m.finish(ctx, parts); err != nil {
		return nil, err
	}
	if rowsOf(m.unit.last) > actRows {
		return r.quarantine(ctx, c, c.piece, append(m.unit.findings, ruleTooLong.error("MSH")))
	}
	for _, part := range parts {
		part.remembered()
	}
	return m.unit, nil
}

// takenBefore answers a message of which the same bytes were taken, or set
// aside, before.
func (r *run) takenBefore(ctx context.Context, c *candidate) (bool, *unit, error) {
	u := &unit{piece: c.piece, from: c, counts: Counts{Read: 1, Unchanged: 1}}
	var waits bool
	var q quarantineRow
	_, taken, err := r.entryAt(ctx, c.scope, c.ref)
	if taken || err != nil {
		return taken, u, err
	}
	if r.neverQuarantined {
		return false, nil, nil
	}
	err = r.room.look(ctx, func(reader db.Reader) (err error) {
		q, waits, err = quarantineOf(ctx, reader, r.org, r.source.ID, c.scope, c.ref)
		return err
	})
	if err != nil {
		return false, nil, err
	}
	if waits && !c.file.retries {
		u.counts = Counts{Read: 1, Quarantined: 1}
		u.findings = []Finding{{Severity: q.Severity, Rule: q.Rule, Element: q.Element, Where: c.label}}
		return true, u, nil
	}
	return false, nil, nil
}

func (m *message) found(f Finding) {
	f.Where = m.label
	m.unit.findings = append(m.unit.findings, f)
}

// take finds whom a message is about and does what it says.
func (m *message) take(ctx context.Context) error {
	do := map[string]func(context.Context) error{"ADT": m.adt, "ORU": m.oru, "MDM": m.mdm}[m.header.Type]
	if do == nil {
		m.found(ruleUnsupportedType.error("MSH-9.1"))
		return nil
	}
	who, err := m.findPatient(ctx)
	if err != nil || who == nil || refuses(m.unit.findings) {
		return err
	}
	m.who = who
	m.unit.dossiers = append(m.unit.dossiers, who.dossier)
	return do(ctx)
}

// finish adds what every message leaves: its bytes, its identity and its counts.
func (m *message) finish(ctx context.Context, parts []*message) error {
	subject, of := m.from.file.subject, ""
	if len(parts) == 1 {
		subject, of = parts[0].who.subject, parts[0].who.id
	}
	raw, err := m.keepAs(ctx, m.rawID, m.from.file, subject, m.from.place, m.from.raw)
	if err != nil {
		return err
	}
	u := m.unit
	u.steps = append([]step{{rawRows, func(ctx context.Context, w *act.Work) error { return raws.Insert(ctx, w, &raw) }}}, u.steps...)
	e := m.entry(scopeMessage, "", m.header.Type, "")
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

// settleRetried notes that what waited in the quarantine is taken.
func (m *message) settleRetried(ctx context.Context) error {
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
func (m *message) learn(what func(d *dossier)) { m.learned = append(m.learned, what) }

// remembered brings the dossier of the patient to where the message leaves it.
func (m *message) remembered() {
	for _, learn := range m.learned {
		learn(m.who.dossier)
	}
	m.dossiers.keep(m.who.dossier, m.refsOf(scopePatient, m.who.keys))
}

// once returns a key under which the source knows something, or another for
// what it names twice in one message.
func (m *message) once(key, otherwise string) string {
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
func (m *message) unheardOf(what string) string { return m.from.ref + "\x00" + m.place + what }

func (m *message) isUnheardOf(key string) bool { return strings.HasPrefix(key, m.from.ref+"\x00") }

// entry says what something of the message became.
func (m *message) entry(scope, foreign, kind, object string) entryRow {
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
func (m *message) recall(ctx context.Context, scope, foreign string) (entryRow, bool, error) {
	if m.isUnheardOf(foreign) {
		return entryRow{}, false, nil
	}
	ref := m.refIn(scope, foreign)
	err := m.who.recall(ctx, m.run, scope, ref)
	e := m.who.entries[scope+"\x00"+ref]
	return e.entryRow, e.known, err
}

// recallPatient finds whom an identifier of the source stands for.
func (m *message) recallPatient(ctx context.Context, key string) (patientID string, known bool, err error) {
	ref := m.refIn(scopePatient, key)
	if d := m.dossiers.of(ref); d != nil {
		return d.id, true, nil
	}
	e, known, err := m.entryAt(ctx, scopePatient, ref)
	return e.Object, known, err
}

// remainderCandidate keeps what stands between messages.
func (r *run) remainderCandidate(f *file, cut []hl7v2.Raw, problems []hl7v2.Problem) *candidate {
	var rest []byte
	from := 0
	for _, raw := range cut {
		rest = append(rest, f.raw[from:raw.Offset]...)
		from = raw.Offset + len(raw.Bytes)
	}
	rest = append(rest, f.raw[from:]...)
	c := &candidate{piece: piece{file: f, label: "outside any message", raw: rest, scope: f.row.Digest, ref: r.room.refOf(r.org, "rest")}}
	c.prepare = func(ctx context.Context) ([]*unit, error) {
		found := make([]Finding, len(problems))
		for i, p := range problems {
			found[i] = fromHL7(p)
		}
		if len(found) == 0 {
			found = []Finding{ruleUnknownKind.fatal("")}
		}
		if len(cut) == 0 {
			c.read = 1
			u, err := r.quarantine(ctx, c, c.piece, found)
			return []*unit{u}, err
		}
		return r.keepRemainder(ctx, c, at(c.label, found))
	}
	return c
}

// keepRemainder keeps bytes that belong to no message without holding up those
// that do.
func (r *run) keepRemainder(ctx context.Context, c *candidate, found []Finding) ([]*unit, error) {
	u := &unit{piece: c.piece, from: c}
	for _, f := range found {
		f.Severity = Warning
		u.findings = append(u.findings, f)
	}
	if c.file.resumes {
		return []*unit{u}, nil
	}
	raw, err := r.keep(ctx, c.file, c.file.subject, -1, c.raw)
	u.add(rawRows, func(ctx context.Context, w *act.Work) error { return raws.Insert(ctx, w, &raw) })
	return []*unit{u}, err
}
