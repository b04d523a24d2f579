package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) grantRoutes(s *web.Server) {
	op := func(method, path, id, verb, summary string, status int) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Verb: verb, Tag: tag, Status: status, Summary: summary}
	}
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/grant-choices", ID: "listGrantChoices", Open: "a constant list; it names nobody", Tag: tag,
		Summary: "List the acts that can be granted, and for how long at most"}, room.getGrantChoices)
	web.Handle(s, op(http.MethodPost, "/api/grant-requests", "requestGrant", "access.request", "Ask for a grant", http.StatusCreated), room.postRequest)
	web.Handle(s, op(http.MethodGet, "/api/grant-requests", "listGrantRequests", "access.see-grants", "List requests that concern one or wait for one, newest first", 0), room.getRequests)
	web.Handle(s, op(http.MethodPost, "/api/grant-requests/{id}/approve", "approveGrant", "access.approve", "Approve the present step, or give at once what is urgent", 0), room.postApprove)
	web.Handle(s, op(http.MethodPost, "/api/grant-requests/{id}/return", "returnGrantRequest", "access.return", "Give a request back to be completed", 0), room.postReturn)
	web.Handle(s, op(http.MethodPost, "/api/grant-requests/{id}/refuse", "refuseGrant", "access.refuse", "Refuse a request", 0), room.postRefuse)
	web.Handle(s, op(http.MethodPost, "/api/grant-requests/{id}/withdraw", "withdrawGrantRequest", "access.withdraw-request", "Take a request back", 0), room.postWithdrawRequest)
	web.Handle(s, op(http.MethodGet, "/api/grants", "listGrants", "access.see-grants", "List grants that concern one, newest first", 0), room.getGrants)
	web.Handle(s, op(http.MethodPost, "/api/grants/{id}/revoke", "revokeGrant", "access.revoke", "End a grant now", 0), room.postRevoke)
	web.Handle(s, op(http.MethodPost, "/api/grants/{id}/extend", "extendGrant", "access.extend", "Ask for more time", http.StatusCreated), room.postExtend)
	web.Handle(s, op(http.MethodPost, "/api/grants/{id}/clone", "cloneGrant", "access.clone", "Ask for the like of a grant", http.StatusCreated), room.postClone)
	web.Handle(s, op(http.MethodGet, "/api/approval-chains", "listApprovalChains", "access.see-grants", "List who approves grants, by purpose", 0), room.getChains)
	web.Handle(s, op(http.MethodPost, "/api/approval-chains", "setApprovalChain", "access.set-chain", "Write the next version of a chain of approval", http.StatusCreated), room.postChain)
	web.Handle(s, op(http.MethodGet, "/api/grant-reviews", "listGrantReviews", "access.see-grants", "List the periodic reviews and how far they have come", 0), room.getCampaigns)
	web.Handle(s, op(http.MethodPost, "/api/grant-reviews", "openGrantReview", "access.open-campaign", "Open a review of every grant and post", http.StatusCreated), room.postCampaign)
	web.Handle(s, op(http.MethodGet, "/api/my-grant-reviews", "listMyGrantReviews", "access.see-grants", "List the lines of reviews that wait for one", 0), room.getMyLines)
	web.Handle(s, op(http.MethodPost, "/api/my-grant-reviews", "decideGrantReviews", "access.decide-line", "Keep and cut lines of a review in one sitting", http.StatusNoContent), room.postVerdicts)
}

type pageOut[B any] struct{ Body web.Page[B] }

type purposeCapBody struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
	Days int        `json:"days" doc:"how long at most"`
}

type grantChoicesOut struct {
	Body struct {
		Verbs    []string         `json:"verbs"`
		Purposes []purposeCapBody `json:"purposes"`
	}
}

func (room *Room) getGrantChoices(context.Context, *struct{}) (*grantChoicesOut, error) {
	out := &grantChoicesOut{}
	out.Body.Verbs = room.rules.GrantVerbs()
	for _, p := range policy.Purposes() {
		out.Body.Purposes = append(out.Body.Purposes, purposeCapBody{p.ID, p.Name, int(longestFor(p.ID) / day)})
	}
	return out, nil
}

type requestOut struct{ Body RequestBody }

func oneRequest(q Request, err error) (*requestOut, error) { return &requestOut{wireRequest(q)}, err }

func (room *Room) postRequest(ctx context.Context, in *struct {
	Body struct {
		Person string    `json:"person,omitempty" maxLength:"40" doc:"for whom; oneself when absent"`
		Scope  scopeBody `json:"scope"`
		Words  string    `json:"words" maxLength:"4000"`
		Urgent bool      `json:"urgent,omitempty"`

		Exception bool `json:"exception,omitempty" doc:"ask for further approval of what passes the frame of the department"`
	}
}) (*requestOut, error) {
	return oneRequest(room.Apply(ctx, Application{Person: in.Body.Person, Scope: Scope(in.Body.Scope), Words: in.Body.Words, Urgent: in.Body.Urgent, Exception: in.Body.Exception}))
}

func (room *Room) getRequests(ctx context.Context, in *struct {
	web.Paging
	Waiting bool `query:"waiting"`
}) (*pageOut[RequestBody], error) {
	page, err := room.Requests(ctx, in.Waiting, in.Cursor, in.Limit)
	return &pageOut[RequestBody]{web.Shown(page, wireRequestSeen)}, err
}

func (room *Room) postApprove(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Urgent bool `json:"urgent,omitempty" doc:"give it at once; the chain must confirm it by the next working day"`
	}
}) (*requestOut, error) {
	return oneRequest(room.Approve(ctx, in.ID, in.Body.Urgent))
}

