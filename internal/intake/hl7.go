package intake

import (
	"context"
	"encoding/hex"
	"errors"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/hl7v2"
	"github.com/medward/medward/kit/sm"
)

// message is one HL7 v2 message while it is made into a unit.
type message struct {
	*run
	*hl7v2.Message
	from   *candidate
	header hl7v2.Header
	unit   *unit
	rawID  string
	who    *person
	did    struct{ created, updated bool }
	named  map[string]bool // what this message has named in the source's terms
}

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
		c.keys = append(c.keys, patientKeys(m)...)
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

func (r *run) prepareMessage(ctx context.Context, c *candidate, parsed *hl7v2.Message, cause error) (*unit, error) {
	if taken, u, err := r.takenBefore(ctx, c); err != nil || taken {
		return u, err
	}
	if p := new(hl7v2.Problem); errors.As(cause, &p) {
		return r.quarantine(ctx, c, c.piece, []Finding{fromHL7(*p)})
	}
	m := &message{run: r, Message: parsed, from: c, header: parsed.Header(), unit: &unit{piece: c.piece, from: c, counts: Counts{Read: 1}}}
	for _, p := range hl7v2.Check(parsed) {
		m.found(fromHL7(p))
	}
	if refuses(m.unit.findings) {
		return r.quarantine(ctx, c, c.piece, m.unit.findings)
	}
	if err := m.take(ctx); err != nil {
		return nil, err
	}
	if refuses(m.unit.findings) {
		return r.quarantine(ctx, c, c.piece, m.unit.findings)
	}
	if err := m.finish(ctx); err != nil {
		return nil, err
	}
	if rowsOf(m.unit.steps)+rowsOf(m.unit.last) > actRows {
		return r.quarantine(ctx, c, c.piece, append(m.unit.findings, ruleTooLong.error("MSH")))
	}
	return m.unit, nil
}

// takenBefore answers a message of which the same bytes were taken, or set
// aside, before.
func (r *run) takenBefore(ctx context.Context, c *candidate) (bool, *unit, error) {
	u := &unit{piece: c.piece, from: c, counts: Counts{Read: 1, Unchanged: 1}}
	var taken, waits bool
	var q quarantineRow
	err := r.room.look(ctx, func(reader db.Reader) (err error) {
		if _, taken, err = entryOf(ctx, reader, r.org, r.source.ID, c.scope, c.ref); err != nil || taken {
			return err
		}
		if r.neverQuarantined {
			return nil
		}
		q, waits, err = quarantineOf(ctx, reader, r.org, r.source.ID, c.scope, c.ref)
		return err
	})
	if taken || err != nil {
		return taken, u, err
	}
	if waits && !c.file.retries {
		u.counts = Counts{Read: 1, Quarantined: 1}
		u.findings = []Finding{{Severity: q.Severity, Rule: q.Rule, Element: q.Element, Where: c.label}}
		return true, u, nil
	}
	return false, nil, nil
}

func (m *message) found(f Finding) {
	f.Where = m.from.label
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
	m.rawID = id.New(m.room.desk.Now())
	return do(ctx)
}

// finish adds what every message leaves: its bytes, its identity and its counts.
func (m *message) finish(ctx context.Context) error {
	raw, err := m.keepAs(ctx, m.rawID, m.from.file, m.who.subject, m.from.place, m.from.raw)
	if err != nil {
		return err
	}
	return m.account(ctx, raw)
}

func (m *message) account(ctx context.Context, raw rawRow) error {
	e := m.entry(scopeMessage, "", m.header.Type, "")
	e.Ref, e.Patient = m.from.ref, m.who.id
	u := m.unit
	u.steps = append([]step{{rawRows, func(ctx context.Context, w *act.Work) error { return raws.Insert(ctx, w, &raw) }}}, u.steps...)
	u.add(1, func(ctx context.Context, w *act.Work) error { return entries.Insert(ctx, w, &e) })
	switch {
	case m.did.created:
		u.counts.Created = 1
	case m.did.updated:
		u.counts.Updated = 1
	default:
		u.counts.Unchanged = 1
	}
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
		m.resolve(u, q)
	}
	return err
}

// once returns a key under which the source knows something, or another for
// what it names twice in one message.
func (m *message) once(key, otherwise string) string {
	if key == "" || m.named[key] {
		return m.from.ref + "\x00" + otherwise
	}
	if m.named == nil {
		m.named = map[string]bool{}
	}
	m.named[key] = true
	return key
}

// entry says what something of the message became.
func (m *message) entry(scope, foreign, kind, object string) entryRow {
	e := entryRow{Org: m.org, Source: m.source.ID, Scope: scope, Kind: kind, Object: object, Raw: m.rawID, At: m.room.desk.Now()}
	if foreign != "" {
		e.Ref = m.room.refOf(m.org, scope+"\x00"+foreign)
	}
	if m.who != nil {
		e.Patient = m.who.id
	}
	return e
}

// recall finds what something foreign became here.
func (m *message) recall(ctx context.Context, scope, foreign string) (e entryRow, known bool, err error) {
	err = m.room.look(ctx, func(r db.Reader) error {
		e, known, err = entryOf(ctx, r, m.org, m.source.ID, scope, m.room.refOf(m.org, scope+"\x00"+foreign))
		return err
	})
	return e, known, err
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
