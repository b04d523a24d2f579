package record

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "record"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.routesOfAttachments(s)
	room.routesOfMarks(s)
	room.routesOfConsent(s)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}/documents", ID: "listDocuments", Verb: "record.list", Tag: tag,
		Summary: "List a patient's documents, newest first"}, room.getDocuments)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/documents", ID: "fileDocument", Verb: "record.file", Tag: tag,
		Status: http.StatusCreated, MaxBody: 2 << 20, Summary: "File a new document"}, room.postDocument)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/documents/{id}", ID: "viewDocument", Verb: "record.view", Tag: tag,
		Summary: "Read a document: its newest version, or another"}, room.getDocument)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/versions", ID: "amendDocument", Verb: "record.amend", Tag: tag,
		Status: http.StatusCreated, MaxBody: 2 << 20, Summary: "Correct a document: add a version with a reason"}, room.postVersion)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/signatures", ID: "signDocument", Verb: "record.sign", Tag: tag,
		Status: http.StatusNoContent, Summary: "Sign a version"}, room.postSignature)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/archive", ID: "archiveDocument", Verb: "record.archive", Tag: tag,
		Status: http.StatusNoContent, Summary: "Lock a document as complete"}, room.postArchive)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/seal", ID: "sealDocument", Verb: "record.seal", Tag: tag,
		Status: http.StatusNoContent, Summary: "Put a document under seal"}, room.postSeal)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/unseal", ID: "unsealDocument", Verb: "record.unseal", Tag: tag,
		Status: http.StatusNoContent, Summary: "Lift the seal of a document"}, room.postUnseal)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}/observations", ID: "listObservations", Verb: "record.observations", Tag: tag,
		Summary: "Read a patient's observations, newest first"}, room.getObservations)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}/orders", ID: "listOrders", Verb: "record.orders", Tag: tag,
		Summary: "Read a patient's orders, newest first"}, room.getOrders)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/drafts", ID: "listDrafts", Verb: "record.draft", Tag: tag,
		Summary: "List one's own drafts, without their text"}, room.getDrafts)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/drafts", ID: "saveDraft", Verb: "record.draft", Tag: tag, MaxBody: 2 << 20,
		Summary: "Keep a draft on the server, sealed"}, room.postDraft)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/drafts/{id}", ID: "openDraft", Verb: "record.draft", Tag: tag,
		Summary: "Open one's own draft"}, room.getDraft)
	web.Handle(s, web.Op{Method: http.MethodDelete, Path: "/api/drafts/{id}", ID: "dropDraft", Verb: "record.draft", Tag: tag,
		Status: http.StatusNoContent, Summary: "Throw a draft away"}, room.deleteDraft)
}

type pageOfID struct {
	ID string `path:"id" maxLength:"40"`
	web.Paging
}

type documentsOut struct {
	Body struct {
		web.Page[LineBody]
		People map[string]staff.NameBody `json:"people"`
	}
}

