package output

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) routesOfAttachments(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/attachments", ID: "takeAttachment", Verb: "output.take-attachment", Tag: tag,
		Status: http.StatusCreated, Summary: "Take an attachment of a document along; unsigned, it answers with the words to be signed"}, room.postAttachment)
}

type takenBody struct {
	Serial string `json:"serial"`
	Code   string `json:"code"`
	Name   string `json:"name" example:"attachment-20260302-7Q3MKZ1.pdf"`
	Media  string `json:"media"`
	File   []byte `json:"file"`
}

type takenOut struct{ Body takenBody }

func (room *Room) postAttachment(ctx context.Context, in *struct {
	Body struct {
		Document string `json:"document" maxLength:"40"`
		Version  int    `json:"version,omitempty" minimum:"0" doc:"the newest when absent"`
		Number   int    `json:"number" minimum:"1" maximum:"20"`
		Profile  string `json:"profile" maxLength:"40"`
		Case     string `json:"case,omitempty" maxLength:"240"`
		Signed   bool   `json:"signed,omitempty" doc:"the caller has read the words of the commitment and signs them"`
	}
}) (*takenOut, error) {
	t, err := room.TakeAttachment(ctx, TakingAttachment(in.Body))
	if err != nil {
		return nil, err
	}
	return &takenOut{takenBody{t.Serial, t.Mark, t.Name(), t.Carried.Media, t.Carried.Content}}, nil
}
