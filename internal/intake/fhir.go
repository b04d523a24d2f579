package intake

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/fhir"
)

// bundle is one FHIR input while it is made into units: a Bundle, a single
// resource or NDJSON.
type bundle struct {
	*run
	from    *candidate
	in      *fhir.Input
	entries []*bundled
	of      map[*fhir.Entry]*bundled
	groups  []*group // in the order of their patients
	loose   []*bundled
	general []Finding // about the input as a whole
	rawID   string
	knownBy map[string]*group        // patients of earlier inputs, by what refers to them
	kept    []rawRow                 // the input as earlier runs kept it
	waiting map[string]quarantineRow // by ref
}

// bundled is one entry of a bundle.
type bundled struct {
	*fhir.Entry
	label    string
	ref      string
	place    int
	findings []Finding
	group    *group
	id       string // of our row
	over     bool   // an entry row of a run that was cut off stands already
	taken    bool   // by an earlier run
	matched  bool   // it was to be created unless it was there, and is
}

// group is a patient of a bundle with everything about him.
type group struct {
	entry    *bundled
	prepared *patient.Prepared // nil for a patient registered by an earlier run
	id       string
	subject  *vault.Subject
	likes    []string // patients who are probably the same
	members  []*bundled
	stays    map[*bundled]patient.Encounter
	known    bool                         // of an earlier input: there is no entry of him
	before   map[string]patient.Encounter // his, of earlier inputs
}

func (r *run) fhirCandidate(f *file) *candidate {
	c := &candidate{piece: piece{file: f, label: "", raw: f.raw, scope: f.row.Digest, ref: r.room.refOf(r.org, "*"), read: 1}}
	c.keys = []string{"file:" + f.row.Digest}
	c.prepare = func(ctx context.Context) ([]*unit, error) { return r.prepareFHIR(ctx, c) }
	return c
}

func (r *run) prepareFHIR(ctx context.Context, c *candidate) ([]*unit, error) {
	in, problems, err := fhir.OpenBytes(c.file.raw, fhir.Limits{Bytes: MaxFile})
	if refusal := new(fhir.Refusal); errors.As(err, &refusal) {
		found := make([]Finding, len(problems))
		for i, p := range problems {
			found[i] = fromFHIR(p)
		}
		u, err := r.quarantine(ctx, c, c.piece, found)
		return []*unit{u}, err
	}
	if err != nil {
		return nil, err
	}
	b := &bundle{run: r, from: c, in: in, of: make(map[*fhir.Entry]*bundled, len(in.Entries))}
	b.list(problems)
	b.screenEntries(ctx)
	if err := b.recall(ctx); err != nil {
		return nil, err
	}
	if err := b.match(ctx); err != nil {
		return nil, err
	}
	b.from.read = len(b.entries) + len(in.Rejected)
	if found := b.refusedAsAWhole(); found != nil {
		u, err := r.quarantine(ctx, c, c.piece, found)
		return []*unit{u}, err
	}
	if err := b.sort(ctx); err != nil {
		return nil, err
	}
	if err := b.preparePatients(ctx); err != nil {
		return nil, err
	}
	if found := b.refusedAsAWhole(); found != nil {
		u, err := r.quarantine(ctx, c, c.piece, found)
		return []*unit{u}, err
	}
	return b.units(ctx)
}

// list names every entry and gives it what was found in it.
func (b *bundle) list(problems []fhir.Problem) {
	next := 0
	keys := entryKeys(b.in)
	for i, e := range b.in.Entries {
		x := &bundled{Entry: e, label: labelOf(i, e), ref: b.room.refOf(b.org, keys[i])}
		if at := bytes.Index(b.in.Raw[next:], e.Raw); at >= 0 && len(e.Raw) > 0 {
			x.place = next + at
			next = x.place + len(e.Raw)
		}
		b.entries = append(b.entries, x)
		b.of[e] = x
	}
	for _, p := range problems {
		if p.Entry == fhir.NoEntry || p.Entry >= len(b.entries) {
			b.general = append(b.general, fromFHIR(p))
			continue
		}
		b.entries[p.Entry].found(fromFHIR(p))
	}
	for _, x := range b.entries {
		for _, p := range fhir.Check(x.Entry) {
			x.found(fromFHIR(p))
		}
		if x.Request != nil && (x.Request.Method == http.MethodDelete || x.Request.Method == http.MethodPatch) {
			x.found(ruleMethod.error("Bundle.entry.request.method"))
		}
	}
}

