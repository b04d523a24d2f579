package cda

import "strings"

// Header is who a document is about, who wrote and signed it, and what it belongs to.
type Header struct {
	Realm           string
	Type            II // typeId
	Templates       []II
	ID              II
	Code            Code // the kind of document: [KindOf]
	Title           string
	Time            Time // effectiveTime: when the document was made
	Confidentiality Code
	Language        string
	Set             II // setId: what all versions of it share
	Version         string

	Patients  []Patient
	Authors   []Participant
	Enterer   *Participant
	Informers []Participant
	Custodian Organization
	Receivers []Participant // informationRecipient
	Legal     *Participant  // legalAuthenticator
	Signers   []Participant // authenticator
	Others    []Participant // participant: contacts and whoever else
	Orders    []II          // inFulfillmentOf
	Services  []Service     // documentationOf
	Related   []Related
	Encounter *Encounter
}

// Patient is a recordTarget.
type Patient struct {
	IDs         []II // numbers of the role: admission, record, card, request
	NationalIDs []II // numbers of the person: identity card
	Name        string
	Gender      Code
	Birth       Time
	Marital     Code
	Ethnic      Code
	Occupation  Code
	Education   Code
	Nationality Code
	Ages        []Quantity
	Addresses   []Address
	Places      []Place // birthplace, nativePlace, household
	Telecoms    []string
	Provider    *Organization
	Employer    *Organization
}

// Place is a place in a person's life.
type Place struct {
	Kind    string // birthplace, nativePlace or household
	Address Address
}

var placeNames = []string{"birthplace", "nativePlace", "household"}

// Number is the patient's number under an OID, of the role or of the person, or "".
func (p Patient) Number(root string) string {
	for _, ids := range [][]II{p.IDs, p.NationalIDs} {
		for _, id := range ids {
			if id.Root == root && id.Extension != "" {
				return id.Extension
			}
		}
	}
	return ""
}

// Roots of identifiers of WS/T 500.
const (
	RootDocument     = "2.16.156.10011.1.1"
	RootHealthRecord = "2.16.156.10011.1.2"
	RootIDCard       = "2.16.156.10011.1.3"
	RootStaff        = "2.16.156.10011.1.4"
	RootOrganization = "2.16.156.10011.1.5"
	RootAuthor       = "2.16.156.10011.1.7"
	RootPathology    = "2.16.156.10011.1.8"
	RootOutpatient   = "2.16.156.10011.1.11"
	RootAdmission    = "2.16.156.10011.1.12"
	RootRecord       = "2.16.156.10011.1.13"
	RootSpecimen     = "2.16.156.10011.1.14"
	RootHealthCard   = "2.16.156.10011.1.19"
	RootPrescription = "2.16.156.10011.1.20"
	RootRoom         = "2.16.156.10011.1.21"
	RootBed          = "2.16.156.10011.1.22"
	RootRequest      = "2.16.156.10011.1.24"
	RootDepartment   = "2.16.156.10011.1.26"
	RootWard         = "2.16.156.10011.1.27"
	RootImaging      = "2.16.156.10011.1.32"
	RootLaboratory   = "2.16.156.10011.1.33"
	RootConsent      = "2.16.156.10011.1.34"
)

// Participant is a person, device or organisation in a part in the document.
type Participant struct {
	Kind         string // typeCode
	Class        string // classCode of the role
	Function     Code
	Time         Interval
	Signature    Code // signatureCode
	IDs          []II
	Code         Code // what they are: 主任医师, 家庭关系
	Name         string
	Device       string // model and software of an assignedAuthoringDevice
	Title        Code   // professionalTechnicalPosition
	Addresses    []Address
	Telecoms     []string
	Organization *Organization
}

// Organization is a place or body; PartOf is what it belongs to.
type Organization struct {
	IDs       []II
	Name      string
	Telecoms  []string
	Addresses []Address
	PartOf    *Organization
}

// Under finds the organisation with a number under an OID, from here outwards.
func (o *Organization) Under(root string) *Organization {
	for at := o; at != nil; at = at.PartOf {
		for _, id := range at.IDs {
			if id.Root == root {
				return at
			}
		}
	}
	return nil
}

// Service is what a document documents.
type Service struct {
	IDs        []II
	Code       Code
	Time       Interval
	Performers []Participant
}

// Related is a document that this one replaces (RPLC), appends (APND) or transforms
// (XFRM).
type Related struct {
	Kind    string
	IDs     []II
	Set     II
	Version string
}

// Encounter is the stay or visit that a document belongs to.
type Encounter struct {
	IDs       []II
	Code      Code
	Time      Interval
	Discharge Code          // dischargeDispositionCode
	Facility  Code          // of what kind the place is
	Place     *Organization // the bed or the narrowest place stated, outwards to the hospital
	Attending []Participant // responsibleParty and encounterParticipant
}

