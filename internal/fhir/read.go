package fhir

import (
	"context"

	"github.com/medward/medward/internal/act"
)

func (room *Room) readPatient(ctx context.Context, id string) (Resource, error) {
	v, err := room.Patients.View(ctx, id)
	if err != nil {
		return nil, err
	}
	return patientOf(v), nil
}

func (room *Room) readEncounter(ctx context.Context, id string) (Resource, error) {
	e, err := room.Patients.ViewEncounter(ctx, id)
	if err != nil {
		return nil, err
	}
	return encounterOf(e.Encounter, e.Staff), nil
}

func (room *Room) readDocument(ctx context.Context, id string) (Resource, error) {
	d, err := room.Records.See(ctx, id)
	if err != nil {
		return nil, err
	}
	return documentOf(d.Document, newest(d.Document), d.People), nil
}

func (room *Room) readDocumentVersion(ctx context.Context, id string, number int) (Resource, error) {
	v, err := room.Records.View(ctx, id, number)
	if err != nil {
		return nil, err
	}
	signed := len(v.Signatures) > 0
	return documentOf(v.Document, made{v.Shown.Number, v.Shown.Author, v.Shown.At, signed}, v.People), nil
}

func (room *Room) documentHistory(ctx context.Context, id string) ([]Resource, error) {
	v, err := room.Records.View(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	return history(v), nil
}

func (room *Room) readBinary(ctx context.Context, id string) (Resource, error) {
	document, number := versionIn(id)
	v, err := room.Records.View(ctx, document, number)
	if err != nil {
		return nil, err
	}
	return binaryOf(v), nil
}

func (room *Room) readProvenance(ctx context.Context, id string) (Resource, error) {
	document, number := versionIn(id)
	v, err := room.Records.View(ctx, document, number)
	if err != nil {
		return nil, err
	}
	return provenanceOf(v), nil
}

func (room *Room) readObservation(ctx context.Context, id string) (Resource, error) {
	o, err := room.Records.Observation(ctx, id)
	if err != nil {
		return nil, err
	}
	return observationOf(o), nil
}

func (room *Room) readPractitioner(ctx context.Context, id string) (Resource, error) {
	p, err := room.Staff.ViewPerson(ctx, id)
	if err != nil {
		return nil, err
	}
	active := false
	for _, a := range p.Appointments {
		active = active || a.Live(room.Now())
	}
	return practitionerOf(p.Person, active), nil
}

func (room *Room) readOrganization(ctx context.Context, id string) (Resource, error) {
	all, err := room.Staff.ListDepartments(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		if d.ID == id {
			return organizationOf(d), nil
		}
	}
	return nil, act.ErrAbsent.With()
}

func (room *Room) readEvent(ctx context.Context, id string) (Resource, error) {
	placed, people, err := room.Ledger.View(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	return entryOf(placed, people), nil
}

func (room *Room) readConsent(ctx context.Context, id string) (Resource, error) {
	c, err := room.Consents.View(ctx, id)
	if err != nil {
		return nil, err
	}
	return consentOf(c.Record, c.Template.Name.ZH, room.Now()), nil
}
