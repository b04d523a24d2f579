package intake

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/fhir"
)

// mostNamed bounds the identifiers of one resource under which it is found again.
const mostNamed = 4

// scopeNamed is under which scope the objects of a source lie that bear an identifier.
func (r *run) scopeNamed(kind, system, value string) string {
	return r.room.refOf(r.org, strings.Join([]string{"identifier", kind, system, value}, "\x00"))
}

// identifiersOf are the identifiers that a resource bears.
func identifiersOf(e *fhir.Entry) []fhir.Identifier {
	var all []fhir.Identifier
	switch e.Type {
	case "Patient":
		p, _ := fhir.ReadPatient(e)
		all = p.Identifier
	case "Encounter":
		v, _ := fhir.ReadEncounter(e)
		all = v.Identifier
	case "Observation":
		o, _ := fhir.ReadObservation(e)
		all = o.Identifier
	case "DocumentReference":
		d, _ := fhir.ReadDocumentReference(e)
		if all = d.Identifier; d.MasterIdentifier != nil {
			all = append(slices.Clone(all), *d.MasterIdentifier)
		}
	}
	all = slices.DeleteFunc(slices.Clone(all), func(i fhir.Identifier) bool { return i.Value == "" || i.Use == "old" })
	return all[:min(len(all), mostNamed)]
}

// nameObject lets an object be found again by the identifiers of its resource, and by no
// other source.
func (b *bundle) nameObject(u *unit, x *bundled, e entryRow) {
	named := map[string]bool{}
	for _, i := range identifiersOf(x.Entry) {
		one := e
		one.Scope, one.Ref = b.scopeNamed(x.Type, i.System, i.Value), e.Object
		if named[one.Scope] {
			continue
		}
		named[one.Scope] = true
		u.add(1, func(ctx context.Context, w *act.Work) error { return saveNamed(ctx, w, one) })
	}
}

// saveNamed writes an identifier of an object; one of an earlier run stands already.
func saveNamed(ctx context.Context, w *act.Work, e entryRow) error {
	_, known, err := entryOf(ctx, w, e.Org, e.Source, e.Scope, e.Ref)
	if err != nil || known {
		return err
	}
	return entries.Insert(ctx, w, &e)
}

// condition is a search that R4 lets stand for an id: identifier=system|value.
type condition struct{ system, value string }

// parseCondition reads the query of a conditional create, update or reference. Only
// identifiers are understood: by anything else a source could ask about what it may not
// read.
func parseCondition(query string) (condition, bool) {
	given, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil || len(given) != 1 || len(given["identifier"]) != 1 {
		return condition{}, false
	}
	system, value, some := strings.Cut(given.Get("identifier"), "|")
	if !some {
		system, value = "", system
	}
	return condition{system, value}, value != "" && !strings.Contains(value, ",")
}

// named are the objects of the source that bear an identifier.
func (r *run) named(ctx context.Context, reader db.Reader, kind string, c condition) ([]string, error) {
	rows, err := entries.Select(ctx, reader, "WHERE org = $1 AND source = $2 AND scope = $3 ORDER BY ref LIMIT $4", r.org, r.source.ID, r.scopeNamed(kind, c.system, c.value), int64(2))
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, row := range rows {
		alive := true
		if row.Patient != "" {
			if alive, err = r.room.registered(ctx, reader, r.org, row.Patient); err != nil {
				return nil, err
			}
		}
		if alive {
			ids = append(ids, row.Object)
		}
	}
	return ids, nil
}

// brought reports whether the source brought an object of a kind.
func (r *run) brought(ctx context.Context, reader db.Reader, kind, object string) (bool, error) {
	rows, err := entries.Select(ctx, reader, "WHERE org = $1 AND object = $2", r.org, object)
	return slices.ContainsFunc(rows, func(e entryRow) bool { return e.Source == r.source.ID && e.Kind == kind }), err
}

