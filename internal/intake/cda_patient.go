package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/cda"
	"github.com/medward/medward/kit/hl7v2"
)

const (
	rootNational   = "2.16.156.10011.1." // of all identifiers of WS/T 500
	rootSocial     = "2.16.840.1.113883.4.1"
	elementPatient = "/ClinicalDocument/recordTarget/patientRole"
)

// ofPatients are the identifiers of WS/T 500 that stand for one patient, the best
// first: those of a stay or visit tell less. The others number documents, samples and
// places.
var (
	ofPatients = []string{cda.RootRecord, cda.RootIDCard, cda.RootHealthCard, cda.RootHealthRecord}
	ofVisits   = []string{cda.RootAdmission, cda.RootOutpatient}
)

// clinicalKeys are the identifiers of everybody whom a document is about.
func clinicalKeys(h cda.Header) []string {
	var keys []string
	for _, p := range h.Patients {
		own, visits := keysOfPatient(p)
		keys = append(append(keys, own...), visits...)
	}
	return keys
}

// keysOfPatient are the identifiers of a patient and of his stay or visit, as HL7 v2
// would write them: a number under its OID, and a record number also as MR without an
// authority.
func keysOfPatient(p cda.Patient) (own, visits []string) {
	ids := slices.Concat(p.IDs, p.NationalIDs)
	slices.SortStableFunc(ids, func(a, b cda.II) int { return rankOfRoot(a.Root) - rankOfRoot(b.Root) })
	add := func(to *[]string, cx hl7v2.CX) {
		if key := keyOf(cx); !slices.Contains(*to, key) && len(*to) < mostIdentifiers {
			*to = append(*to, key)
		}
	}
	for _, id := range ids {
		cx := hl7v2.CX{Authority: hl7v2.HD{ID: id.Root}, ID: id.Extension}
		switch {
		case id.Root == "" || strings.HasPrefix(id.Root, rootNational) && id.Extension == "":
		case slices.Contains(ofVisits, id.Root):
			add(&visits, cx)
		case id.Root == cda.RootRecord:
			add(&own, hl7v2.CX{Type: "MR", ID: id.Extension})
			add(&own, cx)
		case slices.Contains(ofPatients, id.Root) || !strings.HasPrefix(id.Root, rootNational):
			add(&own, cx)
		}
	}
	return own, visits
}

func rankOfRoot(root string) int {
	if i := slices.Index(ofPatients, root); i >= 0 {
		return i
	}
	return len(ofPatients)
}

// findPatient finds the patient by the identifiers that the source gave him, or
// prepares a new one. Who he is, is for a person to decide: what differs is asked. It
// returns nil when the document cannot be taken.
func (d *clinical) findPatient(ctx context.Context) (*person, error) {
	if len(d.header.Patients) != 1 {
		d.found(ruleSeveralPatients.error("/ClinicalDocument/recordTarget"))
		return nil, nil //nolint:nilnil // the finding says why
	}
	own, visits := keysOfPatient(d.header.Patients[0])
	p := &person{keys: slices.Concat(own, visits)}
	if len(p.keys) == 0 {
		d.found(ruleNoPatient.error(elementPatient + "/id"))
		return nil, nil //nolint:nilnil // as above
	}
	known, fresh, err := d.identify(ctx, own)
	if err != nil {
		return nil, err
	}
	visitors, freshVisits, err := d.identify(ctx, visits)
	if err != nil {
		return nil, err
	}
	if p.fresh = slices.Concat(fresh, freshVisits); len(known) > 1 {
		d.found(ruleIdentifiersDisagree.error(elementPatient + "/id"))
		return nil, nil //nolint:nilnil // as above
	}
	known = append(known, visitors...)
	said := d.demographics()
	if len(known) == 0 {
		return p, d.newPatient(ctx, p, said, origins{elementPatient, clinicalFields})
	}
	if slices.ContainsFunc(visitors, func(other string) bool { return other != known[0] }) {
		d.found(ruleVisitOfAnother.warning(elementPatient + "/id"))
	}
	if err := d.openDossier(ctx, p, known[0]); err != nil {
		return nil, err
	}
	return p, d.compare(ctx, p, said)
}

