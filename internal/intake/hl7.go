package intake

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/hl7v2"
	"github.com/medward/medward/kit/sm"
)

// message is what an HL7 v2 message says of one patient, while the message is made
// into a unit.
type message struct {
	filer
	*hl7v2.Message
	header hl7v2.Header
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
	scopeOrder    = "hl7 order"
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
	m := &message{filer: r.filerOf(c, "OBX-5"), Message: parsed, header: parsed.Header()}
	m.mustBeOfItsSource()
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
	about := make([]*person, len(parts))
	for i, part := range parts {
		about[i] = part.who
	}
	if err := m.finish(ctx, m.header.Type, about...); err != nil {
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

// mustBeOfItsSource holds a message to the version and, where a machine sends it, to
// the names that are registered for its source.
func (m *message) mustBeOfItsSource() {
	if bound := m.source.HL7Version(); bound != "" && m.header.Version != bound {
		m.found(ruleVersion.error("MSH-12"))
	}
	if m.importer.Kind != act.Feed {
		return
	}
	if !m.source.Sends(m.header.SendingApplication.Namespace, m.header.SendingFacility.Namespace) {
		m.found(ruleSender.error("MSH-3"))
	}
	if sent, err := m.header.SentAt(m.room.zone); err == nil {
		m.unit.said = sent.Time
	}
}

// take finds whom a message is about and does what it says.
func (m *message) take(ctx context.Context) error {
	do := map[string]func(context.Context) error{"ADT": m.adt, "ORU": m.oru, "MDM": m.mdm, "SIU": m.appointment}[m.header.Type]
	switch {
	case slices.Contains(orderTypes, m.header.Type):
		do = m.orders
	case slices.Contains(medicationTypes, m.header.Type):
		do = m.medications
	}
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
