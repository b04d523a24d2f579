package house

import (
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// Operator is who acts at the command line of the machine. In a demo store he
// may also run the demonstration; in no store does he read content.
func (h *House) Operator() act.Actor {
	a := act.Actor{Actor: policy.Actor{Kind: act.CLI, ID: act.CLI, Org: h.Birth.Org}, Purpose: "operation", Terminal: "console"}
	if h.Birth.Kind == DemoStore {
		a.Roles = []string{"demo-operator"}
	}
	return a
}
