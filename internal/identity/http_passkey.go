package identity

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) passkeyRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/factors/passkeys", ID: "enrolPasskey", Verb: "identity.enrol-factor", Tag: tag,
		Status: http.StatusCreated, MaxBody: 8 << 10, Summary: "Begin to enrol a passkey"}, r.postPasskey)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/factors/passkeys/confirm", ID: "confirmPasskey", Verb: "identity.confirm-factor", Tag: tag,
		MaxBody: 64 << 10, Summary: "Confirm a passkey by what the browser answered"}, r.postPasskeyConfirm)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/passkey/begin", ID: "beginPasskey", Tag: tag,
		Open: "whoever signs in is not signed in yet; names nobody", Summary: "Begin to sign in, or to show again who one is, by passkey"}, r.postPasskeyBegin)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/passkey", ID: "signInByPasskey", Tag: tag,
		Open: "whoever signs in is not signed in yet", Status: http.StatusCreated, MaxBody: 64 << 10, Summary: "Sign in by passkey"}, r.postPasskeySession)
}

type passkeyBegunOut struct {
	Body struct {
		Ceremony string `json:"ceremony"`
		Options  any    `json:"options" doc:"for navigator.credentials, as JSON"`
	}
}

func wirePasskeyBegun(begun PasskeyBegun) *passkeyBegunOut {
	out := &passkeyBegunOut{}
	out.Body.Ceremony, out.Body.Options = begun.Ceremony, begun.Options
	return out
}

func (r *Room) postPasskey(ctx context.Context, in *struct{ Body enrolBody }) (*passkeyBegunOut, error) {
	begun, err := r.EnrolPasskey(ctx, in.Body.Label)
	return wirePasskeyBegun(begun), err
}

type passkeyBody struct {
	Ceremony string          `json:"ceremony" maxLength:"40"`
	Passkey  json.RawMessage `json:"passkey" doc:"what the browser answered"`
}

func (r *Room) postPasskeyConfirm(ctx context.Context, in *struct{ Body passkeyBody }) (*codesOut, error) {
	codes, err := r.ConfirmPasskey(ctx, in.Body.Ceremony, in.Body.Passkey)
	out := &codesOut{}
	out.Body.Codes = codes
	return out, err
}

func (r *Room) postPasskeyBegin(ctx context.Context, _ *struct{}) (*passkeyBegunOut, error) {
	begun, err := r.BeginPasskey(ctx)
	return wirePasskeyBegun(begun), err
}

type passkeySignInBody struct {
	Ceremony   string          `json:"ceremony" maxLength:"40"`
	Passkey    json.RawMessage `json:"passkey" doc:"what the browser answered"`
	BrowserKey []byte          `json:"browserKey,omitempty" maxLength:"100" doc:"as for signing in by password"`
	Bearer     bool            `json:"bearer,omitempty" doc:"answer with a token for the header Authorization instead of a cookie"`
}

func (r *Room) postPasskeySession(ctx context.Context, in *struct{ Body passkeySignInBody }) (*signInOut, error) {
	admitted, err := r.SignInByPasskey(ctx, in.Body.Ceremony, in.Body.Passkey, in.Body.BrowserKey)
	if err != nil {
		return nil, err
	}
	return answerAdmission(admitted, in.Body.Bearer), nil
}