func (r *reader) header(root *Element) Header {
	h := Header{
		Realm: attr(r.one(root, "realmCode"), "code"), Type: r.id(root, "typeId"), Templates: r.ids(root, "templateId"), ID: r.id(root, "id"),
		Code: r.code(root, "code"), Title: r.text(root, "title"), Time: r.time(root, "effectiveTime"),
		Confidentiality: r.code(root, "confidentialityCode"), Language: attr(r.one(root, "languageCode"), "code"),
		Set: r.id(root, "setId"), Version: attr(r.one(root, "versionNumber"), "value"),
		Authors: r.participants(root, "author"), Informers: r.participants(root, "informant"), Receivers: r.participants(root, "informationRecipient"),
		Signers: r.participants(root, "authenticator"), Others: r.participants(root, "participant"),
		Enterer: first(r.participants(root, "dataEnterer")), Legal: first(r.participants(root, "legalAuthenticator")),
	}
	for t := range r.all(root, "recordTarget") {
		h.Patients = append(h.Patients, r.patient(r.one(t, "patientRole")))
	}
	if o := r.organization(r.at(root, "custodian", "assignedCustodian", "representedCustodianOrganization")); o != nil {
		h.Custodian = *o
	}
	for c := range r.all(root, "inFulfillmentOf") {
		h.Orders = append(h.Orders, r.ids(r.one(c, "order"), "id")...)
	}
	for c := range r.all(root, "documentationOf") {
		h.Services = append(h.Services, r.service(r.one(c, "serviceEvent")))
	}
	for c := range r.all(root, "relatedDocument") {
		p := r.one(c, "parentDocument")
		h.Related = append(h.Related, Related{attr(c, "typeCode"), r.ids(p, "id"), r.id(p, "setId"), attr(r.one(p, "versionNumber"), "value")})
	}
	h.Encounter = r.encounter(r.at(root, "componentOf", "encompassingEncounter"))
	return h
}

// first is the first of some participants, of whom CDA allows one.
func first(all []Participant) *Participant {
	if len(all) == 0 {
		return nil
	}
	return &all[0]
}

func (r *reader) patient(role *Element) Patient {
	person := r.one(role, "patient")
	p := Patient{
		IDs: r.ids(role, "id"), NationalIDs: r.ids(person, "id"), Name: r.name(person), Gender: r.code(person, "administrativeGenderCode"),
		Birth: r.time(person, "birthTime"), Marital: r.code(person, "maritalStatusCode"), Ethnic: r.code(person, "ethnicGroupCode"),
		Occupation: r.code(r.one(person, "occupation"), "occupationCode"), Education: r.code(r.one(person, "educationLevel"), "educationLevelCode"),
		Nationality: r.nationality(person), Addresses: r.addresses(role), Telecoms: r.telecoms(role),
		Provider: r.organization(r.one(role, "providerOrganization")), Employer: r.organization(r.one(person, "employerOrganization")),
	}
	for c := range r.all(person, "age") {
		p.Ages = append(p.Ages, measured(c))
	}
	for _, name := range placeNames {
		for _, a := range r.addresses(r.at(person, name, "place")) {
			p.Places = append(p.Places, Place{name, a})
		}
	}
	return p
}

// nationality is coded on the element itself or on one within it.
func (r *reader) nationality(person *Element) Code {
	c := r.one(person, "nationality")
	if inner := r.one(c, "nationalityCode"); inner != nil {
		return r.coded(inner)
	}
	return r.coded(c)
}

// The names under which a part in a document holds its role, and a role its person
// and its organisation.
var (
	roleNames         = []string{"assignedAuthor", "assignedEntity", "associatedEntity", "intendedRecipient", "relatedEntity", "healthCareFacility"}
	personNames       = []string{"assignedPerson", "associatedPerson", "informationRecipient", "relatedPerson"}
	organizationNames = []string{"representedOrganization", "scopingOrganization", "receivedOrganization"}
)

func (r *reader) either(e *Element, names []string) *Element {
	for _, name := range names {
		if c := r.one(e, name); c != nil {
			return c
		}
	}
	return nil
}

func (r *reader) participants(e *Element, name string) []Participant {
	var all []Participant
	for c := range r.all(e, name) {
		all = append(all, r.participant(c))
	}
	return all
}

func (r *reader) participant(c *Element) Participant {
	role := r.either(c, roleNames)
	person := r.either(role, personNames)
	p := Participant{
		Kind: attr(c, "typeCode"), Class: attr(role, "classCode"), Function: r.code(c, "functionCode"), Time: r.interval(r.one(c, "time")),
		Signature: r.code(c, "signatureCode"), IDs: r.ids(role, "id"), Code: r.code(role, "code"), Name: r.name(person),
		Title:     r.code(r.one(person, "professionalTechnicalPosition"), "professionaltechnicalpositionCode"),
		Addresses: r.addresses(role), Telecoms: r.telecoms(role), Organization: r.organization(r.either(role, organizationNames)),
	}
	device := r.one(role, "assignedAuthoringDevice")
	p.Device = strings.TrimSpace(r.text(device, "manufacturerModelName") + " " + r.text(device, "softwareName"))
	return p
}

func (r *reader) organization(e *Element) *Organization {
	if e == nil {
		return nil
	}
	return &Organization{
		IDs: r.ids(e, "id"), Name: r.name(e), Telecoms: r.telecoms(e), Addresses: r.addresses(e),
		PartOf: r.organization(r.at(e, "asOrganizationPartOf", "wholeOrganization")),
	}
}

func (r *reader) service(e *Element) Service {
	return Service{r.ids(e, "id"), r.code(e, "code"), r.interval(r.one(e, "effectiveTime")), r.participants(e, "performer")}
}

func (r *reader) encounter(e *Element) *Encounter {
	if e == nil {
		return nil
	}
	facility := r.at(e, "location", "healthCareFacility")
	place := r.organization(r.one(facility, "serviceProviderOrganization"))
	if place != nil && place.Name == "" && len(place.IDs) == 0 && place.PartOf != nil {
		place = place.PartOf
	}
	return &Encounter{
		IDs: r.ids(e, "id"), Code: r.code(e, "code"), Time: r.interval(r.one(e, "effectiveTime")), Place: place,
		Discharge: r.code(e, "dischargeDispositionCode"), Facility: r.code(facility, "code"),
		Attending: append(r.participants(e, "responsibleParty"), r.participants(e, "encounterParticipant")...),
	}
}
