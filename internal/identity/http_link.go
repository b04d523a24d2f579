package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) linkRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/links", ID: "listMyLinks", Verb: "identity.list-links", Tag: tag,
		Summary: "List what is bound to one's own account"}, r.getLinks)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/accounts/{id}/links", ID: "listAccountLinks", Verb: "identity.list-links", Tag: tag,
		Summary: "List what is bound to an account"}, r.getAccountLinks)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/links/provider/begin", ID: "beginProviderLink", Verb: "identity.link", Tag: tag,
		MaxBody: 8 << 10, Summary: "Begin to bind what a provider says of oneself"}, r.postProviderLinkBegin)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/links/provider", ID: "linkProvider", Verb: "identity.link", Tag: tag,
		Status: http.StatusCreated, MaxBody: 16 << 10, Summary: "Bind what a provider says of oneself"}, r.postProviderLink)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/links/certificate", ID: "linkCertificate", Verb: "identity.link", Tag: tag,
		Status: http.StatusCreated, Summary: "Bind the certificate of the connection"}, r.postCertificateLink)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/links/sm2/begin", ID: "beginSM2Link", Verb: "identity.link", Tag: tag,
		Summary: "Ask for a text to sign, to bind an SM2 certificate"}, r.postSM2LinkBegin)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/links/sm2", ID: "linkSM2", Verb: "identity.link", Tag: tag,
		Status: http.StatusCreated, MaxBody: 64 << 10, Summary: "Bind an SM2 certificate"}, r.postSM2Link)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/links/{id}/end", ID: "endLink", Verb: "identity.end-link", Tag: tag,
		Status: http.StatusNoContent, Summary: "End what is bound to an account; where it was lost, with its sessions"}, r.postEndLink)
}

type linkBody struct {
	ID     string    `json:"id"`
	Way    string    `json:"way"`
	Kind   string    `json:"kind" enum:"directory,provider,certificate,sm2,sms,scan"`
	Detail string    `json:"detail" doc:"issuer, and number of a certificate"`
	Made   time.Time `json:"made"`
	Used   time.Time `json:"used,omitzero"`
	Until  time.Time `json:"until,omitzero" doc:"end of a certificate"`
}

func wireLink(l Link) linkBody {
	return linkBody{ID: l.ID, Way: l.Way, Kind: string(l.Kind), Detail: l.Detail, Made: l.Made, Used: l.Used, Until: l.Until}
}

type linksOut struct {
	Body struct {
		Items []linkBody `json:"items"`
	}
}

func wireLinks(found []Link) *linksOut {
	out := &linksOut{}
	out.Body.Items = make([]linkBody, len(found))
	for i, l := range found {
		out.Body.Items[i] = wireLink(l)
	}
	return out
}

func (r *Room) getLinks(ctx context.Context, _ *struct{}) (*linksOut, error) {
	found, err := r.ListLinks(ctx, "")
	return wireLinks(found), err
}

func (r *Room) getAccountLinks(ctx context.Context, in *web.OfID) (*linksOut, error) {
	found, err := r.ListLinks(ctx, in.ID)
	return wireLinks(found), err
}

type linkWayIn struct {
	Body struct {
		Way string `json:"way" maxLength:"40"`
	}
}

func (r *Room) postProviderLinkBegin(ctx context.Context, in *linkWayIn) (*providerBegunOut, error) {
	begun, err := r.BeginProviderLink(ctx, in.Body.Way)
	return wireProviderBegun(begun), err
}

type linkOut struct{ Body linkBody }

func (r *Room) postProviderLink(ctx context.Context, in *returnedIn) (*linkOut, error) {
	made, err := r.LinkProvider(ctx, in.back())
	return &linkOut{wireLink(made)}, err
}

func (r *Room) postCertificateLink(ctx context.Context, _ *struct{}) (*linkOut, error) {
	made, err := r.LinkCertificate(ctx)
	return &linkOut{wireLink(made)}, err
}

func (r *Room) postSM2LinkBegin(ctx context.Context, _ *struct{}) (*challengedOut, error) {
	asked, err := r.BeginSM2Link(ctx)
	return wireChallenged(asked), err
}

func (r *Room) postSM2Link(ctx context.Context, in *struct{ Body answeredBody }) (*linkOut, error) {
	made, err := r.LinkSM2(ctx, in.Body.answered())
	return &linkOut{wireLink(made)}, err
}

type endLinkIn struct {
	web.OfID
	Body struct {
		Why string `json:"why" enum:"lost,stolen,replaced,returned,unused"`
	}
}

func (r *Room) postEndLink(ctx context.Context, in *endLinkIn) (*struct{}, error) {
	return nil, r.EndLink(ctx, in.ID, in.Body.Why)
}