func (room *Room) getDocuments(ctx context.Context, in *pageOfID) (*documentsOut, error) {
	page, err := room.List(ctx, in.ID, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &documentsOut{}
	out.Body.Page = web.Page[LineBody]{Items: make([]LineBody, len(page.Items)), Next: page.Next}
	for i, d := range page.Items {
		out.Body.Items[i] = wireListed(d, page.Elsewhere[d.ID])
	}
	out.Body.People = staff.WireNames(page.People)
	return out, nil
}

type madeOut struct {
	Body struct {
		ID string `json:"id" doc:"id of what was made"`
	}
}

func (room *Room) postDocument(ctx context.Context, in *struct {
	web.OfID
	Body filingBody
}) (*madeOut, error) {
	out := &madeOut{}
	var err error
	out.Body.ID, err = room.File(ctx, in.Body.domain(in.ID))
	return out, err
}

type documentOut struct{ Body documentBody }

func (room *Room) getDocument(ctx context.Context, in *struct {
	web.OfID
	Version int `query:"version" minimum:"0" doc:"the newest when absent"`
}) (*documentOut, error) {
	v, err := room.View(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	return &documentOut{wireDocument(v)}, nil
}

type versionOut struct {
	Body struct {
		Version int `json:"version" doc:"number of the new version"`
	}
}

func (room *Room) postVersion(ctx context.Context, in *struct {
	web.OfID
	Body amendmentBody
}) (*versionOut, error) {
	out := &versionOut{}
	var err error
	out.Body.Version, err = room.Amend(ctx, Amendment{
		Document: in.ID, Base: in.Body.Base, Content: Content{Sections: in.Body.Sections}, Reason: in.Body.Reason, Sign: in.Body.Sign, Draft: in.Body.Draft,
		Emergency: in.Body.Emergency.domain(),
	})
	return out, err
}

func (room *Room) postSignature(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Version int `json:"version" minimum:"1" doc:"the version that the signer has read"`
	}
}) (*struct{}, error) {
	return nil, room.Sign(ctx, in.ID, in.Body.Version)
}

func (room *Room) postArchive(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.Archive(ctx, in.ID)
}

func (room *Room) postSeal(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Kind string `json:"kind" doc:"dispute or attention"`
	}
}) (*struct{}, error) {
	return nil, room.Seal(ctx, in.ID, in.Body.Kind)
}

func (room *Room) postUnseal(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.Unseal(ctx, in.ID)
}

type observationsOut struct{ Body web.Page[observationBody] }

func (room *Room) getObservations(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"40"`
	web.Paging
	Code string `query:"code" maxLength:"100" doc:"only this code, such as loinc|718-7"`
}) (*observationsOut, error) {
	page, err := room.Observations(ctx, in.ID, in.Code, in.Cursor, in.Limit)
	out := &observationsOut{web.Page[observationBody]{Items: make([]observationBody, len(page.Items)), Next: page.Next}}
	for i, o := range page.Items {
		out.Body.Items[i] = wireObservation(o)
	}
	return out, err
}

type ordersOut struct{ Body web.Page[orderBody] }

func (room *Room) getOrders(ctx context.Context, in *pageOfID) (*ordersOut, error) {
	page, err := room.Orders(ctx, in.ID, in.Cursor, in.Limit)
	out := &ordersOut{web.Page[orderBody]{Items: make([]orderBody, len(page.Items)), Next: page.Next}}
	for i, o := range page.Items {
		out.Body.Items[i] = wireOrder(o)
	}
	return out, err
}

type draftsOut struct {
	Body struct {
		Items []DraftLineBody `json:"items"`
	}
}

func (room *Room) getDrafts(ctx context.Context, in *struct {
	Patient string `query:"patient" maxLength:"40" doc:"only drafts about this patient"`
}) (*draftsOut, error) {
	mine, err := room.Drafts(ctx, in.Patient)
	out := &draftsOut{}
	out.Body.Items = make([]DraftLineBody, len(mine))
	for i, d := range mine {
		out.Body.Items[i] = wireDraftLine(d)
	}
	return out, err
}

type savedOut struct {
	Body struct {
		ID  string `json:"id"`
		Rev int    `json:"rev" doc:"to be given with the next save"`
	}
}

func (room *Room) postDraft(ctx context.Context, in *struct{ Body draftInBody }) (*savedOut, error) {
	out := &savedOut{}
	var err error
	out.Body.ID, out.Body.Rev, err = room.SaveDraft(ctx, in.Body.domain())
	return out, err
}

type draftOut struct{ Body draftBody }

func (room *Room) getDraft(ctx context.Context, in *web.OfID) (*draftOut, error) {
	d, err := room.OpenDraft(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &draftOut{draftBody{DraftLineBody: wireDraftLine(*d), Writing: d.Writing}}, nil
}

func (room *Room) deleteDraft(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.DropDraft(ctx, in.ID)
}
