package intake

import (
	"bytes"
	"context"
	"errors"
	"reflect"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/fhir"
)

// Replacing is a resource that is to stand in the place of one that the source brought.
type Replacing struct {
	Raw []byte
	// Object is what is replaced; or, where it is empty, If finds it: a condition.
	Object string
	If     string
	// Version is the one that the sender has seen; 0: he has named none.
	Version int
}

// Replaced is what became of it.
type Replaced struct {
	Object   string
	Version  int
	Created  bool // nothing met the condition
	Changed  bool
	Findings []Finding
	Refused  bool // nothing of it was taken, and the findings say why
}

// Replace puts a Patient in the place of the one that the same source brought. Nothing of
// it is taken where the version is not the one that the sender has seen. What differs in
// who somebody is waits for a person, as in every input.
func (room *Room) Replace(ctx context.Context, in Replacing) (Replaced, error) {
	if err := room.desk.Begin(ctx, "intake.import"); err != nil {
		return Replaced{}, err
	}
	e, found := openOne(in.Raw)
	if refuses(found) {
		return Replaced{Findings: found, Refused: true}, nil
	}
	from, batch, err := room.open(ctx, "")
	if err != nil {
		return Replaced{}, err
	}
	r := room.newRun(act.From(ctx), from, batch, nil)
	feed := room.asFeed(ctx, from, r.importer)
	if in.Object == "" {
		if in.Object, err = r.meant(ctx, in.If); err != nil {
			return Replaced{}, errors.Join(err, room.ended(ctx, r, err))
		}
	}
	if in.Object == "" {
		return room.createInstead(ctx, in, r)
	}
	done, err := r.replace(feed, in, e, found)
	return done, errors.Join(err, room.ended(ctx, r, err))
}

// ended closes the batch of a replacement.
func (room *Room) ended(ctx context.Context, r *run, failure error) error {
	r.batch.end(r.report(r.source.Code), failure)
	return room.close(context.WithoutCancel(ctx), r.batch)
}

// createInstead hands in what met nothing, as a conditional update does.
func (room *Room) createInstead(ctx context.Context, in Replacing, r *run) (Replaced, error) {
	if err := room.ended(ctx, r, nil); err != nil {
		return Replaced{}, err
	}
	handed, err := room.HandIn(ctx, in.Raw, in.If)
	if err != nil {
		return Replaced{}, err
	}
	if len(handed.Entries) != 1 || handed.Entries[0].Object == "" {
		return Replaced{Findings: handed.Findings, Refused: true}, nil
	}
	one := handed.Entries[0]
	return Replaced{Object: one.Object, Version: one.Version, Created: !one.Before, Findings: one.Findings}, nil
}

// openOne reads a single Patient, with all that is wrong with it.
func openOne(raw []byte) (*fhir.Entry, []Finding) {
	var found []Finding
	in, problems, err := fhir.OpenBytes(raw, fhir.Limits{Bytes: MaxFile})
	for _, p := range problems {
		found = append(found, fromFHIR(p))
	}
	if err != nil || in.Bundle != nil || len(in.Entries) != 1 || in.Entries[0].Type != "Patient" {
		return nil, append(found, ruleUnknownKind.fatal("resourceType"))
	}
	e := in.Entries[0]
	for _, p := range fhir.Check(e) {
		found = append(found, fromFHIR(p))
	}
	if bytes.Contains(raw, []byte(`"SUBSETTED"`)) || bytes.Contains(raw, []byte(`"masked"`)) || bytes.Contains(raw, []byte(`"MASKED"`)) {
		found = append(found, ruleMasked.error("Patient"))
	}
	return e, found
}

// meant is the one patient of the source who meets a condition; nobody, or
// [errManyMeant].
func (r *run) meant(ctx context.Context, query string) (string, error) {
	c, ok := parseCondition(query)
	if !ok {
		return "", errCondition.With()
	}
	var ids []string
	err := r.room.look(ctx, func(reader db.Reader) (err error) {
		ids, err = r.named(ctx, reader, "Patient", c)
		return err
	})
	switch {
	case err != nil || len(ids) == 0:
		return "", err
	case len(ids) > 1:
		return "", errManyMeant.With()
	}
	return ids[0], nil
}

