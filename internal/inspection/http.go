package inspection

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "inspection"

// Routes adds the operations of the desk.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/inspection/draws", ID: "listDraws", Verb: "inspection.view", Tag: tag,
		Summary: "List draws, the newest first, those given up among them"}, room.getDraws)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/inspection/draws", ID: "prepareDraw", Verb: "inspection.draw", Tag: tag,
		Status: http.StatusCreated, Summary: "Lay down the frame of a draw before a number is said, or name a subject"}, room.postDraw)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/inspection/draws/{id}", ID: "viewDraw", Verb: "inspection.view", Tag: tag,
		Summary: "Show a draw"}, room.getDraw)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/inspection/draws/{id}/number", ID: "sayNumber", Verb: "inspection.draw", Tag: tag,
		Summary: "Take the number that the inspector says, once, and draw"}, room.postNumber)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/inspection/draws/{id}/frame", ID: "listFrame", Verb: "inspection.view", Tag: tag,
		Summary: "Give the whole list from which a draw was made, to reckon it again"}, room.getFrame)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/inspection/draws/{id}/dossier", ID: "answerDraw", Verb: "inspection.answer", Tag: tag,
		Timeout: time.Minute, Summary: "Answer every question about what was drawn, with proofs"}, room.getDossier)
}

type drawsOut struct {
	Body struct {
		web.Page[DrawBody]
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getDraws(ctx context.Context, in *web.Paging) (*drawsOut, error) {
	l, err := room.List(ctx, in.Cursor, in.Limit)
	out := &drawsOut{}
	out.Body.Page, out.Body.Names = web.Shown(l.Page, wireDraw), staff.WireNames(l.Names)
	return out, err
}

type drawOut struct{ Body DrawBody }

func (room *Room) postDraw(ctx context.Context, in *struct {
	Body struct {
		Kind    string `json:"kind" maxLength:"20" doc:"patient, person, leaver, seal, glass or grant"`
		Days    int    `json:"days,omitempty" doc:"how far back the frame goes; 0 is all"`
		Subject string `json:"subject,omitempty" maxLength:"240" doc:"record number, staff number or id of a seal, break-glass or grant, when it is named and not drawn"`
	}
}) (*drawOut, error) {
	d, err := room.Prepare(ctx, Wanted(in.Body))
	return &drawOut{wireDraw(d)}, err
}

func (room *Room) getDraw(ctx context.Context, in *web.OfID) (*drawOut, error) {
	d, err := room.View(ctx, in.ID)
	return &drawOut{wireDraw(d)}, err
}

func (room *Room) postNumber(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Number int64 `json:"number" doc:"0 to 1,000,000,000" example:"4711"`
	}
}) (*drawOut, error) {
	d, err := room.Choose(ctx, in.ID, in.Body.Number)
	return &drawOut{wireDraw(d)}, err
}

type frameOut struct {
	Body struct {
		IDs []string `json:"ids" doc:"in order; joined by line feeds they are what the digest is of"`
	}
}

func (room *Room) getFrame(ctx context.Context, in *web.OfID) (*frameOut, error) {
	out := &frameOut{}
	var err error
	out.Body.IDs, err = room.Frame(ctx, in.ID)
	return out, err
}

type dossierOut struct{ Body DossierBody }

func (room *Room) getDossier(ctx context.Context, in *web.OfID) (*dossierOut, error) {
	d, err := room.Answer(ctx, in.ID)
	return &dossierOut{wireDossier(d)}, err
}
