package record

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) routesOfMarks(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/sensitive", ID: "markSensitive", Verb: "record.mark-sensitive", Tag: tag,
		Status: http.StatusNoContent, Summary: "Mark a document as telling of a sensitive history"}, room.postSensitive)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/sensitive/lift", ID: "liftSensitive", Verb: "record.lift-sensitive", Tag: tag,
		Status: http.StatusNoContent, Summary: "Judge that a document tells of no sensitive history"}, room.postLift)
}

func (room *Room) postSensitive(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Kinds []SensitiveKind `json:"kinds" minItems:"1" maxItems:"5" doc:"infectious, genetic, psychiatric, reproductive or confidential"`
	}
}) (*struct{}, error) {
	return nil, room.MarkSensitive(ctx, in.ID, in.Body.Kinds)
}

func (room *Room) postLift(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"2000" doc:"why it is not sensitive"`
	}
}) (*struct{}, error) {
	return nil, room.LiftSensitive(ctx, in.ID, in.Body.Words)
}
