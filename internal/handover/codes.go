package handover

import (
	"bytes"
	"encoding/json"

	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/cda"
)

// code is one line of a code list.
type code struct {
	Code string `json:"code"`
	ZH   string `json:"zh"`
	EN   string `json:"en,omitempty"`
}

// codeLists are the lists from which columns have their values.
func codeLists() []original {
	var kinds, roles, purposes []code
	for _, k := range cda.Kinds() {
		kinds = append(kinds, code{Code: k.Code, ZH: k.Title})
	}
	for _, r := range policy.Roles() {
		roles = append(roles, code{r.ID, r.Name.ZH, r.Name.EN})
	}
	for _, p := range policy.Purposes() {
		purposes = append(purposes, code{p.ID, p.Name.ZH, p.Name.EN})
	}
	return []original{codeList("document-kinds", kinds), codeList("roles", roles), codeList("purposes", purposes)}
}

func codeList(name string, codes []code) original {
	var out bytes.Buffer
	lines := json.NewEncoder(&out)
	lines.SetEscapeHTML(false)
	for _, c := range codes {
		_ = lines.Encode(c) // text into memory cannot fail
	}
	f := bundle.Measured("codes/"+name+".ndjson", "application/x-ndjson", out.Bytes())
	f.Rows = int64(len(codes))
	return original{f, out.Bytes()}
}
