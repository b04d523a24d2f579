package consent

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) codeRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/consent-codes", ID: "sendConsentCode", Verb: "consent.send-code", Tag: tag,
		Status: http.StatusCreated, Summary: "Send the patient a code by which he authorises that his history of other institutions is read"}, room.postCode)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/consent-codes/{id}/confirm", ID: "confirmConsentCode", Verb: "consent.confirm-code", Tag: tag,
		Status: http.StatusCreated, Summary: "Record the consent of a patient who told the code that he was sent"}, room.postConfirmCode)
}

type codeOut struct {
	Body struct {
		ID    string    `json:"id"`
		Until time.Time `json:"until"`
	}
}

func (room *Room) postCode(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Encounter string `json:"encounter" maxLength:"40"`
		Template  string `json:"template" maxLength:"40" doc:"a form whose purpose is outside-history"`
	}
}) (*codeOut, error) {
	c, err := room.SendCode(ctx, in.ID, in.Body.Encounter, in.Body.Template)
	out := &codeOut{}
	out.Body.ID, out.Body.Until = c.ID, c.Until
	return out, err
}

func (room *Room) postConfirmCode(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Digits string `json:"digits" maxLength:"24" example:"042137"`
	}
}) (*recordOut, error) {
	rec, err := room.ConfirmCode(ctx, in.ID, in.Body.Digits)
	return &recordOut{wireRecord(rec, room.desk.Now())}, err
}
