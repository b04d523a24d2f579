package cda

import "cmp"

// headerElements writes a header in the order of the schema.
func headerElements(h Header) []*Element {
	all := []*Element{
		New("realmCode", "code", h.Realm), idElement("typeId", h.Type),
	}
	all = append(all, idElements("templateId", h.Templates)...)
	all = append(all,
		idElement("id", h.ID), codeElement("code", h.Code), texted("title", h.Title), New("effectiveTime", "value", h.Time.Text),
		codeElement("confidentialityCode", h.Confidentiality), New("languageCode", "code", h.Language),
	)
	if h.Set != (II{}) {
		all = append(all, idElement("setId", h.Set))
	}
	if h.Version != "" {
		all = append(all, New("versionNumber", "value", h.Version))
	}
	for _, p := range h.Patients {
		all = append(all, New("recordTarget", "typeCode", "RCT", "contextControlCode", "OP").Append(patientElement(p)))
	}
	all = append(all, participantElements("author", h.Authors)...)
	if h.Enterer != nil {
		all = append(all, participantElements("dataEnterer", []Participant{*h.Enterer})...)
	}
	all = append(all, participantElements("informant", h.Informers)...)
	all = append(all, New("custodian", "typeCode", "CST").Append(New("assignedCustodian", "classCode", "ASSIGNED").Append(
		organizationElement("representedCustodianOrganization", h.Custodian))))
	all = append(all, participantElements("informationRecipient", h.Receivers)...)
	if h.Legal != nil {
		all = append(all, participantElements("legalAuthenticator", []Participant{*h.Legal})...)
	}
	all = append(all, participantElements("authenticator", h.Signers)...)
	all = append(all, participantElements("participant", h.Others)...)
	for _, id := range h.Orders {
		all = append(all, New("inFulfillmentOf").Append(New("order").Append(idElement("id", id))))
	}
	for _, s := range h.Services {
		all = append(all, New("documentationOf").Append(serviceElement(s)))
	}
	for _, r := range h.Related {
		all = append(all, New("relatedDocument", "typeCode", r.Kind).Append(relatedElement(r)))
	}
	if h.Encounter != nil {
		all = append(all, New("componentOf").Append(encounterElement(*h.Encounter)))
	}
	return all
}

func texted(name, text string) *Element {
	e := New(name)
	e.SetText(text)
	return e
}

func idElement(name string, id II) *Element {
	return New(name, "root", id.Root, "extension", id.Extension, "assigningAuthorityName", id.Authority)
}

func idElements(name string, ids []II) []*Element {
	all := make([]*Element, len(ids))
	for i, id := range ids {
		all[i] = idElement(name, id)
	}
	return all
}

func codeElement(name string, c Code) *Element {
	e := New(name, "code", c.Code, "codeSystem", c.System, "codeSystemName", c.SystemName, "codeSystemVersion", c.Version, "displayName", c.Name, "nullFlavor", c.Null)
	if c.Original != "" {
		e.Append(texted("originalText", c.Original))
	}
	for _, q := range c.Qualifiers {
		e.Append(New("qualifier").Append(given("name", q.Name)...).Append(given("value", q.Value)...))
	}
	for _, t := range c.Translations {
		e.Append(codeElement("translation", t))
	}
	return e
}

// given is a code as an element, if it says something.
func given(name string, c Code) []*Element {
	if c.IsZero() {
		return nil
	}
	return []*Element{codeElement(name, c)}
}

func timeElements(name string, t Time) []*Element {
	if t.Text == "" {
		return nil
	}
	return []*Element{New(name, "value", t.Text)}
}

func intervalElement(name string, i Interval, attrs ...string) *Element {
	return New(name, append(attrs, "value", i.Value.Text)...).Append(timeElements("low", i.Low)...).Append(timeElements("high", i.High)...)
}

func intervalElements(name string, i Interval) []*Element {
	if i == (Interval{}) {
		return nil
	}
	return []*Element{intervalElement(name, i)}
}

func addressElements(all []Address) []*Element {
	var elements []*Element
	for _, a := range all {
		e := New("addr", "use", a.Use)
		for _, p := range a.Parts {
			if p.Part == "" {
				e.Append(texted("streetAddressLine", p.Text))
				continue
			}
			e.Append(texted(p.Part, p.Text))
		}
		elements = append(elements, e)
	}
	return elements
}

func telecomElements(all []string) []*Element {
	var elements []*Element
	for _, t := range all {
		elements = append(elements, New("telecom", "value", t))
	}
	return elements
}

func nameElements(name string) []*Element {
	if name == "" {
		return nil
	}
	return []*Element{texted("name", name)}
}

