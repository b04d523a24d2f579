package fhir

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/staff"
)

// Site is R4's Location: where a department that treats or examines does so. Its id is
// the department's.
type Site struct {
	Base
	Identifier           []Identifier `json:"identifier,omitempty"`
	Status               string       `json:"status,omitempty"`
	Name                 string       `json:"name,omitempty"`
	Alias                []string     `json:"alias,omitempty"`
	Description          string       `json:"description,omitempty"`
	Mode                 string       `json:"mode,omitempty"`
	PhysicalType         *Concept     `json:"physicalType,omitempty"`
	ManagingOrganization *Reference   `json:"managingOrganization,omitempty"`
}

// sitesOf are the places of departments; what administers has none.
func sitesOf(departments []staff.Department) []Resource {
	var all []Resource
	for _, d := range departments {
		if d.Kind == staff.Administrative {
			continue
		}
		site := &Site{
			Base: Base{"Location", d.ID, updated(d.Made)}, Identifier: []Identifier{{System: ours + "department", Value: d.Code}}, Status: "active", Name: d.NameZH,
			Description: d.Campus, Mode: "instance", PhysicalType: concept("http://terminology.hl7.org/CodeSystem/location-physical-type", "area"),
			ManagingOrganization: to("Organization", d.ID),
		}
		if d.NameEN != "" {
			site.Alias = []string{d.NameEN}
		}
		all = append(all, site)
	}
	return all
}

func (room *Room) sites() *kind {
	return &kind{
		name: "Location", verb: "staff.list", read: room.readSite, search: room.searchSites,
		params: []parameter{
			token("identifier", func(r Resource) []Coding {
				return []Coding{{System: r.(*Site).Identifier[0].System, Code: r.(*Site).Identifier[0].Value}}
			}),
			reference("organization", "Organization", func(r Resource) []Reference { return one(r.(*Site).ManagingOrganization) }),
		},
	}
}

func (room *Room) searchSites(ctx context.Context, q *query) (found, error) {
	departments, err := room.Staff.ListDepartments(ctx)
	if err != nil {
		return found{}, err
	}
	return paged(sitesOf(departments), q.cursor, q.limit)
}

func (room *Room) readSite(ctx context.Context, id string) (Resource, error) {
	departments, err := room.Staff.ListDepartments(ctx)
	if err != nil {
		return nil, err
	}
	for _, site := range sitesOf(departments) {
		if site.base().ID == id {
			return site, nil
		}
	}
	return nil, act.ErrAbsent.With()
}
