package fhir

import "slices"

// Capability is R4's CapabilityStatement.
type Capability struct {
	Base
	Status         string          `json:"status"`
	Date           string          `json:"date"`
	Kind           string          `json:"kind"`
	Software       *Software       `json:"software,omitempty"`
	Implementation *Implementation `json:"implementation,omitempty"`
	FHIRVersion    string          `json:"fhirVersion"`
	Format         []string        `json:"format"`
	Rest           []Rest          `json:"rest"`
}

// Software is what answers.
type Software struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

// Implementation is where it answers.
type Implementation struct {
	Description string `json:"description"`
	URL         string `json:"url"`
}

// Rest is what can be asked over HTTP.
type Rest struct {
	Mode          string         `json:"mode"`
	Documentation string         `json:"documentation"`
	Security      *Security      `json:"security,omitempty"`
	Resource      []RestResource `json:"resource"`
	Interaction   []Interaction  `json:"interaction"`
}

// Security is how callers show who they are.
type Security struct {
	Cors        bool      `json:"cors"`
	Service     []Concept `json:"service,omitempty"`
	Description string    `json:"description"`
}

// RestResource is what can be asked about one kind of resource.
type RestResource struct {
	Type              string        `json:"type"`
	Interaction       []Interaction `json:"interaction"`
	Versioning        string        `json:"versioning"`
	UpdateCreate      *bool         `json:"updateCreate,omitempty"`
	ConditionalCreate *bool         `json:"conditionalCreate,omitempty"`
	ConditionalUpdate *bool         `json:"conditionalUpdate,omitempty"`
	SearchInclude     []string      `json:"searchInclude,omitempty"`
	SearchRevInclude  []string      `json:"searchRevInclude,omitempty"`
	SearchParam       []SearchParam `json:"searchParam,omitempty"`
	Operation         []Operation   `json:"operation,omitempty"`
}

// Interaction is one of those of R4.
type Interaction struct {
	Code string `json:"code"`
}

// SearchParam is by what a kind can be searched.
type SearchParam struct {
	Name          string `json:"name"`
	Type          string `json:"type"`
	Documentation string `json:"documentation,omitempty"`
}

// Operation is one beyond the interactions.
type Operation struct {
	Name       string `json:"name"`
	Definition string `json:"definition"`
}

// capability is made of the same table by which requests are answered.
func (room *Room) capability(base string) *Capability {
	c := &Capability{
		Base: Base{ResourceType: "CapabilityStatement"}, Status: "active", Date: room.Now().UTC().Format("2006-01-02"), Kind: "instance",
		Software: &Software{"Medward 医守", room.Version}, Implementation: &Implementation{"what the rooms of a hospital hold, as each caller may see it", base},
		FHIRVersion: "4.0.1", Format: []string{jsonType, xmlType},
	}
	rest := Rest{
		Mode: "server", Documentation: "docs/format/fhir.md",
		Security: &Security{
			Cors:        true,
			Service:     []Concept{*concept("http://terminology.hl7.org/CodeSystem/restful-security-service", "SMART-on-FHIR")},
			Description: "a token by SMART App Launch 2, see " + base + smartPath + "; a session's bearer token of a person (POST /api/session), or the key of a source that hands in; the header Medward-Purpose says for what",
		},
	}
	for _, k := range room.kinds {
		rest.Resource = append(rest.Resource, k.capability())
	}
	rest.Interaction = []Interaction{{"transaction"}, {"batch"}}
	c.Rest = []Rest{rest}
	return c
}

var yes, no = true, false

func (k *kind) capability() RestResource {
	r := RestResource{Type: k.name, Versioning: "no-version"}
	interacts := func(code string) { r.Interaction = append(r.Interaction, Interaction{code}) }
	if k.read != nil {
		interacts("read")
	}
	if slices.Contains(handed, k.name) {
		interacts("create")
		r.ConditionalCreate = &yes
	}
	if k.name == "Patient" {
		interacts("update")
		r.Versioning, r.UpdateCreate, r.ConditionalUpdate = "versioned-update", &no, &yes
	}
	if k.version != nil {
		interacts("vread")
		interacts("history-instance")
		r.Versioning = "versioned"
	}
	if k.search == nil {
		return r
	}
	interacts("search-type")
	if k.read != nil {
		r.SearchParam = append(r.SearchParam, SearchParam{Name: byID, Type: "token"})
	}
	for _, p := range k.every() {
		r.SearchParam = append(r.SearchParam, SearchParam{Name: p.name, Type: p.kind, Documentation: p.about})
	}
	r.SearchInclude, r.SearchRevInclude = k.includes(), k.room.reverseIncludes(k)
	if k.name == "Patient" {
		r.Operation = []Operation{
			{"everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything"}, {"export", "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export"},
		}
	}
	return r
}
