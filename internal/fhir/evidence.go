package fhir

import (
	"bytes"
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the gate. Of A-025 it shows that what rooms hold is
// offered by a standard interface that describes itself; which systems are connected,
// and how well, is shown by the register of sources.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{{
		ID: "fhir.described", Demands: []string{"A-025"},
		Title: fault.Text{ZH: "标准接口（HL7 FHIR R4）的能力声明与实际开放的资源一致", EN: "The standard interface (HL7 FHIR R4) describes the resources it answers with"},
		Run:   room.described,
	}}
}

// described compares what the CapabilityStatement names with what requests are answered
// by, and writes it in both formats.
func (room *Room) described(context.Context) (evidence.Finding, error) {
	statement := room.capability(root)
	named := map[string]bool{}
	for _, r := range statement.Rest[0].Resource {
		named[r.Type] = len(r.Interaction) > 0
	}
	n := 0
	for _, k := range room.kinds {
		if named[k.name] {
			n++
		}
	}
	f := evidence.Finding{
		Verdict: evidence.NotMet, Figure: fmt.Sprintf("%d / %d", n, len(room.kinds)),
		Detail: fault.Text{ZH: fmt.Sprintf("开放 %d 种资源，声明 %d 种", len(room.kinds), n), EN: fmt.Sprintf("of %d kinds of resource %d are described", len(room.kinds), n)},
	}
	for _, format := range []string{jsonType, xmlType} {
		written, err := encoded(statement, format)
		if err != nil || !bytes.Contains(written, []byte("CapabilityStatement")) {
			return f, err
		}
	}
	if n == len(room.kinds) && n == len(named) {
		f.Verdict = evidence.Met
	}
	return f, nil
}
