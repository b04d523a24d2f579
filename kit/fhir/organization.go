package fhir

// Organization is a hospital, a department or a company.
type Organization struct {
	Resource
	Identifier []Identifier
	Active     *bool
	Type       []CodeableConcept
	Name       string
	Alias      []string
	Telecom    []ContactPoint
	Address    []Address
	PartOf     *Reference
	Contact    []OrganizationContact
}

// OrganizationContact is whom to ask at an organization, for one purpose.
type OrganizationContact struct {
	Purpose CodeableConcept
	Name    HumanName
	Telecom []ContactPoint
	Address Address
}

// Location is a ward, a room, a bed or a site.
type Location struct {
	Resource
	Identifier           []Identifier
	Status               string // active, suspended, inactive
	OperationalStatus    Coding
	Name                 string
	Alias                []string
	Description          string
	Mode                 string // instance, kind
	Type                 []CodeableConcept
	Telecom              []ContactPoint
	Address              Address
	PhysicalType         CodeableConcept
	Position             *Position
	ManagingOrganization *Reference
	PartOf               *Reference
}

// Position is WGS84 degrees and metres.
type Position struct {
	Longitude, Latitude, Altitude Decimal
}

// ReadOrganization reads an entry of type Organization.
func ReadOrganization(e *Entry) (Organization, []Problem) {
	return read[Organization](e, "Organization")
}

// ReadLocation reads an entry of type Location.
func ReadLocation(e *Entry) (Location, []Problem) { return read[Location](e, "Location") }