// compare asks a person where a document calls somebody otherwise than he is registered.
func (d *clinical) compare(ctx context.Context, p *person, said patient.Demographics) error {
	_, proposed, doubtful := compareIdentity(p.facts.Demographics, said)
	if !doubtful {
		return nil
	}
	d.found(ruleIdentity.warning(elementPatient))
	d.who = p
	return d.askIdentity(ctx, proposed)
}

// clinicalFields are the elements that our fields come from.
var clinicalFields = map[string]string{
	"name": elementPatient + "/patient/name", "sex": elementPatient + "/patient/administrativeGenderCode", "birthDate": elementPatient + "/patient/birthTime",
	"address": elementPatient + "/addr", "phone": elementPatient + "/telecom", "recordNumber": elementPatient + "/id", "idNumber": elementPatient + "/patient/id",
	"contacts": "/ClinicalDocument/participant",
}

// demographics maps the patient of the header. What cannot be taken is found.
func (d *clinical) demographics() patient.Demographics {
	p := d.header.Patients[0]
	said := patient.Demographics{
		Name: strings.TrimSpace(p.Name), Sex: sexOf(p.Gender.Code), BirthDate: d.birthDate(p.Birth),
		IDNumber: cmp.Or(p.Number(cda.RootIDCard), p.Number(rootSocial)), RecordNumber: p.Number(cda.RootRecord),
	}
	switch {
	case said.Name == "":
		said.Name = NameUnknown
		d.found(ruleNoName.warning(clinicalFields["name"]))
	case utf8.RuneCountInString(said.Name) > longestName:
		d.found(ruleNameLength.fatal(clinicalFields["name"]))
	}
	for _, id := range p.IDs {
		if said.RecordNumber == "" && id.Root != rootSocial && !strings.HasPrefix(id.Root, rootNational) {
			said.RecordNumber = id.Extension
		}
	}
	for _, t := range p.Telecoms {
		said.Phone = cmp.Or(said.Phone, phoneOfURL(t))
	}
	for _, a := range p.Addresses {
		said.Address = cmp.Or(said.Address, clip(a.String(), longestAddress))
	}
	for _, o := range d.header.Others {
		c := patient.Contact{Name: clip(o.Name, longestName), Relation: clip(o.Code.String(), longestLabel)}
		for _, t := range o.Telecoms {
			c.Phone = cmp.Or(c.Phone, phoneOfURL(t))
		}
		if (o.Class == "ECON" || o.Class == "NOK") && c.Name != "" && len(said.Contacts) < mostListed {
			said.Contacts = append(said.Contacts, c)
		}
	}
	return said
}

const longestAddress = 300

func phoneOfURL(t string) string { return clip(strings.TrimPrefix(t, "tel:"), longestLabel) }

// birthDate is when somebody was born as precisely as it was given.
func (d *clinical) birthDate(born cda.Time) string {
	element := clinicalFields["birthDate"]
	if born.IsZero() {
		if born.Text != "" {
			d.found(ruleBirthDate.warning(element))
		}
		return ""
	}
	if born.In(d.room.zone).After(d.room.desk.Now().Add(ahead)) {
		d.found(ruleFuture.fatal(element))
	}
	switch born.Precision {
	case cda.ToYear:
		return born.Time.Format("2006")
	case cda.ToMonth:
		return born.Time.Format("2006-01")
	}
	return born.Time.Format("2006-01-02")
}

// visit finds the encounter by the number of the stay or visit.
func (d *clinical) visit(ctx context.Context) (visit, error) {
	ids := d.header.Patients[0].IDs
	if e := d.header.Encounter; e != nil {
		ids = slices.Concat(e.IDs, ids)
	}
	numbered := false
	for _, id := range ids {
		if id.Extension == "" || id.Root != cda.RootAdmission && id.Root != cda.RootOutpatient {
			continue
		}
		numbered = true
		for _, cx := range []hl7v2.CX{{Authority: hl7v2.HD{ID: id.Root}, ID: id.Extension}, {ID: id.Extension}} {
			v, err := d.visitKnownAs(ctx, d.who.id+"\x00"+keyOf(cx))
			if err != nil || v.known {
				return v, err
			}
		}
	}
	if numbered {
		return visit{}, nil
	}
	return d.visitKnownAs(ctx, "")
}
