package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) scanRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/scan/begin", ID: "beginScan", Tag: tag,
		Open: "whoever signs in is not signed in yet; names nobody", MaxBody: 8 << 10, Summary: "Ask for a code that a telephone scans and signs"}, r.postScanBegin)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/scan/look", ID: "lookScan", Tag: tag,
		Open: "tells the browser that shows a code how far it has come, by its cookie; names nobody", MaxBody: 8 << 10, Summary: "Ask how far a scan has come"}, r.postScanLook)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/scan", ID: "signInByScan", Tag: tag,
		Open: "whoever signs in is not signed in yet", Status: http.StatusCreated, MaxBody: 8 << 10, Summary: "Sign in once a telephone has signed"}, r.postScanSession)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/links/scan/begin", ID: "beginScanLink", Verb: "identity.link", Tag: tag,
		Summary: "Ask for a code to scan, to bind the certificate in one's telephone"}, r.postScanLinkBegin)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/links/scan", ID: "linkScan", Verb: "identity.link", Tag: tag,
		Status: http.StatusCreated, MaxBody: 8 << 10, Summary: "Bind the certificate in one's telephone"}, r.postScanLink)
}

type scanBeginIn struct {
	Body struct {
		BrowserKey []byte `json:"browserKey,omitempty" maxLength:"100"`
	}
	Slowed
}

type scanBegunOut struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      struct {
		Ceremony string    `json:"ceremony"`
		QR       string    `json:"qr" doc:"what the code says"`
		Digits   string    `json:"digits" doc:"shown here and on the telephone"`
		Until    time.Time `json:"until"`
	}
}

func wireScanBegun(answer huma.Context, begun ScanBegun, err error) (*scanBegunOut, error) {
	if err != nil {
		retryAfter(answer, err)
		return nil, err
	}
	out := &scanBegunOut{SetCookie: []http.Cookie{wayCookieOf(begun.Browser)}}
	out.Body.Ceremony, out.Body.QR, out.Body.Digits, out.Body.Until = begun.Ceremony, begun.QR, begun.Digits, begun.Until
	return out, nil
}

func (r *Room) postScanBegin(ctx context.Context, in *scanBeginIn) (*scanBegunOut, error) {
	begun, err := r.BeginScan(ctx, in.Body.BrowserKey)
	return wireScanBegun(in.answer, begun, err)
}

func (r *Room) postScanLinkBegin(ctx context.Context, in *Slowed) (*scanBegunOut, error) {
	begun, err := r.BeginScanLink(ctx)
	return wireScanBegun(in.answer, begun, err)
}

type scanIn struct {
	Browser string `cookie:"__Host-medward-way"`
	Body    struct {
		Ceremony string `json:"ceremony" maxLength:"40"`
	}
}

type scanStateOut struct {
	Body struct {
		State string `json:"state" enum:"waiting,signed,declined,over"`
	}
}

func (r *Room) postScanLook(ctx context.Context, in *scanIn) (*scanStateOut, error) {
	state, err := r.LookScan(ctx, in.Body.Ceremony, in.Browser)
	out := &scanStateOut{}
	out.Body.State = string(state)
	return out, err
}

type scanShownIn struct {
	Browser string `cookie:"__Host-medward-way"`
	Body    struct {
		Ceremony string `json:"ceremony" maxLength:"40"`
		Code     string `json:"code,omitempty" maxLength:"40" doc:"of the second factor, or a recovery code"`
	}
	Slowed
}

func (r *Room) postScanSession(ctx context.Context, in *scanShownIn) (*signInOut, error) {
	admitted, err := r.SignInByScan(ctx, in.Body.Ceremony, in.Browser, in.Body.Code)
	if err != nil {
		retryAfter(in.answer, err)
		return nil, err
	}
	return answerAdmission(admitted, false), nil
}

func (r *Room) postScanLink(ctx context.Context, in *scanIn) (*linkOut, error) {
	made, err := r.LinkScan(ctx, in.Body.Ceremony, in.Browser)
	return &linkOut{wireLink(made)}, err
}
