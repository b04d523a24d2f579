package patient

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

const tag = "patient"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients", ID: "findPatients", Verb: "patient.find", Tag: tag,
		Summary: "List patients whom the reader may open"}, room.getPatients)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients", ID: "registerPatient", Verb: "patient.register", Tag: tag,
		Status: http.StatusCreated, Summary: "Register a patient"}, room.postPatient)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/locate", ID: "locatePatient", Verb: "patient.locate", Tag: tag,
		Summary: "Find by an exact identifier whether a patient is here: a masked card"}, room.postLocate)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}", ID: "viewPatient", Verb: "patient.view", Tag: tag,
		Summary: "Open a patient"}, room.getPatient)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/patients/{id}", ID: "updatePatient", Verb: "patient.update", Tag: tag,
		Status: http.StatusNoContent, Summary: "Replace a patient's demographics"}, room.putPatient)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/encounters", ID: "admitPatient", Verb: "patient.admit", Tag: tag,
		Status: http.StatusCreated, Summary: "Begin an encounter"}, room.postEncounter)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/encounters/{id}/discharge", ID: "dischargePatient", Verb: "patient.discharge", Tag: tag,
		Status: http.StatusNoContent, Summary: "End an encounter"}, room.postDischarge)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/encounters/{id}/transfer", ID: "transferPatient", Verb: "patient.transfer", Tag: tag,
		Status: http.StatusNoContent, Summary: "Move a running encounter to another department"}, room.postTransfer)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/relations", ID: "relate", Verb: "patient.relate", Tag: tag,
		Status: http.StatusCreated, Summary: "Give somebody a care relation until a moment"}, room.postRelation)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/relations/{id}/end", ID: "endRelation", Verb: "patient.end-relation", Tag: tag,
		Status: http.StatusNoContent, Summary: "End a care relation now"}, room.postEndRelation)
	room.routesOfRequisitions(s)
	room.routesOfWorklists(s)
}

type madeOut struct{ Body madeBody }

type madeBody struct {
	ID string `json:"id" doc:"id of what was made"`
}

type patientsIn struct {
	web.Paging
	Text  string `query:"text" maxLength:"100" doc:"part of a name, pinyin or initials, or an exact record, ID or phone number"`
	Scope string `query:"scope" enum:"mine,department,all" default:"mine" doc:"mine: whom I care for; department: also who is or was lately in my departments; all: whom I may open, wherever"`
	Open  bool   `query:"open" doc:"only patients with an encounter that lasts"`
}

type patientsOut struct{ Body web.Page[listedBody] }

func (room *Room) getPatients(ctx context.Context, in *patientsIn) (*patientsOut, error) {
	page, err := room.Search(ctx, Query{Text: in.Text, Scope: in.Scope, Open: in.Open, Cursor: in.Cursor, Limit: in.Limit})
	out := &patientsOut{Body: web.Page[listedBody]{Items: make([]listedBody, len(page.Items)), Next: page.Next, Count: page.Count}}
	for i, l := range page.Items {
		out.Body.Items[i] = wireListed(l)
	}
	return out, err
}

func (room *Room) postPatient(ctx context.Context, in *struct{ Body registrationBody }) (*madeOut, error) {
	made, err := room.Register(ctx, Registration{Demographics: in.Body.domain(), Level: in.Body.Level, Staff: in.Body.Staff})
	return &madeOut{madeBody{made}}, err
}

type cardsOut struct {
	Body struct {
		Cards []cardBody `json:"cards"`
	}
}

func (room *Room) postLocate(ctx context.Context, in *struct {
	Body struct {
		Identifier string `json:"identifier" maxLength:"64" doc:"complete record number, ID number or phone number"`
	}
}) (*cardsOut, error) {
	cards, err := room.Locate(ctx, in.Body.Identifier)
	out := &cardsOut{}
	out.Body.Cards = make([]cardBody, len(cards))
	for i, c := range cards {
		out.Body.Cards[i] = cardBody(c)
	}
	return out, err
}

type patientOut struct{ Body viewBody }

func (room *Room) getPatient(ctx context.Context, in *web.OfID) (*patientOut, error) {
	v, err := room.View(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &patientOut{wireView(v)}, nil
}

func (room *Room) putPatient(ctx context.Context, in *struct {
	web.OfID
	Body updateBody
}) (*struct{}, error) {
	return nil, room.Update(ctx, in.ID, in.Body.Rev, in.Body.domain())
}

func (room *Room) postEncounter(ctx context.Context, in *struct {
	web.OfID
	Body admissionBody
}) (*madeOut, error) {
	made, err := room.Admit(ctx, in.Body.domain(in.ID))
	return &madeOut{madeBody{made}}, err
}

func (room *Room) postDischarge(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		At time.Time `json:"at,omitzero" doc:"now when absent"`
	}
}) (*struct{}, error) {
	return nil, room.Discharge(ctx, in.ID, in.Body.At)
}

func (room *Room) postTransfer(ctx context.Context, in *struct {
	web.OfID
	Body admissionBody
}) (*struct{}, error) {
	return nil, room.Transfer(ctx, in.ID, in.Body.domain(""))
}

func (room *Room) postRelation(ctx context.Context, in *struct {
	web.OfID
	Body relationBody
}) (*madeOut, error) {
	made, err := room.Relate(ctx, Relation{Patient: in.ID, Person: in.Body.Person, Kind: in.Body.Kind, Role: in.Body.Role, Encounter: in.Body.Encounter, Until: in.Body.Until})
	return &madeOut{madeBody{made}}, err
}

func (room *Room) postEndRelation(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.EndRelation(ctx, in.ID)
}
