package intake

import (
	"time"

	"github.com/medward/medward/kit/fhir"
)

// ahead is how far in the future a date may lie before it is a finding.
const ahead = 24 * time.Hour

// when is the first moment that a date means, or the zero time. A date in the
// future is a finding at the element.
func (b *bundle) when(x *bundled, element string, dates ...fhir.DateTime) time.Time {
	for _, d := range dates {
		if d.IsZero() {
			continue
		}
		from, _ := d.Span(b.room.zone)
		from = from.UTC().Truncate(time.Microsecond)
		if from.After(b.room.desk.Now().Add(ahead)) {
			x.found(ruleFuture.warning(x.Type + "." + element))
		}
		return from
	}
	return time.Time{}
}

// dated is when, with the time of the import where none is given.
func (b *bundle) dated(x *bundled, element string, dates ...fhir.DateTime) time.Time {
	at := b.when(x, element, dates...)
	if at.IsZero() {
		x.found(ruleNoTime.warning(x.Type + "." + element))
		return b.room.desk.Now()
	}
	return at
}

// moments are the dates that a choice element can mean, the first one first.
func moments(v fhir.Value) []fhir.DateTime {
	switch {
	case v.Period != nil:
		return []fhir.DateTime{v.Period.Start, v.Period.End}
	case v.Timing != nil && len(v.Timing.Event) > 0:
		return v.Timing.Event[:1]
	}
	return []fhir.DateTime{v.DateTime}
}
