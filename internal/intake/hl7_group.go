package intake

import (
	"slices"

	"github.com/medward/medward/kit/hl7v2"
)

// patientParts cuts a message at each PID. What stands before the first belongs
// to every part, and parts that share an identifier are one.
func patientParts(m *hl7v2.Message) []*hl7v2.Message {
	places := patientPlaces(m)
	if len(places) == 0 {
		return []*hl7v2.Message{m}
	}
	var keys [][]string
	of := make([]int, len(places)) // which part each PID belongs to
	for n := range places {
		own := keysOf(between(m, places, func(k int) bool { return k == n }))
		of[n] = slices.IndexFunc(keys, func(known []string) bool {
			return slices.ContainsFunc(own, func(key string) bool { return slices.Contains(known, key) })
		})
		if of[n] < 0 {
			of[n] = len(keys)
			keys = append(keys, nil)
		}
		keys[of[n]] = append(keys[of[n]], own...)
	}
	if len(keys) == 1 {
		return []*hl7v2.Message{m}
	}
	parts := make([]*hl7v2.Message, len(keys))
	for p := range keys {
		parts[p] = between(m, places, func(k int) bool { return of[k] == p })
	}
	return parts
}

// patientPlaces are where every PID stands among the segments of a message;
// nothing when there are not several.
func patientPlaces(m *hl7v2.Message) []int {
	var places []int
	for i, s := range m.Segments() {
		if s.Is("PID") {
			places = append(places, i)
		}
	}
	if len(places) < 2 {
		return nil
	}
	return places
}

// between keeps what stands before the first place, and what follows those that
// are wanted.
func between(m *hl7v2.Message, places []int, want func(place int) bool) *hl7v2.Message {
	i, at := 0, -1
	return m.Only(func(*hl7v2.Segment) bool {
		i++ // the header is kept unasked
		for at+1 < len(places) && places[at+1] <= i {
			at++
		}
		return at < 0 || want(at)
	})
}

// byPatient gives every patient of a message a message of his own.
func (m *message) byPatient() []*message {
	parts := patientParts(m.Message)
	if len(parts) == 1 {
		return []*message{m}
	}
	all := make([]*message, len(parts))
	for i, p := range parts {
		one := *m
		one.Message, one.place = p, "patient "+itoa(i+1)+"\x00"
		one.label += " patient " + itoa(i+1)
		all[i] = &one
	}
	return all
}

// mustTellPatientsApart refuses a message that speaks of one patient under
// identifiers of which only this house knows that they are the same.
func (m *message) mustTellPatientsApart(parts []*message) {
	seen := map[string]bool{}
	for i, p := range parts {
		if seen[p.who.id] {
			m.found(ruleManyPatients.error("PID[" + itoa(i+1) + "]-3"))
		}
		seen[p.who.id] = true
	}
}
