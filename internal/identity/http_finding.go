package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) findingRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/findings", ID: "listAccountFindings", Verb: "identity.list-findings", Tag: tag,
		Summary: "List what is amiss with accounts, of a department or of all"}, r.getFindings)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/findings/{id}/dispose", ID: "disposeAccountFinding", Verb: "identity.dispose-finding", Tag: tag,
		Status: http.StatusNoContent, Summary: "Say what came of a finding"}, r.postDispose)
}

type findingBody struct {
	ID         string    `json:"id"`
	Kind       string    `json:"kind" enum:"dormant,shared,no-post,directory-down,directory-overruled"`
	Account    string    `json:"account"`
	Person     string    `json:"person"`
	Department string    `json:"department,omitempty"`
	Found      time.Time `json:"found"`
	Detail     string    `json:"detail" doc:"days without use, or changes of place"`
}

type findingsOut struct {
	Body struct {
		Items []findingBody `json:"items"`
	}
}

func (r *Room) getFindings(ctx context.Context, in *struct {
	Department string `query:"department" maxLength:"40"`
}) (*findingsOut, error) {
	waiting, err := r.ListFindings(ctx, in.Department)
	out := &findingsOut{}
	out.Body.Items = make([]findingBody, len(waiting))
	for i, f := range waiting {
		out.Body.Items[i] = findingBody{
			ID: f.ID, Kind: string(f.Kind), Account: f.Account, Person: f.Person, Department: f.Department, Found: f.Found, Detail: f.Detail,
		}
	}
	return out, err
}

type disposeIn struct {
	web.OfID
	Body struct {
		Disposal string `json:"disposal" enum:"explained,instructed,lock-asked"`
	}
}

func (r *Room) postDispose(ctx context.Context, in *disposeIn) (*struct{}, error) {
	return nil, r.Dispose(ctx, in.ID, in.Body.Disposal)
}
