package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) recoveryRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/accounts/{id}/recovery", ID: "askRecovery", Verb: "identity.ask-recovery", Tag: tag,
		Status: http.StatusCreated, Summary: "Ask that somebody's lost second factors be taken away"}, r.postRecovery)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/recoveries", ID: "listRecoveries", Verb: "identity.list-recoveries", Tag: tag,
		Summary: "List recoveries that wait for a second person"}, r.getRecoveries)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/recoveries/{id}/approve", ID: "approveRecovery", Verb: "identity.approve-recovery", Tag: tag,
		Status: http.StatusNoContent, Summary: "Approve a recovery as the second person"}, r.postApproval)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/recoveries/{id}/decline", ID: "declineRecovery", Verb: "identity.decline-recovery", Tag: tag,
		Status: http.StatusNoContent, Summary: "Decline a recovery"}, r.postDecline)
}

type recoveryBody struct {
	ID      string    `json:"id"`
	Account string    `json:"account"`
	Person  string    `json:"person" doc:"whose factors are to be taken away"`
	Why     string    `json:"why" enum:"lost,broken,stolen,replaced"`
	Asked   time.Time `json:"asked"`
	AskedBy string    `json:"askedBy" doc:"person"`
	Until   time.Time `json:"until" doc:"until when a second person can approve"`
}

func wireRecovery(in Recovery) recoveryBody {
	return recoveryBody{ID: in.ID, Account: in.Account, Person: in.Person, Why: in.Why, Asked: in.Asked, AskedBy: in.AskedBy, Until: in.Until}
}

type recoveryOut struct{ Body recoveryBody }

type askRecoveryIn struct {
	web.OfID
	Body struct {
		Why string `json:"why" enum:"lost,broken,stolen,replaced"`
	}
}

func (r *Room) postRecovery(ctx context.Context, in *askRecoveryIn) (*recoveryOut, error) {
	asked, err := r.AskRecovery(ctx, in.ID, in.Body.Why)
	return &recoveryOut{wireRecovery(asked)}, err
}

type recoveriesOut struct {
	Body struct {
		Items []recoveryBody `json:"items"`
	}
}

func (r *Room) getRecoveries(ctx context.Context, _ *struct{}) (*recoveriesOut, error) {
	waiting, err := r.ListRecoveries(ctx)
	out := &recoveriesOut{}
	out.Body.Items = make([]recoveryBody, len(waiting))
	for i, w := range waiting {
		out.Body.Items[i] = wireRecovery(w)
	}
	return out, err
}

func (r *Room) postApproval(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.ApproveRecovery(ctx, in.ID)
}

func (r *Room) postDecline(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.DeclineRecovery(ctx, in.ID)
}