func patientElement(p Patient) *Element {
	person := New("patient", "classCode", "PSN", "determinerCode", "INSTANCE").Append(idElements("id", p.NationalIDs)...)
	person.Append(nameElements(p.Name)...).Append(given("administrativeGenderCode", p.Gender)...).Append(timeElements("birthTime", p.Birth)...)
	person.Append(given("maritalStatusCode", p.Marital)...).Append(given("ethnicGroupCode", p.Ethnic)...)
	person.Append(placeElements("birthplace", p.Places)...).Append(given("nationality", p.Nationality)...)
	for _, a := range p.Ages {
		person.Append(New("age", "value", a.Number, "unit", a.Unit))
	}
	if p.Employer != nil {
		person.Append(organizationElement("employerOrganization", *p.Employer))
	}
	person.Append(placeElements("household", p.Places)...).Append(placeElements("nativePlace", p.Places)...)
	person.Append(wrapped("educationLevel", "educationLevelCode", p.Education)...).Append(wrapped("occupation", "occupationCode", p.Occupation)...)
	role := New("patientRole", "classCode", "PAT").Append(idElements("id", p.IDs)...)
	role.Append(addressElements(p.Addresses)...).Append(telecomElements(p.Telecoms)...).Append(person)
	if p.Provider != nil {
		role.Append(organizationElement("providerOrganization", *p.Provider))
	}
	return role
}

func wrapped(outer, inner string, c Code) []*Element {
	if c.IsZero() {
		return nil
	}
	return []*Element{New(outer).Append(codeElement(inner, c))}
}

func placeElements(kind string, all []Place) []*Element {
	var elements []*Element
	for _, p := range all {
		if p.Kind == kind {
			elements = append(elements, New(kind).Append(New("place", "classCode", "PLC", "determinerCode", "INSTANCE").Append(addressElements([]Address{p.Address})...)))
		}
	}
	return elements
}

// shape is how a part in a document is written.
type shape struct{ role, class, person, organization string }

var shapes = map[string]shape{
	"author":               {"assignedAuthor", "ASSIGNED", "assignedPerson", "representedOrganization"},
	"participant":          {"associatedEntity", "", "associatedPerson", "scopingOrganization"},
	"informationRecipient": {"intendedRecipient", "", "informationRecipient", "receivedOrganization"},
}

func participantElements(name string, all []Participant) []*Element {
	as, special := shapes[name]
	if !special {
		as = shape{"assignedEntity", "", "assignedPerson", "representedOrganization"}
	}
	elements := make([]*Element, len(all))
	for i, p := range all {
		role := New(as.role, "classCode", cmp.Or(p.Class, as.class)).Append(idElements("id", p.IDs)...)
		role.Append(given("code", p.Code)...).Append(addressElements(p.Addresses)...).Append(telecomElements(p.Telecoms)...)
		if p.Name != "" {
			person := New(as.person).Append(nameElements(p.Name)...)
			role.Append(person.Append(wrapped("professionalTechnicalPosition", "professionaltechnicalpositionCode", p.Title)...))
		}
		if p.Organization != nil {
			role.Append(organizationElement(as.organization, *p.Organization))
		}
		e := New(name, "typeCode", p.Kind).Append(given("functionCode", p.Function)...).Append(intervalElements("time", p.Time)...)
		switch {
		case !p.Signature.IsZero():
			e.Append(codeElement("signatureCode", p.Signature))
		case name == "legalAuthenticator" || name == "authenticator":
			e.Append(New("signatureCode", "code", "S"))
		}
		elements[i] = e.Append(role)
	}
	return elements
}

func organizationElement(name string, o Organization) *Element {
	e := New(name, "classCode", "ORG", "determinerCode", "INSTANCE").Append(idElements("id", o.IDs)...).Append(nameElements(o.Name)...)
	e.Append(telecomElements(o.Telecoms)...).Append(addressElements(o.Addresses)...)
	if o.PartOf != nil {
		e.Append(New("asOrganizationPartOf", "classCode", "PART").Append(organizationElement("wholeOrganization", *o.PartOf)))
	}
	return e
}

func serviceElement(s Service) *Element {
	e := New("serviceEvent").Append(idElements("id", s.IDs)...).Append(given("code", s.Code)...).Append(intervalElements("effectiveTime", s.Time)...)
	return e.Append(participantElements("performer", s.Performers)...)
}

func relatedElement(r Related) *Element {
	e := New("parentDocument").Append(idElements("id", r.IDs)...)
	if r.Set != (II{}) {
		e.Append(idElement("setId", r.Set))
	}
	if r.Version != "" {
		e.Append(New("versionNumber", "value", r.Version))
	}
	return e
}

func encounterElement(c Encounter) *Element {
	e := New("encompassingEncounter").Append(idElements("id", c.IDs)...).Append(given("code", c.Code)...)
	e.Append(intervalElement("effectiveTime", c.Time)).Append(given("dischargeDispositionCode", c.Discharge)...)
	e.Append(participantElements("encounterParticipant", c.Attending)...)
	if c.Place != nil || !c.Facility.IsZero() {
		facility := New("healthCareFacility").Append(given("code", c.Facility)...)
		if c.Place != nil {
			facility.Append(New("serviceProviderOrganization").Append(New("asOrganizationPartOf", "classCode", "PART").Append(organizationElement("wholeOrganization", *c.Place))))
		}
		e.Append(New("location").Append(facility))
	}
	return e
}