// replace brings what changed about a patient of the source.
func (r *run) replace(ctx context.Context, in Replacing, e *fhir.Entry, found []Finding) (Replaced, error) {
	facts, err := r.ownPatient(ctx, in.Object)
	if err != nil {
		return Replaced{}, err
	}
	done := Replaced{Object: in.Object, Version: facts.Rev, Findings: found}
	if in.Version != facts.Rev {
		return done, errStale.With()
	}
	m := r.filerOf(r.replacing(in), "Patient")
	if m.from.file, err = r.newFile("", KindFHIR, in.Raw, m.from.scope); err != nil {
		return done, err
	}
	m.unit.file = m.from.file
	m.unit.findings = found
	m.who = &person{dossier: newDossier(in.Object, facts.Subject, facts)}
	next, proposed, doubtful := patientReplaced(facts.Demographics, e, m.found)
	if doubtful {
		m.found(ruleIdentity.warning("Patient"))
		if err := m.askIdentity(ctx, proposed); err != nil {
			return done, err
		}
	}
	done.Findings = m.unit.findings
	if refuses(done.Findings) {
		done.Refused = true
		return done, nil
	}
	if !reflect.DeepEqual(next, facts.Demographics) {
		if done.Refused, err = m.update(ctx, facts.Rev, next); err != nil || done.Refused {
			done.Findings = m.unit.findings
			return done, err
		}
		done.Changed, done.Version = true, facts.Rev+1
	}
	again, err := r.cameBefore(ctx, m.from.scope)
	if err != nil || again || !done.Changed && !doubtful {
		return done, err
	}
	if err := m.finish(ctx, "Patient", m.who); err != nil {
		return done, err
	}
	return done, r.commitOne(ctx, m.unit)
}

// ownPatient finds a patient whom the source brought. Whoever is another's is refused as
// one who is not there.
func (r *run) ownPatient(ctx context.Context, id string) (facts patient.Facts, err error) {
	err = r.room.look(ctx, func(reader db.Reader) error {
		facts, err = r.room.patients.FactsOf(ctx, reader, r.org, id)
		return err
	})
	if err == nil && facts.Object.CreatedBy == r.source.ID {
		return facts, nil
	}
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return facts, err
	}
	err = r.room.desk.Do(ctx, "intake.import", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "Import", ID: r.batch.ID, Org: r.org}); err != nil {
			return err
		}
		return w.PermitTo(ctx, "patient.update", policy.Object{Kind: "Patient", ID: id, Org: r.org})
	})
	if err == nil {
		err = act.ErrAbsent.With()
	}
	return facts, err
}

// cameBefore reports whether the same input for the same version was taken: then what was
// to be asked about it is asked.
func (r *run) cameBefore(ctx context.Context, digest string) (known bool, err error) {
	err = r.room.look(ctx, func(reader db.Reader) error {
		_, known, err = fileOf(ctx, reader, r.org, r.source.ID, digest)
		return err
	})
	return known, err
}

// replacing is the piece of an input that replaces something: the same bytes for another
// version are another input.
func (r *run) replacing(in Replacing) *candidate {
	digest := r.room.keyed(r.org, append([]byte("PUT "+in.Object+" "+itoa(in.Version)+"\n"), in.Raw...))
	return &candidate{piece: piece{label: "Patient", raw: in.Raw, scope: digest, ref: r.room.refOf(r.org, "*"), read: 1}}
}

// patientReplaced returns what a patient becomes by a whole resource: what it leaves out
// is no more, but for who somebody is, which is only proposed, and for what a Patient
// cannot tell.
func patientReplaced(old patient.Demographics, e *fhir.Entry, tell func(Finding)) (next, proposed patient.Demographics, doubtful bool) {
	p, _ := fhir.ReadPatient(e)
	said, found := demographicsOf(p)
	for _, f := range found {
		tell(f)
	}
	if said.Name == NameUnknown {
		said.Name = ""
	}
	next, proposed, doubtful = compareIdentity(old, said)
	next.Address, next.Phone, next.Contacts = said.Address, said.Phone, said.Contacts
	if said.RecordNumber != "" {
		next.RecordNumber = said.RecordNumber
	}
	return next, proposed, doubtful
}

// update prepares new demographics; it reports what the house does not take.
func (m *filer) update(ctx context.Context, rev int, next patient.Demographics) (refused bool, err error) {
	prepared, err := m.room.patients.PrepareUpdate(ctx, m.org, m.who.id, rev, next)
	if err != nil {
		err = m.foundBy(err, patientElements)
		return err == nil, err
	}
	m.did.updated = true
	m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return m.room.patients.UpdateIn(ctx, w, prepared) })
	return false, nil
}

// commitOne writes a unit that is not tried again: what changed meanwhile is told.
func (r *run) commitOne(ctx context.Context, u *unit) error {
	r.reports = append(r.reports, u.file.report)
	failures, err := r.act(ctx, []*unit{u}, true)
	switch {
	case err != nil:
		return err
	case failures[0] != nil && fault.KindOf(failures[0]) == fault.Conflict:
		return errStale.Because(failures[0])
	}
	return failures[0]
}
