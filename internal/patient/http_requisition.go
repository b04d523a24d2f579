package patient

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) routesOfRequisitions(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/requisitions", ID: "askFor", Verb: "patient.ask", Tag: tag,
		Status: http.StatusCreated, Summary: "Ask others to do something for a patient: a test, an operation, a consultation"}, room.postRequisition)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}/requisitions", ID: "listRequisitionsOfPatient", Verb: "patient.see-asked", Tag: tag,
		Summary: "List what was asked for a patient"}, room.getRequisitionsOf)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/requisitions", ID: "listRequisitions", Verb: "patient.see-asked", Tag: tag,
		Summary: "List what waits for the reader or his departments"}, room.getRequisitions)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/requisitions/{id}/take-on", ID: "takeOnRequisition", Verb: "patient.take-on", Tag: tag,
		Status: http.StatusNoContent, Summary: "Take on what one's department was asked for"}, room.postTakeOn)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/requisitions/{id}/answer", ID: "answerRequisition", Verb: "patient.answer", Tag: tag,
		Status: http.StatusNoContent, Summary: "Say that it is done, or its result is there"}, room.postAnswer)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/requisitions/{id}/call-off", ID: "callOffRequisition", Verb: "patient.call-off", Tag: tag,
		Status: http.StatusNoContent, Summary: "Say that it is not wanted any longer"}, room.postCallOff)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/operation-lists/preview", ID: "previewOperations", Verb: "patient.plan-operations", Tag: tag,
		Summary: "Say what would become of each line of an operation list"}, room.postOperationsPreview)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/operation-lists", ID: "planOperations", Verb: "patient.plan-operations", Tag: tag,
		Summary: "Take an operation list in, line by line"}, room.postOperations)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/encounters/{id}/confirm", ID: "confirmAdmission", Verb: "patient.confirm-admission", Tag: tag,
		Status: http.StatusNoContent, Summary: "Confirm an admission that stands by one person's word"}, room.postConfirmAdmission)
}

func (room *Room) postRequisition(ctx context.Context, in *struct {
	web.OfID
	Body askingBody
}) (*madeOut, error) {
	made, err := room.Ask(ctx, in.Body.domain(in.ID))
	return &madeOut{madeBody{made}}, err
}

type requisitionsOut struct{ Body web.Page[requisitionBody] }

func (room *Room) getRequisitionsOf(ctx context.Context, in *struct {
	web.OfID
	web.Paging
}) (*requisitionsOut, error) {
	page, err := room.AskedOf(ctx, AskedQuery{Patient: in.ID, Cursor: in.Cursor, Limit: in.Limit})
	return &requisitionsOut{web.Shown(page, wireRequisition)}, err
}

func (room *Room) getRequisitions(ctx context.Context, in *struct{ web.Paging }) (*requisitionsOut, error) {
	page, err := room.AskedOf(ctx, AskedQuery{Cursor: in.Cursor, Limit: in.Limit})
	return &requisitionsOut{web.Shown(page, wireRequisition)}, err
}

func (room *Room) postTakeOn(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.TakeOn(ctx, in.ID)
}

func (room *Room) postAnswer(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.Answer(ctx, in.ID)
}

func (room *Room) postCallOff(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.CallOff(ctx, in.ID)
}

type plannedLinesOut struct {
	Body struct {
		Lines []plannedLineBody `json:"lines"`
	}
}

func (room *Room) postOperationsPreview(ctx context.Context, in *struct{ Body operationListBody }) (*plannedLinesOut, error) {
	lines, err := room.PreviewOperations(ctx, in.Body.Department, in.Body.domain())
	out := &plannedLinesOut{}
	out.Body.Lines = wireLines(lines)
	return out, err
}

func (room *Room) postOperations(ctx context.Context, in *struct{ Body operationListBody }) (*plannedLinesOut, error) {
	lines, err := room.PlanOperations(ctx, in.Body.Department, in.Body.domain())
	out := &plannedLinesOut{}
	out.Body.Lines = wireLines(lines)
	return out, err
}

func (room *Room) postConfirmAdmission(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.ConfirmAdmission(ctx, in.ID)
}
