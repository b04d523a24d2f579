package feed

import (
	"cmp"

	"github.com/medward/medward/internal/source"
)

// Orders as HL7 v2 says them: order control (table 0119) and order status (0038) by our
// states, and the completion of an administration (0322).
var (
	orderControls  = map[string]string{"active": "NW", "on-hold": "HD", "stopped": "DC", "completed": "SC"}
	orderStatuses  = map[string]string{"active": "IP", "on-hold": "HD", "stopped": "DC", "completed": "CM"}
	administration = map[string]string{"given": "CP", "not-given": "NA"}
)

// orderMessage is what the system would have sent of an order: how it stands, and that it
// was dispensed, or given or not.
func (c Change) orderMessage(s source.Source) (kind, trigger string, segments []string, parts []part) {
	v := c.Values
	kind, trigger, segments = "RDE", "O11", []string{"PID", "ORC", "RXE", "RXR"}
	parts = append(numbered(s, v["patient"]), part{"PID-5.1", v["name"]}, part{"ORC-1", orderControls[v["state"]]}, part{"ORC-2.1", v["number"]}, part{"ORC-5", orderStatuses[v["state"]]},
		part{"ORC-9", v["changed"]}, part{"ORC-12.1", v["prescriber"]}, part{"ORC-15", v["ordered"]}, part{"RXE-1.2", v["frequency"]}, part{"RXE-2.1", v["code"]}, part{"RXE-2.2", v["item"]},
		part{"RXE-3", v["dose"]}, part{"RXE-5.1", v["unit"]}, part{"RXR-1.2", v["route"]})
	done := cmp.Or(v["done"], v["changed"])
	switch v["step"] {
	case "dispensed":
		kind, trigger, segments = "RDS", "O13", append(segments, "RXD")
		parts = append(parts, part{"RXD-1", "1"}, part{"RXD-2.1", v["code"]}, part{"RXD-2.2", v["item"]}, part{"RXD-3", done}, part{"RXD-4", "1"}, part{"RXD-7", v["number"]})
	case "given", "not-given":
		kind, trigger, segments = "RAS", "O17", append(segments, "RXA")
		parts = append(parts, part{"RXA-1", "0"}, part{"RXA-2", "1"}, part{"RXA-3", done}, part{"RXA-4", done}, part{"RXA-5.1", v["code"]}, part{"RXA-5.2", v["item"]}, part{"RXA-6", "1"},
			part{"RXA-20", administration[v["step"]]})
	}
	return kind, trigger, segments, parts
}
