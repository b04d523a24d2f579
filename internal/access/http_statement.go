package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

func (room *Room) statementRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/responsibility", ID: "seeResponsibility", Verb: "access.see-statements", Tag: tag,
		Summary: "Show the statement of responsibility that is signed for grants, and by department how many were signed for"}, room.getResponsibility)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/responsibility/statements", ID: "setStatement", Verb: "access.set-statement", Tag: tag,
		Status: http.StatusCreated, Summary: "Write the next version of the statement of responsibility"}, room.postStatement)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/grant-requests/{id}/sign", ID: "signStatement", Verb: "access.sign-statement", Tag: tag,
		Status: http.StatusNoContent, Summary: "Sign the statement of responsibility for a grant that would be one's own"}, room.postSign)
}

// StatementBody is a version of the statement of responsibility on the wire.
type StatementBody struct {
	Version int        `json:"version"`
	Said    fault.Text `json:"said"`
	Since   time.Time  `json:"since" doc:"requests from then on need it signed"`
}

func wireStatement(s Statement) StatementBody { return StatementBody{s.Version, s.Said, s.Since} }

type unitBody struct {
	Name     fault.Text `json:"name"`
	Grants   int        `json:"grants" doc:"that live"`
	Signed   int        `json:"signed" doc:"of them, with a signed statement"`
	Breaches int        `json:"breaches" doc:"freezes of the last 90 days of people who held a grant"`
}

type responsibilityOut struct {
	Body struct {
		Versions []StatementBody `json:"versions" doc:"the newest first; none: nothing need be signed"`
		Units    []unitBody      `json:"units"`
	}
}

func (room *Room) getResponsibility(ctx context.Context, _ *struct{}) (*responsibilityOut, error) {
	seen, err := room.Responsibility(ctx)
	out := &responsibilityOut{}
	out.Body.Versions, out.Body.Units = []StatementBody{}, []unitBody{}
	for _, s := range seen.Versions {
		out.Body.Versions = append(out.Body.Versions, wireStatement(s))
	}
	for _, u := range seen.Units {
		out.Body.Units = append(out.Body.Units, unitBody(u))
	}
	return out, err
}

func (room *Room) postStatement(ctx context.Context, in *struct {
	Body struct {
		Said fault.Text `json:"said"`
	}
}) (*struct{ Body StatementBody }, error) {
	s, err := room.SetStatement(ctx, in.Body.Said)
	return &struct{ Body StatementBody }{wireStatement(s)}, err
}

func (room *Room) postSign(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.SignStatement(ctx, in.ID)
}

type signedBody struct {
	Grant string     `json:"grant"`
	Said  fault.Text `json:"said" doc:"as it was signed"`
	At    time.Time  `json:"at"`
}

func wireSigned(all []Signed) []signedBody {
	out := make([]signedBody, len(all))
	for i, s := range all {
		out[i] = signedBody(s)
	}
	return out
}
