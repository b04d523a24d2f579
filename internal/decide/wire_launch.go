package decide

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// LaunchBody asks for a link.
type LaunchBody struct {
	Person    PersonBody `json:"person"`
	Patient   string     `json:"patient" minLength:"1" maxLength:"160" doc:"our id, the record number or the ID number"`
	Encounter string     `json:"encounter,omitempty" maxLength:"64" doc:"our id"`
	Purpose   string     `json:"purpose,omitempty" maxLength:"64" doc:"care when left out" example:"care"`
}

// LinkBody is a link.
type LinkBody struct {
	URL     string    `json:"url" doc:"to be opened in the browser of the person"`
	Until   time.Time `json:"until"`
	Account string    `json:"account" doc:"id of the entry in the ledger"`
}

// OpenedBody is what a browser gets for a link.
type OpenedBody struct {
	Claim string    `json:"claim"`
	Until time.Time `json:"until" doc:"until then its person must be signed in"`
}

// LandingBody is where a link leads.
type LandingBody struct {
	Patient   string     `json:"patient"`
	Encounter string     `json:"encounter,omitempty"`
	Purpose   string     `json:"purpose"`
	Source    fault.Text `json:"source" doc:"from where the person came"`
}
