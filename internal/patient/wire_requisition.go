package patient

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

type calledBody struct {
	Person string `json:"person" maxLength:"100"`
	Role   string `json:"role" maxLength:"40" doc:"surgeon, assistant, anaesthetist, scrub-nurse, circulating-nurse; consultant; chair, member; technician, reporter; pharmacist"`
}

func domainCalled(some []calledBody) []Called {
	var all []Called
	for _, c := range some {
		all = append(all, Called(c))
	}
	return all
}

type askingBody struct {
	Kind       string       `json:"kind" doc:"laboratory, imaging, pathology, examination, operation, consultation, meeting or pharmacy"`
	Encounter  string       `json:"encounter,omitempty" maxLength:"40" doc:"the one that lasts when absent"`
	Department string       `json:"department,omitempty" maxLength:"40" doc:"that is to do it"`
	Planned    time.Time    `json:"planned,omitzero"`
	Performers []calledBody `json:"performers,omitempty" maxItems:"30"`
}

func (b askingBody) domain(patient string) Asking {
	return Asking{Patient: patient, Encounter: b.Encounter, Kind: b.Kind, Department: b.Department, Planned: b.Planned, Performers: domainCalled(b.Performers)}
}

type requisitionBody struct {
	ID         string          `json:"id"`
	Patient    string          `json:"patient"`
	Called     string          `json:"called" doc:"masked name of the patient"`
	Encounter  string          `json:"encounter,omitempty"`
	Kind       string          `json:"kind"`
	Department *fault.Text     `json:"department,omitempty" doc:"that is to do it"`
	AskedBy    *staff.NameBody `json:"askedBy,omitempty"`
	Planned    *time.Time      `json:"planned,omitempty"`
	State      string          `json:"state" enum:"asked,taken,answered,called-off"`
	Since      time.Time       `json:"since"`
	Until      time.Time       `json:"until" doc:"when it opens nothing any longer"`
	Source     string          `json:"source,omitempty" doc:"the feed that reported it"`
	Performers []performerBody `json:"performers"`
}

type performerBody struct {
	Person staff.NameBody `json:"person"`
	Role   string         `json:"role"`
	Given  bool           `json:"given" doc:"the patient was given to this person; nobody gives him to himself"`
}

func wireRequisition(s Shown) requisitionBody {
	b := requisitionBody{
		ID: s.ID, Patient: s.Patient, Called: s.Called, Encounter: s.Encounter, Kind: s.Kind, State: s.State, Since: s.Since, Until: s.Until,
		Source: s.Source, Performers: make([]performerBody, len(s.Performers)),
	}
	if name, known := s.Departments[s.Department]; known {
		b.Department = &name
	}
	if name, known := s.Names[s.AskedBy]; known {
		called := staff.NameBody(name)
		b.AskedBy = &called
	}
	if !s.Planned.IsZero() {
		b.Planned = &s.Planned
	}
	for i, p := range s.Performers {
		b.Performers[i] = performerBody{Person: staff.NameBody(s.Names[p.Person]), Role: p.Role, Given: p.Relation != ""}
	}
	return b
}

type operationBody struct {
	Number       string       `json:"number" maxLength:"100" doc:"of the operation; a later list with the same number moves it"`
	RecordNumber string       `json:"recordNumber" maxLength:"64" doc:"of the patient"`
	Planned      time.Time    `json:"planned"`
	Performers   []calledBody `json:"performers" maxItems:"30" doc:"person is the staff number"`
}

type operationListBody struct {
	Department string          `json:"department" maxLength:"40" doc:"of the theatre"`
	Operations []operationBody `json:"operations" minItems:"1" maxItems:"200"`
}

func (b operationListBody) domain() []PlannedOperation {
	list := make([]PlannedOperation, len(b.Operations))
	for i, o := range b.Operations {
		list[i] = PlannedOperation{Number: o.Number, RecordNumber: o.RecordNumber, Planned: o.Planned, Performers: domainCalled(o.Performers)}
	}
	return list
}

type plannedLineBody struct {
	Line        int         `json:"line" doc:"from 1"`
	Called      string      `json:"called,omitempty" doc:"masked name of the patient"`
	Known       bool        `json:"known" doc:"an earlier list had it"`
	Requisition string      `json:"requisition,omitempty" doc:"absent in a preview and where there is a problem"`
	Problem     *fault.Text `json:"problem,omitempty"`
	Fields      []fieldBody `json:"fields,omitempty" doc:"where the problem is"`
}

type fieldBody struct {
	Path    string     `json:"path"`
	Problem fault.Text `json:"problem"`
}

func wireLines(lines []PlannedLine) []plannedLineBody {
	shown := make([]plannedLineBody, len(lines))
	for i, l := range lines {
		shown[i] = plannedLineBody{Line: l.Line, Called: l.Called, Known: l.Known, Requisition: l.Requisition}
		if l.Problem == nil {
			continue
		}
		problem := fault.From(l.Problem)
		said := problem.Code.Message
		if problem.Said != nil {
			said = *problem.Said
		}
		shown[i].Problem = &said
		for _, f := range problem.Fields {
			shown[i].Fields = append(shown[i].Fields, fieldBody(f))
		}
	}
	return shown
}
