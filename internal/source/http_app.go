package source

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) routesApp(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/sources/{id}/app", ID: "registerSourceApp", Verb: "source.change", Tag: tag,
		Summary: "Say of a source that it is a program, where it sends people back to and what it may ask for; ends its agreement"}, room.putApp)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/apps/see", ID: "seeApp", Verb: "source.see-app", Tag: tag, MaxBody: 8 << 10,
		Summary: "Show whoever is asked what a program asks for"}, room.postSee)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/apps/allow", ID: "allowApp", Verb: "source.allow", Tag: tag, MaxBody: 8 << 10, Status: http.StatusCreated,
		Summary: "Let a program read for whoever says so, as long as he is signed in"}, room.postAllow)
}

func (room *Room) putApp(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		AppBody
		Rev int `json:"rev"`
	}
}) (*sourceOut, error) {
	s, err := room.RegisterApp(ctx, in.ID, in.Body.Rev, Programming(in.Body.AppBody))
	return &sourceOut{wireSource(s, room.desk.Now())}, err
}

type wantedOut struct{ Body WantedBody }

func (room *Room) postSee(ctx context.Context, in *struct{ Body WantingBody }) (*wantedOut, error) {
	seen, err := room.SeeApp(ctx, room.wanting(in.Body))
	if err != nil {
		return nil, err
	}
	return &wantedOut{wireWanted(seen)}, nil
}

type allowedOut struct{ Body AllowedBody }

func (room *Room) postAllow(ctx context.Context, in *struct {
	Body struct {
		WantingBody
		Patient string `json:"patient,omitempty" maxLength:"40" doc:"whom the scopes patient/… are about"`
	}
}) (*allowedOut, error) {
	back, err := room.Allow(ctx, room.wanting(in.Body.WantingBody), in.Body.Patient)
	if err != nil {
		return nil, err
	}
	return &allowedOut{AllowedBody{back}}, nil
}
