package identity

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) factorRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/step-up", ID: "stepUp", Verb: "identity.step-up", Tag: tag,
		MaxBody: 8 << 10, Summary: "Show again who one is, for what is marked"}, r.postStepUp)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/factors", ID: "listFactors", Verb: "identity.list-factors", Tag: tag,
		Summary: "List one's own second factors"}, r.getFactors)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/factors/codes", ID: "enrolCodes", Verb: "identity.enrol-factor", Tag: tag,
		Status: http.StatusCreated, MaxBody: 8 << 10, Summary: "Begin to enrol an authenticator that shows codes"}, r.postCodes)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/factors/{id}/confirm", ID: "confirmCodes", Verb: "identity.confirm-factor", Tag: tag,
		MaxBody: 8 << 10, Summary: "Confirm an authenticator by its first code"}, r.postConfirm)
	web.Handle(s, web.Op{Method: http.MethodDelete, Path: "/api/identity/factors/{id}", ID: "endFactor", Verb: "identity.end-factor", Tag: tag,
		Status: http.StatusNoContent, Summary: "End one of one's own second factors"}, r.deleteFactor)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/recovery-codes", ID: "renewRecoveryCodes", Verb: "identity.renew-codes", Tag: tag,
		Summary: "Replace one's own recovery codes"}, r.postRecoveryCodes)
}

type showBody struct {
	Password string `json:"password,omitempty" maxLength:"512" doc:"where there is no second factor"`
	Code     string `json:"code,omitempty" maxLength:"40" doc:"of the second factor, or a recovery code"`
	Ceremony string `json:"ceremony,omitempty" maxLength:"40" doc:"by passkey: begun at /api/session/passkey/begin"`
	// Passkey is an object of the browser's own.
	Passkey json.RawMessage `json:"passkey,omitempty" doc:"by passkey: what the browser answered"`
}

func (b showBody) shown() Shown {
	return Shown{Password: b.Password, Code: b.Code, Ceremony: b.Ceremony, Passkey: b.Passkey}
}

type showIn struct {
	Body showBody
	Slowed
}

type steppedOut struct {
	Body struct {
		Until time.Time `json:"until" doc:"until when marked acts may be done"`
	}
}

func (r *Room) postStepUp(ctx context.Context, in *showIn) (*steppedOut, error) {
	until, err := r.StepUp(ctx, in.Body.shown())
	retryAfter(in.answer, err)
	out := &steppedOut{}
	out.Body.Until = until
	return out, err
}

type factorBody struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind" enum:"totp,passkey"`
	Label string    `json:"label"`
	Since time.Time `json:"since"`
	Used  time.Time `json:"used,omitzero"`
}

type factorsOut struct {
	Body struct {
		Items     []factorBody `json:"items"`
		CodesLeft int          `json:"codesLeft" doc:"recovery codes that are still good"`
	}
}

func (r *Room) getFactors(ctx context.Context, _ *struct{}) (*factorsOut, error) {
	has, left, err := r.ListFactors(ctx)
	out := &factorsOut{}
	out.Body.Items, out.Body.CodesLeft = make([]factorBody, len(has)), left
	for i, f := range has {
		out.Body.Items[i] = factorBody{ID: f.ID, Kind: string(f.Kind), Label: f.Label, Since: f.Since, Used: f.Used}
	}
	return out, err
}

type enrolBody struct {
	Label string `json:"label,omitempty" maxLength:"160" doc:"what the holder calls it"`
}

type enrolledOut struct {
	Body struct {
		ID     string `json:"id"`
		Secret string `json:"secret" doc:"shown once, to be typed where no QR code can be read"`
		URI    string `json:"uri" doc:"otpauth address, shown once as a QR code"`
	}
}

func (r *Room) postCodes(ctx context.Context, in *struct{ Body enrolBody }) (*enrolledOut, error) {
	made, err := r.EnrolCodes(ctx, in.Body.Label)
	out := &enrolledOut{}
	out.Body.ID, out.Body.Secret, out.Body.URI = made.Factor.ID, made.Secret, made.URI
	return out, err
}

type codesOut struct {
	Body struct {
		Codes []string `json:"recoveryCodes" doc:"each good once; shown once"`
	}
}

type confirmIn struct {
	web.OfID
	Body struct {
		Code string `json:"code" maxLength:"40"`
	}
	Slowed
}

func (r *Room) postConfirm(ctx context.Context, in *confirmIn) (*codesOut, error) {
	codes, err := r.ConfirmCodes(ctx, in.ID, in.Body.Code)
	retryAfter(in.answer, err)
	out := &codesOut{}
	out.Body.Codes = codes
	return out, err
}

func (r *Room) deleteFactor(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.EndFactor(ctx, in.ID)
}

func (r *Room) postRecoveryCodes(ctx context.Context, _ *struct{}) (*codesOut, error) {
	codes, err := r.RenewCodes(ctx)
	out := &codesOut{}
	out.Body.Codes = codes
	return out, err
}
