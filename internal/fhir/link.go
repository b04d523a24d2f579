package fhir

import (
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

// link is where resources of a kind lead to, under the name of a search parameter of R4.
type link struct {
	name   string
	target string // kind of resource
	of     func(Resource) []Reference
}

// linked is an _include or _revinclude that was understood.
type linked struct {
	kind *kind // whose link it is
	link
}

func (room *Room) kindNamed(name string) *kind {
	for _, k := range room.kinds {
		if k.name == name {
			return k
		}
	}
	return nil
}

// linksOf are where resources of each kind lead to. Patients, subjects and encounters are
// told by most.
var linksOf = map[string][]link{
	"Encounter": {
		{"practitioner", "Practitioner", func(r Resource) (all []Reference) {
			for _, p := range r.(*Encounter).Participant {
				all = append(all, one(p.Individual)...)
			}
			return all
		}},
		{"location", "Location", func(r Resource) (all []Reference) {
			for _, l := range r.(*Encounter).Location {
				all = append(all, one(l.Location)...)
			}
			return all
		}},
		{"service-provider", "Organization", func(r Resource) []Reference { return one(r.(*Encounter).ServiceProvider) }},
	},
	"DocumentReference": {
		{"author", "Practitioner", func(r Resource) []Reference { return r.(*DocumentReference).Author }},
		{"custodian", "Organization", func(r Resource) []Reference { return one(r.(*DocumentReference).Custodian) }},
		{"encounter", "Encounter", func(r Resource) []Reference { return r.(*DocumentReference).Context.Encounter }},
	},
	"Observation": {{"encounter", "Encounter", func(r Resource) []Reference { return one(r.(*Observation).Encounter) }}},
	"ServiceRequest": {
		{"encounter", "Encounter", func(r Resource) []Reference { return one(r.(*ServiceRequest).Encounter) }},
		{"requester", "Practitioner", func(r Resource) []Reference { return one(r.(*ServiceRequest).Requester) }},
	},
	"PractitionerRole": {
		{"practitioner", "Practitioner", func(r Resource) []Reference { return one(r.(*PractitionerRole).Practitioner) }},
		{"organization", "Organization", func(r Resource) []Reference { return one(r.(*PractitionerRole).Organization) }},
	},
	"Organization": {{"partof", "Organization", func(r Resource) []Reference { return one(r.(*Organization).PartOf) }}},
	"Location":     {{"organization", "Organization", func(r Resource) []Reference { return one(r.(*Site).ManagingOrganization) }}},
	"Provenance":   {{"target", "DocumentReference", func(r Resource) []Reference { return r.(*Provenance).Target }}},
}

// links are where resources of the kind lead to, their patients among them.
func (k *kind) links() []link {
	all := slices.Clone(linksOf[k.name])
	if !k.ofPatient || k.name == "Patient" {
		return all
	}
	owner := func(r Resource) []Reference { return []Reference{{Reference: ownerOf(r)}} }
	all = append(all, link{"patient", "Patient", owner})
	if slices.ContainsFunc(k.params, func(p parameter) bool { return p.name == "subject" }) {
		all = append(all, link{"subject", "Patient", owner})
	}
	return all
}

// includes are what can be asked for with resources of the kind.
func (k *kind) includes() []string {
	var all []string
	for _, l := range k.links() {
		all = append(all, k.name+":"+l.name)
	}
	slices.Sort(all)
	return all
}

// leadingTo are the links of other kinds that lead to this one and can be searched by.
func (room *Room) leadingTo(k *kind) []linked {
	var all []linked
	for _, other := range room.kinds {
		if other.search == nil {
			continue
		}
		for _, l := range other.links() {
			searched := slices.ContainsFunc(other.params, func(p parameter) bool { return p.name == l.name })
			if l.target == k.name && searched && (k.ofPatient || other.needs == nil || slices.Contains(other.needs, l.name)) {
				all = append(all, linked{other, l})
			}
		}
	}
	return all
}

func (room *Room) reverseIncludes(k *kind) []string {
	var all []string
	for _, l := range room.leadingTo(k) {
		all = append(all, l.kind.name+":"+l.name)
	}
	slices.Sort(all)
	return all
}

// takeIncludes reads the values of _include: Kind:link or Kind:link:Target.
func (k *kind) takeIncludes(q *query, values []string) *fault.Text {
	for _, value := range values {
		kindName, rest, _ := strings.Cut(value, ":")
		name, target, aimed := strings.Cut(rest, ":")
		at := slices.IndexFunc(k.links(), func(l link) bool { return l.name == name && (!aimed || l.target == target) })
		if kindName != k.name || at < 0 {
			return oneOf(k.includes())
		}
		q.includes = append(q.includes, linked{k, k.links()[at]})
	}
	return nil
}

// takeReverse reads the values of _revinclude.
func (k *kind) takeReverse(q *query, values []string) *fault.Text {
	room := k.room
	for _, value := range values {
		leading := room.leadingTo(k)
		at := slices.IndexFunc(leading, func(l linked) bool {
			return value == l.kind.name+":"+l.name || value == l.kind.name+":"+l.name+":"+k.name
		})
		if at < 0 {
			return oneOf(room.reverseIncludes(k))
		}
		q.reverse = append(q.reverse, leading[at])
	}
	if len(values) > 0 {
		q.limit = min(q.limit, mostReversed)
	}
	return nil
}

func oneOf(all []string) *fault.Text {
	if len(all) == 0 {
		return &fault.Text{ZH: "这种资源没有可附带的资源", EN: "nothing can be included with this resource"}
	}
	return &fault.Text{ZH: "可用：" + strings.Join(all, "、"), EN: "one of " + strings.Join(all, ", ")}
}

const (
	// mostReversed is how many matches a page has to which others are sought.
	mostReversed = 20
	// mostLeading is how many resources are added that lead to one match.
	mostLeading = 50
)

// include adds that to which matches lead. Each is opened for that; what may not be, and
// what is not there, is left out in the same words.
func (room *Room) include(ctx context.Context, b *Bundle, base string, matches []Resource, all []linked) error {
	for _, l := range all {
		target := room.kindNamed(l.target)
		if err := room.InScope(ctx, target.name, toRead); err != nil {
			return err
		}
		for _, m := range matches {
			for _, ref := range l.of(m) {
				id, _, _ := strings.Cut(idIn(ref.Reference, target.name), "/_history/")
				if id == "" || b.holds(base+"/"+target.name+"/"+id) {
					continue
				}
				r, err := target.read(ctx, id)
				if err != nil && saysNo(err) {
					b.leftOut(ctx, err)
					continue
				}
				if err != nil {
					return err
				}
				b.add(base, "include", r)
			}
		}
	}
	return nil
}

// includeLeading adds what leads to matches, as a search for it would find it.
func (room *Room) includeLeading(ctx context.Context, b *Bundle, base string, matches []Resource, all []linked) error {
	for _, l := range all {
		if err := room.InScope(ctx, l.kind.name, toSearch); err != nil {
			return err
		}
		for _, m := range matches {
			asked := &query{asked: map[string]string{l.name: m.base().ResourceType + "/" + m.base().ID}, limit: mostLeading}
			if l.target == "Encounter" {
				asked.asked = map[string]string{"patient": ownerOf(m)}
			}
			page, err := l.kind.search(ctx, asked)
			if err != nil && saysNo(err) {
				b.leftOut(ctx, err)
				continue
			}
			if err != nil {
				return err
			}
			for _, r := range page.items {
				if slices.ContainsFunc(l.of(r), func(ref Reference) bool { return leadsTo(ref, m) }) {
					b.add(base, "include", r)
				}
			}
			if page.next != "" {
				b.leftOut(ctx, errMoreLead.With("kind", l.kind.name))
			}
		}
	}
	return nil
}

func leadsTo(ref Reference, r Resource) bool {
	whole, _, _ := strings.Cut(ref.Reference, "/_history/")
	return whole == r.base().ResourceType+"/"+r.base().ID
}

// leftOut tells once in an answer that something is not in it.
func (b *Bundle) leftOut(ctx context.Context, err error) {
	o := warned(web.AsProblem(ctx, err), web.Language(ctx))
	for _, e := range b.Entry {
		if had, is := e.Resource.(*Outcome); is && had.Issue[0].Details.Text == o.Issue[0].Details.Text {
			return
		}
	}
	b.add("", "outcome", o)
}
