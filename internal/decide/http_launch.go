package decide

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) routesLaunch(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/launch", ID: "askLaunch", Verb: "decide.launch", Tag: tag, Status: http.StatusCreated, MaxBody: 8 << 10,
		Summary: "Ask for a link that leads somebody to a patient here, once and within a minute"}, room.postLaunch)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/launch/open", ID: "openLaunch", Tag: tag, MaxBody: 4 << 10,
		Open: "whoever follows a link is not signed in yet; shows nothing and spends the link", Summary: "Follow a link: it is exchanged for a claim that only its person can use"}, room.postOpen)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/launch/land", ID: "landLaunch", Verb: "decide.land", Tag: tag, MaxBody: 4 << 10,
		Summary: "Go where a followed link leads, as its person"}, room.postLand)
}

type linkOut struct{ Body LinkBody }

func (room *Room) postLaunch(ctx context.Context, in *struct{ Body LaunchBody }) (*linkOut, error) {
	link, err := room.AskLaunch(ctx, Launching{Person: Person(in.Body.Person), Patient: in.Body.Patient, Encounter: in.Body.Encounter, Purpose: in.Body.Purpose})
	if err != nil {
		return nil, err
	}
	return &linkOut{LinkBody(link)}, nil
}

type openedOut struct{ Body OpenedBody }

func (room *Room) postOpen(ctx context.Context, in *struct {
	Body struct {
		Link string `json:"link" maxLength:"120" doc:"what follows # in the link"`
	}
}) (*openedOut, error) {
	opened, err := room.OpenLaunch(ctx, in.Body.Link)
	if err != nil {
		return nil, err
	}
	return &openedOut{OpenedBody(opened)}, nil
}

type landingOut struct{ Body LandingBody }

func (room *Room) postLand(ctx context.Context, in *struct {
	Body struct {
		Claim string `json:"claim" maxLength:"120"`
	}
}) (*landingOut, error) {
	landing, err := room.Land(ctx, in.Body.Claim)
	if err != nil {
		return nil, err
	}
	return &landingOut{LandingBody(landing)}, nil
}
