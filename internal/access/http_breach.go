package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (room *Room) breachRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/freezes", ID: "flagBreach", Verb: "access.flag-breach", Tag: tag,
		Status: http.StatusNoContent, Summary: "Flag a breach: suspend somebody's grants until it is reviewed"}, room.postBreach)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/freezes/{id}/review", ID: "reviewBreach", Verb: "access.review-breach", Tag: tag,
		Status: http.StatusNoContent, Summary: "Give the verdict on a flagged breach"}, room.postReviewBreach)
}

// BreachBody is a breach on the wire.
type BreachBody struct {
	Cause     string    `json:"cause" enum:"snooping,leak,sharing,purpose,other"`
	Evidence  string    `json:"evidence" enum:"entry,finding"`
	Reference string    `json:"reference" doc:"id of the ledger's entry, or number of the finding"`
	Said      string    `json:"said"`
	Suspended int       `json:"suspended" doc:"live grants when the person was flagged"`
	FlaggedBy string    `json:"flaggedBy"`
	ReviewBy  time.Time `json:"reviewBy"`
}

func wireBreach(b *BreachSeen) *BreachBody {
	if b == nil {
		return nil
	}
	return &BreachBody{b.Cause, b.Evidence, b.Reference, b.Said, b.Suspended, b.FlaggedBy, b.ReviewBy}
}

func (room *Room) postBreach(ctx context.Context, in *struct {
	Body struct {
		Person    string `json:"person"`
		Cause     string `json:"cause" doc:"snooping, leak, sharing, purpose or other"`
		Evidence  string `json:"evidence" doc:"entry or finding"`
		Reference string `json:"reference" maxLength:"256" doc:"id of the ledger's entry, or number of the finding"`
		Words     string `json:"words" maxLength:"4000"`
	}
}) (*struct{}, error) {
	b := in.Body
	_, err := room.FlagBreach(ctx, Flagging{Person: b.Person, Cause: b.Cause, Evidence: b.Evidence, Reference: b.Reference, Words: b.Words})
	return nil, err
}

func (room *Room) postReviewBreach(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Confirmed bool      `json:"confirmed" doc:"it stays suspended until a moment; else it is lifted at once"`
		Until     time.Time `json:"until,omitzero" doc:"of what is confirmed: at most 90 days away"`
		Words     string    `json:"words" maxLength:"4000"`
	}
}) (*struct{}, error) {
	_, err := room.ReviewBreach(ctx, in.ID, in.Body.Confirmed, in.Body.Until, in.Body.Words)
	return nil, err
}
