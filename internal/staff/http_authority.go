package staff

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

func (r *Room) authorityRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/authorities", ID: "listAuthorities", Verb: "staff.list-authorities", Tag: tag,
		Summary: "List every permission with the department that authorises it and the one that carries it out"}, r.getAuthorities)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/permissions/{id}/history", ID: "listAuthorityHistory", Verb: "staff.list-authorities", Tag: tag,
		Summary: "List what was proposed and settled for a permission, newest first"}, r.getAuthorityHistory)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/authorities", ID: "proposeAuthorities", Verb: "staff.propose-authority", Tag: tag,
		Status: http.StatusCreated, Summary: "Propose the departments that authorise and carry out some permissions"}, r.postAuthorities)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/authorities/settle", ID: "settleAuthorities", Verb: "staff.settle-authority", Tag: tag,
		Status: http.StatusNoContent, Summary: "Agree to proposals of somebody else, or decline them"}, r.postSettleAuthorities)
}

type authorityBody struct {
	ID         string     `json:"id"`
	Authorises string     `json:"authorises" doc:"id of a department, or patient: where the patient lies"`
	Implements string     `json:"implements" doc:"id of a department"`
	Apart      bool       `json:"apart" doc:"neither a department nor a person does both"`
	Direct     bool       `json:"direct" doc:"of a role: it may be given without a request"`
	State      string     `json:"state" enum:"proposed,agreed,declined"`
	Proposed   time.Time  `json:"proposed"`
	ProposedBy string     `json:"proposedBy"`
	Settled    *time.Time `json:"settled,omitempty"`
	SettledBy  string     `json:"settledBy,omitempty"`
}

func wireAuthority(a Authority) authorityBody {
	return authorityBody{a.ID, a.Authorises, a.Implements, a.Apart, a.Direct, a.State, a.Proposed, a.ProposedBy, web.Moment(a.Settled), a.SettledBy}
}

func wireAuthorityIf(a *Authority) *authorityBody {
	if a == nil {
		return nil
	}
	b := wireAuthority(*a)
	return &b
}

type chargeBody struct {
	Permission string         `json:"permission" doc:"role:attending, grant:research"`
	Name       fault.Text     `json:"name"`
	InForce    *authorityBody `json:"inForce,omitempty" doc:"absent: nothing is recorded"`
	Waiting    *authorityBody `json:"waiting,omitempty"`
}

type chargesOut struct{ Body web.Page[chargeBody] }

func (r *Room) getAuthorities(ctx context.Context, _ *struct{}) (*chargesOut, error) {
	all, err := r.ListCharges(ctx)
	out := &chargesOut{web.Page[chargeBody]{Items: make([]chargeBody, len(all))}}
	for i, c := range all {
		out.Body.Items[i] = chargeBody{c.ID, c.Name, wireAuthorityIf(c.InForce), wireAuthorityIf(c.Waiting)}
	}
	return out, err
}

type authorityHistoryOut struct{ Body web.Page[authorityBody] }

// newest is before every id that was ever made.
const newest = "~"

func (r *Room) getAuthorityHistory(ctx context.Context, in *struct {
	web.OfID
	web.Paging
}) (*authorityHistoryOut, error) {
	before := newest
	if _, err := web.DecodeCursor(in.Cursor, &before); err != nil {
		return nil, err
	}
	limit := web.Bounded(in.Limit)
	found, err := r.AuthorityHistory(ctx, in.ID, before, limit+1)
	if err != nil {
		return nil, err
	}
	page, err := web.PageOf(found, limit, func(a Authority) string { return a.ID })
	return &authorityHistoryOut{web.Shown(page, wireAuthority)}, err
}

func (r *Room) postAuthorities(ctx context.Context, in *struct {
	Body struct {
		Items []struct {
			Permission string `json:"permission" maxLength:"40"`
			Authorises string `json:"authorises" maxLength:"40"`
			Implements string `json:"implements" maxLength:"40"`
			Apart      bool   `json:"apart,omitempty"`
			Direct     bool   `json:"direct,omitempty"`
		} `json:"items" maxItems:"100"`
	}
}) (*struct {
	Body struct {
		Items []authorityBody `json:"items"`
	}
}, error) {
	wanted := make([]NewAuthority, len(in.Body.Items))
	for i, n := range in.Body.Items {
		wanted[i] = NewAuthority(n)
	}
	made, err := r.ProposeAuthorities(ctx, wanted)
	out := &struct {
		Body struct {
			Items []authorityBody `json:"items"`
		}
	}{}
	out.Body.Items = make([]authorityBody, len(made))
	for i, a := range made {
		out.Body.Items[i] = wireAuthority(a)
	}
	return out, err
}

func (r *Room) postSettleAuthorities(ctx context.Context, in *struct {
	Body struct {
		IDs   []string `json:"ids" maxItems:"100"`
		Agree bool     `json:"agree"`
	}
}) (*struct{}, error) {
	return nil, r.SettleAuthorities(ctx, in.Body.IDs, in.Body.Agree)
}
