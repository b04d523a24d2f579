package intake

import (
	"slices"
	"strings"

	"github.com/medward/medward/internal/source"
)

// heard tells the register that a unit is durable, and how long that took.
func (r *run) heard(u *unit) {
	arrived := u.file.arrived
	if arrived.IsZero() {
		arrived = r.batch.Started
	}
	r.room.sources.Heard(source.Heard{
		Org: r.org, Source: r.source.ID, Said: u.said, Arrived: arrived, Durable: r.room.desk.Now(),
		Messages: u.counts.Read, Conform: u.conform(), Quarantined: u.counts.Quarantined,
	})
}

// conform is how many messages or resources of a unit keep to the standard: all that
// were taken, less the places at which the standard's own rules were broken.
func (u *unit) conform() int {
	broken := 0
	for _, f := range u.findings {
		if slices.ContainsFunc(standards, func(prefix string) bool { return strings.HasPrefix(f.Rule, prefix) }) {
			broken++
		}
	}
	return max(0, u.counts.Read-max(broken, u.counts.Quarantined))
}

// standards begin the names of rules that are not the hospital's.
var standards = []string{"hl7v2.", "fhir."}