// match finds what entries are to be created unless it is there already.
func (b *bundle) match(ctx context.Context) error {
	return b.room.look(ctx, func(r db.Reader) error {
		for i, x := range b.entries {
			query := b.from.file.unless
			if x.Request != nil && x.Request.IfNoneExist != "" {
				query = x.Request.IfNoneExist
			}
			if query == "" || x.taken || x.Raw == nil {
				continue
			}
			element := "Bundle.entry[" + itoa(i) + "].request.ifNoneExist"
			if b.in.Bundle == nil {
				element = "If-None-Exist"
			}
			c, ok := parseCondition(query)
			if !ok {
				x.found(ruleCondition.error(element))
				continue
			}
			ids, err := b.named(ctx, r, x.Type, c)
			if err != nil {
				return err
			}
			switch len(ids) {
			case 0:
			case 1:
				x.taken, x.matched, x.id = true, true, ids[0]
			default:
				x.found(ruleAmbiguous.error(element))
			}
		}
		return nil
	})
}

// target is the object of the source that a reference means which leads out of the
// input: Type/id as we gave it, or a condition. Whatever is not the source's own is not
// there for it.
func (b *bundle) target(ctx context.Context, r db.Reader, kind, reference string) (id string, ambiguous bool, err error) {
	link := fhir.ParseReference(reference)
	if link.Type != kind {
		return "", false, nil
	}
	switch link.Kind {
	case fhir.RefConditional:
		_, query, _ := strings.Cut(reference, "?")
		c, ok := parseCondition(query)
		if !ok {
			return "", false, nil
		}
		ids, err := b.named(ctx, r, kind, c)
		if err != nil || len(ids) != 1 {
			return "", len(ids) > 1, err
		}
		return ids[0], false, nil
	case fhir.RefRelative, fhir.RefAbsolute:
		ours, err := b.brought(ctx, r, kind, link.ID)
		if err != nil || !ours {
			return "", false, err
		}
		return link.ID, false, nil
	}
	return "", false, nil
}

// knownGroup is the group of a patient of an earlier input whom an entry refers to; nil
// where there is none.
func (b *bundle) knownGroup(ctx context.Context, x *bundled, reference string) (*group, error) {
	if g, seen := b.knownBy[reference]; seen {
		return g, nil
	}
	var g *group
	err := b.room.look(ctx, func(r db.Reader) error {
		id, ambiguous, err := b.target(ctx, r, "Patient", reference)
		if err != nil || id == "" {
			if ambiguous {
				x.found(ruleAmbiguous.error(x.Type + ".subject"))
			}
			return err
		}
		facts, err := b.room.patients.FactsOf(ctx, r, b.org, id)
		if err != nil {
			return err
		}
		g = &group{id: id, subject: facts.Subject, known: true, stays: map[*bundled]patient.Encounter{}, before: map[string]patient.Encounter{}}
		for _, e := range facts.Encounters {
			if e.Source == b.source.ID {
				g.before[e.ID] = e
			}
		}
		return b.staysNamed(ctx, r, g)
	})
	if b.knownBy == nil {
		b.knownBy = map[string]*group{}
	}
	if g != nil {
		for _, had := range b.knownBy {
			if had != nil && had.id == g.id {
				g = had
			}
		}
	}
	b.knownBy[reference] = g
	return g, err
}

// staysNamed finds the encounters to which entries refer by a condition.
func (b *bundle) staysNamed(ctx context.Context, r db.Reader, g *group) error {
	for _, x := range b.entries {
		if x.Raw == nil {
			continue
		}
		for _, l := range x.References() {
			if l.Kind != fhir.RefConditional || l.Type != "Encounter" {
				continue
			}
			id, _, err := b.target(ctx, r, "Encounter", l.Text)
			if err != nil {
				return err
			}
			if e, his := g.before[id]; his {
				g.before[l.Text] = e
			}
		}
	}
	return nil
}

// stayBefore is an encounter of an earlier input that a reference means.
func (g *group) stayBefore(reference string) patient.Encounter {
	if e, named := g.before[reference]; named {
		return e
	}
	return g.before[fhir.ParseReference(reference).ID]
}