// entryKeys name the entries within their input, each once.
func entryKeys(in *fhir.Input) []string {
	keys, seen := make([]string, len(in.Entries)), map[string]bool{}
	for i, e := range in.Entries {
		keys[i] = e.Key()
		if seen[keys[i]] {
			keys[i] += "\x00" + strconv.Itoa(i)
		}
		seen[keys[i]] = true
	}
	return keys
}

// labelOf is how an entry is spoken of.
func labelOf(i int, e *fhir.Entry) string {
	return strings.TrimSpace("entry " + strconv.Itoa(i+1) + " " + e.Type)
}

func (x *bundled) found(f Finding) {
	f.Where = x.label
	x.findings = append(x.findings, f)
}

func (x *bundled) refused() bool { return refuses(x.findings) }

// refusedAsAWhole returns every finding of an input of which nothing may be
// taken, or nil.
func (b *bundle) refusedAsAWhole() []Finding {
	if refuses(b.general) {
		return b.every()
	}
	if b.in.Bundle == nil || b.in.Bundle.Type != fhir.BundleTransaction {
		return nil
	}
	fresh := 0
	for _, g := range b.groups {
		if g.prepared != nil {
			fresh++
		}
	}
	if fresh > mostPatients {
		return append(b.every(), ruleTooManyPatients.fatal("Bundle.entry"))
	}
	for _, x := range b.entries {
		if x.refused() {
			return append(b.every(), ruleTransaction.fatal("Bundle"))
		}
	}
	return nil
}

// mostPatients is how many patients one act can register.
const mostPatients = 150

func (b *bundle) every() []Finding {
	all := b.general
	for _, x := range b.entries {
		all = append(all, x.findings...)
	}
	return all
}

// recall reads what earlier runs made of the same input.
func (b *bundle) recall(ctx context.Context) error {
	b.waiting = map[string]quarantineRow{}
	if !b.from.file.resumes && !b.from.again {
		return nil
	}
	return b.room.look(ctx, func(r db.Reader) error {
		err := b.recallEntries(ctx, r)
		if err != nil {
			return err
		}
		b.kept, err = raws.Select(ctx, r, "WHERE org = $1 AND file = $2 AND place = $3", b.org, b.from.file.row.ID, 0)
		if err != nil {
			return err
		}
		waiting, err := quarantines.Select(ctx, r, "WHERE org = $1 AND source = $2 AND scope = $3", b.org, b.source.ID, b.from.scope)
		for _, q := range waiting {
			b.waiting[q.Ref] = q
		}
		return err
	})
}

// recallEntries tells entries that an earlier run took from those of a patient
// who never came to be.
func (b *bundle) recallEntries(ctx context.Context, r db.Reader) error {
	rows, err := entries.Select(ctx, r, "WHERE org = $1 AND source = $2 AND scope = $3", b.org, b.source.ID, b.from.scope)
	if err != nil {
		return err
	}
	known := make(map[string]entryRow, len(rows))
	alive := map[string]bool{"": true}
	for _, row := range rows {
		known[row.Ref] = row
		if _, asked := alive[row.Patient]; asked {
			continue
		}
		if alive[row.Patient], err = b.room.registered(ctx, r, b.org, row.Patient); err != nil {
			return err
		}
	}
	for _, x := range b.entries {
		row, seen := known[x.ref]
		x.taken, x.over = seen && alive[row.Patient], seen && !alive[row.Patient]
		if x.taken {
			x.id = row.Object
		}
	}
	return nil
}

