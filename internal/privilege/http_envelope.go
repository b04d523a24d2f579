package privilege

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) envelopeRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/envelopes", ID: "listEnvelopes", Verb: "privilege.list", Tag: tag,
		Summary: "List the envelopes of credentials, without what they hold"}, room.getEnvelopes)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/envelopes", ID: "addEnvelope", Verb: "privilege.add-envelope", Tag: tag, Status: http.StatusCreated,
		Summary: "Add an envelope for an account of a system"}, room.postEnvelope)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/envelopes/{id}/half", ID: "fillEnvelope", Verb: "privilege.fill-envelope", Tag: tag,
		Summary: "Put one half of the credential into an envelope; somebody else puts the other"}, room.postHalf)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/envelopes/{id}/checkouts", ID: "askCheckout", Verb: "privilege.ask-checkout", Tag: tag, Status: http.StatusCreated,
		Summary: "Ask for one use of a credential"}, room.postCheckout)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/checkouts", ID: "listCheckouts", Verb: "privilege.list", Tag: tag,
		Summary: "List the uses of credentials, newest first"}, room.getCheckouts)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/checkouts/{id}", ID: "viewCheckout", Verb: "privilege.view", Tag: tag,
		Summary: "Show a use of a credential with its reason"}, room.getCheckout)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/checkouts/{id}/approve", ID: "approveCheckout", Verb: "privilege.approve-checkout", Tag: tag,
		Summary: "Approve a use as second person"}, room.checkoutStep(room.ApproveCheckout))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/checkouts/{id}/refuse", ID: "refuseCheckout", Verb: "privilege.refuse-checkout", Tag: tag,
		Summary: "Refuse a use"}, room.checkoutStep(room.RefuseCheckout))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/checkouts/{id}/half", ID: "openHalf", Verb: "privilege.open-half", Tag: tag,
		Summary: "Show the half of the credential that is yours, once"}, room.postOpenHalf)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/checkouts/{id}/return", ID: "returnCheckout", Verb: "privilege.return-checkout", Tag: tag,
		Summary: "End a use before its time"}, room.checkoutStep(room.ReturnCheckout))
}

type envelopesOut struct{ Body staff.PageBody[EnvelopeBody] }

func (room *Room) getEnvelopes(ctx context.Context, in *web.Paging) (*envelopesOut, error) {
	l, err := room.ListEnvelopes(ctx, *in)
	return &envelopesOut{staff.WirePage(l, func(e Envelope) EnvelopeBody { return wireEnvelope(e, room.desk.Now()) })}, err
}

type envelopeOut struct{ Body EnvelopeBody }

func (room *Room) postEnvelope(ctx context.Context, in *struct{ Body AddingEnvelope }) (*envelopeOut, error) {
	e, err := room.AddEnvelope(ctx, in.Body)
	return &envelopeOut{wireEnvelope(e, room.desk.Now())}, err
}

func (room *Room) postHalf(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Part   int    `json:"part" doc:"1, the half that is typed first, or 2"`
		Secret string `json:"secret" maxLength:"480"`
	}
}) (*envelopeOut, error) {
	e, err := room.FillEnvelope(ctx, in.ID, in.Body.Part, in.Body.Secret)
	return &envelopeOut{wireEnvelope(e, room.desk.Now())}, err
}

type checkoutOut struct{ Body CheckoutBody }

func (room *Room) postCheckout(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Reason  string `json:"reason" maxLength:"4000"`
		Minutes int    `json:"minutes" doc:"1 to 240"`
	}
}) (*checkoutOut, error) {
	c, err := room.AskCheckout(ctx, in.ID, in.Body.Reason, in.Body.Minutes)
	return &checkoutOut{wireCheckout(c)}, err
}

type checkoutsOut struct{ Body staff.PageBody[CheckoutBody] }

func (room *Room) getCheckouts(ctx context.Context, in *web.Paging) (*checkoutsOut, error) {
	l, err := room.ListCheckouts(ctx, *in)
	return &checkoutsOut{staff.WirePage(l, wireCheckout)}, err
}

type seenCheckoutOut struct {
	Body struct {
		CheckoutBody
		Reason string                    `json:"reason"`
		Names  map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getCheckout(ctx context.Context, in *web.OfID) (*seenCheckoutOut, error) {
	s, err := room.ViewCheckout(ctx, in.ID)
	out := &seenCheckoutOut{}
	out.Body.CheckoutBody, out.Body.Reason, out.Body.Names = wireCheckout(s.Checkout), s.Why, staff.WireNames(s.Names)
	return out, err
}

// checkoutStep is a step that needs nothing but its checkout.
func (room *Room) checkoutStep(do func(ctx context.Context, checkout string) (Checkout, error)) func(context.Context, *web.OfID) (*checkoutOut, error) {
	return func(ctx context.Context, in *web.OfID) (*checkoutOut, error) {
		c, err := do(ctx, in.ID)
		return &checkoutOut{wireCheckout(c)}, err
	}
}

type halfOut struct {
	Body struct {
		CheckoutBody
		Part   int    `json:"part" doc:"1, the half that is typed first, or 2"`
		Secret string `json:"secret" doc:"shown this once"`
	}
}

func (room *Room) postOpenHalf(ctx context.Context, in *web.OfID) (*halfOut, error) {
	h, err := room.OpenHalf(ctx, in.ID)
	out := &halfOut{}
	out.Body.CheckoutBody, out.Body.Part, out.Body.Secret = wireCheckout(h.Checkout), h.Part, h.Secret
	return out, err
}