type grantAnswerIn struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"4000"`
	}
}

func (room *Room) postReturn(ctx context.Context, in *grantAnswerIn) (*requestOut, error) {
	return oneRequest(room.Return(ctx, in.ID, in.Body.Words))
}

func (room *Room) postRefuse(ctx context.Context, in *grantAnswerIn) (*requestOut, error) {
	return oneRequest(room.Refuse(ctx, in.ID, in.Body.Words))
}

func (room *Room) postWithdrawRequest(ctx context.Context, in *web.OfID) (*requestOut, error) {
	return oneRequest(room.WithdrawRequest(ctx, in.ID))
}

func (room *Room) getGrants(ctx context.Context, in *struct {
	web.Paging
	Live bool `query:"live"`
}) (*pageOut[GrantBody], error) {
	page, err := room.Grants(ctx, in.Live, in.Cursor, in.Limit)
	return &pageOut[GrantBody]{web.Shown(page, wireGrantSeen)}, err
}

func wireGrantSeen(g GrantSeen) GrantBody {
	b := wireGrant(g.Grant)
	b.Names = staff.WireNames(g.Names)
	if g.Idle.ID != "" {
		b.Idle = &idleBody{g.Idle.Days, g.Idle.Noticed, g.Idle.Ends}
	}
	return b
}

func (room *Room) postRevoke(ctx context.Context, in *web.OfID) (*struct{ Body GrantBody }, error) {
	g, err := room.Revoke(ctx, in.ID)
	return &struct{ Body GrantBody }{wireGrant(g)}, err
}

func (room *Room) postExtend(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Until time.Time `json:"until"`
		Words string    `json:"words" maxLength:"4000"`
	}
}) (*requestOut, error) {
	return oneRequest(room.Extend(ctx, in.ID, in.Body.Until, in.Body.Words))
}

func (room *Room) postClone(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Patient string    `json:"patient,omitempty" maxLength:"40" doc:"another one; the same when absent"`
		Until   time.Time `json:"until"`
		Words   string    `json:"words" maxLength:"4000"`
	}
}) (*requestOut, error) {
	return oneRequest(room.Clone(ctx, in.ID, in.Body.Patient, in.Body.Until, in.Body.Words))
}

type chainBody struct {
	Purpose string     `json:"purpose" maxLength:"40"`
	Version int        `json:"version,omitempty" doc:"0: the usual one, which nobody has written"`
	Steps   []Step     `json:"steps"`
	Made    *time.Time `json:"made,omitempty"`
	By      string     `json:"by,omitempty"`
}

func wireChain(c Chain) chainBody {
	return chainBody{c.Purpose, c.Version, c.Steps, web.Moment(c.Made), c.By}
}

func (room *Room) getChains(ctx context.Context, _ *struct{}) (*struct {
	Body struct {
		Items []chainBody `json:"items"`
	}
}, error) {
	all, err := room.Chains(ctx)
	out := &struct {
		Body struct {
			Items []chainBody `json:"items"`
		}
	}{}
	out.Body.Items = make([]chainBody, len(all))
	for i, c := range all {
		out.Body.Items[i] = wireChain(c)
	}
	return out, err
}

func (room *Room) postChain(ctx context.Context, in *struct {
	Body struct {
		Purpose string `json:"purpose" maxLength:"40"`
		Steps   []Step `json:"steps"`
	}
}) (*struct{ Body chainBody }, error) {
	c, err := room.SetChain(ctx, in.Body.Purpose, in.Body.Steps)
	return &struct{ Body chainBody }{wireChain(c)}, err
}

func (room *Room) getCampaigns(ctx context.Context, in *web.Paging) (*pageOut[campaignBody], error) {
	page, err := room.Campaigns(ctx, in.Cursor, in.Limit)
	return &pageOut[campaignBody]{web.Shown(page, wireCampaign)}, err
}

func (room *Room) postCampaign(ctx context.Context, in *struct {
	Body struct {
		Name string `json:"name" maxLength:"320" example:"2026 年第一季度"`
	}
}) (*struct{ Body campaignBody }, error) {
	c, err := room.OpenCampaign(ctx, in.Body.Name)
	return &struct{ Body campaignBody }{wireCampaign(Standing{Campaign: c})}, err
}

func (room *Room) getMyLines(ctx context.Context, in *web.Paging) (*pageOut[LineBody], error) {
	page, err := room.MyLines(ctx, in.Cursor, in.Limit)
	return &pageOut[LineBody]{web.Shown(page, wireLine)}, err
}

func wireLine(l LineSeen) LineBody {
	return LineBody{l.ID, l.Campaign, l.Kind, l.Subject, l.Person, staff.NameBody(l.Names[l.Person]), l.Role, l.Department, l.Until, l.Patient, web.Moment(l.Since), web.Moment(l.Used), l.Unused, web.Moment(l.Signed)}
}

type lineVerdictBody struct {
	Line string `json:"line" maxLength:"40"`
	Keep bool   `json:"keep"`
}

func (room *Room) postVerdicts(ctx context.Context, in *struct {
	Body struct {
		Verdicts []lineVerdictBody `json:"verdicts"`
	}
}) (*struct{}, error) {
	verdicts := make([]Verdict, len(in.Body.Verdicts))
	for i, v := range in.Body.Verdicts {
		verdicts[i] = Verdict(v)
	}
	return nil, room.DecideLines(ctx, verdicts)
}
