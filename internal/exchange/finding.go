package exchange

import (
	"github.com/medward/medward/internal/base/fault"
)

// Finding is what is wrong with a document of a package. It never quotes the document.
type Finding struct {
	Item   string     `json:"item" doc:"the document, by its id or its name in the package"`
	Rule   string     `json:"rule"`
	Where  string     `json:"where,omitempty"`
	Say    fault.Text `json:"say"`
	Remedy fault.Text `json:"remedy"`
}

// maxFindings bounds how many are kept with an arrival.
const maxFindings = 50