// sort puts every entry with its patient.
func (b *bundle) sort(ctx context.Context) error {
	groups := map[*bundled]*group{}
	for _, x := range b.entries {
		if x.Type == "Patient" && !x.refused() {
			g := &group{entry: x, stays: map[*bundled]patient.Encounter{}}
			x.group, groups[x] = g, g
			b.groups = append(b.groups, g)
		}
	}
	for _, x := range b.entries {
		if x.Type == "Patient" || x.Raw == nil || x.refused() {
			continue
		}
		var named bool
		var err error
		if x.group, named, err = b.groupOf(ctx, x, groups); err != nil {
			return err
		}
		if x.refused() {
			continue
		}
		if x.group != nil {
			x.group.members = append(x.group.members, x)
			continue
		}
		b.loose = append(b.loose, x)
		if named && !isPatientless(x.Type) {
			x.found(rulePatientUnresolved.warning(x.Type))
		}
	}
	return nil
}

// groupOf is the group of the patient whom an entry is about, in this input or an
// earlier one of the source, and whether it names one at all.
func (b *bundle) groupOf(ctx context.Context, x *bundled, groups map[*bundled]*group) (g *group, named bool, err error) {
	for _, l := range x.References() {
		if !namesPatient(x.Type, l.Path) {
			continue
		}
		if target, ok := b.in.Resolve(x.Entry, l.Text); ok {
			return groups[b.of[target]], true, nil
		}
		fresh := len(b.knownBy)
		if g, err = b.knownGroup(ctx, x, l.Text); g != nil && len(b.knownBy) > fresh && !slices.Contains(b.groups, g) {
			b.groups = append(b.groups, g)
		}
		return g, true, err
	}
	return nil, false, nil
}

// namesPatient reports whether an element says whom a resource is about.
func namesPatient(kind, path string) bool {
	element, _ := strings.CutPrefix(path, kind+".")
	switch element {
	case "subject", "patient", "for", "beneficiary", "subject[0]", "individual":
		return true
	}
	return false
}

// isPatientless reports kinds whose subject need not be a patient.
func isPatientless(kind string) bool {
	switch kind {
	case "Group", "Library", "Measure", "ActivityDefinition", "PlanDefinition":
		return true
	}
	return false
}

func (b *bundle) preparePatients(ctx context.Context) error {
	kept := b.groups[:0]
	for _, g := range b.groups {
		ok, err := b.preparePatient(ctx, g)
		if err != nil {
			return err
		}
		if ok {
			kept = append(kept, g)
			continue
		}
		for _, x := range g.members {
			x.group = nil
			x.found(rulePatientUnresolved.warning(x.Type))
			b.loose = append(b.loose, x)
		}
	}
	b.groups = kept
	return nil
}

// preparePatient opens or makes the patient of a group. It reports false when he
// cannot be registered.
func (b *bundle) preparePatient(ctx context.Context, g *group) (bool, error) {
	if g.known {
		return true, nil
	}
	if g.entry.taken {
		g.id = g.entry.id
		return true, b.room.look(ctx, func(r db.Reader) (err error) {
			g.subject, err = b.room.patients.Subject(ctx, r, b.org, g.id)
			return err
		})
	}
	p, _ := fhir.ReadPatient(g.entry.Entry)
	d, found := demographicsOf(p)
	for _, m := range g.members {
		if m.Type == "AllergyIntolerance" {
			d = withAllergy(d, m.Entry)
		}
	}
	for _, f := range found {
		g.entry.found(f)
	}
	if g.entry.refused() {
		return false, nil
	}
	prepared, err := b.room.patients.Prepare(b.org, patient.Registration{Demographics: d, Source: b.source.ID, Level: levelOf(p.Meta)})
	if err != nil {
		if !isAnswer(err) {
			return false, err
		}
		for _, f := range fromFault(err, patientElements) {
			g.entry.found(f)
		}
		return false, nil
	}
	g.prepared, g.id, g.subject, g.entry.id = prepared, prepared.ID(), prepared.Subject(), prepared.ID()
	g.likes, err = b.likeness(ctx, b.from, g.id, d)
	if len(g.likes) > 0 {
		g.entry.found(ruleDuplicate.warning("Patient"))
	}
	return true, err
}

