package intake

import (
	"context"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/fhir"
)

// encounterRows are the encounter and the relation of its attending.
const encounterRows = 2

// addEncounter enters an encounter that has begun; one that has not is kept as
// it was sent.
func (b *bundle) addEncounter(ctx context.Context, u *unit, g *group, x *bundled) error {
	e, _ := fhir.ReadEncounter(x.Entry)
	since := b.when(x, "period.start", e.Period.Start)
	if since.IsZero() || since.After(b.room.desk.Now()) || hasNotBegun(e.Status) {
		x.found(ruleNoStart.warning("Encounter.period.start"))
		b.addResource(u, x, g)
		return nil
	}
	in := patient.Admission{
		ID: id.New(b.room.desk.Now()), Patient: g.id, Kind: encounterKind(e.Class.Code), Since: since, Until: encounterEnd(b, x, e, since), Level: levelOf(e.Meta), Source: b.source.ID,
	}
	var err error
	if in.Department, err = b.departmentOf(ctx, x, e); err != nil {
		return err
	}
	if in.Attending, err = b.attendingOf(ctx, x, e); err != nil {
		return err
	}
	for _, l := range e.Location {
		if in.Ward == "" {
			in.Ward = clip(l.Location.Display, longestLabel)
		}
	}
	if b.count(u, x) {
		g.stays[x] = patient.Encounter{ID: x.id, Patient: g.id, Department: in.Department, Level: max(1, in.Level)}
		return nil
	}
	x.id = in.ID
	g.stays[x] = patient.Encounter{ID: in.ID, Patient: g.id, Department: in.Department, Level: max(1, in.Level)}
	b.addEntry(u, x, g, in.ID)
	u.add(encounterRows, func(ctx context.Context, w *act.Work) error {
		if g.prepared != nil {
			_, err := b.room.patients.AdmitStaged(ctx, w, g.prepared, in)
			return err
		}
		_, err := b.room.patients.AdmitIn(ctx, w, in)
		return err
	})
	return nil
}

func hasNotBegun(status string) bool {
	return status == "planned" || status == "cancelled" || status == "entered-in-error"
}

// encounterEnd is when an encounter ended; the zero time while it lasts.
func encounterEnd(b *bundle, x *bundled, e fhir.Encounter, since time.Time) time.Time {
	until := b.when(x, "period.end", e.Period.End)
	switch {
	case until.IsZero() && e.Status == "finished":
		return since
	case !until.IsZero() && until.Before(since):
		return since
	}
	return until
}

// encounterKind maps HL7 v3 ActEncounterCode.
func encounterKind(class string) string {
	switch class {
	case "IMP", "ACUTE", "NONAC", "OBSENC", "SS", "inpatient":
		return patient.Inpatient
	case "EMER", "emergency":
		return patient.Emergency
	}
	return patient.Outpatient
}

func (b *bundle) departmentOf(ctx context.Context, x *bundled, e fhir.Encounter) (string, error) {
	var called []string
	for _, c := range e.ServiceType.Coding {
		called = append(called, c.Code, c.Display)
	}
	called = append(called, e.ServiceType.Text)
	if e.ServiceProvider != nil {
		called = append(called, e.ServiceProvider.Display)
	}
	id, err := b.department(ctx, called...)
	if id == "" && err == nil {
		x.found(ruleDepartment.warning("Encounter.serviceType"))
		return Unassigned, nil
	}
	return id, err
}

// attendingOf is the person of the staff who leads the treatment, if exactly one
// can be meant and he does not report himself.
func (b *bundle) attendingOf(ctx context.Context, x *bundled, e fhir.Encounter) (string, error) {
	for i, p := range e.Participant {
		if p.Individual == nil || !leads(p.Type) {
			continue
		}
		element := "Encounter.participant[" + itoa(i) + "].individual"
		numbers, names := b.calledBy(x, *p.Individual)
		person, err := b.person(ctx, numbers, names)
		switch {
		case err != nil:
			return "", err
		case person == "":
			x.found(ruleAttending.warning(element))
		case person == b.importer.ID:
			x.found(ruleOwnBenefit.warning(element))
			return "", nil
		}
		return person, nil
	}
	return "", nil
}

func leads(types []fhir.CodeableConcept) bool {
	for _, t := range types {
		for _, code := range typeCodes(t) {
			if code == "ATND" || code == "PPRF" {
				return true
			}
		}
	}
	return false
}

// calledBy returns the numbers and names under which a reference names a person.
func (b *bundle) calledBy(x *bundled, ref fhir.Reference) (numbers, names []string) {
	names = append(names, ref.Display)
	if ref.Identifier != nil {
		numbers = append(numbers, ref.Identifier.Value)
	}
	target, ok := b.in.Resolve(x.Entry, ref.Reference)
	if !ok || target.Type != "Practitioner" {
		return numbers, names
	}
	p, _ := fhir.ReadPractitioner(target)
	for _, i := range p.Identifier {
		numbers = append(numbers, i.Value)
	}
	for _, n := range p.Name {
		names = append(names, n.Full())
	}
	return numbers, names
}

// stayOf is the encounter of the group that a reference means.
func (b *bundle) stayOf(x *bundled, g *group, ref *fhir.Reference) patient.Encounter {
	if ref == nil {
		return patient.Encounter{}
	}
	target, ok := b.in.Resolve(x.Entry, ref.Reference)
	if !ok {
		return g.stayBefore(ref.Reference)
	}
	return g.stays[b.of[target]]
}

const longestLabel = 120 // characters

// clip cuts a label to a number of characters.
func clip(s string, most int) string {
	s = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "�"))
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
