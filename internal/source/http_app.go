package source

import (
	"context"
	"net/http"
	"strings"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) routesApp(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/sources/{id}/app", ID: "registerSourceApp", Verb: "source.change", Tag: tag,
		Summary: "Say of a source that it is a program, where it sends people back to and what it may ask for; ends its agreement"}, room.putApp)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/apps/see", ID: "seeApp", Verb: "source.see-app", Tag: tag, MaxBody: 8 << 10,
		Summary: "Show whoever is asked what a program asks for"}, room.postSee)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/apps/allow", ID: "allowApp", Verb: "source.allow", Tag: tag, MaxBody: 8 << 10, Status: http.StatusCreated,
		Summary: "Let a program read for whoever says so, as long as he is signed in"}, room.postAllow)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/apps", ID: "listApps", Verb: "source.launch", Tag: tag,
		Summary: "List the programs that can be begun with a patient who is open"}, room.getApps)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/apps/begin", ID: "beginApp", Verb: "source.launch", Tag: tag, MaxBody: 4 << 10, Status: http.StatusCreated,
		Summary: "Begin a program with a patient who is open; says where it takes that up"}, room.postBegin)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/me/allowed", ID: "listMyAllowed", Verb: "source.see-allowed", Tag: tag,
		Summary: "List what whoever asks let programs read, newest first"}, room.getMyAllowed)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sources/{id}/allowed", ID: "listAllowed", Verb: "source.see-allowed", Tag: tag,
		Summary: "List what people let a program read, newest first"}, room.getAllowed)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/apps/allowed/{id}/withdraw", ID: "withdrawAllowed", Verb: "source.withdraw", Tag: tag, Status: http.StatusNoContent,
		Summary: "End what was allowed to a program; it holds with its next request"}, room.postWithdraw)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/withdraw", ID: "withdrawAllAllowed", Verb: "source.withdraw", Tag: tag,
		Summary: "End what everybody allowed to a program"}, room.postWithdrawAll)
}

type appsOut struct {
	Body struct {
		Items []AppChoiceBody `json:"items" nullable:"false"`
	}
}

func (room *Room) getApps(ctx context.Context, _ *struct{}) (*appsOut, error) {
	all, err := room.Programs(ctx)
	if err != nil {
		return nil, err
	}
	out := &appsOut{}
	out.Body.Items = make([]AppChoiceBody, len(all))
	for i, s := range all {
		out.Body.Items[i] = AppChoiceBody{s.ID, nameOf(s), s.Vendor, s.Purpose}
	}
	return out, nil
}

type begunOut struct{ Body BegunAppBody }

func (room *Room) postBegin(ctx context.Context, in *struct{ Body BeginAppBody }) (*begunOut, error) {
	address := room.address
	if address == "" {
		address = in.Body.House
	}
	to, err := room.BeginApp(ctx, Beginning{Source: in.Body.Source, Patient: in.Body.Patient, Encounter: in.Body.Encounter, FHIR: strings.TrimSuffix(address, "/") + readable})
	if err != nil {
		return nil, err
	}
	return &begunOut{BegunAppBody{to}}, nil
}

type allowedListOut struct{ Body AllowedListBody }

func (room *Room) getMyAllowed(ctx context.Context, in *web.Paging) (*allowedListOut, error) {
	l, err := room.MyAllowed(ctx, *in)
	if err != nil {
		return nil, err
	}
	return &allowedListOut{wireAllowedList(l)}, nil
}

func (room *Room) getAllowed(ctx context.Context, in *struct {
	web.OfID
	web.Paging
}) (*allowedListOut, error) {
	l, err := room.AllowedTo(ctx, in.ID, in.Paging)
	if err != nil {
		return nil, err
	}
	return &allowedListOut{wireAllowedList(l)}, nil
}

func (room *Room) postWithdraw(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.Withdraw(ctx, in.ID)
}

type withdrawnOut struct {
	Body struct {
		Allowances int `json:"allowances" doc:"how many were ended"`
	}
}

func (room *Room) postWithdrawAll(ctx context.Context, in *web.OfID) (*withdrawnOut, error) {
	n, err := room.WithdrawAll(ctx, in.ID)
	out := &withdrawnOut{}
	out.Body.Allowances = n
	return out, err
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