// units makes what is to be written. A transaction is one unit; of anything else
// each patient is one, and so is what belongs to nobody.
func (b *bundle) units(ctx context.Context) ([]*unit, error) {
	subject := b.from.file.subject
	if len(b.groups) == 1 {
		subject = b.groups[0].subject
	}
	lead := &unit{piece: b.from.piece, from: b.from, findings: b.general}
	if q, waits := b.waiting[b.from.ref]; waits {
		b.resolve(lead, q)
	}
	if err := b.keepWhole(ctx, lead, subject); err != nil {
		return nil, err
	}
	for _, x := range b.entries {
		if x.Raw == nil && !x.refused() {
			lead.counts.Read++
			lead.counts.Unchanged++
		}
	}
	units := []*unit{lead}
	whole := len(b.groups) <= 1 && !b.anyRefused() || b.in.Bundle != nil && b.in.Bundle.Type == fhir.BundleTransaction
	of := func(p piece) *unit {
		if whole {
			return lead
		}
		u := &unit{piece: p, from: b.from}
		units = append(units, u)
		return u
	}
	for _, g := range b.groups {
		lead, read := g.entry, 1+len(g.members)
		if g.known {
			lead, read = g.members[0], len(g.members)
		}
		if err := b.addGroup(ctx, of(b.pieceOf(lead, read)), g); err != nil {
			return nil, err
		}
	}
	u := lead
	if len(b.loose) > 0 {
		u = of(b.pieceOf(b.loose[0], len(b.loose)))
	}
	for _, x := range b.loose {
		b.addResource(u, x, nil)
	}
	return b.addRefused(units)
}

// keepWhole keeps the input as it was received, unless an earlier run kept it
// under the same key.
func (b *bundle) keepWhole(ctx context.Context, u *unit, subject *vault.Subject) error {
	for _, raw := range b.kept {
		if raw.Subject == subject.ID() && raw.Size == int64(len(b.in.Raw)) {
			b.rawID = raw.ID
			return nil
		}
	}
	raw, err := b.keep(ctx, b.from.file, subject, 0, b.in.Raw)
	b.rawID = raw.ID
	u.add(rawRows, func(ctx context.Context, w *act.Work) error { return raws.Insert(ctx, w, &raw) })
	return err
}

func (b *bundle) anyRefused() bool {
	for _, x := range b.entries {
		if x.refused() {
			return true
		}
	}
	return len(b.in.Rejected) > 0
}

func (b *bundle) pieceOf(x *bundled, read int) piece {
	return piece{file: b.from.file, label: x.label, raw: b.in.Raw, scope: b.from.scope, ref: x.ref, read: read}
}

// addRefused sets aside the entries that may not be taken, each by itself.
func (b *bundle) addRefused(units []*unit) ([]*unit, error) {
	for _, x := range b.entries {
		if !x.refused() {
			continue
		}
		u := &unit{piece: b.pieceOf(x, 1), from: b.from, counts: Counts{Read: 1, Quarantined: 1}, findings: x.findings}
		if err := b.setAsideOnce(u, x.place, len(x.Raw)); err != nil {
			return nil, err
		}
		units = append(units, u)
	}
	for _, line := range b.in.Rejected {
		p := piece{file: b.from.file, label: "line " + strconv.Itoa(line.Line), scope: b.from.scope, ref: b.room.refOf(b.org, "line "+strconv.Itoa(line.Line)), read: 1}
		u := &unit{piece: p, from: b.from, counts: Counts{Read: 1, Quarantined: 1}, findings: at(p.label, []Finding{fromFHIR(line.Problem)})}
		if err := b.setAsideOnce(u, max(0, bytes.Index(b.in.Raw, line.Raw)), len(line.Raw)); err != nil {
			return nil, err
		}
		units = append(units, u)
	}
	return units, nil
}

