package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

const tag = "intake"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/import", ID: "importFile", Verb: "intake.import", Tag: tag,
		MaxBody: MaxFile + 1<<20, Timeout: 10 * time.Minute, Summary: "Take in FHIR R4, HL7 v2 or CDA documents: one input as the body, or several as a form"}, room.postImport)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/imports", ID: "listImports", Verb: "intake.list", Tag: tag,
		Summary: "List imports, newest first"}, room.getImports)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/imports/{id}", ID: "viewImport", Verb: "intake.list", Tag: tag,
		Summary: "Show what became of each input of an import"}, room.getImport)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/quarantine", ID: "listQuarantine", Verb: "intake.quarantine", Tag: tag,
		Summary: "List what could not be taken, with the element and the rule"}, room.getQuarantine)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/quarantine/{id}", ID: "viewQuarantine", Verb: "intake.view", Tag: tag,
		Summary: "Open something quarantined with its content"}, room.getQuarantined)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/quarantine/{id}/retry", ID: "retryQuarantine", Verb: "intake.retry", Tag: tag,
		Timeout: 5 * time.Minute, Summary: "Take something quarantined once more"}, room.postRetry)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/quarantine/{id}/dismiss", ID: "dismissQuarantine", Verb: "intake.review", Tag: tag,
		Status: http.StatusNoContent, Summary: "Settle something quarantined as not needed; its bytes stay"}, room.postDismiss)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/reviews", ID: "listReviews", Verb: "intake.review", Tag: tag,
		Summary: "List changes of identity and probable duplicates that wait for a person"}, room.getReviews)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/reviews/{id}", ID: "decideReview", Verb: "intake.review", Tag: tag,
		Status: http.StatusNoContent, Summary: "Decide a review: accept or keep an identity, the same or different people"}, room.postReview)
}

type importIn struct {
	ContentType string `header:"Content-Type" doc:"multipart/form-data for several inputs; anything else is one input"`
	Source      string `query:"source" maxLength:"100" doc:"name of the foreign system" example:"his"`
	Name        string `query:"name" maxLength:"300" doc:"name of the input, for one that is the body"`
	RawBody     []byte `contentType:"application/octet-stream"`
}

type reportOut struct{ Body Report }

func (room *Room) postImport(ctx context.Context, in *importIn) (*reportOut, error) {
	kind, params, err := mime.ParseMediaType(in.ContentType)
	if err != nil || kind != "multipart/form-data" {
		report, err := room.Import(ctx, Input{Source: in.Source, Reader: bytes.NewReader(in.RawBody), Name: in.Name}, nil)
		if err == nil && report.Refused() > 0 {
			err = tooLarge()
		}
		return &reportOut{report}, err
	}
	inputs, err := formInputs(in.RawBody, params["boundary"])
	if err != nil {
		return nil, err
	}
	report, err := room.importAll(ctx, in.Source, inputs)
	return &reportOut{report}, err
}

// formInputs are the files of a form.
func formInputs(body []byte, boundary string) ([]received, error) {
	form := multipart.NewReader(bytes.NewReader(body), boundary)
	var all []received
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) && len(all) > 0 {
			return all, nil
		}
		if err != nil {
			return nil, errNoInput.With("path", "body").At("body", fault.Text{ZH: "表单中没有文件，或表单不完整", EN: "the form holds no file or is not whole"}).Because(err)
		}
		if part.FileName() == "" {
			continue
		}
		in, err := readAll(part.FileName(), part)
		if err != nil {
			return nil, errNoInput.With("path", "body").Because(err)
		}
		all = append(all, in)
	}
}

type importsOut struct{ Body web.Page[ImportLine] }

func (room *Room) getImports(ctx context.Context, in *web.Paging) (*importsOut, error) {
	var before string
	if _, err := web.DecodeCursor(in.Cursor, &before); err != nil {
		return nil, err
	}
	found, next, err := room.List(ctx, before, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &importsOut{}
	out.Body, err = pageOf(found, next, wireListed)
	return out, err
}

func pageOf[T, W any](found []T, next string, wire func(T) W) (web.Page[W], error) {
	page := web.Page[W]{Items: make([]W, len(found))}
	for i, f := range found {
		page.Items[i] = wire(f)
	}
	if next == "" {
		return page, nil
	}
	var err error
	page.Next, err = web.EncodeCursor(next)
	return page, err
}

type importOut struct{ Body importBody }

func (room *Room) getImport(ctx context.Context, in *web.OfID) (*importOut, error) {
	seen, err := room.See(ctx, in.ID)
	return &importOut{importBody{wireListed(seen.Listed), seen.Files}}, err
}

type quarantineIn struct {
	web.Paging
	State string `query:"state" enum:"waiting,resolved,dismissed" default:"waiting"`
}

type quarantineOut struct{ Body web.Page[QuarantineLine] }

func (room *Room) getQuarantine(ctx context.Context, in *quarantineIn) (*quarantineOut, error) {
	var before string
	if _, err := web.DecodeCursor(in.Cursor, &before); err != nil {
		return nil, err
	}
	found, next, err := room.Quarantine(ctx, in.State, before, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &quarantineOut{}
	out.Body, err = pageOf(found, next, wireQuarantined)
	return out, err
}

type quarantinedOut struct{ Body quarantineBody }

func (room *Room) getQuarantined(ctx context.Context, in *web.OfID) (*quarantinedOut, error) {
	o, err := room.Open(ctx, in.ID)
	return &quarantinedOut{quarantineBody{wireQuarantined(o.Quarantined), o.FileName, o.Content, o.Cut}}, err
}

func (room *Room) postRetry(ctx context.Context, in *web.OfID) (*reportOut, error) {
	report, err := room.Retry(ctx, in.ID)
	return &reportOut{report}, err
}

func (room *Room) postDismiss(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.Dismiss(ctx, in.ID)
}

type reviewsIn struct {
	web.Paging
	State string `query:"state" enum:"waiting,accept,keep,same,different" default:"waiting"`
}

type reviewsOut struct{ Body web.Page[reviewBody] }

func (room *Room) getReviews(ctx context.Context, in *reviewsIn) (*reviewsOut, error) {
	var after string
	if _, err := web.DecodeCursor(in.Cursor, &after); err != nil {
		return nil, err
	}
	found, next, err := room.Reviews(ctx, in.State, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &reviewsOut{}
	out.Body, err = pageOf(found, next, wireReview)
	return out, err
}

func (room *Room) postReview(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Decision string `json:"decision" enum:"accept,keep,same,different"`
	}
}) (*struct{}, error) {
	return nil, room.Decide(ctx, in.ID, in.Body.Decision)
}
