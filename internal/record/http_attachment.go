package record

import (
	"context"
	"encoding/hex"
	"net/http"
	"strconv"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) routesOfAttachments(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/documents/{id}/attachments", ID: "listAttachments", Verb: "record.attachment", Tag: tag,
		Summary: "List what came with a version of a document and is not text"}, room.getAttachments)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/documents/{id}/attachments/content", ID: "showAttachment", Verb: "record.attachment", Tag: tag,
		Summary: "Open an attachment that a page can show: an image or a PDF"}, room.getAttachment)
}

type attachmentBody struct {
	Number   int    `json:"number"`
	Declared string `json:"declared" doc:"the media type that its source states"`
	Media    string `json:"media,omitempty" doc:"the media type by its bytes; absent when it is of no known kind and is never handed out"`
	Size     int    `json:"size" doc:"bytes"`
	Digest   string `json:"digest" doc:"SM3 of its bytes, hex"`
	Shown    bool   `json:"shown" doc:"a page can show it"`
}

type attachmentsOut struct {
	Body struct {
		Items []attachmentBody `json:"items"`
	}
}

func (room *Room) getAttachments(ctx context.Context, in *struct {
	web.OfID
	Version int `query:"version" minimum:"0" doc:"the newest when absent"`
}) (*attachmentsOut, error) {
	all, err := room.Attachments(ctx, in.ID, in.Version)
	out := &attachmentsOut{}
	out.Body.Items = make([]attachmentBody, len(all))
	for i, a := range all {
		out.Body.Items[i] = attachmentBody{Number: a.Number, Declared: a.MediaType, Media: a.Media, Size: a.Size, Digest: hex.EncodeToString(a.Digest), Shown: a.Shown}
	}
	return out, err
}

// inert is what goes with bytes that somebody else made: opened by themselves they
// are saved and not run, wherever they are put they may do nothing, and only our own
// page reads them.
const inert = "sandbox; default-src 'none'; frame-ancestors 'none'"

type attachmentOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

func (room *Room) getAttachment(ctx context.Context, in *struct {
	web.OfID
	Version int `query:"version" minimum:"0" doc:"the newest when absent"`
	Number  int `query:"number" minimum:"1" maximum:"20" default:"1"`
}) (*attachmentOut, error) {
	a, err := room.ShowAttachment(ctx, in.ID, in.Version, in.Number)
	if err != nil {
		return nil, err
	}
	return &attachmentOut{
		ContentType: a.Media, Disposition: `attachment; filename="attachment-` + strconv.Itoa(a.Number) + a.Ending + `"`, Policy: inert, Body: a.Content,
	}, nil
}