func (b *bundle) setAsideOnce(u *unit, place, size int) error {
	if known, waits := b.waiting[u.ref]; waits {
		return b.quarantineAgain(u, known, u.findings)
	}
	return b.setAside(u, b.rawID, place, size, u.findings)
}

// addGroup adds a patient with everything about him. What he is registered with
// comes last: until then nobody can find any of it.
func (b *bundle) addGroup(ctx context.Context, u *unit, g *group) error {
	for _, x := range g.members {
		if x.Type == "Encounter" {
			if err := b.addEncounter(ctx, u, g, x); err != nil {
				return err
			}
		}
	}
	for _, x := range g.members {
		var err error
		switch x.Type {
		case "Encounter":
		case "Observation":
			err = b.addObservation(u, g, x)
		case "MedicationRequest":
			err = b.addOrder(ctx, u, g, x)
		case "ServiceRequest":
			if err = b.addOrder(ctx, u, g, x); err == nil {
				err = b.addRequisition(ctx, u, g, x)
			}
		case "Procedure":
			b.addResource(u, x, g)
			err = b.addOperation(ctx, u, g, x)
		case "Composition", "DocumentReference":
			err = b.addDocument(ctx, u, g, x)
		case "DiagnosticReport":
			if err = b.addDocument(ctx, u, g, x); err == nil {
				b.addResult(u, x)
			}
		case "MedicationAdministration", "MedicationDispense":
			b.addResource(u, x, g)
			b.addStep(u, g, x)
		default:
			b.addResource(u, x, g)
		}
		if err != nil {
			return err
		}
	}
	b.weighAfter(u, g)
	if g.known || b.count(u, g.entry) {
		return nil
	}
	b.addEntry(u, g.entry, g, g.id)
	u.finally(2, func(ctx context.Context, w *act.Work) error { return b.room.patients.RegisterIn(ctx, w, g.prepared) })
	return b.askWhether(u, Duplicate, g.id, g.likes, nil)
}

// count counts an entry, and reports whether an earlier run has taken it.
func (b *bundle) count(u *unit, x *bundled) bool {
	u.counts.Read++
	u.findings = append(u.findings, x.findings...)
	if x.taken {
		u.counts.Unchanged++
		if x.matched {
			b.addEntry(u, x, x.group, x.id)
		}
		return true
	}
	u.counts.Created++
	if q, waits := b.waiting[x.ref]; waits {
		b.resolve(u, q)
	}
	return false
}

func (b *bundle) addEntry(u *unit, x *bundled, g *group, object string) {
	e := entryRow{
		Org: b.org, Source: b.source.ID, Scope: b.from.scope, Ref: x.ref, Kind: x.Type, Object: object, Raw: b.rawID, At: b.room.desk.Now(),
	}
	if g != nil {
		e.Patient = g.id
	}
	u.add(1, func(ctx context.Context, w *act.Work) error { return saveEntry(ctx, w, e, x.over) })
	if !x.matched {
		b.nameObject(u, x, e)
	}
}

// addResource keeps an entry as it was sent.
func (b *bundle) addResource(u *unit, x *bundled, g *group) {
	if b.count(u, x) {
		return
	}
	row := resourceRow{
		Org: b.org, ID: id.New(b.room.desk.Now()), Kind: x.Type, Raw: b.rawID, Place: int64(x.place), Size: int64(len(x.Raw)), Source: b.source.ID, At: b.room.desk.Now(),
	}
	if g != nil {
		row.Patient = g.id
	}
	b.addEntry(u, x, g, row.ID)
	u.add(1, func(ctx context.Context, w *act.Work) error { return resources.Insert(ctx, w, &row) })
}
